"""The addresses that app.py serves beside Streamlit's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Mount, Route

from cooperations.web import (
    agenda_data,
    boundaries,
    changes_data,
    contributions_data,
    coverage_data,
    documents,
    entering,
    exports,
    map_data,
    offers_data,
    offers_files,
    report_files,
)
from cooperations.web.api import API, Bare
from cooperations.web.assets import APP_FOLDER, LEAFLET_FOLDER, Unchanging
from cooperations.web.kept import KeptFiles
from cooperations.web.metrics import Measured, metrics
from cooperations.web.page import FrenchPage
from cooperations.web.previewing import NO_PREVIEW
from cooperations.web.protection import Protected
from cooperations.web.proxies import RealClient

if TYPE_CHECKING:
    from cooperations.web.previewing import Previews

ROUTES: list[BaseRoute] = [
    Route("/api/carte/marques", map_data.marks),
    Route("/api/carte/liste", map_data.lines),
    Route("/api/carte/comptes", map_data.counts),
    Route("/api/carte/fiches", map_data.sheets),
    Route("/api/carte/contours", map_data.outlines),
    Route("/api/offres/marques", offers_data.marks),
    Route("/api/offres/liste", offers_data.lines),
    Route("/api/offres/fiches", offers_data.sheets),
    Route("/api/changements", changes_data.changes),
    Route("/fil/changements.atom", changes_data.feed),
    Route("/agenda.ics", agenda_data.feed),
    Route("/agenda/{identifier}.ics", agenda_data.single),
    Route("/export/agenda.{extension}", agenda_data.table),
    Route("/api/contributions/proches", contributions_data.close_names),
    Route("/api/couverture/matrice", coverage_data.matrix),
    Route("/export/couverture/{table}.{extension}", exports.coverage_table),
    Route("/export/rapport.{extension}", report_files.report_file),
    Route("/export/offres/selection.{extension}", offers_files.short_list),
    Route("/imprimer/selection", offers_files.printed),
    Route("/fiches/livret.pdf", documents.booklet),
    Route("/fiches/pratique/{id}.pdf", documents.practice),
    Route("/fiches/type/{code}.pdf", documents.practice_type),
    Route("/api/territoires", map_data.territories),
    Route("/limites/{digest}/departements.geojson", boundaries.departments),
    Route("/limites/{digest}/epci.geojson", boundaries.epci),
    Route("/entrer/{token}", entering.ask),
    Route("/entrer", entering.enter, methods=["POST"]),
    Route("/sortir", entering.leave, methods=["POST"]),
    Route("/metriques", metrics),
    Route("/api", Bare()),
    Mount("/api", API),
    Mount("/assets/leaflet/{version}", Unchanging(directory=LEAFLET_FOLDER)),
    Mount("/assets/app/{version}", Unchanging(directory=APP_FOLDER)),
]


def middleware(previews: Previews = NO_PREVIEW) -> list[Middleware]:
    """Return what each request goes through; `previews` gives what some pages show until they are drawn."""
    before = [Middleware(RealClient), Middleware(Measured), Middleware(Protected), Middleware(KeptFiles)]
    return [*before, Middleware(FrenchPage, previews=previews)]
