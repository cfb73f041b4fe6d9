"""The list, in an order and by pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperations.criteria import EVERYTHING, Criteria
from cooperations.listing import ORDERS, page_of
from cooperations.selection import select
from cooperations.text import fold
from tests.making import a_catalogue, a_practice, over, practice_lists

if TYPE_CHECKING:
    from cooperations.catalogue import Catalogue
    from cooperations.model import Practice
    from cooperations.territories import Gazetteer


@given(practices=practice_lists(), order=st.sampled_from(ORDERS.codes), size=st.integers(1, 9))
def test_pages_hold_everything_once(gazetteer: Gazetteer, practices: list[Practice], order: str, size: int) -> None:
    """Turning the pages from first to last shows each practice once."""
    selection = select(a_catalogue(gazetteer, practices), EVERYTHING)
    count = page_of(selection, order, 1, size).page_count
    pages = [page_of(selection, order, number, size) for number in range(1, count + 1)]
    shown = [line.id for page in pages for line in page.lines]
    assert sorted(shown) == sorted(practice.id for practice in practices)
    assert [page.first for page in pages if page.lines] == list(range(1, len(shown) + 1, size))
    assert pages[-1].last == pages[-1].total == len(practices)


@pytest.mark.parametrize(
    ("asked", "given_page"),
    [
        pytest.param(-3, 1, id="before the first is the first"),
        pytest.param(0, 1, id="zero is the first"),
        pytest.param(2, 2, id="the second is the second"),
        pytest.param(99, 4, id="after the last is the last"),
    ],
)
def test_a_page_out_of_range_is_the_nearest(catalogue: Catalogue, asked: int, given_page: int) -> None:
    """An old link to page 99 shows something."""
    page = page_of(select(catalogue, EVERYTHING), "nom", asked, size=5)
    assert (page.number, page.page_count) == (given_page, 4)


def test_nothing_is_one_empty_page(catalogue: Catalogue) -> None:
    """An empty list has a page, whose positions are zero."""
    page = page_of(select(catalogue, Criteria(territories=("commune:24322",))), "nom", 1)
    assert (page.lines, page.number, page.page_count, page.first, page.last, page.total) == ((), 1, 1, 0, 0, 0)


def order_of(catalogue: Catalogue, order: str) -> list[str]:
    """Return the ids of the whole list in an order."""
    return [line.id for line in page_of(select(catalogue, EVERYTHING), order, 1, size=100).lines]


def test_names_are_in_alphabetical_order(catalogue: Catalogue) -> None:
    """Accents and capitals do not disturb the alphabet."""
    names = [fold(catalogue.practice(one).name) for one in order_of(catalogue, "nom")]
    assert names == sorted(names)


def test_types_are_in_the_order_of_the_minutes(catalogue: Catalogue) -> None:
    """Groupings first by sub-type, then the four kinds of purchases."""
    ordered = order_of(catalogue, "type")
    assert ordered[:5] == [
        "cap-solidaire",
        "couveuse-simone-mauhargats",
        "les-detritivores",
        "ptce",
        "projet-mutualite-landes",
    ]
    assert ordered[9] == "la-ristourne"


def test_places_put_what_has_none_last(catalogue: Catalogue) -> None:
    """Practices without territory come after those that have one."""
    placed = [bool(catalogue.practice(one).territories) for one in order_of(catalogue, "lieu")]
    assert placed == sorted(placed, reverse=True)


def test_statuses_are_in_the_order_of_the_vocabulary(catalogue: Catalogue) -> None:
    """In project, active, then the rest."""
    assert order_of(catalogue, "statut")[:3] == ["projet-mutualite-landes", "maisadour-fermiers-landes", "reseau-3ar"]


def test_an_unknown_order_is_by_name(catalogue: Catalogue) -> None:
    """An old link with an order that is gone still shows the list."""
    assert order_of(catalogue, "couleur") == order_of(catalogue, "nom")


def test_equal_names_keep_the_order_of_the_data(gazetteer: Gazetteer) -> None:
    """Two practices of one name do not exchange their places from one page to the next."""
    twins = [a_practice(f"p-{number}", nom="Épicerie", **over("departement", "departement:47")) for number in range(6)]
    catalogue = a_catalogue(gazetteer, twins)
    for order in ORDERS.codes:
        assert order_of(catalogue, order) == [practice.id for practice in twins]
