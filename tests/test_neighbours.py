"""The practices near another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cooperations.errors import UnknownPractice
from cooperations.neighbours import MOST, distance_km, same_territory, same_type
from tests.making import LE_HAILLAN, a_catalogue, a_practice, at_address, over

if TYPE_CHECKING:
    from cooperations.catalogue import Catalogue
    from cooperations.territories import Gazetteer


def test_the_nearest_of_the_same_type_come_first(catalogue: Catalogue) -> None:
    """From the Arcins group in Bègles: the other one-off answer, then Bordeaux, Langon, then the unplaced."""
    found = same_type(catalogue, "groupement-aci-bordeaux-metropole")
    ids = [neighbour.line.id for neighbour in found]
    assert ids[0] == "marche-erdf-landes"
    assert set(ids[1:3]) == {"les-detritivores", "loc-halle-bio"}
    assert ids[3] == "cap-solidaire"
    assert [neighbour.distance_km is None for neighbour in found] == [True, False, False, False, True, True]
    assert len(found) == MOST


def test_a_practice_is_not_its_own_neighbour(catalogue: Catalogue) -> None:
    """Neither list names the practice that is being read."""
    for practice in catalogue.practices:
        both = [*same_type(catalogue, practice.id), *same_territory(catalogue, practice.id)]
        assert practice.id not in {neighbour.line.id for neighbour in both}


def test_neighbours_share_a_department(catalogue: Catalogue) -> None:
    """In Landes: the project, the electricity market and Maisadour, of whatever type."""
    found = {neighbour.line.id for neighbour in same_territory(catalogue, "maisadour-fermiers-landes")}
    assert found == {"projet-mutualite-landes", "marche-erdf-landes"}


def test_practices_of_the_region_are_neighbours_of_each_other(catalogue: Catalogue) -> None:
    """What is over the whole region is near what is over the whole region, and not near everything."""
    assert [neighbour.line.id for neighbour in same_territory(catalogue, "reseau-3ar")] == ["reflexe-ess"]


def test_without_territory_there_is_no_territorial_neighbour(catalogue: Catalogue) -> None:
    """Not knowing where is not being at the same place."""
    assert same_territory(catalogue, "ptce") == []


def test_distances_are_as_the_crow_flies(gazetteer: Gazetteer) -> None:
    """From quai des Queyries to square Condorcet in Le Haillan it is a little more than nine kilometres."""
    queyries = a_practice("queyries", **at_address(-0.561249, 44.849663))
    haillan = a_practice("haillan", **at_address(-0.675714, 44.870488, LE_HAILLAN))
    landes = a_practice("landes", **over("departement", "departement:40"))
    catalogue = a_catalogue(gazetteer, [queyries, haillan, landes])
    there, back = distance_km(catalogue, 0, 1), distance_km(catalogue, 1, 0)
    assert there == back == pytest.approx(9.34, abs=0.05)
    assert distance_km(catalogue, 0, 2) is None


def test_a_distance_to_a_commune_is_approximate(catalogue: Catalogue) -> None:
    """Two addresses give a distance; a town hall gives an idea of it."""
    said = {one.line.id: one.approximate for one in same_territory(catalogue, "groupement-aci-bordeaux-metropole")}
    assert said["la-poste-conciergerie-solidaire"] is False
    assert said["les-detritivores"] is True


def test_an_unknown_practice_is_said(catalogue: Catalogue) -> None:
    """There is nothing near what is not there."""
    with pytest.raises(UnknownPractice):
        same_type(catalogue, "covoiturage")
