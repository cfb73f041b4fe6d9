"""The structures of data·inclusion (schema v1, and v0 before it), CSV or Parquet.

Most of them help people and sell nothing: those whose networks or type say so are refused, with the reason.
Schema: https://gip-inclusion.github.io/data-inclusion-schema/
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from cooperations.intake.profiles.base import Cells, Profile, both, column_of
from cooperations.intake.profiles.siae import family_of
from cooperations.offers.model import Offer

if TYPE_CHECKING:
    from cooperations.intake.raw import RawTable

NOT_AN_OFFER = "!"
"""What stands for a kind in a row that is not an offer."""
KINDS_BY_NETWORK = {code.casefold(): code for code in ("ACI", "AI", "EI", "ETTI", "GEIQ", "EA", "EATT", "ESAT")} | {
    "aciphc": "ACI"
}
SELLERS = frozenset(
    {"eiti", "chantier-ecole", "coorace", "emmaus", "etcld", "inae", "ressourceries", "unea"}
    | {"asso", "ess", "es", "fablab", "autre"}
)
"""Networks and types that do not tell a kind, and whose members may sell something."""


def _derive(cells: Cells, raw: RawTable) -> Cells:
    networks = column_of(raw, "reseaux_porteurs")
    kinds = column_of(raw, "typologie")
    told = both(networks, kinds, " ")
    known = {text: _kind(text) for text in told.unique()}
    cells["kind"] = told.map(known).astype("str")
    cells["labels"] = networks.str.findall(r"[\w-]+").str.join("|").fillna("")
    cells["address"] = both(cells["address"], column_of(raw, "complement_adresse"))
    cells["activity"] = cells["activity"].mask(cells["activity"] == "", column_of(raw, "presentation_resume"))
    cells["source_key"] = _key(cells["source_key"], column_of(raw, "source"))
    cells["family"] = family_of(cells["kind"], cells["name"])
    return cells


def _key(identifier: pd.Series[Any], source: pd.Series[Any]) -> pd.Series[Any]:
    """Return « source--id »: v1 writes it so, v0 gives the two apart."""
    complete = identifier.str.contains("--", regex=False) | (source == "")
    return (source + "--" + identifier).where(~complete, identifier).mask(identifier == "", "")


def _kind(told: str) -> str:
    words = pd.Series(told).str.findall(r"[\w-]+").iloc[0]
    found = next((KINDS_BY_NETWORK[word.casefold()] for word in words if word.casefold() in KINDS_BY_NETWORK), "")
    if found or not words or any(word.casefold() in SELLERS for word in words):
        return found
    return NOT_AN_OFFER


DATA_INCLUSION = Profile(
    code="datainclusion",
    label="Structures de data·inclusion",
    source_label="data·inclusion, Plateforme de l’inclusion, Licence Ouverte 2.0",
    model=Offer,
    columns={
        "source_key": ("id",),
        "name": ("nom",),
        "siret": ("siret",),
        "address": ("adresse",),
        "post_code": ("code_postal",),
        "city": ("commune",),
        "commune_code": ("code_insee",),
        "longitude": ("longitude",),
        "latitude": ("latitude",),
        "geocoding_score": ("score_geocodage",),
        "website": ("site_web",),
        "activity": ("description", "presentation_detail"),
        "email": ("courriel",),
        "phone": ("telephone",),
        "kind": ("reseaux_porteurs", "typologie"),
        "contact_consent_on": ("consentement_contact_le",),
    },
    required=("id", "source", "nom", "date_maj", "code_insee"),
    derive=_derive,
    words={"kind": {code.casefold(): code for code in (*KINDS_BY_NETWORK.values(), NOT_AN_OFFER)}},
)
