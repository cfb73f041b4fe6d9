"""Shapes as drawings take them: moved into another plane, then written as the path of an SVG."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt
    from shapely.geometry.base import BaseGeometry

    Numbers = npt.NDArray[np.float64]
    Projection = Callable[[Numbers, Numbers], tuple[npt.NDArray[np.generic], npt.NDArray[np.generic]]]


def projected(shape: BaseGeometry, by: Projection) -> BaseGeometry:
    """Return a shape of WGS 84 degrees in the plane that `by` gives for longitudes and latitudes."""

    def moved(pairs: Numbers) -> Numbers:
        return np.column_stack(by(pairs[:, 0], pairs[:, 1])).astype(np.float64)

    found: BaseGeometry = shapely.transform(shape, moved)
    return found


def svg_path(shape: BaseGeometry) -> str:
    """Return the polygons of a shape as a path, to a tenth of a unit; empty when it has none."""
    parts = (part for part in shapely.get_parts(shape) if isinstance(part, shapely.Polygon) and not part.is_empty)
    return "".join(_ring(ring) for part in parts for ring in (part.exterior, *part.interiors))


def _ring(ring: shapely.LinearRing) -> str:
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in ring.coords)
    return f"M{points}Z"
