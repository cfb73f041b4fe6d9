"""The report as a file, asked as the page asks it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cooperations.reports.content import report
from cooperations.reports.order import Order
from cooperations.reports.steps import silent
from cooperations.reports.writing import FORMATS
from cooperations.runtime import application
from tests.making import plain
from tests.reports.reporting import LANDES

if TYPE_CHECKING:
    from starlette.testclient import TestClient


@pytest.mark.parametrize("extension", FORMATS)
def test_a_file_is_that_of_the_command_line(client: TestClient, extension: str) -> None:
    """The same bytes, under a name that says where and when."""
    answer = client.get(f"/export/rapport.{extension}?territoire=departement:40")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == FORMATS[extension].media_type
    assert answer.headers["content-disposition"].startswith('attachment; filename="rapport-40-')
    made = report(application().catalogue(), application().decisions(), Order(LANDES))
    assert answer.content == FORMATS[extension].write(made, silent)


def test_a_file_that_did_not_change_is_not_sent_again(client: TestClient) -> None:
    """Whoever holds it is told so; another question is another file."""
    tag = client.get("/export/rapport.html?territoire=departement:40").headers["etag"]
    held = {"if-none-match": tag}
    assert client.get("/export/rapport.html?territoire=departement:40", headers=held).status_code == 304
    assert client.get("/export/rapport.html?territoire=departement:47", headers=held).status_code == 200
    assert client.get("/export/rapport.xlsx?territoire=departement:40", headers=held).status_code == 200


@pytest.mark.parametrize(
    ("address", "status", "detail"),
    [
        ("rapport.docx", 400, "une extension parmi pdf, xlsx, html"),
        ("rapport.pdf?territoire=departement:75", 400, "ce territoire n’est pas connu"),
        ("rapport.pdf?debut=2016&fin=2015", 400, "la période finit avant de commencer"),
        ("rapport.pdf?depuis=noel", 404, "Aucun instantané ne répond à « noel »"),
    ],
)
def test_what_makes_no_sense_is_refused_in_french(client: TestClient, address: str, status: int, detail: str) -> None:
    """Never the report of something else."""
    answer = client.get(f"/export/{address}")
    assert answer.status_code == status
    assert detail in plain(answer.json()["detail"])
