"""The list of the SIAE by « les emplois de l’inclusion » (ASP, GEIQ, EA), as its open file names the columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from cooperations.intake.profiles.base import Cells, Profile, both, column_of
from cooperations.intake.profiles.words import KIND_WORDS
from cooperations.offers.model import Offer

if TYPE_CHECKING:
    from cooperations.intake.raw import RawTable


def family_of(kind: pd.Series[Any], name: pd.Series[Any]) -> pd.Series[Any]:
    """Return « association » where it is certain, else « inconnue ».

    An association intermédiaire is one by law (Code du travail, L5132-7); the other lists say it in the name.
    """
    said = (kind == "AI") | name.str.contains(r"^asso(?:c|ciation)?\b", case=False, regex=True)
    return pd.Series("inconnue", index=kind.index, dtype="str").mask(said, "association")


def _derive(cells: Cells, raw: RawTable) -> Cells:
    cells["address"] = both(cells["address"], column_of(raw, "address_line_2"))
    cells["family"] = family_of(cells["kind"], cells["name"])
    return cells


SIAE = Profile(
    code="siae",
    label="Structures de l’insertion (les emplois de l’inclusion)",
    source_label="Les emplois de l’inclusion, Plateforme de l’inclusion (ASP), Licence Ouverte 2.0",
    model=Offer,
    columns={
        "source_key": ("pk",),
        "kind": ("kind",),
        "siret": ("siret",),
        "naf": ("naf",),
        "name": ("name",),
        "trade_name": ("brand",),
        "address": ("address_line_1",),
        "post_code": ("post_code",),
        "city": ("city",),
        "department_code": ("department",),
        "longitude": ("lon",),
        "latitude": ("lat",),
        "geocoding_score": ("geocoding_score",),
        "website": ("website",),
        "activity": ("description",),
    },
    required=("pk", "kind", "siret", "name", "brand", "address_line_1", "post_code", "city"),
    derive=_derive,
    words={"kind": KIND_WORDS},
)
