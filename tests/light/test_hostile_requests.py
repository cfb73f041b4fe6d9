"""What is asked to break something, on open addresses: no failure, no echo that a browser would run, no file read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.hostile import HOSTILE

if TYPE_CHECKING:
    from starlette.testclient import TestClient

PARAMETERS = {
    "/api/carte/liste": ("q", "territoire", "type"),
    "/api/carte/fiches": ("id",),
    "/api/offres/liste": ("q", "lieu", "achat"),
    "/api/territoires": ("q",),
    "/api/contributions/proches": ("nom", "sujet"),
    "/api/changements": ("limit",),
    "/api/collections/pratiques/items": ("q", "bbox", "datetime"),
    "/carte-legere": ("q",),
    "/integrer/carte": ("territoire",),
    "/integrer/offres": ("lieu",),
    "/integrer/pratique": ("id",),
    "/imprimer/selection": ("retenues",),
}
SQL = (
    "' OR '1'='1", "1; DROP TABLE proposal; --", '" OR ""="', "') UNION SELECT token_digest FROM proposal --",
    "%' ESCAPE '", "\\", "%", "_", "1e999", "\x00", "١٢", "-1", "999999999999999999999",
)  # fmt: skip
TRAVERSALS = (
    "..%2F..%2F..%2F..%2Fetc%2Fpasswd", "..%252f..%252fetc%252fpasswd", "....//....//etc/passwd",
    "%2e%2e/%2e%2e/secret",     "..%5C..%5Cvar%5Csecret", "%2Fetc%2Fpasswd", "/etc/passwd%00.csv",
    "file:%2F%2F%2Fetc%2Fpasswd", "..%c0%af..%c0%afetc",
)  # fmt: skip
PLACES = (
    "/assets/app/x/{}", "/assets/leaflet/x/{}", "/assets/ensemble/x/{}", "/export/couverture/{}.csv",
    "/export/couverture/matrice.{}", "/fiches/pratique/{}.pdf", "/agenda/{}.ics",
    "/api/collections/{}/items", "/api/collections/pratiques/telecharger.{}", "/api/collections/pratiques/items/{}",
    "/entrer/{}",
)  # fmt: skip


@pytest.mark.parametrize("path", PARAMETERS)
def test_no_text_in_an_address_breaks_or_comes_back_as_markup(light: TestClient, path: str) -> None:
    """In each parameter; an answer or a sentence, never a failure, and in a page only escaped."""
    for name in PARAMETERS[path]:
        for text in (*HOSTILE[::2], *SQL):
            answer = light.get(path, params={name: text})
            assert answer.status_code < 500, (name, text, answer.text)
            assert "set-cookie" not in answer.headers
            if "html" in answer.headers.get("content-type", "") and "<" in text:
                assert text not in answer.text, (name, text)
            assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("place", PLACES)
def test_no_path_leads_out_of_its_folder(light: TestClient, place: str) -> None:
    """Encoded once, twice, or badly: nothing is there, and nothing of the machine is told."""
    for path in TRAVERSALS:
        answer = light.get(place.format(path), follow_redirects=False)
        assert 400 <= answer.status_code < 500, (path, answer.status_code)
        assert "root:" not in answer.text
        assert "Traceback" not in answer.text
