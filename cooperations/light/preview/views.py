"""The view that a map frames, worked out as Leaflet will: what is drawn before it does not move when it comes."""

from __future__ import annotations

import math
from dataclasses import dataclass

from cooperations.mercator import EARTH_RADIUS_M, WORLD_BITS, to_degrees, to_world
from cooperations.ui.base_map import HEIGHT_PX

SNAP, FARTHEST, CLOSEST = 0.25, 6.5, 13.0
"""What carte.js frames with."""
TILE_PX = 256
ROUNDING = SNAP / 100
"""Leaflet forgives a zoom that is hardly below a step of SNAP."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A map's width, what carte.js leaves free at its edges, and the width of the widest map that it stands for."""

    name: str
    width_px: int
    padding_px: int
    seen_px: int


LAPTOP, PHONE = Frame("large", 585, 12, 900), Frame("etroite", 343, 4, 500)
"""The map on screens of 1366 and of 375 pixels; others crop it, or show more around."""


@dataclass(frozen=True, slots=True)
class View:
    """A zoom, the middle of a picture in pixels of the world at that zoom, and how wide the widest map of it is."""

    zoom: float
    x: float
    y: float
    seen_px: int

    @property
    def pixels(self) -> float:
        """How many pixels a unit of the integer Mercator world takes."""
        return float(TILE_PX * 2**self.zoom / 2**WORLD_BITS)

    @property
    def whole_zoom(self) -> int:
        """The zoom at which marks are grouped: the nearest, as JavaScript rounds."""
        return math.floor(self.zoom + 0.5)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north of what the widest map shows, in WGS 84 degrees."""
        left, top, right, bottom = self.box
        west, north = to_degrees(left, top)
        east, south = to_degrees(right, bottom)
        return west, south, east, north

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Left, top, right, bottom of the same, in units of the integer Mercator world."""
        wide, high = self.seen_px / 2 / self.pixels, HEIGHT_PX / 2 / self.pixels
        x, y = self.x / self.pixels, self.y / self.pixels
        return round(x - wide), round(y - high), round(x + wide), round(y + high)

    def pixels_per_metre(self, latitude: float) -> float:
        """Return how many pixels a metre of the ground takes."""
        return float(TILE_PX * 2**self.zoom) / (math.tau * EARTH_RADIUS_M * math.cos(math.radians(latitude)))

    def placed(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Return where a WGS 84 point is: pixels to the right of the middle, and below it."""
        x, y = to_world(longitude, latitude)
        return x * self.pixels - self.x, y * self.pixels - self.y


def fitted(bounds: list[float], frame: Frame) -> View:
    """Return the view that holds a box west, south, east, north."""
    west, south, east, north = bounds
    (left, top), (right, bottom) = to_world(west, north), to_world(east, south)
    wide, high = frame.width_px - 2 * frame.padding_px, HEIGHT_PX - 2 * frame.padding_px
    world = TILE_PX / 2**WORLD_BITS
    scale = min(wide / max(1, right - left), high / max(1, bottom - top)) / world
    exact = round(math.log2(scale) / ROUNDING) * ROUNDING
    zoom = min(CLOSEST, max(FARTHEST, math.floor(exact / SNAP) * SNAP))
    pixels = world * 2**zoom
    return View(zoom, (left + right) / 2 * pixels, (top + bottom) / 2 * pixels, frame.seen_px)
