"""The cells of a proposal in the words of people: labels of codes, names of territories."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cooperations import vocabularies as v
from cooperations.sheets import french_date

if TYPE_CHECKING:
    from cooperations.catalogue import Catalogue
    from cooperations.contributions.content import ProposedActor

EMPTY = "vide"
_VOCABULARIES = {
    "type_pratique": (v.PRACTICE_TYPES,),
    "sous_type": (v.PRACTICE_SUBTYPES,),
    "precision_localisation": (v.PRECISIONS,),
    "confiance": (v.CONFIDENCES,),
    "famille": (v.FAMILIES,),
    "categorie": (v.KINDS,),
    "statut": (v.STATUSES, v.EVENT_STATUSES),
    "role": (v.ROLES,),
}
_DATES = {"date_verification", "periode_debut", "periode_fin", "periode"}


def in_words(name: str, value: str, catalogue: Catalogue) -> str:
    """Return the value of a cell as a person says it; « vide » when it is empty."""
    gazetteer = catalogue.gazetteer
    if not value:
        return EMPTY
    if name == "territoires":
        keys = value.split("|")
        return ", ".join(gazetteer[key].label if key in gazetteer else key for key in keys)
    if name == "code_commune" and f"commune:{value}" in gazetteer:
        return gazetteer[f"commune:{value}"].label
    if name in _DATES and value[:4].isdigit():
        return _day(value)
    return next((one.label(value) for one in _VOCABULARIES.get(name, ()) if value in one), value)


def actor_in_words(actor: ProposedActor, names: dict[str, str]) -> str:
    """Return a proposed actor in words."""
    name = names.get(actor.structure_id, actor.structure_id) or f"{actor.name} (à ajouter)"
    return f"{name}\u00a0: {v.ROLES.label(actor.role).lower()}" if actor.role in v.ROLES else name


def _day(value: str) -> str:
    try:
        return french_date(value)
    except (ValueError, IndexError):
        return value
