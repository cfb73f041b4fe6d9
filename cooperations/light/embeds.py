"""The embeds that are text: the matrix as a table, and one practice as a card. No script at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from cooperations import vocabularies as v
from cooperations.coverage import coverage
from cooperations.coverage.cells import COUNTINGS, SIGNS, in_words
from cooperations.criteria import EVERYTHING, criteria_in_words, from_query
from cooperations.light.answers import OF_THE_DATA_S, answering_page, html_page, rendered
from cooperations.light.summaries import OF_THE_PAGES
from cooperations.query import IgnoredParameter, notices
from cooperations.runtime import application
from cooperations.sheets import address, credit, facts, type_label
from cooperations.ui.palette import SIGNS as TYPE_SIGNS

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from cooperations.coverage import Coverage

COUNTED = {"ici": "Pratiques situées dans le territoire", "couvrant": "Pratiques qui couvrent le territoire"}


@answering_page
def matrix(request: Request) -> Response:
    """Answer the matrix of the criteria as a table, whose every cell says its state in words."""
    opened = application()
    catalogue = opened.catalogue()
    criteria, said = from_query(request.query_params.multi_items(), catalogue.gazetteer, OF_THE_PAGES)
    counting, wrong = _counting(request)
    shown = coverage(catalogue, criteria, opened.decisions(), counting)
    asked = urlencode([*criteria.to_query(), *([("compter", counting)] if counting != COUNTINGS[0] else [])])
    html = rendered(
        "matrice.html",
        heading=f"Couverture des coopérations de l’ESS en {catalogue.gazetteer.perimeter.name}",
        caption=f"{COUNTED[counting]}, par type",
        criteria="" if criteria == EVERYTHING else criteria_in_words(criteria, catalogue.gazetteer),
        notices=[notice for notice in notices((*said, *wrong)) if notice],
        application=f"/couverture?{asked}".rstrip("?"),
        credit=credit(catalogue),
        **_table(shown),
    )
    return html_page(request, html, OF_THE_DATA_S)


@answering_page
def practice(request: Request) -> Response:
    """Answer one practice as a card; raises UnknownPractice."""
    catalogue = application().catalogue()
    shown = catalogue.practice(request.query_params.get("id", ""))
    sign = TYPE_SIGNS[shown.practice_type]
    html = rendered(
        "pratique.html",
        name=shown.name,
        type=type_label(shown),
        sign=sign.character,
        colour=sign.colour,
        description=shown.description,
        remark=shown.remark or "",
        actors=[{"name": one.structure.name, "role": v.ROLES.label(one.role)} for one in catalogue.actors(shown.id)],
        facts=facts(catalogue, shown),
        application=f"/{address(shown.id)}",
        credit=credit(catalogue),
    )
    return html_page(request, html, OF_THE_DATA_S)


def _counting(request: Request) -> tuple[str, tuple[IgnoredParameter, ...]]:
    asked = request.query_params.get("compter", COUNTINGS[0])
    if asked in COUNTINGS:
        return asked, ()
    return COUNTINGS[0], (IgnoredParameter("compter", asked, f"une valeur parmi {', '.join(COUNTINGS)} est attendue"),)


def _table(shown: Coverage) -> dict[str, Any]:
    gazetteer = shown.catalogue.gazetteer
    states = {cell.state for cell in shown.leading_cells}
    return {
        "columns": [v.PRACTICES.label(code) for code in shown.leading],
        "lines": [{"label": gazetteer[key].label, "cells": _cells(shown, key)} for key in shown.keys],
        "foot": "Nombre sur la carte",
        "remark": f"La dernière ligne compte aussi ce qui est sans territoire connu, ou vaut pour toute la région "
        f"({gazetteer.perimeter.name}).",
        "totals": [shown.totals[code] for code in shown.leading],
        "states": [
            {"sign": SIGNS[term.code], "label": term.label, "definition": term.definition}
            for term in v.COVERAGE_STATES
            if term.code != "filtre" or term.code in states
        ],
    }


def _cells(shown: Coverage, key: str) -> list[dict[str, str]]:
    return [
        {"state": cell.state, "sign": SIGNS[cell.state], "words": in_words(cell)}
        for cell in shown.row(key)
        if cell.code in shown.leading
    ]
