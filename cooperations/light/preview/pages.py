"""The previews: of the map of practices, of that of offers, and of the matrix."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from cooperations.clusters import Viewport
from cooperations.coverage import coverage
from cooperations.coverage.cells import COUNTINGS
from cooperations.coverage.denominators import MEASURES
from cooperations.coverage.tables import matching_actions
from cooperations.criteria import from_query, value_in_words
from cooperations.errors import CooperationsError
from cooperations.figures import coverage_figures, selection_figures
from cooperations.light.answers import templates
from cooperations.light.preview.ground import chosen, departments
from cooperations.light.preview.marks import signs
from cooperations.light.preview.views import fitted
from cooperations.light.summaries import OF_THE_PAGES
from cooperations.offers.needs import need_from_query
from cooperations.offers.search import search
from cooperations.offers.words import filter_in_words
from cooperations.runtime import application
from cooperations.selection import select
from cooperations.ui.base_map import offer_options, practice_options
from cooperations.ui.palette import legend, sector_legend
from cooperations.web.assets import asset_url
from cooperations.web.coverage_data import matrix_table
from cooperations.web.map_data import practice_marks
from cooperations.web.offers_data import offer_marks

if TYPE_CHECKING:
    from collections.abc import Callable

    from cooperations.light.preview.views import View
    from cooperations.territories import Gazetteer

    Pairs = list[tuple[str, str]]

_STYLES = {"apercu_carte.html": "carte.css", "apercu_matrice.html": "composants.css"}
LOGGER = logging.getLogger(__name__)


def preview_of(path: str, query: str) -> str:
    """Return the HTML to show at a page's address until it is drawn; empty when there is none.

    What cannot be read is the page's to say: a preview is silent.
    """
    make = _PREVIEWS.get(path)
    try:
        return make(parse_qsl(query)) if make else ""
    except CooperationsError as error:
        LOGGER.info("No preview of %s: %s", path, error)
    except Exception:
        LOGGER.exception("No preview of %s", path)
    return ""


def _practices(pairs: Pairs) -> str:
    catalogue = application().catalogue()
    gazetteer = catalogue.gazetteer
    criteria, _ = from_query(pairs, gazetteer, OF_THE_PAGES)
    selection = select(catalogue, criteria)
    options = practice_options(selection, coloured=False)
    view = fitted(options["cadre"])
    marks = practice_marks(selection, Viewport(view.whole_zoom, view.bounds))
    return _filled(
        "apercu_carte.html",
        title=f"Coopérations économiques de l’ESS en {gazetteer.perimeter.name}",
        chips=[value_in_words(name, value, gazetteer) for name, value in criteria.to_query()],
        figures=selection_figures(selection),
        total=len(selection),
        signs=signs(marks, legend(), gazetteer.perimeter.name, view),
        around=None,
        **_ground(gazetteer, criteria.territories, view),
    )


def _offers(pairs: Pairs) -> str:
    directory = application().directory()
    gazetteer = directory.catalogue.gazetteer
    need, _ = need_from_query(pairs, gazetteer, OF_THE_PAGES)
    found = search(directory, need)
    options = offer_options(directory, need)
    view = fitted(options["cadre"])
    return _filled(
        "apercu_carte.html",
        title="Trouver une offre",
        chips=[filter_in_words(name, value, need, gazetteer) for name, value in need.to_query() if name != "rayon"],
        figures=(),
        total=len(found),
        signs=signs(offer_marks(directory, found, Viewport(view.whole_zoom, view.bounds)), sector_legend(), "", view),
        around=_circle(options["lieu"], options["rayon_m"], view),
        **_ground(gazetteer, (), view),
    )


def _coverage(pairs: Pairs) -> str:
    opened, asked = application(), dict(pairs)
    catalogue = opened.catalogue()
    criteria, _ = from_query(pairs, catalogue.gazetteer, OF_THE_PAGES)
    counting = next((one for one in COUNTINGS if one == asked.get("compter")), COUNTINGS[0])
    measure = next((one for one in MEASURES.codes if one == asked.get("mesure")), MEASURES.codes[0])
    recorded = opened.decisions()
    matrix = coverage(catalogue, criteria, recorded, counting)
    return _filled(
        "apercu_matrice.html",
        title="Couverture : où n’y a-t-il encore rien ?",
        chips=[value_in_words(name, value, catalogue.gazetteer) for name, value in criteria.to_query()],
        figures=coverage_figures(matrix, matching_actions(recorded.actions, criteria, catalogue.gazetteer)),
        counting=counting,
        table=matrix_table(matrix, measure),
    )


_PREVIEWS: dict[str, Callable[[Pairs], str]] = {"/": _practices, "/offres": _offers, "/couverture": _coverage}


def _filled(template: str, **values: object) -> str:
    styles = [asset_url(name) for name in (_STYLES[template], "apercu.css")]
    return templates().get_template(template).render(styles=styles, **values)


def _ground(gazetteer: Gazetteer, keys: tuple[str, ...], view: View) -> dict[str, object]:
    return {"departments": departments(gazetteer, view), "chosen": chosen(gazetteer, keys, view), "view": view}


def _circle(place: list[float] | None, radius_m: float, view: View) -> tuple[float, float, float] | None:
    """Return the middle and the radius of what is searched, in pixels."""
    if place is None:
        return None
    x, y = view.placed(*place)
    return x, y, radius_m * view.pixels_per_metre(place[1])
