"""The export of Le Marché de l’inclusion: its columns of 2022 to 2026, with or without sectors, SIRET and contacts.

Source: lemarche/utils/export.py of gip-inclusion/le-marche, and the labels of its models.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cooperations.intake.profiles.base import Cells, Profile, column_of
from cooperations.intake.profiles.sectors import SECTOR_WORDS
from cooperations.intake.profiles.siae import family_of
from cooperations.intake.profiles.words import FAMILY_WORDS, KIND_WORDS, SERVICE_WORDS
from cooperations.offers.model import Offer

if TYPE_CHECKING:
    from cooperations.intake.raw import RawTable

OTHER_KINDS = {
    "eiti": "",
    "entreprise d'insertion par le travail independant": "",
    "entreprise d'insertion par le travail independant (eiti)": "",
    "sep": "",
    "produits et services realises en prison": "",
    "produits et services realises en prison (sep)": "",
}
"""Kinds that our vocabulary does not have: the structure is kept without a kind."""
IN_KILOMETRES = r"(?i)distance|custom|personnalis"


def _derive(cells: Cells, raw: RawTable) -> Cells:
    family = family_of(cells["kind"], cells["name"])
    cells["family"] = cells["family"].where(cells["family"] != "", family)
    range_, distance = column_of(raw, "Périmètre d'intervention"), cells["area_radius_km"]
    cells["area_territories"] = range_.mask(range_.str.contains(IN_KILOMETRES, regex=True) & (distance != ""), "")
    return cells


MARCHE = Profile(
    code="marche",
    label="Le Marché de l’inclusion",
    source_label="Le Marché de l’inclusion, Plateforme de l’inclusion, Licence Ouverte 2.0",
    model=Offer,
    columns={
        "source_key": ("Slug", "ID"),
        "name": ("Raison sociale",),
        "trade_name": ("Enseigne", "Nom commercial"),
        "kind": ("Type de structure",),
        "siret": ("Siret",),
        "naf": ("Naf",),
        "family": ("Forme juridique",),
        "purchase_families": ("Secteurs d'activité", "Secteurs d'activités"),
        "services": ("Type de prestation", "Type de prestation(s)", "Types de prestation"),
        "area_territories": ("Périmètre d'intervention",),
        "area_radius_km": ("Distance en kilomètres (périmètre d'intervention)", "Distance en kilomètres"),
        "address": ("Adresse",),
        "post_code": ("Code postal",),
        "city": ("Ville",),
        "department_code": ("Département",),
        "website": ("Site internet",),
        "activity": ("Description",),
        "labels": ("Labels & certifications", "Labels"),
        "email": ("E-mail",),
        "phone": ("Téléphone",),
        "contact_consent_on": ("Consentement contact le",),
    },
    required=("Raison sociale", "Type de structure", "Code postal", "Ville"),
    derive=_derive,
    words={
        "kind": KIND_WORDS | OTHER_KINDS,
        "family": FAMILY_WORDS,
        "services": SERVICE_WORDS,
        "purchase_families": SECTOR_WORDS,
    },
    lenient=frozenset(("kind", "family", "services", "purchase_families")),
)
