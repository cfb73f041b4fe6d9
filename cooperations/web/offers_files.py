"""Short lists as files to take away, and the page that prints a group."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from jinja2 import Environment, FileSystemLoader
from starlette.responses import HTMLResponse, Response

from cooperations.decisions import PARIS
from cooperations.errors import InvalidParameter
from cooperations.exports import data_day, to_csv, to_xlsx
from cooperations.offers import words
from cooperations.offers.cards import cards, distances_km
from cooperations.offers.composition import compose, lot_label
from cooperations.offers.needs import place_of
from cooperations.offers.records import MOST_KEPT
from cooperations.offers.shortlist import cover, offers_sheet, sources_of, vcards
from cooperations.runtime import application
from cooperations.web.answers import answering, problem
from cooperations.web.assets import asset_url
from cooperations.web.exports import MEDIA_TYPES
from cooperations.web.offers_data import read_need

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request

    from cooperations.offers.cards import Card
    from cooperations.offers.directory import Directory
    from cooperations.offers.needs import Need

KEPT = "retenues"
TITLE = "Sélection de structures"
VCARD = {"vcf": "text/vcard; charset=utf-8"}


@answering
def short_list(request: Request) -> Response:
    """Answer a short list (`retenues`) as CSV, XLSX or vCard; the API gives what answers a need."""
    extension, types = request.path_params["extension"], MEDIA_TYPES | VCARD
    if extension not in types:
        return problem(404, f"Cet export n’existe pas. Formats : {', '.join(types)}.")
    directory = application().directory()
    need = read_need(request, directory, frozenset({KEPT}))
    shown = _kept_cards(request, directory, need)
    today = datetime.now(PARIS).date()
    lines = cover(TITLE, need, sources_of(shown), directory.catalogue, today)
    gazetteer = directory.catalogue.gazetteer
    sheet = offers_sheet(shown, gazetteer)
    content: bytes | str
    if extension == "vcf":
        content = vcards(shown, lines, gazetteer)
    else:
        content = to_csv(sheet, lines) if extension == "csv" else to_xlsx([sheet], lines, data_day(directory.catalogue))
    headers = {
        "content-disposition": f'attachment; filename="structures-selection-{today.isoformat()}.{extension}"',
        "cache-control": "no-store",
    }
    return Response(content, media_type=types[extension], headers=headers)


@answering
def printed(request: Request) -> Response:
    """Answer a short list, or a group with its lots, as a page to print."""
    directory = application().directory()
    need = read_need(request, directory, frozenset({KEPT}))
    shown = _kept_cards(request, directory, need)
    group = compose(directory, need, [card.offer.id for card in shown])
    names = dict(zip(group.rows, (card.offer.name for card in shown), strict=False))
    lots = [
        {
            "label": lot_label(lot),
            "names": [names[row] for row, held in zip(group.rows, group.covers, strict=True) if lot in held],
        }
        for lot in need.purchase_families
    ]
    title = "Groupement" if lots else TITLE
    today = datetime.now(PARIS).date()
    page = (
        _templates()
        .get_template("selection.html")
        .render(
            title=title,
            cover=cover(title, need, sources_of(shown), directory.catalogue, today)[1:],
            lots=lots,
            together=[f"{names[one]} et {names[other]}" for one, other in group.together],
            cards=[_printed_card(card, directory) for card in shown],
            style=asset_url("impression.css"),
            script=asset_url("impression.js"),
            back=f"/selection?{request.url.query}",
        )
    )
    return HTMLResponse(page, headers={"cache-control": "no-store"})


def kept_ids(request: Request) -> list[str]:
    """Return the ids of a request's short list; raises InvalidParameter when there are too many."""
    ids = [one for one in request.query_params.get(KEPT, "").split(",") if one]
    if len(ids) > MOST_KEPT:
        raise InvalidParameter(KEPT, f"{MOST_KEPT} identifiants au plus")
    return ids


def _kept_cards(request: Request, directory: Directory, need: Need) -> tuple[Card, ...]:
    known = [one for one in kept_ids(request) if one in directory]
    place = place_of(need, directory.catalogue.gazetteer)
    distances = distances_km(directory, np.array(directory.rows_of(known), np.intp), place) if place else []
    return cards(directory, application().store, known, distances, place)


def _printed_card(card: Card, directory: Directory) -> dict[str, Any]:
    offer, gazetteer = card.offer, directory.catalogue.gazetteer
    contact: Sequence[str | None] = (offer.email, offer.phone) if offer.contact_consent_on else ()
    return {
        "name": offer.name,
        "facts": [
            part for part in (words.kind_in_words(offer), words.place_in_words(offer, gazetteer), offer.siret) if part
        ],
        "purchases": words.purchases_in_words(offer),
        "reasons": card.reasons,
        "address": words.address_in_words(offer, gazetteer),
        "proofs": [*(proof.words for proof in card.proofs), *map(words.award_in_words, card.awards)],
        "contact": " · ".join(part for part in (*contact, offer.website) if part),
        "source": words.source_in_words(offer),
    }


@cache
def _templates() -> Environment:
    return Environment(loader=FileSystemLoader(Path(__file__).with_name("templates")), autoescape=True)
