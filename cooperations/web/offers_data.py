"""What the map and the list of offers ask for: the marks of a view, a page of cards, some cards by id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cooperations.clusters import grouped_marks
from cooperations.errors import InvalidParameter
from cooperations.offers import words
from cooperations.offers.cards import card_page, cards, distances_km
from cooperations.offers.needs import need_from_query, place_of
from cooperations.offers.search import Found, search
from cooperations.offers.terms import EXACT, SECTORS
from cooperations.query import sure
from cooperations.runtime import application
from cooperations.sheets import french_date
from cooperations.web.answers import answering, kept_json, tagged_json
from cooperations.web.map_data import MOST_SHEETS, VIEW_PARAMETERS, page_number, viewport

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from cooperations.clusters import Mark, Viewport
    from cooperations.offers.cards import Card
    from cooperations.offers.directory import Directory
    from cooperations.offers.needs import Need
    from cooperations.store import Store

PAGE_PARAMETERS = frozenset({"page", "v"})
MOST_AWARDS = 3


@answering
def marks(request: Request) -> Response:
    """Answer the marks of a view of what answers a need."""
    directory = application().directory()
    return kept_json(request, directory, lambda: _marks(request, directory))


@answering
def lines(request: Request) -> Response:
    """Answer one page of what answers a need, nearest first."""
    opened = application()
    directory = opened.directory()
    return kept_json(request, directory, lambda: _lines(request, directory, opened.store))


@answering
def sheets(request: Request) -> Response:
    """Answer what a popup says of some offers, in the order of their `id` parameters; `lieu` measures distances."""
    ids = request.query_params.getlist("id")
    if not 1 <= len(ids) <= MOST_SHEETS:
        raise InvalidParameter("id", f"entre 1 et {MOST_SHEETS} identifiants attendus")
    opened = application()
    directory = opened.directory()
    place = place_of(read_need(request, directory, frozenset({"id"})), directory.catalogue.gazetteer)
    known = [one for one in ids if one in directory]
    rows = np.array(directory.rows_of(known), dtype=np.intp)
    distances = distances_km(directory, rows, place) if place else []
    found = cards(directory, opened.store, known, distances, place)
    return tagged_json(request, [card_json(card, directory) for card in found])


def _marks(request: Request, directory: Directory) -> dict[str, Any]:
    view = viewport(request)
    found = search(directory, read_need(request, directory, VIEW_PARAMETERS))
    return _totals(found) | {"marques": offer_marks(directory, found, view)}


def offer_marks(directory: Directory, found: Found, view: Viewport) -> list[dict[str, Any]]:
    """Return the marks of found offers in a view."""
    shown = grouped_marks(found.points, view)
    names = _single_names(directory, shown)
    return [_mark(mark, names) for mark in shown]


def _lines(request: Request, directory: Directory, store: Store) -> dict[str, Any]:
    found = search(directory, read_need(request, directory, PAGE_PARAMETERS))
    page = card_page(directory, store, found, page_number(request))
    rows = [card_json(card, directory) for card in page.cards]
    return _totals(found) | {"page": page.number, "pages": page.page_count, "lignes": rows}


def read_need(request: Request, directory: Directory, others: frozenset[str]) -> Need:
    """Return the need of a request; raises InvalidParameter for the first parameter that makes no sense."""
    return sure(need_from_query(request.query_params.multi_items(), directory.catalogue.gazetteer, others))


def card_json(card: Card, directory: Directory) -> dict[str, Any]:
    """Return a card as a program and our components read it; texts are in French."""
    offer, gazetteer = card.offer, directory.catalogue.gazetteer
    row = directory.rows_of([offer.id])
    consent = offer.contact_consent_on is not None
    return {
        "id": offer.id,
        "nom": offer.name,
        "nom_usage": offer.trade_name or "",
        "secteur": int(directory.sector[row[0]]) if row else len(SECTORS.codes) - 1,
        "categorie": words.kind_in_words(offer),
        "activite": offer.activity or "",
        "achats": words.purchases_in_words(offer),
        "prestations": words.services_in_words(offer),
        "lieu": words.place_in_words(offer, gazetteer),
        "longitude": offer.longitude,
        "latitude": offer.latitude,
        "exact": offer.precision in EXACT,
        "distance_km": None if card.distance_km is None else round(card.distance_km, 1),
        "raisons": card.reasons,
        "preuves": [{"texte": proof.words, "adresse": proof.address} for proof in card.proofs],
        "marches": [words.award_in_words(award) for award in card.awards[:MOST_AWARDS]],
        "constats": words.findings_in_words(offer),
        "site": offer.website or "",
        "courriel": (offer.email or "") if consent else "",
        "telephone": (offer.phone or "") if consent else "",
        "source": f"{words.source_in_words(offer)}, {french_date(offer.source_date.isoformat())}",
        "corrige": sorted({one.organisation for one in card.corrections}),
    }


def _single_names(directory: Directory, shown: list[Mark]) -> dict[int, tuple[str, bool]]:
    """Return the name of each mark that stands for one offer by its row, and whether its point is exact."""
    rows = [mark.row for mark in shown if mark.size == 1]
    names, exact = (directory.frame[name].iloc[rows].tolist() for name in ("name", "exact"))
    return dict(zip(rows, zip(names, exact, strict=True), strict=True))


def _mark(mark: Mark, names: dict[int, tuple[str, bool]]) -> dict[str, Any]:
    name, exact = names.get(mark.row, ("", True))
    return {
        "lon": round(mark.longitude, 5),
        "lat": round(mark.latitude, 5),
        "types": mark.counts,
        "ids": mark.ids,
        "bornes": [round(side, 5) for side in mark.bounds] if mark.bounds else None,
        "territoire": "",
        "niveau": "",
        "nom": name,
        "approche": not exact,
    }


def _totals(found: Found) -> dict[str, Any]:
    return {
        "total": len(found),
        "places": found.placed,
        "refusent": found.unserved,
        "plus_loin": found.farther,
        "sans_point": found.without_point,
    }
