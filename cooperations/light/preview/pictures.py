"""The pictures of a map: one for a laptop's screen, one for a narrow map, which has a smaller zoom and other marks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cooperations.clusters import Viewport
from cooperations.light.preview.ground import chosen, limits
from cooperations.light.preview.marks import signs
from cooperations.light.preview.views import LAPTOP, PHONE, fitted

if TYPE_CHECKING:
    from cooperations.light.preview.ground import Shape
    from cooperations.light.preview.marks import Legend, Sign
    from cooperations.light.preview.views import View
    from cooperations.territories import Gazetteer

Marks = Callable[[Viewport], list[dict[str, Any]]]
MOST_SIGNS = 300
"""Beyond which placing them costs more than a picture is worth."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a map shows: types, marks of a view, territories that are chosen, and a circle (point, radius in metres)."""

    gazetteer: Gazetteer
    types: Legend
    marks: Marks
    chosen: tuple[str, ...] = ()
    around: tuple[list[float], float] | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """One drawing, in pixels from its middle; `width` says which maps it is for."""

    width: str
    ground: tuple[Shape, ...]
    signs: list[Sign]
    circle: tuple[float, float, float] | None


def pictures(drawn: Drawn, bounds: list[float]) -> list[Picture]:
    """Return the pictures of a map that frames a box west, south, east, north; none when they have too many signs."""
    views = [(frame.name, fitted(bounds, frame)) for frame in (LAPTOP, PHONE)]
    seen = [_seen(drawn, view) for _, view in views]
    if max(map(len, seen)) > MOST_SIGNS:
        return []
    return [_picture(drawn, width, view, marks) for (width, view), marks in zip(views, seen, strict=True)]


def _seen(drawn: Drawn, view: View) -> list[dict[str, Any]]:
    west, south, east, north = view.bounds
    return [
        mark
        for mark in drawn.marks(Viewport(view.whole_zoom, view.bounds))
        if west <= mark["lon"] <= east and south <= mark["lat"] <= north
    ]


def _picture(drawn: Drawn, width: str, view: View, marks: list[dict[str, Any]]) -> Picture:
    region = drawn.gazetteer.perimeter.name
    return Picture(
        width,
        limits(drawn.gazetteer, view) + chosen(drawn.gazetteer, drawn.chosen, view),
        signs(marks, drawn.types, region, view),
        _circle(drawn.around, view),
    )


def _circle(around: tuple[list[float], float] | None, view: View) -> tuple[float, float, float] | None:
    """Return the middle and the radius of what is searched, in pixels."""
    if around is None:
        return None
    (longitude, latitude), radius_m = around
    x, y = view.placed(longitude, latitude)
    return x, y, radius_m * view.pixels_per_metre(latitude)
