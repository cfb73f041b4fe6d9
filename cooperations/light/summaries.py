"""What a light page asks first: what the criteria of its address mean, in words, and what its layer then asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cooperations.criteria import EVERYTHING, filters, from_query
from cooperations.offers.needs import ANYTHING, need_from_query
from cooperations.offers.search import search
from cooperations.offers.words import need_filters
from cooperations.query import notices
from cooperations.runtime import application
from cooperations.selection import select
from cooperations.sheets import credit
from cooperations.text import number, plural
from cooperations.ui.base_map import offer_options, practice_options
from cooperations.web.answers import answering, tagged_json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.requests import Request
    from starlette.responses import Response

    from cooperations.offers.search import Found
    from cooperations.query import IgnoredParameter, Query
    from cooperations.selection import Selection

OF_THE_PAGES = frozenset({"tri", "page", "couleurs", "retenues", "compter", "mesure"})
"""Parameters that the application's own pages put in the addresses that people copy."""


@answering
def practices(request: Request) -> Response:
    """Answer what the criteria of an address mean."""
    catalogue = application().catalogue()
    gazetteer = catalogue.gazetteer
    criteria, said = from_query(request.query_params.multi_items(), gazetteer, OF_THE_PAGES)
    selection = select(catalogue, criteria)
    return tagged_json(
        request,
        _summary(criteria, filters(criteria, gazetteer), said)
        | {
            "comptes": _practices_in_words(selection),
            "vide": "" if len(selection) else "Aucune pratique ne répond à ces critères.",
            "couche": practice_options(selection, coloured=False),
            "filtre": criteria != EVERYTHING,
            "source": credit(catalogue),
        },
    )


@answering
def offers(request: Request) -> Response:
    """Answer what the need of an address means."""
    directory = application().directory()
    gazetteer = directory.catalogue.gazetteer
    need, said = need_from_query(request.query_params.multi_items(), gazetteer, OF_THE_PAGES)
    found = search(directory, need)
    return tagged_json(
        request,
        _summary(need, need_filters(need, gazetteer), said)
        | {
            "comptes": _offers_in_words(found),
            "vide": "" if len(found) else "Aucune structure connue ne répond à ce besoin.",
            "couche": offer_options(directory, need),
            "filtre": need != ANYTHING,
            "source": credit(directory.catalogue),
        },
    )


def _summary(asked: Query, chips: list[tuple[str, str, str]], said: Iterable[IgnoredParameter]) -> dict[str, Any]:
    removed = [{"texte": words, "sans": asked.without(name, value).query_string()} for words, name, value in chips]
    return {"criteres": removed, "avis": [notice for notice in notices(said) if notice]}


def _practices_in_words(selection: Selection) -> str:
    where = selection.by_location
    region = selection.catalogue.gazetteer.perimeter.name
    return (
        f"{plural(len(selection), 'pratique')} sur {number(len(selection.catalogue))}\u00a0: "
        f"{number(where['point'])} par un point, {number(selection.without_point)} sans localisation précise, "
        f"{number(where['hors_perimetre'])} hors {region}."
    )


def _offers_in_words(found: Found) -> str:
    order = "les plus proches d’abord" if found.place else "par ordre alphabétique"
    farther = f" {plural(found.farther, 'autre')} plus loin dit venir jusqu’ici." if found.farther == 1 else ""
    if found.farther > 1:
        farther = f" {plural(found.farther, 'autre')} plus loin disent venir jusqu’ici."
    choose = "" if found.place else " Un clic sur la carte dit autour de quel lieu chercher."
    return f"{plural(len(found), 'structure')}, {order}.{farther}{choose}"
