"""Addresses of France by their text, asked of the Géoplateforme's geocoder (IGN).

It reads the Base Adresse Nationale. Its format is GeoJSON, the same as BAN's addok:
https://data.geopf.fr/geocodage/openapi.yaml. Its limits: https://adresse.data.gouv.fr/outils/api-doc/adresse.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Annotated, Literal

from pydantic import Field

from cooperations.errors import InvalidParameter
from cooperations.fields import CommuneCode, PostCode
from cooperations.live.client import Client, Documented, Service, switched_on

SOURCE = "Base Adresse Nationale, service de géocodage de la Géoplateforme (IGN), Licence Ouverte 2.0"
# 50 a second are allowed to an IP address. Some are left to whatever else asks from the same one, and to a
# second that does not start with ours.
PER_SECOND = 40
SHORTEST, LONGEST, MOST = 3, 200, 20
EXCUSE = "La recherche d’adresses ne répond pas. Choisissez une commune dans la liste : tout le reste fonctionne."

Kind = Literal["housenumber", "street", "locality", "municipality"]


@dataclass(frozen=True, slots=True)
class Address:
    """A place with an address: a point in WGS 84 degrees, and how well it answers the question, from 0 to 1.

    `post_code` is empty when the service knows none. In Paris, Lyon and Marseille, `commune_code` is the
    arrondissement's.
    """

    label: str
    longitude: float
    latitude: float
    commune_code: str
    post_code: str
    score: float
    kind: Kind


def search_addresses(text: str, limit: int = 5) -> list[Address]:
    """Return the addresses that answer `text` best, at most `limit` (1 to 20), the best first; none is an answer too.

    Raise LiveSourcesOff when live sources are off, InvalidParameter for a text or a limit that the service would
    refuse, LiveSourceUnavailable when it gives nothing that can be used.
    """
    url = switched_on().addresses_url
    if not 1 <= limit <= MOST:
        raise InvalidParameter("limite", f"un nombre de 1 à {MOST} est attendu")
    question = {"q": _askable(text), "limit": str(limit), "index": "address"}
    return list(addresses_client(url).ask(question)[:limit])


@cache
def addresses_client(url: str) -> Client[tuple[Address, ...]]:
    """Return the process's client of the geocoder at `url`."""
    return Client(Service(url, PER_SECOND, EXCUSE), read_addresses)


def read_addresses(body: bytes) -> tuple[Address, ...]:
    """Return the addresses of an answer; raise ValueError when it is not what the service is documented to say."""
    return tuple(map(_address, _Collection.model_validate_json(body).features))


class _Point(Documented):
    type: Literal["Point"]
    coordinates: tuple[Annotated[float, Field(ge=-180, le=180)], Annotated[float, Field(ge=-90, le=90)]]


class _Properties(Documented):
    label: Annotated[str, Field(min_length=1)]
    score: Annotated[float, Field(ge=0, le=1)]
    type: Kind
    citycode: CommuneCode
    postcode: PostCode | None = None


class _Feature(Documented):
    type: Literal["Feature"]
    geometry: _Point
    properties: _Properties


class _Collection(Documented):
    type: Literal["FeatureCollection"]
    features: list[_Feature]


def _address(feature: _Feature) -> Address:
    longitude, latitude = feature.geometry.coordinates
    told = feature.properties
    return Address(told.label, longitude, latitude, told.citycode, told.postcode or "", told.score, told.type)


def _askable(text: str) -> str:
    """Return `text` without needless spaces; the geocoder refuses any other length, or beginning, with a 400."""
    asked = " ".join(text.split())
    if not SHORTEST <= len(asked) <= LONGEST or not asked[0].isalnum():
        expected = f"de {SHORTEST} à {LONGEST} caractères, dont une lettre ou un chiffre pour commencer, sont attendus"
        raise InvalidParameter("adresse", expected)
    return asked
