"""The selection in an order, cut into pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cooperations import vocabularies as v
from cooperations.sheets import Line, line, place_label
from cooperations.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable

    from cooperations.catalogue import Catalogue
    from cooperations.selection import Selection

PAGE_SIZE = 20

ORDERS = v.Vocabulary(
    "tri",
    (
        v.Term("nom", "Nom", "Par ordre alphabétique."),
        v.Term("type", "Type de pratique", "Dans l’ordre du compte rendu, puis par nom."),
        v.Term("lieu", "Lieu", "Par territoire ; les pratiques sans territoire viennent à la fin."),
        v.Term("statut", "Statut", "En projet, actives, terminées, puis le reste."),
    ),
)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list; pages and positions count from 1."""

    lines: tuple[Line, ...]
    number: int
    page_count: int
    first: int
    last: int
    total: int


def page_of(selection: Selection, order: str, number: int, size: int = PAGE_SIZE) -> Page:
    """Return a page of the selection; a number out of range gives the nearest page there is."""
    rows = ordered_rows(selection, order)
    page_count = max(1, -(-len(rows) // size))
    number = min(max(1, number), page_count)
    first = (number - 1) * size
    shown = rows[first : first + size]
    lines = tuple(line(selection.catalogue, row) for row in shown)
    return Page(lines, number, page_count, first + 1 if shown else 0, first + len(shown), len(rows))


def ordered_rows(selection: Selection, order: str) -> list[int]:
    """Return the rows of a selection in an order of ORDERS, by name in an unknown one."""
    return sorted(selection.rows.tolist(), key=_sort_key(selection.catalogue, order))


def _sort_key(catalogue: Catalogue, order: str) -> Callable[[int], tuple[object, ...]]:
    def name(row: int) -> str:
        return fold(catalogue.practices[row].name)

    def place(row: int) -> tuple[object, ...]:
        practice = catalogue.practices[row]
        return (not practice.territories, fold(place_label(catalogue, practice)), name(row))

    keys: dict[str, Callable[[int], tuple[object, ...]]] = {
        "nom": lambda row: (name(row),),
        "type": lambda row: (*_type_position(catalogue, row), name(row)),
        "lieu": place,
        "statut": lambda row: (v.STATUSES.codes.index(catalogue.practices[row].status), name(row)),
    }
    return keys.get(order, keys["nom"])


def _type_position(catalogue: Catalogue, row: int) -> tuple[int, int]:
    practice = catalogue.practices[row]
    subtype = v.PRACTICE_SUBTYPES.codes.index(practice.subtype) if practice.subtype else -1
    return v.PRACTICE_TYPES.codes.index(practice.practice_type), subtype
