"""Real clients of the API: GDAL, as QGIS uses it, and a fuzzer that follows the OpenAPI."""

from __future__ import annotations

import socket
import threading
import time
from typing import TYPE_CHECKING

import geopandas as gpd
import pytest
import schemathesis
import uvicorn
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import status_code_conformance
from starlette.applications import Starlette

from cooperations.criteria import from_query
from cooperations.runtime import application
from cooperations.selection import select
from cooperations.web import ROUTES
from cooperations.web.api import API

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemathesis import Case

PATIENCE_S = 15
EXAMPLES = 120
"""Per operation; the whole OpenAPI gets about 2 000 cases."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Serve the routes on a free port, and give the address of the API."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    running = uvicorn.Server(uvicorn.Config(Starlette(routes=ROUTES), port=port, log_level="error"))
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + PATIENCE_S
    while not running.started and time.monotonic() < deadline:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}/api"
    running.should_exit = True
    thread.join(PATIENCE_S)


@pytest.mark.parametrize(
    "query", ["", "type=groupement_acteurs", "territoire=departement:33&portee=couvrant", "q=insertion"]
)
def test_gdal_reads_what_the_page_shows(server: str, query: str) -> None:
    """Through OGC API – Features: the same practices, at the same points, in degrees."""
    catalogue = application().catalogue()
    pairs = [tuple(part.split("=")) for part in query.split("&") if part]
    criteria, _ = from_query(pairs, catalogue.gazetteer)  # type: ignore[arg-type]
    expected = select(catalogue, criteria)
    read = (
        gpd.read_file(f"OAPIF:{server}/collections/pratiques?{query}")
        if query
        else gpd.read_file(f"OAPIF:{server}", layer="pratiques")
    )
    assert set(read["id"]) == {practice.id for practice in expected.practices}
    assert read.crs.to_epsg() == 4326
    points = {one: (point.x, point.y) for one, point in zip(read["id"], read.geometry, strict=True) if point}
    drawn = {catalogue.practices[row].id: catalogue.points[row] for row in expected.rows}
    assert points == {one: (point.longitude, point.latitude) for one, point in drawn.items() if point}


def test_gdal_walks_every_page(server: str) -> None:
    """The 2 328 territories and their outlines come over several pages."""
    read = gpd.read_file(f"OAPIF:{server}", layer="territoires", open_options={"PAGE_SIZE": "500"})
    assert len(read) == sum(1 for _ in application().gazetteer)
    assert read["id"].is_unique
    assert read.geometry.is_valid.all()


schema = schemathesis.openapi.from_asgi("/openapi.json", API)


@schema.parametrize()
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_request_breaks_the_server(case: Case) -> None:
    """Whatever the parameters: no server error, and no status that the OpenAPI does not announce."""
    case.call_and_validate(checks=[not_a_server_error, status_code_conformance])
