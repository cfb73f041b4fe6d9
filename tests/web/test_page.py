"""Streamlit's page, put right for ours."""

from __future__ import annotations

import gzip
from html import escape
from typing import TYPE_CHECKING

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient

from cooperations.web import middleware
from cooperations.web.assets import asset_url
from cooperations.web.page import FIRST_MATRIX, rewrite

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request
    from starlette.websockets import WebSocket

STREAMLIT = '<!doctype html><html lang="en"><head><title>Streamlit</title></head><body lang="en">é</body></html>'


def whole(_request: Request) -> Response:
    """Answer the page at once."""
    return HTMLResponse(STREAMLIT)


def long(_request: Request) -> Response:
    """Answer a page that is worth compressing."""
    return HTMLResponse(STREAMLIT + "<!-- Une coopération. -->" * 100)


def in_pieces(_request: Request) -> Response:
    """Answer the page byte by byte, which cuts what is replaced, and letters too."""

    async def pieces() -> AsyncIterator[bytes]:
        for byte in STREAMLIT.encode():
            yield bytes([byte])

    return StreamingResponse(pieces(), media_type="text/html; charset=utf-8")


def compressed(_request: Request) -> Response:
    """Answer the page compressed."""
    return Response(gzip.compress(STREAMLIT.encode()), media_type="text/html", headers={"content-encoding": "gzip"})


def as_text(_request: Request) -> Response:
    """Answer the page's source, to be read."""
    return PlainTextResponse(STREAMLIT)


def unmoved(_request: Request) -> Response:
    """Answer that the page did not change."""
    return Response(status_code=304, headers={"content-type": "text/html", "etag": '"page"'})


async def echo(socket: WebSocket) -> None:
    """Answer what is said."""
    await socket.accept()
    await socket.send_text(await socket.receive_text())
    await socket.close()


@pytest.fixture
def pages() -> TestClient:
    """Return a client of made-up pages behind our middleware."""
    routes = [
        Route(f"/{endpoint.__name__}", endpoint) for endpoint in (whole, long, in_pieces, compressed, as_text, unmoved)
    ]
    return TestClient(Starlette(routes=[*routes, WebSocketRoute("/echo", echo)], middleware=middleware()))


@pytest.mark.parametrize("path", ["/whole", "/in_pieces"])
def test_pages_are_in_french(pages: TestClient, path: str) -> None:
    """The page says its language and our title; a passage in English inside it stays so."""
    answer = pages.get(path)
    assert answer.text.startswith('<!doctype html><html lang="fr">')
    assert "<title>Streamlit</title>" not in answer.text
    assert answer.text.endswith('<body lang="en">é</body></html>')
    assert int(answer.headers["content-length"]) == len(answer.content)


def test_a_page_that_is_held_is_not_sent_again(pages: TestClient) -> None:
    """Its tag is that of what is sent, not of Streamlit's file; with it a second visit gets no body."""
    first = pages.get("/whole")
    again = pages.get("/whole", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert pages.get("/whole?q=Pessac", headers={"if-none-match": '"page"'}).status_code == 200
    assert "last-modified" not in first.headers


def test_a_long_page_is_compressed_for_who_takes_it(pages: TestClient) -> None:
    """Brotli for a browser, nothing for who asks for nothing."""
    packed = pages.get("/long", headers={"accept-encoding": "br"})
    plain = pages.get("/long", headers={"accept-encoding": "identity"})
    assert packed.headers["content-encoding"] == "br"
    assert packed.text == plain.text
    assert int(packed.headers["content-length"]) < int(plain.headers["content-length"])


@pytest.mark.parametrize("path", ["/compressed", "/as_text"])
def test_other_answers_are_untouched(pages: TestClient, path: str) -> None:
    """What is not a page in the clear passes as it is."""
    answer = pages.get(path)
    assert answer.text == STREAMLIT
    assert int(answer.headers["content-length"]) in {len(STREAMLIT.encode()), len(gzip.compress(STREAMLIT.encode()))}


def test_a_page_without_a_body_passes(pages: TestClient) -> None:
    """Neither HEAD nor « not modified » waits for a body."""
    assert pages.head("/whole").content == b""
    unchanged = pages.get("/unmoved")
    assert (unchanged.status_code, unchanged.content, unchanged.headers["etag"]) == (304, b"", '"page"')


def test_websockets_pass(pages: TestClient) -> None:
    """Streamlit talks over a websocket, which is none of our business."""
    with pages.websocket_connect("/echo") as socket:
        socket.send_text(STREAMLIT)
        assert socket.receive_text() == STREAMLIT


@pytest.mark.parametrize(
    ("path", "early"),
    [("/", "carte.js"), ("/couverture", "matrice.js"), ("/pratique", "")],
    ids=["map", "matrix", "none"],
)
def test_a_page_fetches_early_what_it_will_ask_for(path: str, early: str) -> None:
    """Each page fetches beforehand its own files, and not those of another."""
    html = rewrite(STREAMLIT, path)
    assert early in html
    assert [name for name in ("carte.js", "matrice.js") if name in html] == [early] * bool(early)


def test_who_has_no_javascript_is_told_in_french() -> None:
    """What Streamlit says in English then, at length, becomes one sentence; without it nothing is added."""
    page = STREAMLIT.replace("</body>", "<noscript>You need\nto enable JavaScript.</noscript></body>")
    assert "You need" not in rewrite(page, "/")
    assert "<noscript>Cette page a besoin de JavaScript" in rewrite(page, "/")
    assert "noscript" not in rewrite(STREAMLIT, "/")


def test_every_page_speaks_french() -> None:
    """The script that says Streamlit's own words in French comes on each page, after what people wait for."""
    assert all(
        '<script type="module">setTimeout(()=>import("/assets/app/' in rewrite(STREAMLIT, path)
        for path in ("/", "/donnees")
    )


def test_a_deep_link_knows_its_server() -> None:
    """Streamlit does not look for its server below the page's address, where nothing answers."""
    assert "BACKEND_BASE_URL:location.origin+'/'" in rewrite(STREAMLIT, "/couverture")


def test_a_page_holds_what_mounts_a_component() -> None:
    """Said once with the page, and not again with each change of each component."""
    html = rewrite(STREAMLIT, "/donnees")
    assert "window.coop=(c,name)=>" in html
    assert f"at='{asset_url('')}'" in html
    assert "window.coopPolice='/static/media/SourceSansVF-Upright." in html


def test_the_matrix_does_not_wait_for_the_code_of_components() -> None:
    """Streamlit's own file that draws a component is found under whatever name it has, and only there fetched early."""
    assert 'rel="modulepreload" crossorigin href="/static/js/BidiComponent.' in rewrite(STREAMLIT, "/couverture")
    assert "modulepreload" not in rewrite(STREAMLIT, "/")


def test_the_first_matrix_is_asked_for_before_streamlit_is_read() -> None:
    """The page's own first question comes with the page, unless its address chooses another."""
    asked = f'<link rel="preload" as="fetch" crossorigin href="{escape(FIRST_MATRIX)}">'
    assert asked in rewrite(STREAMLIT, "/couverture")
    assert asked not in rewrite(STREAMLIT, "/couverture", chosen=True)
    assert asked not in rewrite(STREAMLIT, "/")
