"""What a person asked to see: one frozen value shared by pages, map layer, exports and API.

Its query parameters hold codes, not labels: a link stays right when a label is reworded.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from cooperations.text import suggestion
from cooperations.vocabularies import LOCATION_GROUPS, PRACTICES, REACHES, STATUSES, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cooperations.territories import Gazetteer

DEFAULT_REACH = "dedans"
LONGEST_TEXT = 200


@dataclass(frozen=True, slots=True)
class Criteria:
    """Filters; within one the values are alternatives, between them all must hold."""

    practice_types: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()
    reach: str = DEFAULT_REACH
    statuses: tuple[str, ...] = ()
    locations: tuple[str, ...] = ()
    text: str = ""

    def to_query(self) -> tuple[tuple[str, str], ...]:
        """Return the query parameters that say these criteria, defaults left out, in a fixed order."""
        pairs: list[tuple[str, str]] = []
        for name, attribute in PARAMETERS.items():
            value = getattr(self, attribute)
            if value == getattr(EVERYTHING, attribute):
                continue
            pairs += [(name, one) for one in (value if isinstance(value, tuple) else (value,))]
        return tuple(pairs)

    def query_string(self) -> str:
        """Return `to_query` encoded for a URL."""
        return urlencode(self.to_query())

    def without(self, parameter: str, value: str) -> Criteria:
        """Return the criteria with one value of one parameter removed."""
        attribute = PARAMETERS[parameter]
        held = getattr(self, attribute)
        kept: Any = (
            tuple(one for one in held if one != value) if isinstance(held, tuple) else getattr(EVERYTHING, attribute)
        )
        changed = replace(self, **{attribute: kept})
        return changed if changed.territories else replace(changed, reach=DEFAULT_REACH)


EVERYTHING = Criteria()

PARAMETERS = dict(
    zip(
        ("type", "territoire", "portee", "statut", "localisation", "q"), (f.name for f in fields(Criteria)), strict=True
    )
)


@dataclass(frozen=True, slots=True)
class IgnoredParameter:
    """A query parameter that made no sense and was left out, or was `converted`; the sentence that says so."""

    name: str
    value: str
    reason: str
    converted: bool = False


def from_query(
    pairs: Iterable[tuple[str, str]], gazetteer: Gazetteer, others: frozenset[str] = frozenset()
) -> tuple[Criteria, tuple[IgnoredParameter, ...]]:
    """Read criteria from query parameters; what makes no sense is left out and reported.

    The code of a former commune is converted to the commune of today, and reported too.
    `others` are the names of parameters that belong to somebody else and are passed over.
    """
    values: dict[str, list[str]] = {}
    ignored: list[IgnoredParameter] = []
    checks = _checks(gazetteer)
    for name, value in pairs:
        if name in others or not value.strip():
            continue
        former = name == "territoire" and gazetteer.successor(value) is not None
        today, notice = gazetteer.renewed(value) if former else (value, "")
        reason = checks[name](today) if name in checks else _unknown_name(name)
        if reason or notice:
            ignored.append(IgnoredParameter(name, value, reason or notice, converted=former))
        if not reason and today not in values.setdefault(name, []):
            values[name].append(today)
    return _build(values), tuple(ignored)


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
    return gazetteer[value].label if name == "territoire" else f"« {value} »"


def criteria_in_words(criteria: Criteria, gazetteer: Gazetteer) -> str:
    """Return all the filters as one phrase: « Tous les types ; Landes (40) », or « aucun filtre »."""
    if criteria == EVERYTHING:
        return "aucun filtre"
    said: dict[str, list[str]] = {"type": []}
    for name, value in criteria.to_query():
        said.setdefault(name, []).append(value_in_words(name, value, gazetteer))
    return " ; ".join(", ".join(words) or "Tous les types" for words in said.values())


def _build(values: dict[str, list[str]]) -> Criteria:
    built: dict[str, Any] = {}
    for name, attribute in PARAMETERS.items():
        if values.get(name):
            several = isinstance(getattr(EVERYTHING, attribute), tuple)
            built[attribute] = tuple(values[name]) if several else values[name][-1].strip()
    return Criteria(**built)


def _checks(gazetteer: Gazetteer) -> dict[str, Callable[[str], str]]:
    return {
        "type": _in_vocabulary(PRACTICES),
        "territoire": lambda value: "" if value in gazetteer else "ce territoire n’est pas connu",
        "portee": _in_vocabulary(REACHES),
        "statut": _in_vocabulary(STATUSES),
        "localisation": _in_vocabulary(LOCATION_GROUPS),
        "q": lambda value: "" if len(value) <= LONGEST_TEXT else f"plus de {LONGEST_TEXT} caractères",
    }


def _in_vocabulary(vocabulary: Vocabulary) -> Callable[[str], str]:
    def check(value: str) -> str:
        if value in vocabulary:
            return ""
        hint = suggestion(value, vocabulary.codes)
        return "ce code n’existe pas" + (f" ; vouliez-vous dire « {hint} » ?" if hint else "")

    return check


def _unknown_name(name: str) -> str:
    hint = suggestion(name, PARAMETERS)
    return "ce paramètre n’existe pas" + (f" ; vouliez-vous dire « {hint} » ?" if hint else "")
