"""Integer Web Mercator."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperations.mercator import MAX_LATITUDE, NOWHERE, WORLD, cell_shift, to_degrees, to_world, to_world_arrays


@pytest.mark.parametrize(
    ("longitude", "latitude", "position"),
    [
        pytest.param(0, 0, (WORLD // 2, WORLD // 2), id="origin is the middle"),
        pytest.param(-180, 90, (0, 0), id="north pole on the antimeridian is the corner"),
        pytest.param(180, -90, (WORLD - 1, WORLD - 1), id="south pole on the antimeridian is the other corner"),
        pytest.param(-190, 0, (0, WORLD // 2), id="beyond the antimeridian is its edge"),
        pytest.param(float("-inf"), float("inf"), (0, 0), id="infinity is the corner"),
    ],
)
def test_positions_stay_in_the_world(longitude: float, latitude: float, position: tuple[int, int]) -> None:
    """No place, however far, is outside the grid."""
    x, y = to_world(longitude, latitude)
    assert (x, y) == pytest.approx(position, abs=1)
    assert 0 <= x < WORLD
    assert 0 <= y < WORLD


@given(st.floats(-180, 180), st.floats(-MAX_LATITUDE, MAX_LATITUDE))
def test_degrees_come_back(longitude: float, latitude: float) -> None:
    """A position is right to about four centimetres."""
    assert to_degrees(*to_world(longitude, latitude)) == pytest.approx((longitude, latitude), abs=5e-7)


def test_y_grows_southwards() -> None:
    """Bordeaux, north of Pau, is above it on the screen."""
    _, bordeaux = to_world(-0.5796, 44.838)
    _, pau = to_world(-0.3708, 43.2951)
    assert bordeaux < pau


@pytest.mark.parametrize(
    ("zoom", "shift"),
    [
        pytest.param(0, 28, id="four cells in the world at zoom 0"),
        pytest.param(9, 19, id="a cell halves at each zoom"),
        pytest.param(22, 6, id="64 units at the finest zoom"),
    ],
)
def test_cells_are_of_64_pixels(zoom: int, shift: int) -> None:
    """A cell is 2**6 pixels wide at every zoom."""
    assert cell_shift(zoom, 6) == shift
    assert cell_shift(40, 6) == 0


@given(st.lists(st.tuples(st.floats(-200, 200), st.floats(-95, 95)), min_size=1, max_size=30))
def test_many_points_at_once_go_where_each_goes(points: list[tuple[float, float]]) -> None:
    """Two ways of computing agree to one unit, which is four centimetres."""
    longitudes, latitudes = (np.array(axis) for axis in zip(*points, strict=True))
    x, y = to_world_arrays(longitudes, latitudes)
    expected = np.array([to_world(*point) for point in points])
    assert np.abs(np.column_stack((x, y)) - expected).max() <= 1


@pytest.mark.parametrize("point", [(np.nan, 44.0), (-0.5, np.nan), (np.inf, 44.0), (np.nan, np.nan)])
def test_what_is_not_a_number_is_nowhere(point: tuple[float, float]) -> None:
    """An offer without a point is on no mark, and moves none of the others."""
    x, y = to_world_arrays(np.array([point[0], -0.5]), np.array([point[1], 44.0]))
    assert (x[0], y[0]) == (NOWHERE, NOWHERE)
    assert (x[1], y[1]) == to_world(-0.5, 44.0)
