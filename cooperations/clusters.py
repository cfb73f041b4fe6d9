"""What a viewport shows: points gathered into cells of about 64 pixels, and territories without a point.

Computed from integer Mercator positions. Cells are those of the world, not of the view; only at the edges of a
view may a group be joined to another that a neighbouring view does not see.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cooperations import vocabularies as v
from cooperations.mercator import NOWHERE, cell_shift, to_degrees, to_world

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cooperations.catalogue import Rows
    from cooperations.selection import Selection

    Centre = tuple[float, float]

CELL_BITS = 6
FINEST_ZOOM = 18
MARK_PIXELS = 40
LARGEST_LISTED_CLUSTER = 50
_TYPE_COUNT = len(v.PRACTICE_TYPES.codes)


@dataclass(frozen=True, slots=True)
class Viewport:
    """A zoom level and a box west, south, east, north in WGS 84 degrees."""

    zoom: int
    bounds: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Mark:
    """A sign on the map: one practice, several at one place, or those of a territory.

    `counts` follow the order of PRACTICE_TYPES. `practice_ids` are given when they are few enough to
    be listed in a popup; `bounds` hold the members, and are None for the sign of a territory.
    """

    longitude: float
    latitude: float
    counts: tuple[int, ...]
    practice_ids: tuple[str, ...] = ()
    bounds: tuple[float, float, float, float] | None = None
    territory: str = ""

    @property
    def size(self) -> int:
        """How many practices the mark stands for."""
        return sum(self.counts)


def point_marks(selection: Selection, view: Viewport) -> list[Mark]:
    """Return the marks of the selected practices that have a point in the view."""
    rows = _rows_in_view(selection, view)
    if not len(rows):
        return []
    x, y = (selection.catalogue.frame[axis].to_numpy()[rows] for axis in ("x", "y"))
    shift = cell_shift(min(view.zoom, FINEST_ZOOM), CELL_BITS)
    cells = (x >> shift).astype(np.int64) << 32 | (y >> shift)
    order = np.argsort(cells, kind="stable")
    starts = np.flatnonzero(np.r_[True, np.diff(cells[order]) != 0])
    groups = np.split(rows[order], starts[1:])
    reach = MARK_PIXELS << cell_shift(view.zoom, 0)
    return [_mark(selection, centre, group) for centre, group in _joined(selection, groups, reach)]


def territory_marks(selection: Selection) -> list[Mark]:
    """Return one mark per territory that holds selected practices without a point."""
    catalogue = selection.catalogue
    held: dict[str, list[int]] = defaultdict(list)
    for row in selection.rows:
        if catalogue.points[row] is None:
            for key in catalogue.practices[row].territories:
                held[key].append(int(row))
    return [_territory_mark(selection, key, held[key]) for key in sorted(held)]


def _rows_in_view(selection: Selection, view: Viewport) -> Rows:
    west, south, east, north = view.bounds
    (left, top), (right, bottom) = to_world(west, north), to_world(east, south)
    frame = selection.catalogue.frame
    x, y = frame["x"].to_numpy()[selection.rows], frame["y"].to_numpy()[selection.rows]
    seen = (x != NOWHERE) & (x >= left) & (x <= right) & (y >= top) & (y <= bottom)
    return np.asarray(selection.rows[seen])


def _joined(selection: Selection, groups: list[Rows], reach: int) -> Iterator[tuple[Centre, Rows]]:
    """Join groups whose marks would cover each other, at the centre of the largest, which stays where it is."""
    frame = selection.catalogue.frame
    centres = np.array([[frame[axis].to_numpy()[rows].mean() for axis in ("x", "y")] for rows in groups])
    free = np.ones(len(groups), dtype=np.bool_)
    for index in sorted(range(len(groups)), key=lambda one: (-len(groups[one]), *centres[one])):
        if free[index]:
            near = free & (np.hypot(*(centres - centres[index]).T) < reach)
            free &= ~near
            together = np.concatenate([groups[one] for one in np.flatnonzero(near)])
            yield (float(centres[index][0]), float(centres[index][1])), np.sort(together)


def _mark(selection: Selection, centre: Centre, rows: Rows) -> Mark:
    catalogue = selection.catalogue
    x, y = (catalogue.frame[axis].to_numpy()[rows] for axis in ("x", "y"))
    longitude, latitude = to_degrees(*centre)
    (west, north), (east, south) = to_degrees(int(x.min()), int(y.min())), to_degrees(int(x.max()), int(y.max()))
    counts = np.bincount(catalogue.frame["type"].to_numpy()[rows], minlength=_TYPE_COUNT)
    return Mark(longitude, latitude, tuple(counts.tolist()), _ids(selection, rows), (west, south, east, north))


def _territory_mark(selection: Selection, key: str, rows: list[int]) -> Mark:
    territory = selection.catalogue.gazetteer[key]
    types = Counter(selection.catalogue.practices[row].practice_type for row in rows)
    counts = tuple(types[code] for code in v.PRACTICE_TYPES.codes)
    ids = _ids(selection, np.array(rows, dtype=np.intp))
    return Mark(territory.longitude, territory.latitude, counts, ids, None, key)


def _ids(selection: Selection, rows: Rows) -> tuple[str, ...]:
    if len(rows) > LARGEST_LISTED_CLUSTER:
        return ()
    return tuple(selection.catalogue.practices[row].id for row in rows)
