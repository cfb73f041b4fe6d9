"""Degrees to metres of Lambert 93."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperations.projection import to_metres, to_metres_arrays
from tests.making import LATITUDES, LONGITUDES

MONT_DE_MARSAN, BORDEAUX = (-0.4998, 43.8935), (-0.5796, 44.8380)


def test_a_point_is_where_geopandas_puts_it() -> None:
    """East first, north second, in the reference system of the official French maps."""
    (expected,) = gpd.GeoSeries.from_xy([MONT_DE_MARSAN[0]], [MONT_DE_MARSAN[1]], crs=4326).to_crs(2154)
    assert to_metres(*MONT_DE_MARSAN) == pytest.approx((expected.x, expected.y), abs=0.01)


def test_distances_are_those_of_the_ground() -> None:
    """From Mont-de-Marsan to Bordeaux there are 105 km as the crow flies."""
    here, there = to_metres(*MONT_DE_MARSAN), to_metres(*BORDEAUX)
    assert np.hypot(here[0] - there[0], here[1] - there[1]) == pytest.approx(105_140, abs=300)


@given(points=st.lists(st.tuples(LONGITUDES, LATITUDES), min_size=1, max_size=20))
def test_many_points_go_where_each_goes(points: list[tuple[float, float]]) -> None:
    """The index and the place of a buyer are measured in the same metres."""
    longitudes, latitudes = (np.array(axis) for axis in zip(*points, strict=True))
    east, north = to_metres_arrays(longitudes, latitudes)
    expected = [to_metres(*point) for point in points]
    assert np.column_stack((east, north)) == pytest.approx(np.array(expected), abs=1e-3)


@pytest.mark.parametrize(
    "point",
    [
        pytest.param((np.nan, np.nan), id="no point"),
        pytest.param((np.nan, 44.0), id="half a point"),
        pytest.param((np.inf, 44.0), id="infinite"),
        pytest.param((-0.5, 500.0), id="beyond the pole"),
    ],
)
def test_what_has_no_place_is_not_a_number(point: tuple[float, float]) -> None:
    """Without a warning, and without a value that a distance could be made of."""
    east, north = to_metres_arrays(np.array([point[0], -0.5]), np.array([point[1], 44.0]))
    assert np.isnan([east[0], north[0]]).all()
    assert np.isfinite([east[1], north[1]]).all()
