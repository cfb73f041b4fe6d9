"""What a viewport shows."""

from __future__ import annotations

import math
import random
from collections import Counter
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperations import vocabularies as v
from cooperations.clusters import (
    LARGEST_LISTED_CLUSTER,
    MARK_PIXELS,
    Mark,
    Viewport,
    point_marks,
    territory_marks,
)
from cooperations.criteria import EVERYTHING, Criteria
from cooperations.mercator import cell_shift, to_degrees, to_world
from cooperations.pyramid import CELL_BITS
from cooperations.selection import Selection, select
from tests.making import AROUND_AQUITAINE, WHOLE_WORLD, a_catalogue, a_practice, at_address, over, practice_lists

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cooperations.catalogue import Catalogue
    from cooperations.model import Practice
    from cooperations.territories import Gazetteer

ZOOMS = st.integers(0, 22)


def at_pixels(zoom: int, *positions: tuple[int, int]) -> list[Practice]:
    """Return practices at pixels of a zoom level, counted from the corner of a cell near Langon."""
    unit, cell = 1 << cell_shift(zoom, 0), cell_shift(zoom, CELL_BITS)
    left, top = (side >> cell << cell for side in to_world(-0.25, 44.55))
    places = [to_degrees(left + x * unit + unit / 2, top + y * unit + unit / 2) for x, y in positions]
    return [a_practice(f"p-{number}", **at_address(*place)) for number, place in enumerate(places)]


def scattered(count: int, seed: int) -> list[Practice]:
    """Return practices scattered over Aquitaine, the same at each run."""
    chance = random.Random(seed)  # noqa: S311 - places, not secrets
    west, south, east, north = AROUND_AQUITAINE
    places = [(chance.uniform(west, east), chance.uniform(south, north)) for _ in range(count)]
    return [a_practice(f"p-{number}", **at_address(*place)) for number, place in enumerate(places)]


def closest(marks: Sequence[Mark], zoom: int) -> float:
    """Return how many pixels there are between the two closest marks."""
    unit = 1 << cell_shift(zoom, 0)
    worlds = [to_world(mark.longitude, mark.latitude) for mark in marks]
    return min((math.dist(one, other) / unit for one, other in combinations(worlds, 2)), default=math.inf)


@given(practices=practice_lists(), zoom=ZOOMS)
def test_every_point_is_in_one_mark(gazetteer: Gazetteer, practices: list[Practice], zoom: int) -> None:
    """No practice that has a point is lost, none is counted twice, and a mark lists those it stands for."""
    catalogue = a_catalogue(gazetteer, practices)
    marks = point_marks(select(catalogue, EVERYTHING), Viewport(zoom, WHOLE_WORLD))
    listed = [practice_id for mark in marks for practice_id in mark.ids]
    placed = [practice.id for practice, point in zip(practices, catalogue.points, strict=True) if point]
    assert sorted(listed) == sorted(placed)
    assert all(mark.size == len(mark.ids) for mark in marks)


@given(practices=practice_lists(), zoom=ZOOMS)
def test_a_mark_counts_by_type(gazetteer: Gazetteer, practices: list[Practice], zoom: int) -> None:
    """The ring of a mark says how many practices of each type it stands for."""
    catalogue = a_catalogue(gazetteer, practices)
    selection = select(catalogue, EVERYTHING)
    for mark in (*point_marks(selection, Viewport(zoom, WHOLE_WORLD)), *territory_marks(selection)):
        types = Counter(catalogue.practice(practice_id).practice_type for practice_id in mark.ids)
        assert mark.counts == tuple(types[code] for code in v.PRACTICE_TYPES.codes)


@given(practices=practice_lists(), zoom=ZOOMS)
def test_a_mark_is_inside_its_members(gazetteer: Gazetteer, practices: list[Practice], zoom: int) -> None:
    """Zooming into the bounds of a mark shows all that it stands for, and the mark itself."""
    catalogue = a_catalogue(gazetteer, practices)
    for mark in point_marks(select(catalogue, EVERYTHING), Viewport(zoom, WHOLE_WORLD)):
        assert mark.bounds is not None
        west, south, east, north = mark.bounds
        held = [catalogue.points[catalogue.row(practice_id)] for practice_id in mark.ids]
        for point in (mark, *(point for point in held if point)):
            assert west - 1e-6 <= point.longitude <= east + 1e-6
            assert south - 1e-6 <= point.latitude <= north + 1e-6


@given(practices=practice_lists(), zoom=ZOOMS)
def test_marks_do_not_cover_each_other(gazetteer: Gazetteer, practices: list[Practice], zoom: int) -> None:
    """Two marks are a mark's width apart, so that a finger can tell them."""
    selection = select(a_catalogue(gazetteer, practices), EVERYTHING)
    assert closest(point_marks(selection, Viewport(zoom, WHOLE_WORLD)), zoom) >= MARK_PIXELS - 1


@pytest.mark.parametrize(
    ("positions", "sizes"),
    [
        pytest.param([(10, 10), (20, 20)], [2], id="one cell is one mark"),
        pytest.param([(10, 10), (110, 10)], [1, 1], id="far apart is two marks"),
        pytest.param([(60, 10), (70, 10)], [2], id="ten pixels apart over the side of a cell is one mark"),
        pytest.param([(60, 60), (60, 60), (68, 68)], [3], id="over the corner of a cell too"),
        pytest.param([(30, 10), (30, 10), (66, 10), (70, 100)], [3, 1], id="what is near joins, what is not does not"),
    ],
)
def test_what_is_near_is_one_mark(gazetteer: Gazetteer, positions: list[tuple[int, int]], sizes: list[int]) -> None:
    """Points within a mark's width are one mark, even when the side of a cell is between them."""
    selection = select(a_catalogue(gazetteer, at_pixels(9, *positions)), EVERYTHING)
    marks = point_marks(selection, Viewport(9, WHOLE_WORLD))
    assert sorted((mark.size for mark in marks), reverse=True) == sizes


def test_a_mark_that_grew_does_not_cover_its_neighbour(gazetteer: Gazetteer) -> None:
    """Two practices draw a third one to them: their mark moves, and still keeps clear of a fourth."""
    positions = [(30, 60), (30, 60), (66, 60), (60, 90)]
    marks = point_marks(select(a_catalogue(gazetteer, at_pixels(9, *positions)), EVERYTHING), Viewport(9, WHOLE_WORLD))
    assert closest(marks, 9) >= MARK_PIXELS - 1


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("zoom", [5, 7, 8, 10])
def test_a_crowd_of_marks_stays_readable(gazetteer: Gazetteer, seed: int, zoom: int) -> None:
    """Four hundred practices over Aquitaine are as many marks as there is room for."""
    selection = select(a_catalogue(gazetteer, scattered(400, seed)), EVERYTHING)
    marks = point_marks(selection, Viewport(zoom, WHOLE_WORLD))
    assert sum(mark.size for mark in marks) == 400
    assert closest(marks, zoom) >= MARK_PIXELS - 1


@pytest.mark.parametrize("zoom", [8, 9, 10])
def test_two_people_see_the_same_marks(gazetteer: Gazetteer, zoom: int) -> None:
    """What is in the middle of a view does not depend on where the view starts."""
    selection = select(a_catalogue(gazetteer, scattered(800, seed=33)), EVERYTHING)
    unit = 1 << cell_shift(zoom, 0)
    x, y = to_world(-0.3, 44.3)

    def middle(left: int, top: int) -> set[Mark]:
        (west, north), (east, south) = (
            to_degrees(x - left * unit, y - top * unit),
            to_degrees(x + 600 * unit, y + 600 * unit),
        )
        marks = point_marks(selection, Viewport(zoom, (west, south, east, north)))
        at = {mark: to_world(mark.longitude, mark.latitude) for mark in marks}
        return {mark for mark, (a, b) in at.items() if abs(a - x) < 250 * unit and abs(b - y) < 250 * unit}

    views = [middle(600, 600), middle(613, 600), middle(600, 641), middle(811, 757)]
    assert views[0]
    assert all(one == other for one, other in pairwise(views))


def test_only_the_view_is_answered(catalogue: Catalogue) -> None:
    """A view of Mont-de-Marsan does not carry the marks of Bordeaux."""
    view = Viewport(12, (-0.6, 43.8, -0.4, 44.0))
    (mark,) = point_marks(select(catalogue, EVERYTHING), view)
    assert mark.ids == ("maisadour-fermiers-landes",)


@pytest.mark.parametrize(
    "bounds",
    [
        pytest.param((-180.0, 85.0, 180.0, 90.0), id="north pole"),
        pytest.param((-180.0, -90.0, 180.0, -85.0), id="south pole"),
        pytest.param((179.0, 43.0, 181.0, 46.0), id="over the antimeridian"),
        pytest.param((350.0, 43.0, 362.0, 46.0), id="one turn of the world too far"),
        pytest.param((0.0, 0.0, 0.0, 0.0), id="a view of no size"),
    ],
)
def test_views_of_elsewhere_are_empty(catalogue: Catalogue, bounds: tuple[float, float, float, float]) -> None:
    """Wherever the map is dragged, there is an answer."""
    assert point_marks(select(catalogue, EVERYTHING), Viewport(3, bounds)) == []


@pytest.mark.parametrize(
    ("longitude", "latitude"),
    [
        pytest.param(0, 90, id="north pole"),
        pytest.param(0, -90, id="south pole"),
        pytest.param(180, 44, id="antimeridian from the west"),
        pytest.param(-180, 44, id="antimeridian from the east"),
    ],
)
@pytest.mark.parametrize("zoom", [0, 9, 22])
def test_the_edges_of_the_world_have_marks(gazetteer: Gazetteer, longitude: int, latitude: int, zoom: int) -> None:
    """A point at the edge is in the world view, at every zoom."""
    selection = select(a_catalogue(gazetteer, [a_practice(**at_address(longitude, latitude))]), EVERYTHING)
    (mark,) = point_marks(selection, Viewport(zoom, WHOLE_WORLD))
    assert mark.size == 1
    assert -180 <= mark.longitude <= 180
    assert -90 <= mark.latitude <= 90


@pytest.mark.parametrize(
    ("count", "listed"),
    [
        pytest.param(LARGEST_LISTED_CLUSTER, LARGEST_LISTED_CLUSTER, id="few enough are listed"),
        pytest.param(LARGEST_LISTED_CLUSTER + 1, 0, id="too many are only counted"),
    ],
)
def test_a_large_mark_is_only_counted(gazetteer: Gazetteer, count: int, listed: int) -> None:
    """A popup lists up to fifty practices; beyond, the map is to be zoomed."""
    same_place = [a_practice(f"p-{number}", **at_address(-0.561249, 44.849663)) for number in range(count)]
    (mark,) = point_marks(select(a_catalogue(gazetteer, same_place), EVERYTHING), Viewport(22, WHOLE_WORLD))
    assert (mark.size, len(mark.ids)) == (count, listed)


def test_territories_carry_what_has_no_point(catalogue: Catalogue) -> None:
    """The department, the region and the neighbours each have their sign, with what they hold."""
    marks = {mark.territory: mark for mark in territory_marks(select(catalogue, EVERYTHING))}
    assert {key: mark.ids for key, mark in marks.items()} == {
        "departement:16": ("gie-green",),
        "departement:17": ("gie-green",),
        "departement:33": ("convention-cd33-ai-colleges",),
        "departement:40": ("projet-mutualite-landes", "marche-erdf-landes"),
        "departement:79": ("gie-green",),
        "departement:86": ("gie-green",),
        "region:72": ("reseau-3ar", "reflexe-ess"),
    }
    assert all(mark.bounds is None for mark in marks.values())


def test_several_communes_are_signs_of_territories(gazetteer: Gazetteer) -> None:
    """A practice over two communes has no point of its own, and is shown at both."""
    both = a_practice(**over("commune", "commune:33063", "commune:33039"))
    selection = select(a_catalogue(gazetteer, [both]), EVERYTHING)
    assert [mark.territory for mark in territory_marks(selection)] == ["commune:33039", "commune:33063"]
    assert point_marks(selection, Viewport(9, WHOLE_WORLD)) == []


def empty(catalogue: Catalogue) -> Selection:
    """Return a selection of nothing."""
    return select(catalogue, Criteria(text="covoiturage spatial"))


def test_nothing_selected_draws_nothing(catalogue: Catalogue) -> None:
    """An empty answer is an empty map."""
    assert point_marks(empty(catalogue), Viewport(9, WHOLE_WORLD)) == []
    assert territory_marks(empty(catalogue)) == []
