"""Whole offers, as lists and files show them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest

from cooperations.offers.cards import card_page, cards, distances_km, offers_of
from cooperations.offers.model import Award
from cooperations.offers.needs import Need, place_of
from cooperations.offers.search import search
from tests.making import PAU, plain
from tests.offers.offering import (
    ARDITS,
    HERE,
    a_correction,
    a_directory,
    a_siret,
    an_award,
    an_offer,
    at_km,
    in_commune,
    kept_rows,
)

if TYPE_CHECKING:
    from cooperations.catalogue import Catalogue
    from cooperations.offers.directory import Directory
    from cooperations.offers.model import Offer
    from cooperations.store import Store


def indexed(catalogue: Catalogue, store: Store, *offers: Offer) -> Directory:
    """Return the index of offers that the store holds too, with the corrections recorded."""
    from cooperations.offers.records import Correction  # noqa: PLC0415 - what the running application does

    kept_rows(store, *offers)
    return a_directory(catalogue, offers, store.recorded(Correction), curated=True)


def test_a_card_has_all_that_is_known(catalogue: Catalogue, store: Store) -> None:
    """The offer, its distance and reasons, its practices, its contracts, the latest first."""
    directory = indexed(catalogue, store, an_offer("une", siret=ARDITS, **at_km(catalogue.gazetteer, 12)))
    awards = [
        an_award("decp-1", holder_siren=ARDITS[:9], notified_on=date(2019, 5, 2)),
        an_award("decp-2", holder_siren=ARDITS[:9], notified_on=date(2021, 5, 2)),
        an_award("decp-3", holder_siren="387860091"),
    ]
    kept_rows(store, *awards, model=Award)
    place = place_of(Need(place=HERE), catalogue.gazetteer)
    (card,) = cards(directory, store, ["une"], [12.0], place)
    assert [plain(reason) for reason in card.reasons] == ["siège à 12 km"]
    assert [proof.practice_id for proof in card.proofs] == ["marche-erdf-landes"]
    assert [award.id for award in card.awards] == ["decp-2", "decp-1"]
    assert (card.offer.siret, card.distance_km, card.corrections) == (ARDITS, 12.0, ())


@pytest.mark.parametrize("structure", ["ardits", "landes-partage", "cafe-michel"])
def test_a_structure_of_data_has_its_proofs(catalogue: Catalogue, store: Store, structure: str) -> None:
    """With a SIRET, with a SIREN alone, without any number."""
    directory = indexed(catalogue, store)
    (card,) = cards(directory, store, [f"pratiques-{structure}"])
    assert card.offer.name == catalogue.structures[structure].name
    assert len(card.proofs) == 1


def test_a_structure_known_by_its_siren_has_its_contracts(catalogue: Catalogue, store: Store) -> None:
    """Landes Partage has no SIRET in data/, and a contract names its SIREN."""
    directory = indexed(catalogue, store)
    kept_rows(store, an_award(holder_siren="387860091"), model=Award)
    (card,) = cards(directory, store, ["pratiques-landes-partage"])
    assert [award.id for award in card.awards] == ["decp-1"]


def test_cards_are_those_that_were_asked_in_their_order(catalogue: Catalogue, store: Store) -> None:
    """An id that is not held is left out, one that is asked twice is shown once; distances follow."""
    directory = indexed(catalogue, store, *(an_offer(name) for name in ("une", "deux")))
    asked = ["pratiques-ardits", "partie", "deux", "pratiques-partie", "une", "deux"]
    found = cards(directory, store, asked, [1.0, 2.0, 3.0, 4.0, None, 3.0])
    assert [card.offer.id for card in found] == ["pratiques-ardits", "deux", "une"]
    assert [card.distance_km for card in found] == [1.0, 3.0, None]
    assert cards(directory, store, []) == ()


def test_a_card_and_the_index_say_the_same_of_a_correction(catalogue: Catalogue, store: Store) -> None:
    """A moved structure is shown where it is searched, and says who corrected it."""
    offer = an_offer("une", siret=a_siret(1), **at_km(catalogue.gazetteer, 3))
    store.lists.correct([a_correction("une", "commune_code", PAU), a_correction("une", "area_radius_km", "30,5")])
    directory = indexed(catalogue, store, offer)
    (card,) = cards(directory, store, ["une"])
    there = in_commune(catalogue.gazetteer, PAU)
    assert {name: getattr(card.offer, name) for name in there} == there
    assert [one.organisation for one in card.corrections] == ["GARIE", "GARIE"]
    assert card.offer.area_radius_km == 30.5
    (row,) = directory.rows_of(["une"])
    place = place_of(Need(place=f"commune:{PAU}"), catalogue.gazetteer)
    assert place is not None
    assert distances_km(directory, np.array([row]), place) == [pytest.approx(0, abs=0.002)]
    assert directory.radius_m[row] == 30_500


def test_a_page_is_a_part_of_the_answer(catalogue: Catalogue, store: Store) -> None:
    """Pages hold each offer once, in order; a number out of range gives the nearest page."""
    directory = indexed(catalogue, store, *(an_offer(f"une-{km}", **at_km(catalogue.gazetteer, km)) for km in range(7)))
    found = search(directory, Need(place="commune:40192", radius_km="10"))
    pages = [card_page(directory, store, found, number, size=4) for number in (1, 2, 3)]
    assert {(page.page_count, page.total) for page in pages} == {(3, 9)}
    shown = [card.offer.id for page in pages for card in page.cards]
    assert shown == directory.ids(found.rows)
    distances = [card.distance_km for page in pages for card in page.cards]
    assert distances == pytest.approx(found.distances_km.tolist())
    assert card_page(directory, store, found, 0, size=4).number == 1
    assert card_page(directory, store, found, 99, size=4).number == 3


def test_an_empty_answer_has_one_empty_page(catalogue: Catalogue, store: Store) -> None:
    """Nothing found is a page that says so."""
    directory = indexed(catalogue, store)
    page = card_page(directory, store, search(directory, Need(text="introuvable")), 2)
    assert (page.cards, page.number, page.page_count, page.total) == ((), 1, 1, 0)


def test_without_a_place_no_distance_is_made_up(catalogue: Catalogue, store: Store) -> None:
    """Nor with a place, for what has no point."""
    directory = indexed(catalogue, store, an_offer("une"))
    page = card_page(directory, store, search(directory, Need(text="structure une")), 1)
    assert [card.distance_km for card in page.cards] == [None]
    place = place_of(Need(place=HERE), catalogue.gazetteer)
    assert place is not None
    assert distances_km(directory, np.array(directory.rows_of(["une"])), place) == [None]


def test_whole_offers_come_from_the_lists_and_from_data(catalogue: Catalogue, store: Store) -> None:
    """As their source gives them, letter for letter."""
    offer = an_offer("une", siret=ARDITS, activity="« d’ici »\n; 🥖", labels="AB", website="https://ardits.fr")
    indexed(catalogue, store, offer)
    found = offers_of(catalogue, store, ["une", "pratiques-maisadour", "partie"])
    assert found["une"] == offer
    assert set(found) == {"une", "pratiques-maisadour"}
