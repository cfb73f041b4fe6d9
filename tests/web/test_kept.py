"""Files that never change, answered from memory."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from cooperations.web.assets import asset_url
from cooperations.web.boundaries import departments_url
from cooperations.web.kept import FOREVER, MOST_BYTES, KeptFiles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.requests import Request

TEXT = "Loc’Halle Bio, Dax. " * 50
PASSING = {
    "/page": PlainTextResponse(TEXT),
    "/absente": PlainTextResponse(TEXT, 404, headers={"cache-control": FOREVER}),
    "/personnelle": PlainTextResponse(TEXT, headers={"cache-control": FOREVER, "set-cookie": "a=1"}),
    "/enorme": Response(b"0" * (MOST_BYTES + 1), media_type="font/woff2", headers={"cache-control": FOREVER}),
}
KEPT = {
    "/texte": PlainTextResponse(TEXT, headers={"cache-control": FOREVER}),
    "/police": Response(TEXT.encode(), media_type="font/woff2", headers={"cache-control": FOREVER}),
    "/serre": Response(
        gzip.compress(TEXT.encode()),
        media_type="text/css",
        headers={"cache-control": FOREVER, "content-encoding": "gzip"},
    ),
    "/morceaux": None,
}


@pytest.fixture
def asked() -> list[str]:
    """Return the addresses that reached the application behind the middleware."""
    return []


@pytest.fixture
def files(asked: list[str]) -> TestClient:
    """Return a client of an application that notes what it is asked."""

    def answer(request: Request) -> Response:
        asked.append(request.url.path)
        return {**PASSING, **KEPT}[request.url.path] or StreamingResponse(
            pieces(), media_type="text/javascript", headers={"cache-control": FOREVER}
        )

    def pieces() -> Iterator[str]:
        yield from (TEXT[:100], TEXT[100:])

    routes = [Route(path, answer) for path in {**PASSING, **KEPT}]
    return TestClient(Starlette(routes=routes, middleware=[Middleware(KeptFiles)]))


@pytest.mark.parametrize("path", KEPT)
def test_a_file_that_never_changes_is_asked_once(files: TestClient, asked: list[str], path: str) -> None:
    """The second visitor has the same file, without a disk being read."""
    first, second = files.get(path), files.get(path)
    assert first.text == second.text == TEXT
    assert first.headers == second.headers
    assert asked == [path]


@pytest.mark.parametrize("path", PASSING)
def test_what_may_change_is_asked_each_time(files: TestClient, asked: list[str], path: str) -> None:
    """A page, an error, an answer to one person or a file too large for memory is not kept."""
    assert files.get(path).content == files.get(path).content
    assert asked == [path, path]


@pytest.mark.parametrize(("path", "encoding"), [("/texte", "gzip"), ("/morceaux", "gzip"), ("/police", None)])
def test_text_is_compressed_and_fonts_are_not(files: TestClient, path: str, encoding: str | None) -> None:
    """A font is compressed already; a text gets five times smaller."""
    answer = files.get(path)
    assert answer.headers.get("content-encoding") == encoding
    assert (int(answer.headers["content-length"]) < len(TEXT.encode())) == (encoding is not None)


@pytest.mark.parametrize(
    "headers",
    [{"accept-encoding": "identity"}, {"range": "bytes=0-9"}, {"if-none-match": '"x"'}],
    ids=["no compression", "a part", "only if changed"],
)
def test_special_requests_pass(files: TestClient, asked: list[str], headers: dict[str, str]) -> None:
    """Who wants something else than the whole file compressed is answered by the application."""
    files.get("/texte")
    answer = files.get("/texte", headers=headers)
    assert answer.text == TEXT
    assert "content-encoding" not in answer.headers
    assert asked == ["/texte", "/texte"]


def test_a_parameter_makes_another_address(files: TestClient, asked: list[str]) -> None:
    """Whoever adds parameters cannot fill the memory."""
    for number in range(3):
        files.get("/texte", params={"n": number})
    assert asked == ["/texte"] * 3


def test_the_head_alone_passes(files: TestClient, asked: list[str]) -> None:
    """HEAD has no body to keep."""
    assert files.head("/texte").content == b""
    assert files.get("/texte").text == TEXT
    assert len(asked) == 2


@pytest.mark.parametrize("url", [asset_url("carte.js"), departments_url()])
def test_the_files_of_the_map_are_kept(client: TestClient, url: str) -> None:
    """What the map needs says that it never changes."""
    assert client.get(url).headers["cache-control"] == FOREVER
