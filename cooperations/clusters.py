"""What a viewport shows: points gathered into cells of about 64 pixels, and territories without a point.

Computed from integer Mercator positions. Cells are those of the world, not of the view; only at the edges of a
view may a group be joined to another that a neighbouring view does not see.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from cooperations import vocabularies as v
from cooperations.mercator import NOWHERE, cell_shift, to_degrees, to_world

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import numpy.typing as npt

    from cooperations.catalogue import Rows
    from cooperations.selection import Selection

    Centre = tuple[float, float]

CELL_BITS = 6
FINEST_ZOOM = 18
MARK_PIXELS = 40
LARGEST_LISTED_CLUSTER = 50


@dataclass(frozen=True, slots=True)
class Viewport:
    """A zoom level and a box west, south, east, north in WGS 84 degrees."""

    zoom: int
    bounds: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Points:
    """What may be drawn: rows of an index, their Mercator positions, the position of their type in its vocabulary.

    `identify` returns the ids of rows.
    """

    rows: Rows
    x: npt.NDArray[np.int32]
    y: npt.NDArray[np.int32]
    types: npt.NDArray[np.int8]
    type_count: int
    identify: Callable[[Rows], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Mark:
    """A sign on the map: one practice or structure, several at one place, or the practices of a territory.

    `counts` follow the order of the vocabulary of types. `ids` are given when they are few enough to
    be listed in a popup; `bounds` hold the members, and are None for the sign of a territory.
    """

    longitude: float
    latitude: float
    counts: tuple[int, ...]
    ids: tuple[str, ...] = ()
    bounds: tuple[float, float, float, float] | None = None
    territory: str = ""

    @property
    def size(self) -> int:
        """How many practices the mark stands for."""
        return sum(self.counts)


def point_marks(selection: Selection, view: Viewport) -> list[Mark]:
    """Return the marks of the selected practices that have a point in the view."""
    return grouped_marks(practice_points(selection), view)


def practice_points(selection: Selection) -> Points:
    """Return the points of the selected practices."""
    practices, frame = selection.catalogue.practices, selection.catalogue.frame
    x, y, types = (frame[name].to_numpy()[selection.rows] for name in ("x", "y", "type"))
    count = len(v.PRACTICE_TYPES.codes)
    return Points(selection.rows, x, y, types, count, lambda rows: [practices[row].id for row in rows])


def grouped_marks(points: Points, view: Viewport) -> list[Mark]:
    """Return the marks of the points in a view, gathered into cells of about 64 pixels."""
    seen = _in_view(points, view)
    if not len(seen.rows):
        return []
    shift = cell_shift(min(view.zoom, FINEST_ZOOM), CELL_BITS)
    cells = (seen.x >> shift).astype(np.int64) << 32 | (seen.y >> shift)
    order = np.argsort(cells, kind="stable")
    starts = np.flatnonzero(np.r_[True, np.diff(cells[order]) != 0])
    groups = np.split(order, starts[1:])
    reach = MARK_PIXELS << cell_shift(view.zoom, 0)
    return [_mark(seen, centre, group) for centre, group in _joined(seen, groups, reach)]


def territory_marks(selection: Selection) -> list[Mark]:
    """Return one mark per territory that holds selected practices without a point."""
    catalogue = selection.catalogue
    held: dict[str, list[int]] = defaultdict(list)
    for row in selection.rows:
        if catalogue.points[row] is None:
            for key in catalogue.practices[row].territories:
                held[key].append(int(row))
    return [_territory_mark(selection, key, held[key]) for key in sorted(held)]


def _in_view(points: Points, view: Viewport) -> Points:
    west, south, east, north = view.bounds
    (left, top), (right, bottom) = to_world(west, north), to_world(east, south)
    x, y = points.x, points.y
    seen = (x != NOWHERE) & (x >= left) & (x <= right) & (y >= top) & (y <= bottom)
    return replace(points, rows=points.rows[seen], x=x[seen], y=y[seen], types=points.types[seen])


def _joined(points: Points, groups: list[Rows], reach: int) -> Iterator[tuple[Centre, Rows]]:
    """Join groups whose marks would cover each other, at the centre of the largest, which stays where it is."""
    centres = np.array([(points.x[group].mean(), points.y[group].mean()) for group in groups])
    free = np.ones(len(groups), dtype=np.bool_)
    for index in sorted(range(len(groups)), key=lambda one: (-len(groups[one]), *centres[one])):
        if free[index]:
            near = free & (np.hypot(*(centres - centres[index]).T) < reach)
            free &= ~near
            together = np.concatenate([groups[one] for one in np.flatnonzero(near)])
            yield (float(centres[index][0]), float(centres[index][1])), np.sort(together)


def _mark(points: Points, centre: Centre, group: Rows) -> Mark:
    x, y = points.x[group], points.y[group]
    longitude, latitude = to_degrees(*centre)
    (west, north), (east, south) = to_degrees(int(x.min()), int(y.min())), to_degrees(int(x.max()), int(y.max()))
    counts = np.bincount(points.types[group], minlength=points.type_count)
    ids = points.identify(points.rows[group]) if len(group) <= LARGEST_LISTED_CLUSTER else ()
    return Mark(longitude, latitude, tuple(counts.tolist()), tuple(ids), (west, south, east, north))


def _territory_mark(selection: Selection, key: str, rows: list[int]) -> Mark:
    territory = selection.catalogue.gazetteer[key]
    types = Counter(selection.catalogue.practices[row].practice_type for row in rows)
    counts = tuple(types[code] for code in v.PRACTICE_TYPES.codes)
    ids = tuple(selection.catalogue.practices[row].id for row in rows) if len(rows) <= LARGEST_LISTED_CLUSTER else ()
    return Mark(territory.longitude, territory.latitude, counts, ids, None, key)
