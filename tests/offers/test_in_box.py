"""Structures in a box, in the order of their ids: the quick ways find what a look at each structure finds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cooperations.features.rows import by_id, in_window
from cooperations.features.window import Box, Window
from cooperations.mercator import to_world
from cooperations.offers.needs import Need
from cooperations.offers.search import search
from tests.offers.offering import HERE, a_directory, an_offer, at

if TYPE_CHECKING:
    from cooperations.catalogue import Catalogue
    from cooperations.offers.directory import Directory

WEST, EAST, SOUTH, NORTH = -5, 10, 41, 52
POINTS = [(WEST + 0.5 * step % (EAST - WEST), SOUTH + (NORTH - SOUTH) * step / 200) for step in range(200)]
"""All over France, Brest and Strasbourg included: far from the meridian of the projection, parallels bend."""
EVERYWHERE: Box = (-180, -90, 180, 90)


@pytest.fixture(scope="module")
def france(catalogue: Catalogue) -> Directory:
    """Return structures all over France, whose ids are in another order than their places."""
    placed = [an_offer(f"{37 * number % 200:03}", **at(*point)) for number, point in enumerate(POINTS)]
    return a_directory(catalogue, [*placed, an_offer("sans-point")])


def one_by_one(directory: Directory, box: Box) -> list[str]:
    """Return the ids of the structures whose point is in a box, each looked at."""
    (left, top), (right, bottom) = to_world(box[0], box[3]), to_world(box[2], box[1])
    across: Any = (lambda x: left <= x <= right) if box[0] <= box[2] else (lambda x: x >= left or x <= right)
    rows = range(len(directory))
    within = [row for row in rows if directory.x[row] >= 0 and across(directory.x[row])]
    return sorted(directory.ids([row for row in within if top <= directory.y[row] <= bottom]))


longitudes, latitudes = st.floats(WEST - 1, EAST + 1), st.floats(SOUTH - 1, NORTH + 1)
boxes = st.builds(
    lambda west, east, *norths: (west, min(norths), east, max(norths)), longitudes, longitudes, latitudes, latitudes
)


@given(boxes)
@example(EVERYWHERE)
@example((-5.0, 48.0, -4.0, 48.8))
@example((7.0, 48.0, 8.2, 48.8))
@example((-5.0, 44.0, 10.0, 44.1))
@example((3.0, 45.0, 3.0, 45.0))
def test_a_band_leaves_nobody_out(france: Directory, box: Box) -> None:
    """Narrow, wide, across the whole country, empty, over the date line: the same structures, once each."""
    rows = in_window(search(france, Need()), Window(box))
    assert france.ids(by_id(france, rows)) == one_by_one(france, box)


@pytest.mark.parametrize("after", ["", "000", "0425", "199", "z"], ids=lambda one: f"after {one or 'nothing'}")
@pytest.mark.parametrize("box", [(-2.0, 43.0, 0.5, 44.5), (-5.0, 41.0, 8.0, 51.0)], ids=["some", "most"])
def test_a_page_begins_after_an_id(france: Directory, box: Box, after: str) -> None:
    """Whether few are sorted or all are gone over, held id or not."""
    rows = in_window(search(france, Need()), Window(box))
    assert france.ids(by_id(france, rows, after)) == [one for one in one_by_one(france, box) if one > after]


@pytest.mark.parametrize("most", [1, 3, 1_000])
@pytest.mark.parametrize("box", [None, (-2.0, 43.0, 0.5, 44.5), (-5.0, 41.0, 8.0, 51.0)], ids=["all", "some", "most"])
def test_a_page_is_the_beginning_of_what_follows(
    france: Directory, box: Box | None, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is found without putting the others in order: fewer than there are, or all of them when they are few."""
    monkeypatch.setattr("cooperations.features.rows.STRIDE", 7)
    rows = in_window(search(france, Need()), Window(box))
    for after in ("", "0425", "199"):
        assert by_id(france, rows, after, most).tolist() == by_id(france, rows, after)[:most].tolist()


def test_around_a_place_a_box_keeps_who_is_in_it(france: Directory) -> None:
    """Those found around a place are in no order: each is looked at."""
    found = search(france, Need(HERE, "300"))
    box = (-2.0, 43.0, 0.5, 44.5)
    kept = france.ids(in_window(found, Window(box)))
    assert sorted(kept) == sorted(set(one_by_one(france, box)) & set(france.ids(found.members)))
    assert kept
