"""Integer Web Mercator: what cuts the map into cells without a float.

The world is 2**30 units a side, so a unit is a pixel of 256-pixel tiles at zoom 22.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

WORLD_BITS = 30
WORLD = 1 << WORLD_BITS
NOWHERE = -1
TILE_BITS = 8
MAX_LATITUDE = 85.05112878
EARTH_RADIUS_M = 6_378_137.0


def to_world(longitude: float, latitude: float) -> tuple[int, int]:
    """Return the integer position of a WGS 84 point, x eastwards and y southwards."""
    clamped = math.radians(max(-MAX_LATITUDE, min(MAX_LATITUDE, latitude)))
    x = (longitude + 180) / 360
    y = (1 - math.asinh(math.tan(clamped)) / math.pi) / 2
    return _clamp(x), _clamp(y)


def to_degrees(x: float, y: float) -> tuple[float, float]:
    """Return the longitude and latitude of a position of the world."""
    latitude = math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y / WORLD))))
    return x / WORLD * 360 - 180, latitude


def cell_shift(zoom: int, cell_bits: int) -> int:
    """Return by how many bits a position is shifted to name its cell of 2**cell_bits pixels at `zoom`."""
    return max(0, WORLD_BITS - TILE_BITS - zoom + cell_bits)


def _clamp(share: float) -> int:
    return min(WORLD - 1, int(min(1.0, max(0.0, share)) * WORLD))


def to_world_arrays(
    longitude: npt.NDArray[np.float64], latitude: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return `to_world` of many points at once; NOWHERE for a point that is not a number."""
    somewhere = np.isfinite(longitude) & np.isfinite(latitude)
    angle = np.radians(np.clip(np.where(somewhere, latitude, 0.0), -MAX_LATITUDE, MAX_LATITUDE))
    shares = (np.where(somewhere, longitude, 0.0) + 180) / 360, (1 - np.arcsinh(np.tan(angle)) / math.pi) / 2
    x, y = (np.minimum((np.clip(share, 0.0, 1.0) * WORLD).astype(np.int64), WORLD - 1) for share in shares)
    return np.where(somewhere, x, NOWHERE), np.where(somewhere, y, NOWHERE)


def z_codes(x: npt.NDArray[np.int32], y: npt.NDArray[np.int32]) -> npt.NDArray[np.int64]:
    """Return where positions are along a Z-order curve (Morton code): the points of any cell follow each other."""
    return _spread(x) | _spread(y) << 1


def _spread(side: npt.NDArray[np.int32]) -> npt.NDArray[np.int64]:
    """Return numbers of 30 bits with a zero before each bit."""
    bits = side.astype(np.int64)
    for shift, mask in _SPREADING:
        bits = (bits | bits << shift) & mask
    return bits


_SPREADING = (
    (16, 0x0000FFFF0000FFFF),
    (8, 0x00FF00FF00FF00FF),
    (4, 0x0F0F0F0F0F0F0F0F),
    (2, 0x3333333333333333),
    (1, 0x5555555555555555),
)
"""Halves, then quarters, down to single bits."""
