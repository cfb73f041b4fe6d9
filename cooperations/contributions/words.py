"""The cells of a proposal in the words of people: labels of codes, names of territories."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from cooperations import cancellations, recurrence
from cooperations import vocabularies as v
from cooperations.agenda.words import hour
from cooperations.fields import PARIS
from cooperations.sheets import french_date

if TYPE_CHECKING:
    from collections.abc import Callable

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
    if name == "types_pratique":
        return ", ".join(v.PRACTICES.label(code) if code in v.PRACTICES else code for code in value.split("|"))
    if name in _SAID:
        return _said(_SAID[name], value)
    return next((one.label(value) for one in _VOCABULARIES.get(name, ()) if value in one), value)


def actor_in_words(actor: ProposedActor, names: dict[str, str]) -> str:
    """Return a proposed actor in words."""
    name = names.get(actor.structure_id, actor.structure_id) or f"{actor.name} (à ajouter)"
    return f"{name}\u00a0: {v.ROLES.label(actor.role).lower()}" if actor.role in v.ROLES else name


def _moment(value: str) -> str:
    moment = datetime.fromisoformat(value).astimezone(PARIS)
    return f"{french_date(moment.date().isoformat())} à {hour(moment)}"


_SAID: dict[str, Callable[[str], str]] = {
    **dict.fromkeys(("date_verification", "periode_debut", "periode_fin", "periode"), french_date),
    **dict.fromkeys(("debut", "fin"), _moment),
    "recurrence": lambda value: recurrence.in_words(recurrence.parse(value)),
    "dates_annulees": lambda value: cancellations.in_words(cancellations.parse(value)),
}


def _said(say: Callable[[str], str], value: str) -> str:
    """Return a value in words, or as it is when it is none."""
    try:
        return say(value)
    except (ValueError, IndexError, OverflowError):
        return value
