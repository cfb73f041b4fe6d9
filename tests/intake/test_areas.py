"""How far structures say that they go."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest

from tests.intake.lists import a_row, came_of, only, said

if TYPE_CHECKING:
    from cooperations.territories import Gazetteer


@pytest.mark.parametrize(
    ("written", "radius", "keys"),
    [
        pytest.param("30 km", 30, None, id="a distance"),
        pytest.param("50 km de Mont-de-Marsan", 50, None, id="a distance from its town"),
        pytest.param("Département", None, "departement:40", id="its own department"),
        pytest.param("Région", None, "region:75", id="its own region"),
        pytest.param("France entière", None, "pays:FR", id="the whole country"),
        pytest.param("Landes (40), Gironde (33)", None, "departement:40|departement:33", id="two departments"),
        pytest.param("Nouvelle-Aquitaine", None, "region:75", id="a region by its name"),
        pytest.param("40 ; 64", None, "departement:40|departement:64", id="two codes"),
        pytest.param("departement:40|epci:244000808", None, "departement:40|epci:244000808", id="keys"),
        pytest.param("30 km / Gironde", 30, "departement:33", id="both"),
        pytest.param("non disponible", None, None, id="nothing said"),
    ],
)
def test_an_area_is_read(gazetteer: Gazetteer, written: str, radius: float | None, keys: str | None) -> None:
    """As Le Marché and people write it."""
    row = only(came_of(gazetteer, a_row(area_territories=written)))
    assert (row["area_radius_km"], row["area_territories"]) == (radius, keys)


def test_the_radius_of_its_own_column_wins(gazetteer: Gazetteer) -> None:
    """It is the more precise one."""
    row = only(came_of(gazetteer, a_row(area_territories="30 km", area_radius_km="20")))
    assert math.isclose(row["area_radius_km"], 20)


def test_what_is_not_understood_is_said(gazetteer: Gazetteer) -> None:
    """What is, is kept."""
    intake = came_of(gazetteer, a_row(area_territories="Landes, Bas-Adour"))
    assert only(intake)["area_territories"] == "departement:40"
    assert (2, "area_territories", "zone d’intervention illisible") in said(intake.notices)
    assert "Bas-Adour" in [issue.value for issue in intake.notices]


def test_a_distance_beyond_belief_is_no_radius(gazetteer: Gazetteer) -> None:
    """« 9999 km » is left out and said."""
    intake = came_of(gazetteer, a_row(area_territories="9999 km"))
    assert only(intake)["area_radius_km"] is None
    assert "9999 km" in [issue.value for issue in intake.notices]
