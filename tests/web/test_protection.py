"""What a browser is told to refuse, on every kind of answer."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from cooperations.web.page import rewrite
from cooperations.web.protection import MOST_BODY, policy
from cooperations.web.routes import middleware

if TYPE_CHECKING:
    from starlette.requests import Request

SHELL = '<html lang="en"><head><title>Streamlit</title></head><body><script>\n window.a = 1\n</script></body></html>'


async def shell(_request: Request) -> HTMLResponse:
    return HTMLResponse(SHELL)


@pytest.fixture(scope="module")
def served() -> TestClient:
    """Return a client of a page like Streamlit's, behind what our server puts before it."""
    return TestClient(Starlette(routes=[Route("/{path:path}", shell)], middleware=middleware()))


def test_a_page_runs_only_the_scripts_that_were_in_it(served: TestClient) -> None:
    """Each inline script is named by the digest of what the browser will read; none may be added or evaluated."""
    answer = served.get("/", headers={"accept": "text/html"})
    said = answer.headers["content-security-policy"]
    scripts = re.findall(r"<script[^>]*>(.+?)</script>", answer.text, re.DOTALL)
    assert len(scripts) == 3
    for script in scripts:
        assert f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'" in said
    (allowed,) = (part for part in said.split("; ") if part.startswith("script-src"))
    assert "unsafe-inline" not in allowed
    assert "'unsafe-eval'" not in allowed
    for wanted in ("default-src 'self'", "object-src 'none'", "form-action 'self'", "frame-ancestors 'self'"):
        assert wanted in said


def test_the_frame_of_the_map_alone_evaluates(served: TestClient) -> None:
    """Its package needs it; it may load no other script, and ask no other server than the two of the backgrounds."""
    said = served.get("/component/streamlit_folium.st_folium/index.html").headers["content-security-policy"]
    assert "script-src 'self' 'unsafe-inline' 'unsafe-eval'" in said
    assert "connect-src 'self'" in said
    assert "img-src 'self' data: blob: https://data.geopf.fr https://tile.openstreetmap.org" in said


@pytest.mark.parametrize("host", ["a.example; script-src *", "", "a b", "é.example"])
def test_a_host_that_is_none_says_nothing_in_the_policy(host: str) -> None:
    """The header is written from what a request says: it must not be able to write in it."""
    said = policy("/", rewrite(SHELL, "/"), host)
    assert "ws://" not in said
    assert said.count("script-src") == 1


def test_every_answer_is_protected(served: TestClient, client: TestClient) -> None:
    """Pages, data, assets and errors alike."""
    for answer in (served.get("/"), client.get("/api/carte/marques"), client.get("/entrer/x"), client.get("/rien")):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "camera=()" in answer.headers["permissions-policy"]
        assert answer.headers["referrer-policy"] in {"same-origin", "strict-origin-when-cross-origin"}
        assert "strict-transport-security" not in answer.headers


def test_behind_https_it_stays_https(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the host says that people come by https, browsers are told to come back by it."""
    monkeypatch.setenv("COOPERATIONS_ADRESSE", "https://cooperations.example")
    assert client.get("/api/health").headers["strict-transport-security"] == "max-age=31536000"


def test_an_address_that_makes_no_sense_breaks_no_page(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever starts the server was told; people read on."""
    monkeypatch.setenv("COOPERATIONS_ADRESSE", "cooperations.example")
    assert client.get("/api/health").status_code == 200
    answer = client.post("/sortir", headers={"origin": "http://testserver"}, follow_redirects=False)
    assert answer.status_code == 303


@pytest.mark.parametrize(("length", "status"), [(MOST_BODY, 200), (MOST_BODY + 1, 413), (10_000_000, 413)])
def test_a_request_that_is_too_long_is_not_read(length: int, status: int) -> None:
    """Only Streamlit's own upload takes more, under its own limit."""
    routes = [Route("/{path:path}", shell, methods=["POST"])]
    with TestClient(Starlette(routes=routes, middleware=middleware())) as opened:
        assert opened.post("/entrer", content=b"x" * length).status_code == status
        assert opened.post("/_stcore/upload_file/a/b", content=b"x" * length).status_code == 200
