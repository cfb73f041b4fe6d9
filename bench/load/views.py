"""The views of people who walk about the map, around communes drawn by population."""

from __future__ import annotations

import random
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from cooperations.mercator import cell_shift, to_degrees, to_world
from cooperations.offers.needs import Need

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cooperations.territories import Gazetteer, Territory

FRAME_PX = (740, 540)
"""The map on a screen 1366 pixels wide."""
MARGIN = 0.2
"""What carte.js asks beyond each side of the frame."""
WIDEST, CLOSEST = 6, 14
STEPS = 12
"""Views of a person before the next one comes."""
PAN, CLOSER = 0.6, 0.85
NEEDS = (
    *(Need() for _ in range(6)),
    *(Need(purchase_families=(code,)) for code in ("nettoyage", "espaces_verts", "batiment", "restauration")),
    Need(kinds=("ACI", "EI")),
    Need(families=("cooperative",)),
)
"""More than half of the views are without a filter."""


@dataclass(frozen=True, slots=True)
class View:
    """A zoom, and the middle of the frame as an integer position of the world."""

    zoom: int
    x: int
    y: int

    def box(self) -> tuple[float, float, float, float]:
        """Return west, south, east, north in degrees, margin included."""
        pixel = 1 << cell_shift(self.zoom, 0)
        wide, high = (round(side * (0.5 + MARGIN) * pixel) for side in FRAME_PX)
        (west, north), (east, south) = (
            to_degrees(self.x - wide, self.y - high),
            to_degrees(self.x + wide, self.y + high),
        )
        return west, south, east, north

    def path(self, need: Need, revision: int, base: str = "/api/offres") -> str:
        """Return the address of its marks, as carte.js asks it."""
        box = ",".join(f"{side:.4f}" for side in self.box())
        query = need.query_string()
        return f"{base}/marques?z={self.zoom}&bbox={box}&v={revision}" + (f"&{query}" if query else "")


def walk(gazetteer: Gazetteer, seed: int = 2016) -> Iterator[View]:
    """Yield views without end: a person comes somewhere, pans, zooms in and out, then another comes."""
    draw = random.Random(seed)  # noqa: S311 - a walk, not a secret
    while True:
        here = somewhere(gazetteer, draw)
        view = View(draw.randint(8, 12), *to_world(here.longitude, here.latitude))
        for _ in range(STEPS):
            yield view
            view = _moved(view, draw)


def somewhere(gazetteer: Gazetteer, draw: random.Random) -> Territory:
    """Draw a commune by population."""
    communes = [one for one in gazetteer if one.level == "commune"]
    return draw.choices(communes, [one.population for one in communes])[0]


def marks_paths(gazetteer: Gazetteer, revision: int, count: int, seed: int = 2016) -> list[str]:
    """Return `count` different addresses of marks, as a walk asks them; each person keeps their filter."""
    draw = random.Random(seed)  # noqa: S311 - same
    found: dict[str, None] = {}
    views = walk(gazetteer, seed)
    while len(found) < count:
        need = draw.choice(NEEDS)
        found |= dict.fromkeys(view.path(need, revision) for view in islice(views, STEPS))
    return list(found)[:count]


def _moved(view: View, draw: random.Random) -> View:
    """Return the next view: a part of the frame aside, or one zoom closer or wider around about the same place."""
    pixel = 1 << cell_shift(view.zoom, 0)
    aside, down = (round(draw.uniform(-0.75, 0.75) * side * pixel) for side in FRAME_PX)
    turn = draw.random()
    if turn < PAN:
        return View(view.zoom, view.x + aside, view.y + down)
    zoom = view.zoom + (1 if turn < CLOSER else -1)
    return View(min(CLOSEST, max(WIDEST, zoom)), view.x + aside // 4, view.y + down // 4)
