"""WGS 84 degrees (EPSG:4326) to metres of Lambert 93 (EPSG:2154), where distances are measured."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from pyproj import Transformer

if TYPE_CHECKING:
    import numpy.typing as npt

    Degrees = npt.NDArray[np.float64]


@cache
def _transformer() -> Transformer:
    return Transformer.from_crs(4326, 2154, always_xy=True)


def to_metres(longitude: float, latitude: float) -> tuple[float, float]:
    """Return east and north of one point."""
    east, north = _transformer().transform(longitude, latitude)
    return float(east), float(north)


def to_metres_arrays(longitude: Degrees, latitude: Degrees) -> tuple[Degrees, Degrees]:
    """Return east and north of many points, NaN where a point is not a number or is too far from France."""
    with np.errstate(invalid="ignore"):
        east, north = _transformer().transform(longitude, latitude)
    somewhere = np.isfinite(east) & np.isfinite(north)
    return np.where(somewhere, east, np.nan), np.where(somewhere, north, np.nan)
