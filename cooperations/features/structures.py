"""Structures as features: what lists and data/ say, corrected, under the same ids as the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cooperations.features.window import FeaturePage
from cooperations.mercator import to_world
from cooperations.offers.cards import cards
from cooperations.offers.search import search
from cooperations.offers.words import kind_in_words, place_in_words, purchases_in_words, source_in_words

if TYPE_CHECKING:
    from cooperations.catalogue import Rows
    from cooperations.features.window import Box, Feature, Window
    from cooperations.offers.cards import Card
    from cooperations.offers.directory import Directory
    from cooperations.offers.needs import Need
    from cooperations.store import Store

PRIVATE = {"longitude", "latitude", "email", "phone"}
"""Coordinates are in the geometry; a contact is given only with a consent."""


def structure_page(directory: Directory, store: Store, need: Need, window: Window) -> FeaturePage:
    """Return the structures that answer a need and are in the window; the period is that of their source."""
    rows = _in_window(directory, np.sort(search(directory, need).rows), window)
    rank = directory.id_rank[rows]
    after = directory.rank_after(window.after) if window.after else 0
    left = rows[rank >= after]
    first = left[np.argsort(directory.id_rank[left])[: window.limit]]
    ids = directory.ids(first)
    features = [structure_feature(card, directory) for card in cards(directory, store, ids)]
    return FeaturePage(features, len(rows), ids[-1] if len(left) > len(first) and ids else "")


def structure_feature(card: Card, directory: Directory) -> Feature:
    """Return one structure: its columns, its labels, and what it took part in."""
    offer, gazetteer = card.offer, directory.catalogue.gazetteer
    hidden = PRIVATE - ({"email", "phone"} if offer.contact_consent_on else set())
    properties: dict[str, Any] = offer.model_dump(mode="json", by_alias=True, exclude=hidden)
    properties |= {
        "libelle_categorie": kind_in_words(offer),
        "libelle_lieu": place_in_words(offer, gazetteer),
        "libelle_achats": purchases_in_words(offer),
        "libelle_source": source_in_words(offer),
        "pratiques": "|".join(proof.practice_id for proof in card.proofs),
        "fiche": f"/offre?id={offer.id}",
    }
    located = offer.longitude is not None and offer.latitude is not None
    geometry = {"type": "Point", "coordinates": [offer.longitude, offer.latitude]} if located else None
    return {"type": "Feature", "id": offer.id, "geometry": geometry, "properties": properties}


def _in_window(directory: Directory, rows: Rows, window: Window) -> Rows:
    if window.box:
        rows = rows[_in_box(directory, rows, window.box)]
    days = directory.frame["source_date"].to_numpy()[rows].astype("datetime64[D]")
    if window.period.start:
        rows, days = rows[days >= np.datetime64(window.period.start)], days[days >= np.datetime64(window.period.start)]
    if window.period.end:
        rows = rows[days <= np.datetime64(window.period.end)]
    return rows


def _in_box(directory: Directory, rows: Rows, box: Box) -> Any:
    west, south, east, north = box
    (left, top), (right, bottom) = to_world(west, north), to_world(east, south)
    x, y = directory.x[rows], directory.y[rows]
    across = (x >= left) & (x <= right) if west <= east else (x >= left) | (x <= right)
    return (x >= 0) & across & (y >= top) & (y <= bottom)
