"""What the API says beside features: the matrix, who is near, and whether the server is well."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import JSONResponse, Response

from cooperations.coverage import coverage
from cooperations.errors import InvalidParameter
from cooperations.offers.cards import card_page
from cooperations.offers.search import search
from cooperations.runtime import application
from cooperations.web.answers import tagged_json
from cooperations.web.api.problems import PROBLEMS, UNCHANGED
from cooperations.web.api.queries import CoverageCells, Proximity
from cooperations.web.offers_data import card_json

router = APIRouter(responses=PROBLEMS | UNCHANGED)


@router.get("/couverture", summary="La matrice des types par territoire, avec ses états")
def matrix(request: Request, asked: Annotated[CoverageCells, Query()]) -> Response:
    """Return every cell, zeros included: type, territory, state, practices."""
    opened = application()
    catalogue = opened.catalogue()
    shown = coverage(catalogue, asked.criteria(catalogue.gazetteer), opened.decisions(), asked.compter)
    cells = [{"type": cell.code, "territoire": cell.key, "etat": cell.state, "pratiques": cell.count} for cell in shown]
    return tagged_json(request, {"cellules": cells})


@router.get("/proximite", summary="Les structures qui répondent à un besoin, de la plus proche à la plus lointaine")
def proximity(request: Request, asked: Annotated[Proximity, Query()]) -> Response:
    """Return the nearest structures, each with its distance and the reasons."""
    opened = application()
    directory = opened.directory()
    need = asked.need(opened.gazetteer)
    if not need.place:
        raise InvalidParameter("lieu", "un territoire « niveau:code » ou « point:longitude,latitude » est attendu")
    found = search(directory, need)
    page = card_page(directory, opened.store, found, 1, asked.limit)
    rows: list[dict[str, Any]] = [card_json(card, directory) for card in page.cards]
    return tagged_json(request, {"total": len(found), "structures": rows})


@router.get("/health", summary="Le serveur répond")
def health() -> JSONResponse:
    """Answer without asking anybody."""
    return JSONResponse({"etat": "ok"})


@router.get("/ready", summary="Le serveur et sa base répondent")
def ready() -> JSONResponse:
    """Answer when the data can be read, from the database itself; 503 otherwise, whatever memory still holds."""
    opened = application()
    opened.check()
    catalogue = opened.catalogue()
    return JSONResponse({"etat": "pret", "pratiques": len(catalogue), "revision": catalogue.revision})
