"""The key figures and the bars of a selection and of its matrix: the same on the pages and in the reports."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from cooperations import vocabularies as v
from cooperations.catalogue import OPEN_START
from cooperations.counts import TOTAL, cell, columns, count_matrix, grouped, tally
from cooperations.selection import NO_ROWS
from cooperations.text import number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cooperations.catalogue import Rows
    from cooperations.coverage import Coverage
    from cooperations.decisions import Action
    from cooperations.selection import Selection
    from cooperations.territories import Territory

ELSEWHERE = "Plus large, ou sans autre précision"
MOST_YEARS = 40
"""Beyond which only the years that have a practice are shown."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A count and what it is out of, if anything; `code` names it whatever its label."""

    code: str
    label: str
    value: int
    among: int | None = None
    remark: str = ""

    @property
    def words(self) -> str:
        """« 3 sur 19 », « 12, dont 8 sans territoire »."""
        said = number(self.value) if self.among is None else f"{number(self.value)} sur {number(self.among)}"
        return f"{said}, {self.remark}" if self.remark else said


def selection_figures(selection: Selection) -> tuple[Figure, ...]:
    """Return what a meeting asks of the practices first."""
    matrix = count_matrix(selection)
    departments = [department.key for department in selection.catalogue.gazetteer.departments]
    covered = sum(cell(matrix, TOTAL, key) > 0 for key in departments)
    types = sum(cell(matrix, code, TOTAL) > 0 for code in v.PRACTICE_TYPES.codes)
    placed = selection.by_location
    nowhere = f"dont {number(placed['inconnue'])} sans territoire" if placed["inconnue"] else ""
    return (
        Figure("pratiques", "Pratiques", len(selection), len(selection.catalogue)),
        Figure("types", "Types représentés", types, len(v.PRACTICE_TYPES.codes)),
        Figure("departements", "Départements avec un exemple", covered, len(departments)),
        Figure("sans_point", "Sans localisation précise", selection.without_point, remark=nowhere),
        Figure("hors_perimetre", v.LOCATION_GROUPS.label("hors_perimetre"), placed["hors_perimetre"]),
    )


def coverage_figures(matrix: Coverage, actions: Iterable[Action]) -> tuple[Figure, ...]:
    """Return how many cells are in each state, a sub-type not counting beside its type, and the open actions."""
    cells = matrix.leading_cells
    states = Counter(cell.state for cell in cells)
    which = "Cases avec une pratique" + (" (types)" if len(matrix.leading) < len(matrix.codes) else "")
    always = (term for term in v.COVERAGE_STATES if term.code not in {"couvert", "filtre"})
    filtered = [Figure("filtre", v.COVERAGE_STATES.label("filtre"), states["filtre"])] if states["filtre"] else []
    opened = sum(action.state not in v.CLOSED_STATES for action in actions)
    return (
        Figure("couvert", which, states["couvert"], len(cells)),
        *(Figure(term.code, term.label, states[term.code]) for term in always),
        *filtered,
        Figure("actions", "Actions ouvertes", opened),
    )


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a chart: how many practices of a type or sub-type (`code`) are in a group, a territory or a year."""

    group: str
    code: str
    count: int


def type_bars(matrix: Coverage) -> tuple[Bar, ...]:
    """Return how many practices of each leading code meet the criteria, wherever they are."""
    return tuple(Bar("", code, matrix.totals[code]) for code in matrix.leading)


def column_bars(selection: Selection, codes: Iterable[str] = v.PRACTICE_TYPES.codes) -> tuple[Bar, ...]:
    """Return the count table of the map page as bars: the departments, then what is not in one department."""
    matrix, kept = count_matrix(selection), tuple(codes)
    return tuple(
        Bar(column.label, code, cell(matrix, code, column.key)) for column in columns(selection) for code in kept
    )


def territory_bars(matrix: Coverage, selection: Selection) -> tuple[Bar, ...]:
    """Return the bars of the territories of a matrix; without a territory asked for, those of the map page."""
    if not matrix.criteria.territories:
        return column_bars(selection, matrix.leading)
    gazetteer, leading = selection.catalogue.gazetteer, matrix.leading
    lines = tuple(
        Bar(_name(gazetteer[key]), code, matrix.cell(code, key).count) for key in matrix.keys for code in leading
    )
    held = np.concatenate((NO_ROWS, *(selection.catalogue.inside.get(key, NO_ROWS) for key in matrix.keys)))
    elsewhere = np.setdiff1d(selection.rows, held)
    return (*lines, *_bars(selection, {ELSEWHERE: elsewhere}, leading))


def year_bars(selection: Selection, codes: Iterable[str]) -> tuple[Bar, ...]:
    """Return the practices by the year of their start, every year from the first to the last; undated ones apart."""
    frame = selection.catalogue.frame
    first = frame["first"].to_numpy()[selection.rows]
    years = np.array([date.fromordinal(day).year if day != OPEN_START else 0 for day in first.tolist()], dtype=np.intp)
    known = years[years > 0]
    if not known.size:
        return ()
    span = range(int(known.min()), int(known.max()) + 1)
    shown = span if len(span) <= MOST_YEARS else sorted({*known.tolist()})
    return _bars(selection, {str(year): selection.rows[years == year] for year in shown}, codes)


def _name(territory: Territory) -> str:
    return territory.name if territory.level == "epci" else territory.label


def _bars(selection: Selection, groups: dict[str, Rows], codes: Iterable[str]) -> tuple[Bar, ...]:
    counts = tally(selection, grouped(selection.catalogue, groups.values()))
    positions = [(code, v.PRACTICES.codes.index(code)) for code in codes]
    return tuple(
        Bar(group, code, int(line[position]))
        for group, line in zip(groups, counts, strict=True)
        for code, position in positions
    )
