"""A small vector map: the departments, the territories concerned, and a mark for each place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from html import escape
from typing import TYPE_CHECKING

import numpy as np
import shapely

from cooperations.catalogue import Point
from cooperations.drawing import projected, svg_path
from cooperations.projection import to_metres, to_metres_arrays
from cooperations.signs import SIGNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from shapely.geometry.base import BaseGeometry

    from cooperations.territories import Gazetteer, Territory

WIDTH, MARGIN, BORDER = 400, 6, 1.6
"""Units of the drawing."""
TOLERANCE_M = 700
LEAST_WIDTH = 16
"""Units under which a territory is too small to be seen without a ring around it."""
FONT = "'Source Sans 3', sans-serif"
NEAR, LAND, PICKED, LINE, EDGE = "#f4f6f7", "#e3eaee", "#a9c8da", "#ffffff", "#2f6f94"


@dataclass(frozen=True, slots=True)
class Spot:
    """A mark of the map; hollow when the place is not exact, small when it is one among others."""

    point: Point
    colour: str
    shape: str = "rond"
    hollow: bool = False
    small: bool = False


def spot_of(point: Point, practice_type: str, *, hollow: bool = False) -> Spot:
    """Return the mark of a practice of some type."""
    sign = SIGNS[practice_type]
    return Spot(point, sign.colour, sign.shape, hollow)


def locator_map(gazetteer: Gazetteer, territories: Sequence[str] = (), spots: Iterable[Spot] = ()) -> bytes:
    """Return a map of the perimeter as SVG: `territories` (keys) are filled, `spots` are marked over them."""
    return _drawing(gazetteer, _land(gazetteer) + _marked(gazetteer, territories, spots))


def ground(gazetteer: Gazetteer) -> bytes:
    """Return the land alone: what all the maps of a booklet share."""
    return _drawing(gazetteer, _land(gazetteer))


def overlay(gazetteer: Gazetteer, territories: Sequence[str] = (), spots: Iterable[Spot] = ()) -> bytes:
    """Return what a map lays over the ground."""
    return _drawing(gazetteer, _marked(gazetteer, territories, spots))


def _drawing(gazetteer: Gazetteer, body: str) -> bytes:
    opened = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {_frame(gazetteer).height:.0f}">'
    return f"{opened}{body}</svg>".encode()


def _marked(gazetteer: Gazetteer, territories: Sequence[str], spots: Iterable[Spot]) -> str:
    frame = _frame(gazetteer)
    keys = [key for key in territories if key in gazetteer]
    filled = "".join(
        f'<path d="{_outline(gazetteer, key)}" fill="{PICKED}" stroke="{LINE}" stroke-width="{BORDER}"/>'
        for key in keys
    )
    over = _borders(gazetteer) if any(key.startswith("region:") for key in keys) else ""
    hidden = [one for one in gazetteer.departments if any(gazetteer.within(one.key, key) for key in keys)]
    codes = "".join(_code(gazetteer, one) for one in hidden)
    rings = "".join(_ring(frame, gazetteer[key]) for key in keys)
    marks = "".join(_mark(frame, spot) for spot in spots)
    return f"{filled}{over}{codes}{rings}{marks}"


@dataclass(frozen=True, slots=True)
class _Frame:
    """Lambert 93 metres → units of the drawing."""

    west: float
    north: float
    scale: float
    height: float

    @property
    def box(self) -> BaseGeometry:
        """What the drawing shows, in metres."""
        edge = MARGIN / self.scale
        east, south = self.west + WIDTH / self.scale, self.north - self.height / self.scale
        return shapely.box(self.west - edge, south, east, self.north + edge)

    def placed(self, point: Point) -> tuple[float, float]:
        east, north = to_metres(point.longitude, point.latitude)
        return MARGIN + (east - self.west) * self.scale, MARGIN + (self.north - north) * self.scale


@cache
def _frame(gazetteer: Gazetteer) -> _Frame:
    inside = gazetteer.departments_frame[gazetteer.departments_frame["dans_perimetre"]]
    west, south, east, north = projected(shapely.union_all(inside.geometry.to_numpy()), to_metres_arrays).bounds
    scale = (WIDTH - 2 * MARGIN) / (east - west)
    return _Frame(west, north, scale, (north - south) * scale + 2 * MARGIN)


@cache
def _land(gazetteer: Gazetteer) -> str:
    kept = {territory.key for territory in gazetteer.departments}
    around = (one.key for one in gazetteer if one.level == "departement" and one.key not in kept)
    near = "".join(f'<path d="{_outline(gazetteer, key)}" fill="{NEAR}"/>' for key in around)
    inside = "".join(
        f'<path d="{_outline(gazetteer, key)}" fill="{LAND}" stroke="{LINE}" stroke-width="{BORDER}"/>'
        for key in sorted(kept)
    )
    codes = "".join(_code(gazetteer, one) for one in gazetteer.departments)
    return f"{near}{inside}{codes}"


@cache
def _borders(gazetteer: Gazetteer) -> str:
    return "".join(
        f'<path d="{_outline(gazetteer, one.key)}" fill="none" stroke="{LINE}" stroke-width="{BORDER}"/>'
        for one in gazetteer.departments
    )


def _code(gazetteer: Gazetteer, department: Territory) -> str:
    x, y = _frame(gazetteer).placed(_middle(department))
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-family="{FONT}" font-size="13" text-anchor="middle" '
        f'fill="#51626c">{escape(department.code)}</text>'
    )


def _middle(territory: Territory) -> Point:
    return Point(territory.longitude, territory.latitude)


def _ring(frame: _Frame, territory: Territory) -> str:
    """Return a ring around what would hardly be seen."""
    west, _, east, _ = territory.bounds
    south = territory.bounds[1]
    left, right = to_metres(west, south)[0], to_metres(east, south)[0]
    if (right - left) * frame.scale >= LEAST_WIDTH:
        return ""
    x, y = frame.placed(_middle(territory))
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="15" fill="none" stroke="{EDGE}" stroke-width="1.6"/>'


@cache
def _outline(gazetteer: Gazetteer, key: str) -> str:
    """Return the drawing of a territory."""
    frame = _frame(gazetteer)
    shape = shapely.intersection(projected(gazetteer.outline(key), to_metres_arrays).simplify(TOLERANCE_M), frame.box)
    placed = shapely.transform(
        shape,
        lambda pairs: np.column_stack((pairs[:, 0] - frame.west, frame.north - pairs[:, 1])) * frame.scale + MARGIN,
    )
    return svg_path(placed)


_SHAPES = {
    "carre": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
    "losange": ((0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)),
    "triangle": ((0, -1.3), (1.25, 0.95), (-1.25, 0.95)),
    "hexagone": ((-0.6, -1.1), (0.6, -1.1), (1.2, 0), (0.6, 1.1), (-0.6, 1.1), (-1.2, 0)),
}


def _mark(frame: _Frame, spot: Spot) -> str:
    x, y = frame.placed(spot.point)
    size = 3.5 if spot.small else 6.5
    fill = "#ffffff" if spot.hollow else spot.colour
    edge = f'stroke="{escape(spot.colour if spot.hollow else LINE)}" stroke-width="{3 if spot.hollow else 1.4}"'
    drawn = f'fill="{escape(fill)}" {edge}'
    if spot.shape not in _SHAPES:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size}" {drawn}/>'
    corners = " ".join(f"{x + dx * size:.1f},{y + dy * size:.1f}" for dx, dy in _SHAPES[spot.shape])
    return f'<polygon points="{corners}" {drawn}/>'
