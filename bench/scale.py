"""The clusters of views of a million points, on the server and without HTTP, beside pandas on the same cells."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from bench.parts import Measure
from bench.structures import made_up_offers
from bench.words import quantile
from cooperations.clusters import Viewport, grouped_marks
from cooperations.mercator import cell_shift, to_degrees, to_world_arrays
from cooperations.offers.terms import SECTORS
from cooperations.pyramid import CELL_BITS, Index, Pyramid, curve
from cooperations.text import decimal, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cooperations.territories import Gazetteer

VIEWS = 200
ZOOMS = (6, 8, 9, 10, 11, 12, 13, 14, 15, 16)
SCREEN = (1400, 900)
GOAL_MS = 25.0


def clusters(gazetteer: Gazetteer, points: int) -> Iterator[Measure]:
    """Time views around made-up structures, turn by turn with a groupby of the same cells."""
    index = _index(gazetteer, points)
    pyramid = Pyramid(index, curve(index.x, index.y))
    started = time.perf_counter()
    grouped_marks(pyramid, Viewport(0, (-180, -85, 180, 85)))
    first = 1000 * (time.perf_counter() - started)
    own, peer = zip(*(_one(pyramid, view) for view in _views(index)), strict=True)
    slowest = 1000 * quantile(list(own), 0.95)
    ratio = decimal(sum(own) / sum(peer), 2)
    yield Measure(
        f"amas d’une vue de {number(points)} points, calculés",
        f"p95 {decimal(slowest, 1)} ms (la première {decimal(first, 0)} ms), {ratio} fois pandas",
        f"p95 ≤ {decimal(GOAL_MS)} ms",
        slowest <= GOAL_MS,
    )


def _index(gazetteer: Gazetteer, points: int) -> Index:
    frame = made_up_offers(gazetteer, points)
    x, y = to_world_arrays(frame["longitude"].to_numpy(float), frame["latitude"].to_numpy(float))
    types = np.random.default_rng(1).integers(0, len(SECTORS.codes), points).astype(np.int8)
    ids = frame["id"]
    return Index(
        x.astype(np.int32),
        y.astype(np.int32),
        types,
        len(SECTORS.codes),
        lambda rows: ids.iloc[rows].tolist(),
        np.argsort,
    )


def _views(index: Index) -> Iterator[Viewport]:
    """Yield views of a screen, centred on points drawn at random: where there is most to see."""
    draw = np.random.default_rng(2)
    for row in draw.integers(0, len(index.x), VIEWS).tolist():
        zoom = int(draw.choice(ZOOMS))
        half = [side * (1 << cell_shift(zoom, 0)) / 2 for side in SCREEN]
        x, y = int(index.x[row]), int(index.y[row])
        west, north = to_degrees(x - half[0], y - half[1])
        east, south = to_degrees(x + half[0], y + half[1])
        yield Viewport(zoom, (west, south, east, north))


def _one(pyramid: Pyramid, view: Viewport) -> tuple[float, float]:
    started = time.perf_counter()
    grouped_marks(pyramid, view)
    between = time.perf_counter()
    shift = cell_shift(view.zoom, CELL_BITS)
    index = pyramid.index
    pd.DataFrame({"x": index.x >> shift, "y": index.y >> shift, "type": index.types}).groupby(["x", "y", "type"]).size()
    return between - started, time.perf_counter() - between
