"""What a buyer looks for, to its address and back."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperations import vocabularies as v
from cooperations.errors import InvalidParameter, UnknownTerritory
from cooperations.offers.needs import (
    ANYTHING,
    DEFAULT_RADIUS_KM,
    FARTHEST_KM,
    NEED_PARAMETERS,
    POINT,
    RADII_KM,
    Need,
    need_from_query,
    place_at,
    place_of,
    point_text,
)
from cooperations.offers.terms import SERVICES
from cooperations.purchases import PURCHASE_FAMILIES
from tests.making import LATITUDES, LONGITUDES, MONT_DE_MARSAN, TERRITORY_KEYS, TEXTS, plain
from tests.offers.offering import HERE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cooperations.territories import Gazetteer


def _several(codes: Iterable[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(tuple(codes)), max_size=3, unique=True).map(tuple)


NEEDS = st.builds(
    Need,
    place=st.one_of(st.just(""), st.sampled_from(TERRITORY_KEYS), st.builds(point_text, LONGITUDES, LATITUDES)),
    radius_km=st.integers(1, FARTHEST_KM).map(str),
    purchase_families=_several(PURCHASE_FAMILIES.codes),
    text=TEXTS,
    practice_types=_several(v.PRACTICES.codes),
    kinds=_several(v.KINDS.codes),
    families=_several(v.FAMILIES.codes),
    services=_several(SERVICES.codes),
    beyond=st.sampled_from(("", "oui")),
)


@given(need=NEEDS)
def test_a_need_comes_back_from_its_address(gazetteer: Gazetteer, need: Need) -> None:
    """Any need, through the encoding of a link: nothing lost, nothing to say."""
    assert need_from_query(parse_qsl(need.query_string()), gazetteer) == (need, ())


@given(need=NEEDS)
def test_a_need_keeps_its_place(gazetteer: Gazetteer, need: Need) -> None:
    """What is read from an address can always be searched."""
    place = place_of(need, gazetteer)
    assert (place is None) is (need.place == "")
    assert need.radius_m == 1000 * int(need.radius_km)


def test_nothing_is_asked_by_an_empty_address(gazetteer: Gazetteer) -> None:
    """The default radius is one that is offered, and needs no parameter."""
    assert need_from_query([("q", " "), ("lieu", "")], gazetteer) == (ANYTHING, ())
    assert ANYTHING.to_query() == ()
    assert int(DEFAULT_RADIUS_KM) in RADII_KM
    assert max(RADII_KM) <= FARTHEST_KM


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        pytest.param("lieu", "Mont-de-Marsan", "ce lieu n’est pas connu", id="place by its name"),
        pytest.param("lieu", "commune:99999", "ce lieu n’est pas connu", id="commune that does not exist"),
        pytest.param("lieu", "point:0.5", "« point:longitude,latitude » en degrés", id="half a point"),
        pytest.param("lieu", "point:nan,nan", "« point:longitude,latitude » en degrés", id="point not a number"),
        pytest.param("lieu", "point:1e400,44", "« point:longitude,latitude » en degrés", id="infinite point"),
        pytest.param("lieu", "point:181,44", "« point:longitude,latitude » en degrés", id="beyond the antimeridian"),
        pytest.param("lieu", "point:0,86", "« point:longitude,latitude » en degrés", id="beyond the map"),
        pytest.param("rayon", "0", "de 1 à 300", id="no radius"),
        pytest.param("rayon", "301", "de 1 à 300", id="radius beyond the limit"),
        pytest.param("rayon", "12,5", "nombre entier", id="radius with a comma"),
        pytest.param("rayon", "-5", "nombre entier", id="negative radius"),
        pytest.param("rayon", "trente", "nombre entier", id="radius in words"),
        pytest.param("achat", "netoyage", "vouliez-vous dire « nettoyage » ?", id="misspelt family"),
        pytest.param("categorie", "aci", "vouliez-vous dire « ACI » ?", id="kind in small letters"),
        pytest.param("famille", "scop", "ce code n’existe pas", id="kind where a family is due"),
        pytest.param("prestation", "vente", "ce code n’existe pas", id="unknown service"),
        pytest.param("type", "achats", "ce code n’existe pas", id="unknown practice type"),
        pytest.param("loin", "non", "seul « oui » est attendu", id="anything but yes"),
        pytest.param("q", "x" * 201, "plus de 200 caractères", id="text that is too long"),
        pytest.param("rayons", "30", "vouliez-vous dire « rayon » ?", id="misspelt parameter"),
    ],
)
def test_what_makes_no_sense_is_left_out_and_said(gazetteer: Gazetteer, name: str, value: str, reason: str) -> None:
    """The rest of the address still holds."""
    need, said = need_from_query([("achat", "batiment"), (name, value)], gazetteer)
    assert need == Need(purchase_families=("batiment",))
    (ignored,) = said
    assert (ignored.name, ignored.value, ignored.converted) == (name, value, False)
    assert reason in plain(ignored.reason)


@pytest.mark.parametrize("radius", ["1", "300"])
def test_the_limits_of_the_radius_are_taken(gazetteer: Gazetteer, radius: str) -> None:
    """One kilometre, and three hundred."""
    assert need_from_query([("rayon", radius)], gazetteer) == (Need(radius_km=radius), ())


def test_a_former_commune_is_converted_and_said(gazetteer: Gazetteer) -> None:
    """A link of another year leads to the commune of today."""
    need, said = need_from_query([("lieu", "commune:33409")], gazetteer)
    assert need == Need(place="commune:33008")
    (notice,) = said
    assert (notice.name, notice.value, notice.converted) == ("lieu", "commune:33409", True)
    assert "Porte-de-Benauge (33008)" in plain(notice.reason)


def test_parameters_of_others_are_passed_over(gazetteer: Gazetteer) -> None:
    """A page has parameters of its own; a value given twice counts once."""
    pairs = [("page", "2"), ("achat", "batiment"), ("achat", "batiment"), ("achat", "nettoyage")]
    assert need_from_query(pairs, gazetteer, frozenset({"page"})) == (
        Need(purchase_families=("batiment", "nettoyage")),
        (),
    )


def test_every_field_has_a_parameter() -> None:
    """What a need says goes in the address, each under one French name."""
    assert set(NEED_PARAMETERS.values()) == set(Need.__dataclass_fields__)


@pytest.mark.parametrize(
    ("key", "level", "holders"),
    [
        pytest.param(HERE, "commune", {HERE, "departement:40", "region:72", "region:75"}, id="a commune"),
        pytest.param("departement:40", "departement", {"departement:40", "region:72", "region:75"}, id="a department"),
        pytest.param("region:72", "region", {"region:72"}, id="the region"),
    ],
)
def test_a_territory_is_a_place(gazetteer: Gazetteer, key: str, level: str, holders: set[str]) -> None:
    """With what holds it, the present region among them, since lists name it."""
    place = place_of(Need(place=key), gazetteer)
    assert place is not None
    assert (place.level, place.label) == (level, gazetteer[key].label)
    assert set(place.keys) >= holders
    assert (place.longitude, place.latitude) == (gazetteer[key].longitude, gazetteer[key].latitude)


def test_a_straddling_epci_is_in_both_departments(gazetteer: Gazetteer) -> None:
    """Who covers either of them may come."""
    place = place_of(Need(place="epci:243301371"), gazetteer)
    assert place is not None
    assert {"departement:24", "departement:33"} <= set(place.keys)


def test_a_point_is_a_place_named_after_its_commune(gazetteer: Gazetteer) -> None:
    """A click on the map: its own coordinates, and the territories that hold it."""
    place = place_of(Need(place="point:-0.4998,43.8935"), gazetteer)
    assert place is not None
    assert (place.longitude, place.latitude, place.level) == (-0.4998, 43.8935, POINT)
    assert plain(place.label) == "Un point de Mont-de-Marsan (commune, 40)"
    assert {f"commune:{MONT_DE_MARSAN}", "departement:40"} <= set(place.keys)


def test_a_point_elsewhere_is_a_place_without_territories(gazetteer: Gazetteer) -> None:
    """At sea it is named by its coordinates; an address found online brings its own name."""
    at_sea = place_at(-5.0, 45.0, gazetteer)
    assert (plain(at_sea.label), at_sea.keys) == ("45 ; -5", ())
    assert place_at(-5.0, 45.0, gazetteer, "Un phare").label == "Un phare"


def test_a_need_that_was_not_checked_is_refused(gazetteer: Gazetteer) -> None:
    """A program that builds one itself is told what is wrong."""
    with pytest.raises(UnknownTerritory):
        place_of(Need(place="commune:99999"), gazetteer)
    with pytest.raises(InvalidParameter):
        place_of(Need(place="point:abc"), gazetteer)
