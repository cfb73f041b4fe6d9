"""The pictures of a report, as vectors, and what each shows in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cooperations import vocabularies as v
from cooperations.documents import charts
from cooperations.documents.plans import Spot, locator_map
from cooperations.figures import territory_bars, type_bars, year_bars
from cooperations.mercator import NOWHERE
from cooperations.reports import words
from cooperations.signs import SIGNS
from cooperations.text import number, plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from cooperations.catalogue import Rows
    from cooperations.figures import Bar
    from cooperations.reports.content import Report

MOST_SPOTS = 200
"""Beyond which the practices of a type that are in a same square are one small mark."""
SQUARE_BITS = 18
"""A square of 2**18 world units: about 7 km wide, two thirds of a small mark."""
LEGEND = ", ".join(f"{SIGNS[term.code].character}\u00a0{term.label}" for term in v.PRACTICE_TYPES)


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing, its title, and what it shows to who does not see it."""

    svg: bytes
    title: str
    alt: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of the report: the bars it draws, and how."""

    title: str
    bars: tuple[Bar, ...]
    draw: Callable[[Sequence[Bar]], charts.Chart]


def charts_of(report: Report) -> dict[str, Chart]:
    """Return the charts, by the name of their section; none where there is nothing to draw."""
    matrix, selection = report.now.matrix, report.now.selection
    if not len(selection):
        return {}
    found = {
        "types": Chart("Pratiques par type", type_bars(matrix), charts.by_type),
        "repartition": Chart(
            "Pratiques par territoire et par type", territory_bars(matrix, selection), charts.by_territory
        ),
        "temps": Chart("Pratiques selon l’année de leur début", year_bars(selection, matrix.leading), charts.over_time),
    }
    return {name: chart for name, chart in found.items() if chart.bars}


def pictures(report: Report) -> dict[str, Picture]:
    """Return the map and the charts, by the name of their section."""
    drawn = {
        name: Picture(charts.as_svg(one.draw(one.bars)), one.title, f"{one.title}. {charts.in_words(one.bars)}.")
        for name, one in charts_of(report).items()
    }
    return {"territoires": _map(report), **drawn}


def _map(report: Report) -> Picture:
    gazetteer, keys = report.catalogue.gazetteer, report.order.criteria.territories
    svg = locator_map(gazetteer, keys, _spots(report))
    placed = report.now.selection.by_location["point"]
    where = f"{words.territory(report)} en couleur" if keys else "ses départements"
    title = f"{LEGEND}\u00a0; signe creux\u00a0: la commune seule est connue."
    said = f"{plural(placed, 'pratique')} placée{'s' if placed > 1 else ''} par un point" if placed else "aucun point"
    others = len(report.now.selection) - placed
    return Picture(
        svg, title, f"Carte de l’{gazetteer.perimeter.name}, {where}\u00a0: {said}, {number(others)} sans point."
    )


def _spots(report: Report) -> Iterator[Spot]:
    catalogue = report.catalogue
    x = catalogue.frame["x"].to_numpy()
    rows = report.now.selection.rows[x[report.now.selection.rows] != NOWHERE]
    crowded = len(rows) > MOST_SPOTS
    for row in _one_a_square(report, rows) if crowded else rows:
        practice, point = catalogue.practices[row], catalogue.points[row]
        sign = SIGNS[practice.practice_type]
        if point:
            yield Spot(point, sign.colour, sign.shape, practice.precision != "adresse" and not crowded, crowded)


def _one_a_square(report: Report, rows: Rows) -> Rows:
    """Return the first row of each type in each square."""
    frame = report.catalogue.frame
    columns = (frame["x"].to_numpy()[rows] >> SQUARE_BITS, frame["y"].to_numpy()[rows] >> SQUARE_BITS)
    squares = np.column_stack((*columns, frame["type"].to_numpy()[rows]))
    first = np.unique(squares, axis=0, return_index=True)[1]
    return rows[np.sort(first)]
