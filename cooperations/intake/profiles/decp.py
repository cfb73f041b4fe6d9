"""Essential data of public contracts (DECP), flattened: one row per contract and holder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from cooperations.intake.profiles.base import Cells, Profile, column_of
from cooperations.offers.model import Award
from cooperations.text import fold

if TYPE_CHECKING:
    from cooperations.intake.raw import RawTable

BETWEEN = " / "


def _derive(cells: Cells, raw: RawTable) -> Cells:
    source = column_of(raw, "source")
    cells["source_key"] = source + BETWEEN + cells["source_key"] + BETWEEN + cells["holder_siren"]
    kind, code = column_of(raw, "lieu_type"), column_of(raw, "lieu_code")
    place = pd.Series(list(map(department_of, kind, code)), index=cells.index, dtype="str")
    cells["department_code"] = cells["department_code"].mask(cells["department_code"] == "", place)
    return cells


def department_of(kind: str, code: str) -> str:
    """Return the department of a place code, whose kind is written in six ways (« Code postal », « CODE POSTAL »…).

    A region, a country or an unknown kind says none.
    """
    told = fold(kind).replace("code ", "")
    if told.startswith(("departement", "postal", "commune", "arrondissement")):
        return code[:3] if code[:2] in {"97", "98"} else code[:2]
    return ""


DECP = Profile(
    code="decp",
    label="Marchés publics attribués (DECP)",
    source_label="Données essentielles de la commande publique, data.gouv.fr, Licence Ouverte 2.0",
    model=Award,
    columns={
        "source_key": ("id",),
        "subject": ("objet",),
        "cpv": ("cpv", "codeCPV"),
        "amount_eur": ("montant",),
        "notified_on": ("date", "dateNotification"),
        "place_name": ("lieu_nom",),
        "department_code": ("dep",),
        "buyer_siret": ("acheteur_siret",),
        "buyer_name": ("acheteur",),
        "holder_siren": ("tit_id",),
        "holder_name": ("tit_nom",),
    },
    required=("id", "objet", "cpv", "tit_id", "tit_nom", "acheteur"),
    derive=_derive,
)
