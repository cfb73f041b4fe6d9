"""The ground of a picture: the departments, their names, and the outlines of chosen territories, as SVG paths."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import shapely

from cooperations.drawing import projected, svg_path
from cooperations.mercator import to_world_arrays

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shapely.geometry.base import BaseGeometry

    from cooperations.light.preview.views import View
    from cooperations.territories import Gazetteer

TOLERANCE_PX = 0.7
MARGIN_PX = 8
"""How far beyond the picture a shape is cut, so that its cut is not seen."""
VIEWS_KEPT = 64
CLOSE = 9.5
"""The zoom from which carte.js draws the EPCI."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A territory as it is drawn: its path, how it stands out, its name and where that is written."""

    path: str
    kind: str
    name: str = ""
    x: float = 0.0
    y: float = 0.0


@lru_cache(VIEWS_KEPT)
def limits(gazetteer: Gazetteer, view: View) -> tuple[Shape, ...]:
    """Return the departments that a view shows, those of the perimeter over their neighbours, then its EPCI."""
    frame = gazetteer.departments_frame
    rows = zip(
        _in_world(gazetteer), frame["nom"], frame["dans_perimetre"], frame["longitude"], frame["latitude"], strict=True
    )
    drawn = [
        Shape(path, "dedans" if inside else "voisin", name, *view.placed(longitude, latitude))
        for shape, name, inside, longitude, latitude in rows
        if (path := _path(shape, view))
    ]
    return (*sorted(drawn, key=lambda shape: shape.kind, reverse=True), *_epci(gazetteer, view))


def _epci(gazetteer: Gazetteer, view: View) -> Iterator[Shape]:
    """Give the limits of the EPCI, once the view is close enough for them to help."""
    if view.zoom >= CLOSE:
        for shape in _world_of_epci(gazetteer):
            if path := _path(shape, view):
                yield Shape(path, "epci")


@lru_cache(VIEWS_KEPT)
def chosen(gazetteer: Gazetteer, keys: tuple[str, ...], view: View) -> tuple[Shape, ...]:
    """Return the outlines of chosen territories; a department, which is named already, stands out more."""
    return tuple(_chosen(gazetteer, keys, view))


def _chosen(gazetteer: Gazetteer, keys: tuple[str, ...], view: View) -> Iterator[Shape]:
    for key in keys:
        path = _path(projected(gazetteer.outline(key), to_world_arrays), view)
        west, south, east, north = gazetteer[key].bounds
        if key.startswith("departement:"):
            yield Shape(path, "departement")
        else:
            name = "" if key.startswith("region:") else gazetteer[key].name
            yield Shape(path, "choisi", name, *view.placed((west + east) / 2, (south + north) / 2))


@cache
def _in_world(gazetteer: Gazetteer) -> tuple[BaseGeometry, ...]:
    return tuple(projected(shape, to_world_arrays) for shape in gazetteer.departments_frame.geometry)


@cache
def _world_of_epci(gazetteer: Gazetteer) -> tuple[BaseGeometry, ...]:
    return tuple(projected(shape, to_world_arrays) for shape in gazetteer.epci_frame.geometry)


def _path(shape: BaseGeometry, view: View) -> str:
    """Return what a view shows of a shape, in whole pixels and tenths from its middle."""
    left, top, right, bottom = view.box
    margin = MARGIN_PX / view.pixels
    seen = shapely.clip_by_rect(shape, left - margin, top - margin, right + margin, bottom + margin)
    kept = shapely.simplify(seen, TOLERANCE_PX / view.pixels)
    return svg_path(shapely.transform(kept, lambda pairs: pairs * view.pixels - (view.x, view.y)))
