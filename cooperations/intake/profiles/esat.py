"""The official list of the ESAT (FINESS), one row per site; it gives the commune's code and no coordinates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cooperations.intake.profiles.base import Cells, Profile, column_of
from cooperations.intake.profiles.words import KIND_WORDS
from cooperations.offers.model import Offer

if TYPE_CHECKING:
    from cooperations.intake.raw import RawTable

STATUSES = (
    (r"^Ass", "association"),
    (r"^Fondation", "fondation"),
    (r"Mutualiste", "mutuelle"),
    (r"^(?:Etb\.|C\.C\.A\.S|Département|Commune|G\.I\.P)", "acteur_public"),
)
"""How FINESS writes the legal form of the managing body, and the family that it says; the others stay unknown."""


def _derive(cells: Cells, raw: RawTable) -> Cells:
    status = column_of(raw, "EJ-Statut juridique Libellé")
    cells["kind"] = "ESAT"
    cells["family"] = "inconnue"
    for pattern, family in reversed(STATUSES):
        cells["family"] = cells["family"].mask(status.str.contains(pattern, regex=True), family)
    return cells


ESAT = Profile(
    code="esat",
    label="Établissements et services d’aide par le travail (FINESS)",
    source_label="FINESS, Agence du numérique en santé, Licence Ouverte 2.0",
    model=Offer,
    columns={
        "source_key": ("ET-N°FINESS",),
        "name": ("ET-Raison sociale",),
        "siret": ("ET-SIRET",),
        "address": ("ET-Adresse",),
        "post_code": ("ET-Code Postal",),
        "city": ("ET-Commune Libellé",),
        "commune_code": ("ET-Commune Code",),
        "department_code": ("ET-Département Code",),
        "family": ("EJ-Statut juridique Libellé",),
    },
    required=("ET-N°FINESS", "ET-Raison sociale", "ET-Code Postal", "ET-Commune Code"),
    derive=_derive,
    words={"kind": KIND_WORDS},
    widths={"source_key": 9},
    sites=True,
)
