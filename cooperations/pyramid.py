"""Points along a Z-order curve: a cell of any zoom is a run of them, so that a view adds cells up instead of points.

The cells of a zoom are made of those of the next one; the finest kept are made of the points, once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from cooperations.mercator import cell_shift, z_codes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    from cooperations.catalogue import Rows
    from cooperations.selection import Mask

    Integers = npt.NDArray[np.int64]
    Positions = npt.NDArray[np.int32]
    Box = tuple[int, int, int, int]

CELL_BITS = 6
FINEST_KEPT = 13
"""The finest zoom whose cells are kept: beyond, a view holds few enough points to look at each."""


@dataclass(frozen=True, slots=True)
class Index:
    """Every row of an index: Mercator positions and the rank of its type.

    `identify` returns the ids of rows, and `in_order` the order in which to show them.
    """

    x: Positions
    y: Positions
    types: npt.NDArray[np.int8]
    type_count: int
    identify: Callable[[Rows], Sequence[str]]
    in_order: Callable[[Rows], Rows]


@dataclass(frozen=True, slots=True)
class Cells:
    """Cells that hold points: from which to which of a run of rows, how many by type, the sums and the box of them.

    A box is left, top, right, bottom.
    """

    first: Rows
    last: Rows
    counts: Integers
    sums: Integers
    boxes: Positions

    def __len__(self) -> int:
        return len(self.first)

    def some(self, kept: Mask | Rows) -> Cells:
        """Return the cells that a mask keeps, or those at some positions."""
        return Cells(self.first[kept], self.last[kept], self.counts[kept], self.sums[kept], self.boxes[kept])

    def runs(self) -> Rows:
        """Return the positions of the points of these cells, in their order."""
        lengths = self.last - self.first
        before = np.cumsum(lengths) - lengths
        return np.asarray(np.arange(lengths.sum()) + np.repeat(self.first - before, lengths))


class Pyramid:
    """Some rows of an index that have a point, in the order of the curve, and their cells by zoom."""

    def __init__(self, index: Index, rows: Rows) -> None:
        self.index = index
        self.rows = rows
        self._levels: dict[int, tuple[Integers, Cells]] = {}

    def cells(self, zoom: int) -> Cells:
        """Return the cells of a zoom up to FINEST_KEPT, in the order of the curve."""
        return self._level(zoom)[1]

    def _level(self, zoom: int) -> tuple[Integers, Cells]:
        if zoom not in self._levels:
            self._levels[zoom] = self._from_points() if zoom == FINEST_KEPT else _coarser(*self._level(zoom + 1))
        return self._levels[zoom]

    def _from_points(self) -> tuple[Integers, Cells]:
        return cells_of(self.index, self.rows, FINEST_KEPT)


def curve(x: Positions, y: Positions) -> Rows:
    """Return the rows that have a point, in the order of the curve; those at one position in ascending order."""
    rows = np.flatnonzero((x >= 0) & (y >= 0))
    order: Any = rows[np.argsort(z_codes(x[rows], y[rows]), kind="stable")].astype(np.int32)
    return np.asarray(order)


def on_curve(whole: Rows, rows: Rows, count: int) -> Rows:
    """Return which of some rows are on a curve, in its order; the index has `count` rows."""
    if len(rows) == count:
        return whole
    kept = np.zeros(count, dtype=np.bool_)
    kept[rows] = True
    return whole[kept[whole]]


def cells_of(index: Index, rows: Rows, zoom: int) -> tuple[Integers, Cells]:
    """Return the codes and the cells of rows that are in the order of the curve; runs are positions in `rows`."""
    x, y = index.x[rows], index.y[rows]
    codes = z_codes(x, y) >> 2 * cell_shift(zoom, CELL_BITS)
    first = _starts(codes)
    last = np.append(first, len(rows))[1:]
    cell = np.repeat(np.arange(len(first)), last - first) * index.type_count
    tally = np.bincount(cell + index.types[rows], minlength=len(first) * index.type_count)
    sums = np.stack([np.add.reduceat(side, first, dtype=np.int64) for side in (x, y)], axis=1)
    sides = [np.minimum.reduceat(side, first) for side in (x, y)] + [
        np.maximum.reduceat(side, first) for side in (x, y)
    ]
    counts = tally.reshape(len(first), index.type_count)
    return codes[first], Cells(first, last, counts, sums, np.stack(sides, axis=1))


def added(cells: Cells, first: Rows) -> Cells:
    """Return cells that follow each other added up; each sum begins at one of `first`."""
    last = np.append(first, len(cells))[1:] - 1
    low, high = np.minimum.reduceat(cells.boxes[:, :2], first), np.maximum.reduceat(cells.boxes[:, 2:], first)
    return Cells(
        cells.first[first],
        cells.last[last],
        np.add.reduceat(cells.counts, first),
        np.add.reduceat(cells.sums, first),
        np.concatenate((low, high), axis=1),
    )


def _coarser(codes: Integers, cells: Cells) -> tuple[Integers, Cells]:
    wider = codes >> 2
    first = _starts(wider)
    return wider[first], added(cells, first)


def _starts(codes: Integers) -> Rows:
    return np.flatnonzero(np.concatenate(([True], codes[1:] != codes[:-1]))[: len(codes)])
