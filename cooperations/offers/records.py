"""What people add to imported lists: corrections, short lists, and the columns of a file that was mapped by hand."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Self

from pydantic import ValidationError, model_validator

from cooperations.dataset.reader import issues_of
from cooperations.decisions import NOTE_LENGTH, Decision, Organisation
from cooperations.errors import UnknownTerritory
from cooperations.fields import Identifier  # noqa: TC001 - a model reads it when it is made
from cooperations.model import NAME_LENGTH, Text, column
from cooperations.offers.model import TEXT_LENGTH, Offer
from cooperations.refusing import refuse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cooperations.territories import Gazetteer

CORRECTABLE = (
    "name",
    "trade_name",
    "activity",
    "purchase_families",
    "services",
    "area_radius_km",
    "area_territories",
    "address",
    "commune_code",
    "labels",
    "website",
)
"""The attributes of an offer that a person may correct, in the order of the form."""
MOST_KEPT = 100
"""Offers in a short list: what an address bar holds."""


class Correction(Decision):
    """One value of an offer as a person corrected it; no later import overwrites it. The last one recorded holds."""

    title: ClassVar[str] = "Corrections"

    offer_id: Identifier = column("id_offre", "Offre corrigée.")
    attribute: Text = column("champ", "Champ corrigé.")
    value: Text | None = column("valeur", "Valeur juste ; vide pour effacer.", optional=True, max_length=TEXT_LENGTH)
    organisation: Organisation = column("organisation", "Organisation qui corrige ; jamais une personne.")
    note: Text | None = column("note", "D’où vient la valeur juste.", optional=True, max_length=NOTE_LENGTH)

    @model_validator(mode="after")
    def _is_a_right_value(self) -> Self:
        if self.attribute not in CORRECTABLE:
            raise refuse("ce champ ne se corrige pas ici", "Choisir un champ du formulaire.", "champ", self.attribute)
        try:
            self.right_value()
        except ValidationError as error:
            issue = next(issues_of(self.title, 0, error))
            raise refuse(issue.problem, issue.remedy, "valeur", self.value) from None
        return self

    def right_value(self) -> Any:
        """Return the value as an offer holds it: a number for « 30,5 », codes without spaces."""
        return getattr(Offer.model_validate(_SAMPLE | {self.attribute: self.value}), self.attribute)


class ShortList(Decision):
    """Offers that somebody keeps: a short list, or a group that answers together, with the need that it is for."""

    title: ClassVar[str] = "Sélections"

    name: Text = column("nom", "Nom de la sélection.", max_length=NAME_LENGTH)
    organisation: Organisation = column("organisation", "Organisation qui la garde ; jamais une personne.")
    query: Text = column("requete", "Besoin et offres, tels que l’adresse de la page les dit.", max_length=TEXT_LENGTH)
    note: Text | None = column("note", "Ce que l’organisation veut garder.", optional=True, max_length=NOTE_LENGTH)


class ColumnMapping(Decision):
    """How the columns of a file were understood, kept for the next file that has the same ones."""

    title: ClassVar[str] = "Correspondances de colonnes"

    signature: Text = column("signature", "Empreinte des noms de colonnes.")
    source: Identifier = column("source", "Code donné à la liste.")
    source_label: Text = column("nom_source", "Nom de la liste et de sa licence.", max_length=NAME_LENGTH)
    columns: Text = column("colonnes", "Champ → colonne, en JSON.", max_length=TEXT_LENGTH)
    organisation: Organisation = column("organisation", "Organisation qui importe ; jamais une personne.")


KEPT: tuple[type[Decision], ...] = (Correction, ShortList, ColumnMapping)

_SAMPLE = {
    "id": "essai",
    "source": "essai",
    "source_key": "essai",
    "source_date": date.min,
    "name": "Essai",
    "family": "inconnue",
    "precision": "inconnue",
}


def corrected(offer: Offer, corrections: Iterable[Correction], gazetteer: Gazetteer) -> Offer:
    """Return an offer with the values that people corrected, oldest first."""
    changed: dict[str, Any] = {}
    for one in corrections:
        if one.offer_id == offer.id:
            changed |= changes(one, gazetteer)
    return Offer.model_validate(dict(offer) | changed) if changed else offer


def changes(correction: Correction, gazetteer: Gazetteer) -> dict[str, Any]:
    """Return what a correction changes, by attribute: a commune takes the place with it, to its own point."""
    value = correction.right_value()
    if correction.attribute != "commune_code":
        return {correction.attribute: value}
    nowhere = dict.fromkeys(("commune_code", "city", "department_code", "post_code", "longitude", "latitude"))
    if value is None:
        return nowhere | {"precision": "inconnue"}
    try:
        here = gazetteer[gazetteer.renewed(f"commune:{value}")[0]]
    except UnknownTerritory:
        return nowhere | {"commune_code": value, "department_code": _department(value), "precision": "commune"}
    post_code = here.post_codes[0] if len(here.post_codes) == 1 else None
    point = {"longitude": here.longitude, "latitude": here.latitude, "precision": "commune"}
    names = {"commune_code": here.code, "city": here.name, "department_code": _department(here.code)}
    return point | names | {"post_code": post_code}


def _department(commune_code: str) -> str:
    return commune_code[: 3 if commune_code.startswith("97") else 2]
