"""What makes the score of a gap."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperations.coverage.gaps import Nearest
from cooperations.coverage.indicators import INDICATORS, SCORE_EXPLANATION, Context, computed, score
from tests.coverage.recorded import a_cell, a_survey


def at(kilometres: float) -> Nearest:
    """Return an example at a distance."""
    return Nearest("loc-halle-bio", "Loc’Halle Bio", kilometres, approximate=False)


def a_gap(**known: Any) -> Context:
    """Return a gap of which nothing is known but what `known` says."""
    nothing: dict[str, Any] = {
        "cell": a_cell(),
        "population": 0,
        "largest_population": 0,
        "structures": 0,
        "most_structures": 0,
        "nearest": None,
    }
    return Context(**(nothing | known))


@pytest.mark.parametrize(
    ("code", "known", "value"),
    [
        pytest.param("population", {"population": 50, "largest_population": 200}, 0.25, id="a quarter of the largest"),
        pytest.param("population", {"population": 200, "largest_population": 200}, 1, id="the largest"),
        pytest.param("population", {}, None, id="nobody anywhere"),
        pytest.param("structures", {"structures": 3, "most_structures": 12}, 0.25, id="a quarter of the structures"),
        pytest.param("structures", {"most_structures": 12}, 0, id="none here"),
        pytest.param("structures", {}, None, id="none located anywhere"),
        pytest.param("distance", {"nearest": at(62)}, 0.62, id="62 km"),
        pytest.param("distance", {"nearest": at(0)}, 0, id="next door"),
        pytest.param("distance", {"nearest": at(100)}, 1, id="100 km"),
        pytest.param("distance", {"nearest": at(170)}, 1, id="farther is no more"),
        pytest.param("distance", {}, None, id="no located example"),
        pytest.param("sans_couverture", {}, 1, id="not covered from above"),
        pytest.param("sans_couverture", {"cell": a_cell(covering=2)}, 0, id="covered from above"),
        pytest.param("recherche", {}, 0.5, id="nobody looked"),
        pytest.param("recherche", {"cell": a_cell(surveys=(a_survey(),))}, 1, id="looked in vain"),
        pytest.param("objectif", {}, None, id="no target"),
        pytest.param("objectif", {"cell": a_cell(target=4)}, 1, id="all of the target is missing"),
    ],
)
def test_an_indicator(code: str, known: dict[str, Any], value: float | None) -> None:
    """Each is a share from 0 to 1, or nothing when it does not apply."""
    assert computed(a_gap(**known))[code] == value


def test_the_score_is_the_mean_of_what_applies() -> None:
    """0.25, 0.62, 1 and 0.5: what does not apply weighs nothing."""
    values = computed(a_gap(population=50, largest_population=200, nearest=at(62)))
    assert [code for code, value in values.items() if value is None] == ["structures", "objectif"]
    assert score(values) == 59.2


@given(
    shares=st.tuples(*[st.integers(0, 2_000_000)] * 4),
    kilometres=st.none() | st.floats(0, 20_000),
    covering=st.integers(0, 5),
    target=st.none() | st.integers(1, 9),
)
def test_a_score_stays_between_0_and_100(
    shares: tuple[int, int, int, int], kilometres: float | None, covering: int, target: int | None
) -> None:
    """Whatever is known of a gap."""
    population, more_people, structures, more = shares
    gap = a_gap(
        cell=a_cell(covering=covering, target=target),
        population=population,
        largest_population=population + more_people,
        structures=structures,
        most_structures=structures + more,
        nearest=None if kilometres is None else at(kilometres),
    )
    values = computed(gap)
    assert all(value is None or 0 <= value <= 1 for value in values.values())
    assert 0 <= score(values) <= 100


def test_every_indicator_is_explained() -> None:
    """A score that nobody can check convinces nobody."""
    assert len({one.code for one in INDICATORS}) == len(INDICATORS) == 6
    assert all(one.label and one.explanation.endswith(".") for one in INDICATORS)
    assert "moyenne" in SCORE_EXPLANATION
