"""What a viewport shows: points gathered into cells of about 64 pixels, and territories without a point.

Computed from integer Mercator positions. Cells are those of the world, not of the view; only at the edges of a
view may a group be joined to another that a neighbouring view does not see.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from cooperations import vocabularies as v
from cooperations.mercator import cell_shift, to_degrees, to_world
from cooperations.pyramid import FINEST_KEPT, Cells, Index, Pyramid, added, cells_of, on_curve

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from cooperations.catalogue import Rows
    from cooperations.pyramid import Box
    from cooperations.selection import Selection

    Sizes = npt.NDArray[np.int64]

FINEST_ZOOM = 18
MARK_PIXELS = 40
LARGEST_LISTED_CLUSTER = 50
MOST_CELLS = 6_000
"""What a screen of 4K and its surroundings hold; a view of more cells is answered as at a smaller zoom."""


@dataclass(frozen=True, slots=True)
class Viewport:
    """A zoom level and a box west, south, east, north in WGS 84 degrees."""

    zoom: int
    bounds: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Groups:
    """The cells of a view; their runs are positions in `rows`, and hold nothing when too large to be listed."""

    rows: Rows
    cells: Cells


@dataclass(frozen=True, slots=True)
class Mark:
    """A sign on the map: one practice or structure, several at one place, or the practices of a territory.

    `counts` follow the order of the vocabulary of types. `ids` are given when they are few enough to
    be listed in a popup; `bounds` hold the members, and are None for the sign of a territory. `row` is that of the
    first of them, or -1.
    """

    longitude: float
    latitude: float
    counts: tuple[int, ...]
    ids: tuple[str, ...] = ()
    bounds: tuple[float, float, float, float] | None = None
    territory: str = ""
    row: int = -1

    @property
    def size(self) -> int:
        """How many practices the mark stands for."""
        return sum(self.counts)


def point_marks(selection: Selection, view: Viewport) -> list[Mark]:
    """Return the marks of the selected practices that have a point in the view."""
    return grouped_marks(practice_points(selection), view)


def practice_points(selection: Selection) -> Pyramid:
    """Return the points of the selected practices."""
    catalogue = selection.catalogue
    practices = catalogue.practices
    x, y, types = (catalogue.frame[name].to_numpy() for name in ("x", "y", "type"))
    count = len(v.PRACTICE_TYPES.codes)
    index = Index(x, y, types, count, lambda rows: [practices[row].id for row in rows], np.argsort)
    return Pyramid(index, on_curve(catalogue.curve, selection.rows, len(catalogue)))


def grouped_marks(points: Pyramid, view: Viewport) -> list[Mark]:
    """Return the marks of the points in a view, gathered into cells of about 64 pixels."""
    west, south, east, north = view.bounds
    (left, top), (right, bottom) = to_world(west, north), to_world(east, south)
    for zoom in range(view.zoom, -1, -1):
        groups = _groups(points, (left, top, right, bottom), min(zoom, FINEST_ZOOM))
        if groups:
            return list(_joined(points.index, groups, MARK_PIXELS << cell_shift(zoom, 0))) if len(groups.cells) else []
    return []


def territory_marks(selection: Selection) -> list[Mark]:
    """Return one mark per territory that holds selected practices without a point."""
    catalogue = selection.catalogue
    held: dict[str, list[int]] = defaultdict(list)
    for row in selection.rows:
        if catalogue.points[row] is None:
            for key in catalogue.practices[row].territories:
                held[key].append(int(row))
    return [_territory_mark(selection, key, held[key]) for key in sorted(held)]


def _groups(points: Pyramid, box: Box, zoom: int) -> Groups | None:
    """Return the cells of a view, or None when they are too many; those at its edge hold what is inside."""
    kept = points.cells(min(zoom, FINEST_KEPT))
    left, top, right, bottom = kept.boxes.T
    touched = (right >= box[0]) & (left <= box[2]) & (bottom >= box[1]) & (top <= box[3])
    inside = (left >= box[0]) & (right <= box[2]) & (top >= box[1]) & (bottom <= box[3]) & (zoom <= FINEST_KEPT)
    if np.count_nonzero(touched) > MOST_CELLS:
        return None
    whole, cut = kept.some(inside), points.rows[kept.some(touched & ~inside).runs()]
    x, y = points.index.x[cut], points.index.y[cut]
    cut = cut[(x >= box[0]) & (x <= box[2]) & (y >= box[1]) & (y <= box[3])]
    _, part = cells_of(points.index, cut, zoom)
    groups = _together(points.rows, whole, cut, part)
    return groups if len(groups.cells) <= MOST_CELLS else None


def _together(rows: Rows, whole: Cells, cut: Rows, part: Cells) -> Groups:
    """Return whole cells and those at the edge, with the rows of those that may be listed."""
    listed = whole.counts.sum(axis=1) <= LARGEST_LISTED_CLUSTER
    last = np.cumsum((whole.last - whole.first) * listed)
    first = np.concatenate(([0], last[:-1]))[: len(whole)]
    runs = rows[whole.some(listed).runs()]
    cells = Cells(
        np.concatenate((first, part.first + len(runs))),
        np.concatenate((last, part.last + len(runs))),
        *(np.concatenate((getattr(whole, name), getattr(part, name))) for name in ("counts", "sums", "boxes")),
    )
    return Groups(np.concatenate((runs, cut)), cells)


def _joined(index: Index, groups: Groups, reach: int) -> Iterator[Mark]:
    """Join cells whose marks would cover each other, at the centre of the largest, which stays where it is."""
    sizes = groups.cells.counts.sum(axis=1)
    centres = groups.cells.sums / sizes[:, None]
    leaders = _leaders(centres, sizes, reach)
    order = np.argsort(leaders, kind="stable")
    first = np.flatnonzero(np.diff(leaders[order], prepend=-1))
    gathered = groups.cells.some(order)
    joined = added(gathered, first)
    group = np.repeat(np.arange(len(first)), np.diff(first, append=len(order)))
    listed = _listed(index, Groups(groups.rows, gathered), group, joined.counts.sum(axis=1))
    places = centres[leaders[order][first]].tolist()
    return map(_mark, places, joined.counts.tolist(), joined.boxes.tolist(), *listed)


def _leaders(centres: npt.NDArray[np.float64], sizes: Sizes, reach: int) -> Rows:
    """Return the cell that each one joins, often itself: the largest first takes what is near and free."""
    points: Any = shapely.points(centres)
    # Of scipy, cKDTree is a little quicker, and 24 MB of memory for this alone.
    pairs = shapely.STRtree(points).query(points, predicate="dwithin", distance=reach).T
    pairs = pairs[pairs[:, 0] < pairs[:, 1]]
    apart = centres[pairs[:, 0]] - centres[pairs[:, 1]]
    near: dict[int, list[int]] = defaultdict(list)
    for one, other in pairs[np.hypot(*apart.T) < reach].tolist():
        near[one].append(other)
        near[other].append(one)
    leaders = [-1] * len(centres)
    for one in np.lexsort((centres[:, 1], centres[:, 0], -sizes)).tolist():
        if leaders[one] < 0:
            leaders[one] = one
            for other in near[one]:
                leaders[other] = one if leaders[other] < 0 else leaders[other]
    return np.array(leaders)


def _listed(index: Index, groups: Groups, joined: Rows, sizes: Sizes) -> tuple[list[tuple[str, ...]], list[int]]:
    """Return the ids of the members of each joined group, in the order of the index, and the row of the first.

    There are none for a group that is too large.
    """
    few = sizes <= LARGEST_LISTED_CLUSTER
    some = groups.cells.some(few[joined])
    rows, of = groups.rows[some.runs()], np.repeat(joined[few[joined]], some.last - some.first)
    order = index.in_order(rows)
    rows = rows[order[np.argsort(of[order], kind="stable")]]
    ids, ends = index.identify(rows), np.cumsum(sizes * few).tolist()
    parts = [slice(start, end) for start, end in pairwise([0, *ends])]
    return [tuple(ids[part]) for part in parts], [
        int(rows[part][0]) if few_ else -1 for part, few_ in zip(parts, few.tolist(), strict=True)
    ]


def _mark(centre: list[float], counts: list[int], box: list[int], ids: tuple[str, ...], row: int) -> Mark:
    longitude, latitude = to_degrees(*centre)
    (west, north), (east, south) = to_degrees(box[0], box[1]), to_degrees(box[2], box[3])
    return Mark(longitude, latitude, tuple(counts), ids, (west, south, east, north), row=row)


def _territory_mark(selection: Selection, key: str, rows: list[int]) -> Mark:
    territory = selection.catalogue.gazetteer[key]
    types = Counter(selection.catalogue.practices[row].practice_type for row in rows)
    counts = tuple(types[code] for code in v.PRACTICE_TYPES.codes)
    ids = tuple(selection.catalogue.practices[row].id for row in rows) if len(rows) <= LARGEST_LISTED_CLUSTER else ()
    return Mark(territory.longitude, territory.latitude, counts, ids, None, key)
