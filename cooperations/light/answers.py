"""Answering a page of ours: compressed once, tagged, cacheable by anybody, and framed by who may."""

from __future__ import annotations

import logging
from functools import cache, lru_cache, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from cooperations.errors import CooperationsError, InvalidSetting, http_status
from cooperations.web.assets import asset_url, font_url
from cooperations.web.framing import OURSELVES, POLICY, frame_ancestors
from cooperations.web.protection import TILES, own_scripts
from cooperations.web.remembered import tagged

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request

    from cooperations.web.remembered import Kept

LOGGER = logging.getLogger(__name__)
SAME_FOR_ALL_S, OF_THE_DATA_S = 300, 60
"""How long a browser or a proxy may keep a page without asking again: one without data, one that holds some."""


def answering_page(compute: Callable[[Request], Response]) -> Callable[[Request], Awaitable[Response]]:
    """Run a computation off the event loop, and say its errors on a page; none is kept by anybody."""

    @wraps(compute)
    async def endpoint(request: Request) -> Response:
        try:
            return await run_in_threadpool(compute, request)
        except CooperationsError as error:
            return _failure(http_status(error), str(error))
        except Exception:
            LOGGER.exception("Request %s failed", request.url.path)
            return _failure(500, "Le serveur a rencontré une erreur\u00a0; elle est notée dans son journal.")

    return endpoint


def html_page(request: Request, html: str, kept_s: int) -> Response:
    """Return a page, or that the client holds it already."""
    kept = _kept(html.encode())
    headers = {
        "etag": kept.tag,
        "cache-control": f"public, max-age={kept_s}",
        "vary": "Accept-Encoding",
        "x-content-type-options": "nosniff",
        POLICY: f"{_content_policy(html)}; {frame_ancestors()}",
    }
    if kept.is_held(request.headers.get("if-none-match", "")):
        return Response(status_code=304, headers=headers)
    body, encoding = kept.encoded(request.headers.get("accept-encoding", ""))
    return _html(body, headers | ({"content-encoding": encoding} if encoding else {}))


def rendered(template: str, **values: Any) -> str:
    """Return a template filled in; every value is escaped."""
    return templates().get_template(template).render(style=asset_url("legere.css"), font=font_url(), **values)


@cache
def templates() -> Environment:
    """Return our templates."""
    folder = Path(__file__).with_name("templates")
    return Environment(loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined, trim_blocks=True)


def _failure(status: int, sentence: str) -> Response:
    html = rendered("erreur.html", sentence=sentence)
    headers = {"cache-control": "no-store", POLICY: f"{_content_policy(html)}; {_ancestors_of_failure()}"}
    return _html(html.encode(), headers, status)


def _ancestors_of_failure() -> str:
    """Return who may frame a failure: who may frame an embed, or nobody else when the setting is what fails."""
    try:
        return frame_ancestors()
    except InvalidSetting:
        return f"frame-ancestors {OURSELVES}"


def _html(body: bytes, headers: dict[str, str], status: int = 200) -> Response:
    return Response(body, status, headers, media_type="text/html")


@lru_cache(maxsize=64)
def _kept(plain: bytes) -> Kept:
    """Return a page with its tag and its compressed copies, which the same page finds again."""
    return tagged(plain)


def _content_policy(html: str) -> str:
    """Return what a page may load: our own files and its own scripts, of which each is named by its digest.

    Leaflet and our layers style what they draw with attributes.
    """
    return (
        f"default-src {OURSELVES}; script-src {own_scripts(html)}; style-src {OURSELVES} 'unsafe-inline'; "
        f"img-src {OURSELVES} data: {TILES}; base-uri 'none'; form-action 'none'; object-src 'none'"
    )
