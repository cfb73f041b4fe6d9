"""The read index."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cooperations.catalogue import Catalogue, location_group, point_of
from cooperations.errors import UnknownPractice
from cooperations.mercator import NOWHERE
from tests.making import (
    AQUITAINE,
    BEGLES,
    BORDEAUX,
    BORDEAUX_METROPOLE,
    MONT_DE_MARSAN,
    a_catalogue,
    a_dataset,
    a_practice,
    at_address,
    over,
)

if TYPE_CHECKING:
    from cooperations.dataset import Dataset
    from cooperations.territories import Gazetteer


@pytest.mark.parametrize(
    ("cells", "point", "group"),
    [
        pytest.param(
            at_address(-0.541228, 44.807634, BEGLES), (-0.541228, 44.807634), "point", id="an address is its point"
        ),
        pytest.param(
            over("commune", f"commune:{BORDEAUX}"), (-0.57964, 44.83802), "point", id="a commune is its town hall"
        ),
        pytest.param(
            over("commune", f"commune:{BORDEAUX}", f"commune:{BEGLES}"), None, "territoire", id="two communes are none"
        ),
        pytest.param(over("epci", f"epci:{BORDEAUX_METROPOLE}"), None, "territoire", id="an EPCI has no point"),
        pytest.param(over("departement", "departement:40"), None, "territoire", id="a department has no point"),
        pytest.param(over("region", AQUITAINE), None, "territoire", id="the region has no point"),
        pytest.param(over("hors_perimetre", "departement:16"), None, "hors_perimetre", id="outside has no point"),
        pytest.param({"precision_localisation": "inconnue"}, None, "inconnue", id="unknown has no point"),
    ],
)
def test_where_a_practice_is_drawn(
    gazetteer: Gazetteer, cells: dict[str, str], point: tuple[float, float] | None, group: str
) -> None:
    """A practice is drawn where it is known to be, and is in one location group in any case."""
    practice = a_practice(**cells)
    found = point_of(practice, gazetteer)
    assert ((found.longitude, found.latitude) if found else None) == point
    assert location_group(practice, found) == group


def test_rows_without_a_point_are_nowhere(catalogue: Catalogue) -> None:
    """No practice is drawn in the Gulf of Guinea for want of a point."""
    without = [point is None for point in catalogue.points]
    assert (catalogue.frame["x"] == NOWHERE).tolist() == without
    assert (catalogue.frame["y"] == NOWHERE).tolist() == without
    assert catalogue.geo.index.tolist() == [row for row, absent in enumerate(without) if not absent]


def test_the_metric_frame_is_in_lambert_93(catalogue: Catalogue) -> None:
    """Distances in metres need a metric projection."""
    assert catalogue.geo.crs.to_epsg() == 2154
    assert catalogue.geo.total_bounds.min() > 300_000


def test_a_practice_is_found_by_its_id(catalogue: Catalogue) -> None:
    """The id is the address of a sheet; an old address is answered in French."""
    assert catalogue.practice("loc-halle-bio").name == "Loc’Halle Bio"
    with pytest.raises(UnknownPractice, match="covoiturage") as unknown:
        catalogue.practice("covoiturage")
    assert unknown.value.practice_id == "covoiturage"


def test_actors_come_in_the_order_of_their_roles(catalogue: Catalogue) -> None:
    """Those who answer the call for tenders come before the buyer."""
    actors = catalogue.actors("marche-erdf-landes")
    assert [(actor.structure.id, actor.role) for actor in actors] == [
        ("ardits", "co_traitant"),
        ("landes-partage", "co_traitant"),
        ("erdf", "acheteur"),
    ]
    assert catalogue.actors("ptce") == ()


def test_a_practice_is_inside_every_container_of_its_territories(gazetteer: Gazetteer) -> None:
    """A practice over two territories of one department is held once by the department."""
    both = over("commune", f"commune:{BORDEAUX}", f"commune:{BEGLES}")
    catalogue = a_catalogue(gazetteer, [a_practice("deux", **both)])
    assert catalogue.inside["departement:33"].tolist() == [0]
    assert catalogue.inside[f"epci:{BORDEAUX_METROPOLE}"].tolist() == [0]
    assert "departement:33" not in catalogue.exactly
    assert catalogue.exactly[f"commune:{BEGLES}"].tolist() == [0]


def test_what_is_searched_holds_actors_and_places(catalogue: Catalogue) -> None:
    """A practice is found by who takes part in it and by where it is, without accents."""
    text = catalogue.frame["text"][catalogue.row("marche-erdf-landes")]
    assert all(word in text for word in ("ardits", "landes", "reponses groupees ponctuelles", "electricite"))


def test_a_catalogue_keeps_what_it_was_made_of(dataset: Dataset, catalogue: Catalogue) -> None:
    """Nothing of the dataset is lost on the way."""
    assert catalogue.practices == dataset.practices
    assert catalogue.events == dataset.events
    assert len(catalogue.structures) == len(dataset.structures)
    assert catalogue.digest == dataset.digest


def test_a_catalogue_without_practices_can_be_made(gazetteer: Gazetteer) -> None:
    """Before the first practice there is an empty map, not an error."""
    catalogue = Catalogue(a_dataset([]), gazetteer, revision=0)
    assert len(catalogue) == 0
    assert catalogue.geo.empty


def test_a_commune_known_alone_places_a_practice(catalogue: Catalogue) -> None:
    """Maisadour is drawn at the town hall of Mont-de-Marsan, for want of an address."""
    point = catalogue.points[catalogue.row("maisadour-fermiers-landes")]
    town_hall = catalogue.gazetteer[f"commune:{MONT_DE_MARSAN}"]
    assert point is not None
    assert (point.longitude, point.latitude) == (town_hall.longitude, town_hall.latitude)
