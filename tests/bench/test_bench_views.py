"""The views that a load asks are those of people on our map."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import pytest

from bench.load.views import CLOSEST, FRAME_PX, MARGIN, STEPS, WIDEST, View, marks_paths, walk
from cooperations.mercator import to_world
from cooperations.offers.needs import Need

if TYPE_CHECKING:
    from cooperations.territories import Gazetteer

DAX = (-1.05, 43.71)


def test_a_view_is_the_frame_and_its_margin() -> None:
    """At zoom 8 a pixel is 360 / (256 × 2⁸) degrees of longitude; Dax is in the middle."""
    west, south, east, north = View(8, *to_world(*DAX)).box()
    assert east - west == pytest.approx(FRAME_PX[0] * (1 + 2 * MARGIN) * 360 / 2**16, rel=1e-6)
    assert (west + east) / 2 == pytest.approx(DAX[0], abs=1e-5)
    assert south < DAX[1] < north


def test_the_address_is_the_one_that_the_map_asks() -> None:
    """Zoom, box to four decimals, revision, then the need as the page writes it."""
    path = View(8, *to_world(*DAX)).path(Need(purchase_families=("nettoyage",)), 7)
    assert path.startswith("/api/offres/marques?z=8&bbox=-")
    assert path.endswith("&v=7&achat=nettoyage")
    box = path.partition("bbox=")[2].partition("&")[0].split(",")
    assert [len(side.partition(".")[2]) for side in box] == [4, 4, 4, 4]


def test_people_walk_between_the_zooms_and_over_the_region(gazetteer: Gazetteer) -> None:
    """More of them come to Gironde than to any other department; the same seed walks the same."""
    views = list(islice(walk(gazetteer), 60 * STEPS))
    assert views == list(islice(walk(gazetteer), 60 * STEPS))
    assert {view.zoom for view in views} <= set(range(WIDEST, CLOSEST + 1))
    assert len({view.zoom for view in views}) > 5
    boxes = [view.box() for view in views[::STEPS]]
    places = [gazetteer.locate((west + east) / 2, (south + north) / 2) for west, south, east, north in boxes]
    departments = [place.code[:2] for place in places if place]
    assert max(set(departments), key=departments.count) == "33"


def test_no_address_is_asked_twice(gazetteer: Gazetteer) -> None:
    """What is measured as computed must not have been kept."""
    paths = marks_paths(gazetteer, 7, 200)
    assert len(set(paths)) == 200
    assert paths == marks_paths(gazetteer, 7, 200)
    assert 0.2 < sum("achat=" in path or "categorie=" in path or "famille=" in path for path in paths) / 200 < 0.7
