"""What a count is compared with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cooperations.coverage.denominators import (
    DECIMALS,
    MEASURES,
    measured,
    per_100_structures,
    per_100k_inhabitants,
    structures_in,
)
from cooperations.errors import InvalidParameter
from tests.coverage.recorded import a_cell
from tests.making import AQUITAINE, BEGLES, BORDEAUX_METROPOLE

if TYPE_CHECKING:
    from cooperations.catalogue import Catalogue


@pytest.mark.parametrize(
    ("count", "population", "rate"),
    [
        pytest.param(0, 1_690_000, 0.0, id="none is 0, and is known"),
        pytest.param(7, 1_400_000, 0.5, id="Gironde or so"),
        pytest.param(3, 100_000, 3.0, id="the unit itself"),
        pytest.param(3, 0, None, id="nobody lives there"),
        pytest.param(0, 0, None, id="nothing among nobody"),
    ],
)
def test_practices_for_inhabitants(count: int, population: int, rate: float | None) -> None:
    """A count for 100 000 inhabitants, or nothing when that means nothing."""
    assert per_100k_inhabitants(count, population) == rate


def test_practices_for_structures() -> None:
    """A count for 100 structures, or nothing when no structure is known there."""
    assert per_100_structures(3, 12) == 25
    assert per_100_structures(3, 0) is None


@pytest.mark.parametrize("level", ["commune", "epci", "departement", "region"])
def test_structures_are_counted_where_their_commune_is(catalogue: Catalogue, level: str) -> None:
    """Each structure with a commune counts once at each level, one without a commune nowhere."""
    keys = [one.key for one in catalogue.gazetteer if one.level == level and one.in_perimeter]
    located = [one for one in catalogue.structures.values() if one.commune_code]
    assert 0 < len(located) < len(catalogue.structures)
    assert sum(structures_in(catalogue, key) for key in keys) == len(located)


def test_structures_of_real_places(catalogue: Catalogue) -> None:
    """What is in Bègles is in the metropolis, in Gironde and in the region; nothing is known in Dordogne."""
    nested = (f"commune:{BEGLES}", f"epci:{BORDEAUX_METROPOLE}", "departement:33", AQUITAINE)
    counts = [structures_in(catalogue, key) for key in nested]
    assert counts == sorted(counts)
    assert counts[2:] == [7, 10]
    assert structures_in(catalogue, "departement:24") == 0


@pytest.mark.parametrize("measure", MEASURES.codes)
def test_a_cell_is_measured_as_its_count(catalogue: Catalogue, measure: str) -> None:
    """A cell counts what its own counting says."""
    landes = catalogue.gazetteer["departement:40"]
    for count, cell in ((2, a_cell(2, covering=1)), (3, a_cell(2, 1, "couvrant"))):
        assert measured(cell, landes, catalogue, measure) == measured(count, landes, catalogue, measure) is not None


def test_measures_of_the_landes(catalogue: Catalogue) -> None:
    """Three practices: for the inhabitants, and for the three structures that are known there."""
    landes = catalogue.gazetteer["departement:40"]
    values = [measured(3, landes, catalogue, code) for code in MEASURES.codes]
    assert values == [3.0, pytest.approx(300_000 / landes.population), 100.0]


def test_no_structure_is_not_a_rate_of_zero(catalogue: Catalogue) -> None:
    """In Dordogne no structure is known: no rate can be given."""
    assert measured(2, catalogue.gazetteer["departement:24"], catalogue, "pour_100_structures") is None


def test_an_unknown_measure_is_refused(catalogue: Catalogue) -> None:
    """A misspelt measure does not fall back on another."""
    with pytest.raises(InvalidParameter, match="mesure"):
        measured(2, catalogue.gazetteer["departement:24"], catalogue, "pour_1000_habitants")


def test_every_measure_says_what_it_is() -> None:
    """A label, an explanation and decimals for each."""
    assert set(DECIMALS) == set(MEASURES.codes)
    assert all(term.label and term.definition.endswith(".") for term in MEASURES)
