"""Marks read from cells that are kept, against marks made point by point."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperations import clusters
from cooperations.clusters import FINEST_ZOOM, LARGEST_LISTED_CLUSTER, MARK_PIXELS, Mark, Viewport, grouped_marks
from cooperations.mercator import NOWHERE, WORLD, cell_shift, to_world, z_codes
from cooperations.pyramid import CELL_BITS, Index, Pyramid, curve, on_curve
from tests.making import AROUND_AQUITAINE, WHOLE_WORLD

if TYPE_CHECKING:
    from collections.abc import Iterable

BORDEAUX, MARSAN = to_world(-0.5795, 44.8378), to_world(-0.5, 43.89)
TYPES = 3
Spot = tuple[int, int, int]
Plain = tuple[tuple[int, ...], tuple[str, ...], float, float]

spots = st.one_of(
    st.just((NOWHERE, NOWHERE, 0)),
    st.tuples(st.integers(0, WORLD - 1), st.integers(0, WORLD - 1), st.integers(0, TYPES - 1)),
    *(
        st.tuples(st.integers(x - reach, x + reach), st.integers(y - reach, y + reach), st.integers(0, TYPES - 1))
        for x, y in (BORDEAUX, MARSAN)
        for reach in (3, 3_000, 300_000)
    ),
)
views = st.builds(
    Viewport,
    st.integers(0, 22),
    st.sampled_from((WHOLE_WORLD, AROUND_AQUITAINE, (-0.6, 44.8, -0.55, 44.9), (-0.58, 44.83, -0.579, 44.84))),
)


def pyramid(held: list[Spot], rows: Iterable[int] | None = None) -> Pyramid:
    """Return some rows of made-up points, all of them unless told."""
    x, y, types = (np.array([spot[side] for spot in held], dtype=np.int32) for side in range(3))
    index = Index(x, y, types.astype(np.int8), TYPES, lambda some: [f"p-{row}" for row in some], np.argsort)
    chosen = np.array(list(range(len(held)) if rows is None else rows), dtype=np.intp)
    return Pyramid(index, on_curve(curve(x, y), chosen, len(held)))


def middle(spots: list[Spot]) -> tuple[float, float]:
    """Return the mean position."""
    return sum(x for x, _, _ in spots) / len(spots), sum(y for _, y, _ in spots) / len(spots)


def point_by_point(held: list[Spot], view: Viewport) -> list[Plain]:
    """Return counts, ids and centre of each mark, worked out without any of the means that the map uses."""
    west, south, east, north = view.bounds
    (left, top), (right, bottom) = to_world(west, north), to_world(east, south)
    shift, unit = cell_shift(min(view.zoom, FINEST_ZOOM), CELL_BITS), 1 << cell_shift(view.zoom, 0)
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for row, (x, y, _) in enumerate(held):
        if left <= x <= right and top <= y <= bottom and x != NOWHERE:
            cells[x >> shift, y >> shift].append(row)
    centres = {cell: middle([held[row] for row in rows]) for cell, rows in cells.items()}
    marks = []
    for cell in sorted(cells, key=lambda one: (-len(cells[one]), *centres[one])):
        if cell in centres:
            here = centres[cell]
            near = [one for one in centres if math.dist(centres[one], here) < MARK_PIXELS * unit]
            rows = sorted(row for one in near for row in cells[one])
            centres = {one: place for one, place in centres.items() if one not in near}
            types = Counter(held[row][2] for row in rows)
            ids = tuple(f"p-{row}" for row in rows) if len(rows) <= LARGEST_LISTED_CLUSTER else ()
            marks.append((tuple(types[kind] for kind in range(TYPES)), ids, *here))
    return marks


def as_tuples(marks: list[Mark]) -> list[Plain]:
    """Return what can be compared of marks, in an order."""
    return sorted((mark.counts, mark.ids, *to_world(mark.longitude, mark.latitude)) for mark in marks)


@given(held=st.lists(spots, min_size=1, max_size=150), view=views)
def test_marks_are_those_made_point_by_point(held: list[Spot], view: Viewport) -> None:
    """Cells that are kept, edges of the view, deep zooms: counts, members and places are those of the plain way."""
    found, expected = as_tuples(grouped_marks(pyramid(held), view)), sorted(point_by_point(held, view))
    assert [mark[:2] for mark in found] == [mark[:2] for mark in expected]
    for one, other in zip(found, expected, strict=True):
        assert one[2:] == pytest.approx(other[2:], abs=2)


@given(held=st.lists(spots, min_size=1, max_size=80), zoom=st.integers(0, 22), data=st.data())
def test_a_filter_draws_what_it_keeps(held: list[Spot], zoom: int, data: st.DataObject) -> None:
    """Every chosen point is in exactly one mark, and no other is in any."""
    rows = sorted(data.draw(st.sets(st.integers(0, len(held) - 1))))
    marks = grouped_marks(pyramid(held, rows), Viewport(zoom, WHOLE_WORLD))
    placed = sorted(f"p-{row}" for row in rows if held[row][0] != NOWHERE)
    assert sum(mark.size for mark in marks) == len(placed)
    if all(mark.ids for mark in marks):
        assert sorted(one for mark in marks for one in mark.ids) == placed


@given(x=st.integers(0, WORLD - 1), y=st.integers(0, WORLD - 1))
def test_the_curve_interleaves_bits(x: int, y: int) -> None:
    """Each bit of x is followed by that of y: what shares its first bits shares a cell."""
    bits = "".join(two for pair in zip(f"{y:030b}", f"{x:030b}", strict=True) for two in pair)
    assert z_codes(np.array([x], np.int32), np.array([y], np.int32)).tolist() == [int(bits, 2)]


def test_a_view_of_too_many_cells_is_drawn_coarser(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who asks for the streets of all France gets the marks of its towns: all are counted, none is lost."""
    monkeypatch.setattr(clusters, "MOST_CELLS", 30)
    places = [(x * 3_000_000, y * 3_000_000, 0) for x in range(100, 130) for y in range(100, 130)]
    marks = grouped_marks(pyramid(places), Viewport(18, WHOLE_WORLD))
    assert 1 < len(marks) <= 30
    assert sum(mark.size for mark in marks) == 900
