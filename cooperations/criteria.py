"""What a person asked to see: one frozen value shared by pages, map layer, exports and API.

Pages, routes and files read it from the same query parameters.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from cooperations.periods import is_inverted, since_in_words, until_in_words, why_no_date
from cooperations.query import LONGEST_TEXT, IgnoredParameter, Query, Reading, in_vocabulary, read, short_text
from cooperations.vocabularies import LOCATION_GROUPS, PRACTICES, REACHES, STATUSES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cooperations.territories import Gazetteer

__all__ = ["EVERYTHING", "LONGEST_TEXT", "PARAMETERS", "Criteria", "IgnoredParameter", "from_query"]
DEFAULT_REACH = "dedans"
_DATES = {"debut": since_in_words, "fin": until_in_words}


@dataclass(frozen=True, slots=True)
class Criteria(Query):
    """Filters; within one the values are alternatives, between them all must hold.

    `start` and `end` are partial dates; a practice of which no date is known is in every period.
    """

    practice_types: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()
    reach: str = DEFAULT_REACH
    statuses: tuple[str, ...] = ()
    locations: tuple[str, ...] = ()
    text: str = ""
    start: str = ""
    end: str = ""

    def without(self, parameter: str, value: str) -> Criteria:
        """Return the criteria with one value of one parameter removed; without a territory there is no reach."""
        changed = Query.without(self, parameter, value)
        return changed if changed.territories else replace(changed, reach=DEFAULT_REACH)


EVERYTHING = Criteria()
PARAMETERS = dict(
    zip(
        ("type", "territoire", "portee", "statut", "localisation", "q", "debut", "fin"),
        (f.name for f in fields(Criteria)),
        strict=True,
    )
)
Criteria.parameters = PARAMETERS


def from_query(
    pairs: Iterable[tuple[str, str]], gazetteer: Gazetteer, others: frozenset[str] = frozenset()
) -> tuple[Criteria, tuple[IgnoredParameter, ...]]:
    """Read criteria from query parameters; what makes no sense is left out and reported (see `query.read`)."""
    asked, said = read(Criteria, pairs, Reading(_checks(gazetteer), "territoire", others), gazetteer)
    if is_inverted(asked.start, asked.end):
        inverted = IgnoredParameter("fin", asked.end, "la période finit avant de commencer")
        return replace(asked, end=""), (*said, inverted)
    return asked, said


def narrowed(criteria: Criteria, cell: dict[str, str], gazetteer: Gazetteer) -> Criteria:
    """Return the criteria that show what a cell of their count table counts.

    A type or territory that is held already and is part of the cell's stays: the cell counts no more than it.
    """
    types, territories = criteria.practice_types, criteria.territories
    if "type" in cell:
        parts = tuple(code for code in types if cell["type"] in {code, PRACTICES[code].parent})
        criteria = replace(criteria, practice_types=parts or (cell["type"],))
    if "localisation" in cell:
        criteria = replace(criteria, locations=(cell["localisation"],))
    if "territoire" in cell:
        reach = cell.get("portee", DEFAULT_REACH)
        within = [key for key in territories if reach == DEFAULT_REACH and gazetteer.within(key, cell["territoire"])]
        kept = tuple(within) if len(within) == len(territories) and criteria.reach == reach else ()
        criteria = replace(criteria, territories=kept or (cell["territoire"],), reach=reach)
    return criteria


def value_in_words(name: str, value: str, gazetteer: Gazetteer) -> str:
    """Return the French words of one value of a query parameter, as plain text."""
    vocabularies = {"type": PRACTICES, "statut": STATUSES, "localisation": LOCATION_GROUPS, "portee": REACHES}
    if name in vocabularies:
        return vocabularies[name].label(value)
    if name in _DATES:
        return _DATES[name](value)
    return gazetteer[value].label if name == "territoire" else f"« {value} »"


def filters(criteria: Criteria, gazetteer: Gazetteer) -> list[tuple[str, str, str]]:
    """Return each filter: its French words, then the name and the value of its query parameter."""
    return [(value_in_words(name, value, gazetteer), name, value) for name, value in criteria.to_query()]


def criteria_in_words(criteria: Criteria, gazetteer: Gazetteer) -> str:
    """Return all the filters as one phrase: « Tous les types ; Landes (40) », or « aucun filtre »."""
    if criteria == EVERYTHING:
        return "aucun filtre"
    said: dict[str, list[str]] = {"type": []}
    for name, value in criteria.to_query():
        said.setdefault(name, []).append(value_in_words(name, value, gazetteer))
    return " ; ".join(", ".join(words) or "Tous les types" for words in said.values())


def _checks(gazetteer: Gazetteer) -> dict[str, Callable[[str], str]]:
    return {
        "type": in_vocabulary(PRACTICES),
        "territoire": lambda value: "" if value in gazetteer else "ce territoire n’est pas connu",
        "portee": in_vocabulary(REACHES),
        "statut": in_vocabulary(STATUSES),
        "localisation": in_vocabulary(LOCATION_GROUPS),
        "q": short_text,
        **dict.fromkeys(_DATES, why_no_date),
    }
