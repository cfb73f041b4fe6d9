"""Whole offers, as lists, popups, short lists and files show them: corrected, with their proofs."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cooperations.offers import words
from cooperations.offers.directory import curated_offer
from cooperations.offers.encoding import CURATED
from cooperations.offers.model import Offer
from cooperations.offers.proofs import NO_UNIT, SIREN_LENGTH, Proof, proofs_by_siren, units
from cooperations.offers.records import Correction, corrected
from cooperations.projection import to_metres

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cooperations.catalogue import Catalogue, Rows
    from cooperations.offers.directory import Directory
    from cooperations.offers.model import Award
    from cooperations.offers.needs import Place
    from cooperations.offers.search import Found
    from cooperations.store import Store

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class Card:
    """An offer with what is known beside it; `corrections` are the values that people corrected, by attribute."""

    offer: Offer
    distance_km: float | None
    reasons: tuple[str, ...]
    proofs: tuple[Proof, ...]
    awards: tuple[Award, ...]
    corrections: tuple[Correction, ...]


@dataclass(frozen=True, slots=True)
class CardPage:
    """One page of what answers a need; pages count from 1."""

    cards: tuple[Card, ...]
    number: int
    page_count: int
    total: int


def card_page(directory: Directory, store: Store, found: Found, number: int, size: int = PAGE_SIZE) -> CardPage:
    """Return a page of an answer; a number out of range gives the nearest page there is."""
    page_count = max(1, -(-len(found) // size))
    number = min(max(1, number), page_count)
    rows, kilometres = found.part((number - 1) * size, number * size)
    distances = [None if np.isnan(one) else float(one) for one in kilometres]
    shown = cards(directory, store, directory.ids(rows), distances, found.place)
    return CardPage(shown, number, page_count, len(found))


def cards(
    directory: Directory,
    store: Store,
    ids: Sequence[str],
    distances_km: Sequence[float | None] = (),
    place: Place | None = None,
) -> tuple[Card, ...]:
    """Return the cards of some offers in their order; an id that is not held is left out."""
    catalogue = directory.catalogue
    offers = offers_of(catalogue, store, ids)
    corrections = _by_offer(store.recorded(Correction), set(offers))
    of_unit = {one: unit_of(offer.source, offer.source_key, offer.siret, catalogue) for one, offer in offers.items()}
    awards = _awards(store, of_unit.values())
    measured = dict(zip(ids, distances_km or [None] * len(ids), strict=True))
    made = []
    for offer_id in dict.fromkeys(ids):
        if offer_id not in offers:
            continue
        offer = corrected(offers[offer_id], corrections[offer_id], catalogue.gazetteer)
        why = words.reasons(offer, measured[offer_id], place, catalogue.gazetteer)
        unit, own = of_unit[offer_id], tuple(corrections[offer_id])
        proofs = proofs_by_siren(catalogue).get(unit, ())
        made.append(Card(offer, measured[offer_id], tuple(why), proofs, tuple(awards.get(unit, ())), own))
    return tuple(made)


def offers_of(catalogue: Catalogue, store: Store, ids: Iterable[str]) -> dict[str, Offer]:
    """Return whole offers by id, as their source gives them."""
    wanted = list(ids)
    curated = curated_offers(catalogue, wanted)
    return curated | store.lists.rows(Offer, [one for one in wanted if one not in curated])


def curated_offers(catalogue: Catalogue, ids: Iterable[str]) -> dict[str, Offer]:
    """Return those of some ids that are structures of data/, as offers."""
    prefix = f"{CURATED}-"
    named = {one: catalogue.structures.get(one.removeprefix(prefix)) for one in ids if one.startswith(prefix)}
    return {one: curated_offer(structure, catalogue) for one, structure in named.items() if structure}


def distances_km(directory: Directory, rows: Rows, place: Place) -> list[float | None]:
    """Return how far some rows are from a place, None without a point."""
    east, north = to_metres(place.longitude, place.latitude)
    metres = np.hypot(directory.east[rows] - east, directory.north[rows] - north)
    return [None if np.isnan(one) else float(one) / 1000 for one in metres]


def _by_offer(corrections: Iterable[Correction], ids: set[str]) -> dict[str, list[Correction]]:
    found: dict[str, list[Correction]] = defaultdict(list)
    for one in corrections:
        if one.offer_id in ids:
            found[one.offer_id].append(one)
    return found


def _awards(store: Store, of_units: Iterable[int]) -> dict[int, list[Award]]:
    found: dict[int, list[Award]] = defaultdict(list)
    for award in store.lists.awards_of(f"{unit:0{SIREN_LENGTH}}" for unit in of_units if unit >= 0):
        found[int(award.holder_siren or NO_UNIT)].append(award)
    return found


def unit_of(source: str, source_key: str, siret: str | None, catalogue: Catalogue) -> int:
    """Return the legal unit of an offer, NO_UNIT when it is not known."""
    if source == CURATED:
        return units(catalogue)[source_key]
    return int(siret[:SIREN_LENGTH]) if siret else NO_UNIT
