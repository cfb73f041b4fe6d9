"""Real clients of the API: GDAL, as QGIS uses it, and a fuzzer that follows the OpenAPI."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from python_calamine import CalamineWorkbook
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, status_code_conformance

from bench.server import ROOT, serving
from cooperations.criteria import from_query
from cooperations.runtime import application
from cooperations.selection import select
from cooperations.ui.takeaway import python_example, shell_example
from cooperations.web.api import API

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from schemathesis import Case

EXAMPLES, FILE_EXAMPLES = 160, 60
"""Per operation; the whole OpenAPI gets about 2 200 cases. A file of all the outlines takes a second."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the application in a process of its own, since GDAL waits without letting this one run."""
    with serving(ROOT / "app.py", tmp_path_factory.mktemp("api") / "api.sqlite3") as running:
        yield f"{running.url}/api"


@pytest.mark.parametrize(
    "query", ["", "type=groupement_acteurs", "territoire=departement:33&portee=couvrant", "q=insertion"]
)
def test_gdal_reads_what_the_page_shows(server: str, query: str) -> None:
    """Through OGC API – Features: the same practices, at the same points, in degrees."""
    catalogue = application().catalogue()
    pairs = [tuple(part.split("=")) for part in query.split("&") if part]
    criteria, _ = from_query(pairs, catalogue.gazetteer)
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
    read = gpd.read_file(f"OAPIF:{server}", layer="territoires")
    assert len(read) == sum(1 for _ in application().gazetteer)
    assert read["id"].is_unique
    assert read.geometry.is_valid.all()


def test_the_examples_of_the_page_work_as_they_are(server: str, tmp_path: Path) -> None:
    """Copied and pasted: the commands answer and leave a workbook, the program prints how many there are."""
    shell = subprocess.run(["bash", "-c", shell_example(server)], cwd=tmp_path, capture_output=True, check=True)
    assert shell.stdout.startswith(b'{"type":"FeatureCollection"')
    assert b'"about:blank"' not in shell.stdout
    (workbook,) = tmp_path.glob("pratiques-*.xlsx")
    assert len(CalamineWorkbook.from_path(workbook).get_sheet_by_index(1).to_python()) == 1 + 3
    program = [sys.executable, "-c", python_example(server)]
    printed = subprocess.run(program, cwd=tmp_path, capture_output=True, check=True, text=True).stdout
    near, practices = map(int, printed.split())
    assert (near > 0, practices) == (True, len(application().catalogue()))


CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance]
schema = schemathesis.openapi.from_asgi("/openapi.json", API)
FILES = ".*/telecharger.*"


@schema.exclude(path_regex=FILES).parametrize()
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_request_breaks_the_server(case: Case[Any]) -> None:
    """Whatever the parameters: no server error, and no status or type of answer that the OpenAPI does not announce."""
    case.call_and_validate(checks=CHECKS)


@schema.include(path_regex=FILES).parametrize()
@settings(max_examples=FILE_EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_request_breaks_a_file(case: Case[Any]) -> None:
    """Nor when a file is asked for, in any format."""
    case.call_and_validate(checks=CHECKS)
