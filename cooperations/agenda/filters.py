"""Which meetings answer the criteria that all pages share."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cooperations import vocabularies as v
from cooperations.text import fold

if TYPE_CHECKING:
    from cooperations.catalogue import Catalogue
    from cooperations.criteria import Criteria
    from cooperations.model import Event
    from cooperations.territories import Gazetteer


def applicable(criteria: Criteria) -> Criteria:
    """Return the criteria without those that are about practices alone: their status and how they are placed."""
    return replace(criteria, statuses=(), locations=())


def events_of(catalogue: Catalogue, criteria: Criteria) -> tuple[Event, ...]:
    """Return the meetings of some types, over or in some territories, that have some words, in the data's order."""
    return tuple(event for event in catalogue.events if _answers(event, catalogue, criteria))


def silent_events(catalogue: Catalogue, criteria: Criteria) -> int:
    """Return how many meetings are left out only because they say no type, or no territory."""
    count = 0
    for event in catalogue.events:
        types = criteria.practice_types if event.practice_types else ()
        territories = criteria.territories if keys_of(event) else ()
        asked = replace(criteria, practice_types=types, territories=territories)
        count += _answers(event, catalogue, asked) and not _answers(event, catalogue, criteria)
    return count


def keys_of(event: Event) -> tuple[str, ...]:
    """Return the territories of a meeting: those it is about, and the commune where it is held."""
    return (*event.territories, f"commune:{event.commune_code}") if event.commune_code else event.territories


def _answers(event: Event, catalogue: Catalogue, criteria: Criteria) -> bool:
    return (
        _of_types(event, criteria.practice_types)
        and _in_territories(event, criteria, catalogue.gazetteer)
        and all(word in _searched(event, catalogue) for word in fold(criteria.text).split())
    )


def _of_types(event: Event, codes: tuple[str, ...]) -> bool:
    held = {*event.practice_types, *(v.PRACTICES[code].parent for code in event.practice_types)}
    return not codes or bool(held & {*codes})


def _in_territories(event: Event, criteria: Criteria, gazetteer: Gazetteer) -> bool:
    held = [key for key in keys_of(event) if key in gazetteer]
    wanted = criteria.territories
    return not wanted or any(_reaches(key, one, criteria.reach, gazetteer) for key in held for one in wanted)


def _reaches(key: str, wanted: str, reach: str, gazetteer: Gazetteer) -> bool:
    """Return whether what is in a territory is also in the wanted one, in the sense of `reach`."""
    if reach == "entier":
        return key == wanted
    return gazetteer.within(key, wanted) or (reach == "couvrant" and key in gazetteer[wanted].parents)


def _searched(event: Event, catalogue: Catalogue) -> str:
    organiser = catalogue.structures.get(event.organiser_id or "")
    places = (catalogue.gazetteer[key].name for key in keys_of(event) if key in catalogue.gazetteer)
    types = map(v.PRACTICES.label, event.practice_types)
    said = (event.name, event.description, event.place or "", organiser.name if organiser else "")
    return fold(" ".join((*said, *types, *places)))
