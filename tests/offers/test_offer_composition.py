"""A group composed by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cooperations.offers.composition import (
    MOST_SUGGESTED,
    compose,
    kind_label,
    lot_label,
    permanent_groups,
    suggestions,
)
from cooperations.offers.needs import Need, place_of
from tests.making import BORDEAUX, plain
from tests.offers.offering import ARDITS, GIRONDE, HERE, LANDES_PARTAGE, a_directory, an_offer, at_km

if TYPE_CHECKING:
    from cooperations.catalogue import Catalogue
    from cooperations.offers.directory import Directory

LOTS = ("nettoyage", "espaces_verts", "textile_blanchisserie")
NEED = Need(place=HERE, radius_km="20", purchase_families=LOTS)


@pytest.fixture
def directory(catalogue: Catalogue) -> Directory:
    """Return a few structures around Mont-de-Marsan, one of which says nothing of what it sells."""
    near = catalogue.gazetteer
    return a_directory(
        catalogue,
        [
            an_offer("propre", purchase_families="nettoyage", siret=ARDITS, kind="ACI", **at_km(near, 3)),
            an_offer("vert", purchase_families="espaces_verts|nettoyage", siret=LANDES_PARTAGE, **at_km(near, 8)),
            an_offer("muette", **at_km(near, 5)),
            an_offer("loin", purchase_families="textile_blanchisserie", **at_km(near, 40)),
            an_offer("nulle-part", purchase_families="textile_blanchisserie"),
            an_offer("ailleurs", purchase_families="nettoyage", area_territories=GIRONDE, **at_km(near, 1)),
        ],
    )


def test_each_lot_is_checked(directory: Directory) -> None:
    """What each member covers, in the order of the lots, and what nobody does."""
    group = compose(directory, NEED, ["vert", "propre"])
    assert directory.ids(group.rows) == ["vert", "propre"]
    assert group.covers == (("nettoyage", "espaces_verts"), ("nettoyage",))
    assert group.missing == ("textile_blanchisserie",)
    assert (group.unknown, group.too_far) == ((), ())


def test_who_says_nothing_of_what_it_sells_is_said(directory: Directory) -> None:
    """It may cover a lot all the same: not the same as not covering it."""
    group = compose(directory, NEED, ["muette"])
    assert group.covers == ((),)
    assert group.missing == LOTS
    assert directory.ids(group.unknown) == ["muette"]


def test_who_is_too_far_is_said(directory: Directory) -> None:
    """Beyond the buyer's radius; without a point, or without a place, nobody knows."""
    group = compose(directory, NEED, ["loin", "propre", "nulle-part"])
    assert directory.ids(group.too_far) == ["loin"]
    assert group.missing == ("espaces_verts",)
    assert compose(directory, Need(purchase_families=LOTS), ["loin"]).too_far == ()


def test_who_has_cooperated_is_said(directory: Directory) -> None:
    """Ardits and Landes Partage answered together before."""
    group = compose(directory, NEED, ["propre", "muette", "vert"])
    assert [directory.ids(pair) for pair in group.together] == [["propre", "vert"]]


def test_a_group_of_nobody_misses_everything(directory: Directory) -> None:
    """As does one whose members are no longer held; without lots nothing is missing."""
    assert compose(directory, NEED, ["partie"]) == compose(directory, NEED, [])
    assert compose(directory, NEED, []).missing == LOTS
    assert compose(directory, Need(place=HERE), ["propre"]).missing == ()


@pytest.mark.parametrize(
    ("lot", "held", "expected"),
    [
        pytest.param("nettoyage", [], ["propre", "vert"], id="the closer first, who does not come left out"),
        pytest.param("nettoyage", ["propre"], ["vert"], id="members are not suggested again"),
        pytest.param("textile_blanchisserie", [], [], id="nobody near"),
    ],
)
def test_who_could_take_a_lot_is_suggested(
    directory: Directory, lot: str, held: list[str], expected: list[str]
) -> None:
    """The nearest ones that sell it and come."""
    found = suggestions(directory, NEED, lot, directory.rows_of(held))
    assert directory.ids([row for row, _ in found]) == expected
    assert [km for _, km in found] == sorted(km for _, km in found)


def test_a_few_are_suggested(catalogue: Catalogue) -> None:
    """Even when the nearest ones are already members."""
    near = catalogue.gazetteer
    many = a_directory(
        catalogue, [an_offer(f"une-{km}", purchase_families="nettoyage", **at_km(near, km)) for km in range(15)]
    )
    held = many.rows_of([f"une-{km}" for km in range(4)])
    found = suggestions(many, NEED, "nettoyage", held)
    assert many.ids([row for row, _ in found]) == [f"une-{km}" for km in range(4, 4 + MOST_SUGGESTED)]


def test_permanent_groups_are_listed_nearest_first(catalogue: Catalogue) -> None:
    """Loc’Halle Bio is in Bordeaux; GIE Green is out of the region, at no known point."""
    place = place_of(Need(place=f"commune:{BORDEAUX}"), catalogue.gazetteer)
    (first, near), (other, unknown) = permanent_groups(catalogue, place)
    assert (plain(first.name), plain(other.name)) == ("Loc’Halle Bio", "GIE Green")
    assert near == pytest.approx(0, abs=1)
    assert unknown is None
    assert [distance for _, distance in permanent_groups(catalogue, None)] == [None, None]


def test_lots_and_kinds_are_said(directory: Directory) -> None:
    """In French for a lot, by its letters for a kind."""
    one, other = directory.rows_of(["propre", "vert"])
    assert lot_label("nettoyage") == "Nettoyage et propreté"
    assert (kind_label(directory, one), kind_label(directory, other)) == ("ACI", "")
