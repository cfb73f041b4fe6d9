"""Organisations of the Sirene register, asked of the API Recherche d’entreprises (DINUM), with its ESS and SIAE flags.

Its format and limits: https://recherche-entreprises.api.gouv.fr/docs/.

The service also knows people: managers, elected members, sole traders. They are neither asked for nor read, and a
sole trader, whose company has a person's name, is left out. An address is its street alone, for the rest of it may say
in whose home an association is (« CHEZ MME … »).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from cooperations.errors import InvalidParameter
from cooperations.fields import CommuneCode, Latitude, Longitude, PostCode
from cooperations.live.client import Client, Documented, Service, switched_on

SOURCE = "API Recherche d’entreprises (DINUM), d’après Sirene (INSEE), ESS France et le Marché de l’inclusion"
# 7 a second are allowed to an IP address, at most and not for sure. Some are left to whatever else asks from the
# same one, and to a second that does not start with ours.
PER_SECOND = 5
SHORTEST, LONGEST = 3, 200
PER_PAGE = 25
LAST_PAGE = 400
"""The service shows 10 000 results of a question at most."""
EXCUSE = "La recherche d’entreprises ne répond pas. Saisissez la structure à la main : tout le reste fonctionne."
# INSEE's categories juridiques that begin with 1 are those of sole traders: https://www.insee.fr/fr/information/2028129
SOLE_TRADER = "1"
HIDDEN = "[NON-DIFFUSIBLE]"

ORGANISATIONS = {
    "est_entrepreneur_individuel": "false",
    "minimal": "true",
    "include": "siege,complements",
    "per_page": str(PER_PAGE),
}
"""What keeps people out of the answer: no sole traders, and no more than the head office and the flags."""


@dataclass(frozen=True, slots=True)
class Company:
    """An organisation and its head office: the point in WGS 84 degrees, the commune by its INSEE code.

    What the register does not know, or does not show, is empty; `activity` is a NAF code like 38.32Z, `address` a
    number and a street.
    """

    siren: str
    name: str
    siret: str
    activity: str
    address: str
    post_code: str
    commune_code: str
    commune_name: str
    longitude: float | None
    latitude: float | None
    is_ess: bool
    is_siae: bool


@dataclass(frozen=True, slots=True)
class CompanyPage:
    """Page `page` of `pages`, of the `total` results that the service counts (it stops at 10 000).

    `left_out` is how many results of this page are people.
    """

    companies: tuple[Company, ...]
    total: int
    page: int
    pages: int
    left_out: int


def search_companies(
    text: str, *, department: str = "", only_ess: bool = False, only_siae: bool = False, page: int = 1
) -> CompanyPage:
    """Return a page of the organisations that answer `text`, the best first; an empty one is an answer too.

    `department` (an INSEE code, like 40) keeps those with an establishment there, wherever their head office is.
    With it, or a flag, `text` may be empty. A SIREN or a SIRET as `text` makes the service ignore all the rest.

    Raise LiveSourcesOff when live sources are off, InvalidParameter for what the service would refuse,
    LiveSourceUnavailable when it gives nothing that can be used.
    """
    url = switched_on().companies_url
    filters = {
        "departement": _department(department),
        "est_ess": "true" if only_ess else "",
        "est_siae": "true" if only_siae else "",
    }
    question = {"q": _askable(text, filtered=any(filters.values())), **filters, "page": _numbered(page)} | ORGANISATIONS
    return companies_client(url).ask({name: value for name, value in question.items() if value})


@cache
def companies_client(url: str) -> Client[CompanyPage]:
    """Return the process's client of the company search at `url`."""
    return Client(Service(url, PER_SECOND, EXCUSE), read_companies)


def read_companies(body: bytes) -> CompanyPage:
    """Return the organisations of an answer; raise ValueError when it is not what the service is documented to say."""
    told = _Page.model_validate_json(body)
    companies = tuple(_company(result) for result in told.results if not _is_a_person(result))
    return CompanyPage(companies, told.total_results, told.page, told.total_pages, len(told.results) - len(companies))


def _shown(value: Any) -> Any:
    """Return nothing for what the register hides at its owner's request."""
    return None if value in (HIDDEN, "") else value


_Shown = BeforeValidator(_shown)
_Count = Annotated[int, Field(ge=0)]
_Longitude = Annotated[Longitude, Field(ge=-180, le=180)]
_Latitude = Annotated[Latitude, Field(ge=-90, le=90)]


class _Seat(Documented):
    siret: Annotated[str, Field(pattern=r"^[0-9]{14}$")]
    activite_principale: Annotated[str | None, _Shown] = None
    numero_voie: Annotated[str | None, _Shown] = None
    indice_repetition: Annotated[str | None, _Shown] = None
    type_voie: Annotated[str | None, _Shown] = None
    libelle_voie: Annotated[str | None, _Shown] = None
    code_postal: Annotated[PostCode | None, _Shown] = None
    commune: Annotated[CommuneCode | None, _Shown] = None
    libelle_commune: Annotated[str | None, _Shown] = None
    longitude: Annotated[_Longitude | None, _Shown] = None
    latitude: Annotated[_Latitude | None, _Shown] = None


class _Flags(Documented):
    est_entrepreneur_individuel: bool
    est_ess: bool
    est_siae: bool


class _Result(Documented):
    siren: Annotated[str, Field(pattern=r"^[0-9]{9}$")]
    nom_complet: Annotated[str | None, _Shown]
    nature_juridique: str | None = None
    siege: _Seat
    complements: _Flags


class _Page(Documented):
    results: list[_Result]
    total_results: _Count
    page: _Count
    total_pages: _Count


def _is_a_person(result: _Result) -> bool:
    """Whether a result is a sole trader; one without a name is a sole trader who hides it."""
    legal_form = result.nature_juridique or ""
    return (
        result.complements.est_entrepreneur_individuel or legal_form.startswith(SOLE_TRADER) or not result.nom_complet
    )


def _company(result: _Result) -> Company:
    seat, flags = result.siege, result.complements
    street = (seat.numero_voie, seat.indice_repetition, seat.type_voie, seat.libelle_voie)
    return Company(
        siren=result.siren,
        name=result.nom_complet or "",
        siret=seat.siret,
        activity=seat.activite_principale or "",
        address=" ".join(filter(None, street)),
        post_code=seat.code_postal or "",
        commune_code=seat.commune or "",
        commune_name=seat.libelle_commune or "",
        longitude=seat.longitude,
        latitude=seat.latitude,
        is_ess=flags.est_ess,
        is_siae=flags.est_siae,
    )


def _askable(text: str, *, filtered: bool) -> str:
    """Return `text` without needless spaces; the service refuses a short one, unless a filter comes with it."""
    asked = " ".join(text.split())
    if len(asked) > LONGEST or (len(asked) < SHORTEST and not filtered):
        raise InvalidParameter("entreprise", f"de {SHORTEST} à {LONGEST} caractères sont attendus, ou un filtre")
    return asked


def _department(code: str) -> str:
    if code and not re.fullmatch(r"\d{2}|2[AB]|97[12346]", code):
        raise InvalidParameter("département", "un code comme 40 est attendu")
    return code


def _numbered(page: int) -> str:
    if not 1 <= page <= LAST_PAGE:
        raise InvalidParameter("page", f"un nombre de 1 à {LAST_PAGE} est attendu")
    return str(page)
