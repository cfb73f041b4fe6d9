"""Which rows of an index a window holds, and in which order: what is shown of them is read afterwards."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from cooperations.mercator import to_world
from cooperations.offers.search import ROUNDED_M
from cooperations.projection import to_metres

if TYPE_CHECKING:
    import numpy.typing as npt

    from cooperations.catalogue import Rows
    from cooperations.features.window import Box, Window
    from cooperations.offers.directory import Directory
    from cooperations.offers.search import Found

MERIDIAN = 3.0
"""Of Lambert 93, in degrees."""
SOME = 8
"""When fewer than one row in so many are asked, sorting them is quicker than going over all."""
STRIDE = 16_384
"""Rows gone over at once, until enough of them were asked."""


def by_id(directory: Directory, rows: Rows, after: str = "", most: int | None = None) -> npt.NDArray[np.int32]:
    """Return some rows in the order of their ids, those after one only, `most` at most."""
    order = directory.identifiers.order
    first = directory.identifiers.rank_after(after) if after else 0
    if len(rows) == len(directory):
        return order[first:][:most]
    if len(rows) < len(directory) // SOME:
        return order[_lowest(directory.identifiers.ranks[rows], first, most)]
    asked = np.zeros(len(directory), dtype=np.bool_)
    asked[rows] = True
    return _first(order[first:], asked, most)


def _lowest(ranks: npt.NDArray[np.int32], first: int, most: int | None) -> npt.NDArray[np.int32]:
    """Return the lowest of some ranks in order, from the first one on."""
    ranks = ranks[ranks >= first]
    if most is not None and most < len(ranks):
        ranks = np.partition(ranks, most)[:most]
    return np.sort(ranks)


def _first(ordered: npt.NDArray[np.int32], asked: npt.NDArray[np.bool_], most: int | None) -> npt.NDArray[np.int32]:
    """Return the first of some rows that are asked; those after them are not looked at."""
    if most is None:
        return ordered[asked[ordered]]
    found, count = [ordered[:0]], 0
    for start in range(0, len(ordered), STRIDE):
        part = ordered[start : start + STRIDE]
        found.append(part[asked[part]])
        count += len(found[-1])
        if count >= most:
            break
    return np.concatenate(found)[:most]


def in_window(found: Found, window: Window) -> Rows:
    """Return the rows of what was found that a window holds."""
    directory, rows = found.directory, found.members
    if window.box:
        # Without a place, rows go from south to north.
        rows = rows if found.place else _in_band(directory, rows, window.box)
        rows = rows[_in_box(directory, rows if found.place else _together(rows), window.box)]
    if window.period.start or window.period.end:
        days = directory.frame["source_date"].to_numpy()[rows].astype("datetime64[D]")
        start, end = window.period.start or date.min, window.period.end or date.max
        rows = rows[(days >= np.datetime64(start)) & (days <= np.datetime64(end))]
    return rows


def _in_band(directory: Directory, rows: Rows, box: Box) -> Rows:
    """Return the rows between the two norths that hold a box, of rows that go from south to north.

    A parallel bends to the north on both sides of the projection's meridian.
    """
    west, south, east, north = box
    if west > east:
        return rows
    nearest, farthest = np.clip(MERIDIAN, west, east), west if MERIDIAN - west > east - MERIDIAN else east
    low, high = to_metres(float(nearest), south)[1] - ROUNDED_M, to_metres(farthest, north)[1] + ROUNDED_M
    if not np.isfinite((low, high)).all():
        return rows
    # In the type of what is searched, which would be copied whole into another one.
    band = np.searchsorted(directory.north[: directory.located], np.array((low, high), np.float32))
    start, end = np.searchsorted(rows, band)
    return rows[start:end]


def _together(rows: Rows) -> Rows | slice:
    """Return sorted rows as a slice when they follow one another: what is asked of it is looked at where it is."""
    follow = len(rows) > 0 and int(rows[-1]) - int(rows[0]) == len(rows) - 1
    return slice(int(rows[0]), int(rows[-1]) + 1) if follow else rows


def _in_box(directory: Directory, rows: Rows | slice, box: Box) -> Any:
    west, south, east, north = box
    (left, top), (right, bottom) = to_world(west, north), to_world(east, south)
    x, y = directory.x[rows], directory.y[rows]
    across = (x >= left) & (x <= right) if west <= east else (x >= left) | (x <= right)
    return (x >= 0) & across & (y >= top) & (y <= bottom)
