"""The previews: of the map of practices, of that of offers, and of the matrix."""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from cooperations.coverage import coverage
from cooperations.coverage.cells import COUNTINGS
from cooperations.coverage.denominators import MEASURES
from cooperations.coverage.tables import matching_actions
from cooperations.criteria import filters, from_query
from cooperations.errors import CooperationsError
from cooperations.figures import coverage_figures, selection_figures
from cooperations.light.answers import templates
from cooperations.light.preview.pictures import Drawn, pictures
from cooperations.light.summaries import OF_THE_PAGES
from cooperations.offers.needs import need_from_query
from cooperations.offers.search import search
from cooperations.offers.words import need_filters
from cooperations.runtime import application
from cooperations.selection import select
from cooperations.ui.base_map import frame, offer_options
from cooperations.ui.palette import legend, sector_legend
from cooperations.web.assets import asset_url
from cooperations.web.coverage_data import matrix_table
from cooperations.web.map_data import MOST_OUTLINES, practice_marks
from cooperations.web.offers_data import offer_marks

if TYPE_CHECKING:
    from collections.abc import Callable

    from cooperations.light.preview.pictures import Picture

    Pairs = list[tuple[str, str]]

LOGGER = logging.getLogger(__name__)
_STYLES = {"apercu_carte.html": "carte.css", "apercu_matrice.html": "composants.css"}


def preview_of(path: str, query: str) -> str:
    """Return the HTML to show at a page's address until it is drawn; empty when there is none.

    What cannot be read is the page's to say: a preview is silent.
    """
    try:
        return _MADE[path](parse_qsl(query))
    except CooperationsError as error:
        LOGGER.info("No preview of %s: %s", path, error)
    except Exception:
        LOGGER.exception("No preview of %s", path)
    return ""


def _practices(pairs: Pairs) -> str:
    catalogue = application().catalogue()
    gazetteer = catalogue.gazetteer
    criteria, _ = from_query(pairs, gazetteer, OF_THE_PAGES)
    # A map that is coloured, or of more territories than it outlines, is not drawn beforehand.
    if len(criteria.territories) > MOST_OUTLINES or ("couleurs", "oui") in pairs:
        return ""
    selection = select(catalogue, criteria)
    bounds = frame(gazetteer, criteria.territories)
    drawn = Drawn(gazetteer, legend(), lambda view: practice_marks(selection, view), criteria.territories)
    return _map(
        pictures(drawn, bounds),
        title=f"Coopérations économiques de l’ESS en {gazetteer.perimeter.name}",
        chips=filters(criteria, gazetteer),
        figures=selection_figures(selection),
        total=len(selection),
    )


def _offers(pairs: Pairs) -> str:
    directory = application().directory()
    gazetteer = directory.catalogue.gazetteer
    need, _ = need_from_query(pairs, gazetteer, OF_THE_PAGES)
    found = search(directory, need)
    options = offer_options(directory, need)
    around = (options["lieu"], options["rayon_m"]) if options["lieu"] else None
    drawn = Drawn(gazetteer, sector_legend(), lambda view: offer_marks(directory, found, view), (), around)
    return _map(
        pictures(drawn, options["cadre"]),
        title="Trouver une offre",
        chips=need_filters(need, gazetteer),
        figures=(),
        total=len(found),
    )


def _coverage(pairs: Pairs) -> str:
    opened, asked = application(), dict(pairs)
    catalogue = opened.catalogue()
    criteria, _ = from_query(pairs, catalogue.gazetteer, OF_THE_PAGES)
    counting = _among(COUNTINGS, asked.get("compter"))
    measure = _among(MEASURES.codes, asked.get("mesure"))
    recorded = opened.decisions()
    matrix = coverage(catalogue, criteria, recorded, counting)
    return _filled(
        "apercu_matrice.html",
        title="Couverture : où n’y a-t-il encore rien ?",
        chips=filters(criteria, catalogue.gazetteer),
        figures=coverage_figures(matrix, matching_actions(recorded.actions, criteria, catalogue.gazetteer)),
        counting=counting,
        table=matrix_table(matrix, measure),
    )


def _among(values: tuple[str, ...], asked: str | None) -> str:
    return asked if asked in values else values[0]


def _map(drawn: list[Picture], **values: object) -> str:
    return _filled("apercu_carte.html", pictures=drawn, **values) if drawn else ""


def _filled(template: str, **values: object) -> str:
    styles = [asset_url(name) for name in (_STYLES[template], "apercu.css")]
    return templates().get_template(template).render(styles=styles, **values)


_MADE: dict[str, Callable[[Pairs], str]] = {"/": _practices, "/offres": _offers, "/couverture": _coverage}
PREVIEWS = {path: partial(preview_of, path) for path in _MADE}
"""What gives the preview of a page from the query of its address, by path."""
