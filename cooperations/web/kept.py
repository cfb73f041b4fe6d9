"""Files that never change under their address, kept in memory and compressed once.

Streamlit reads its sixty files from disk for each visitor and sends them as they are: 2.3 MB before the page shows.
"""

from __future__ import annotations

import gzip
from http import HTTPStatus
from typing import TYPE_CHECKING

from cachetools import LRUCache
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

FOREVER = "public, max-age=31536000, immutable"
MOST_BYTES = 12_000_000
_TEXTUAL = ("text/", "application/javascript", "application/json", "application/geo+json", "image/svg")


class KeptFiles:
    """Answers again, from memory, what was once answered with `Cache-Control: immutable`."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._kept: LRUCache[str, Response] = LRUCache(MOST_BYTES, getsizeof=lambda answer: len(answer.body))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from memory; else pass the request on, and keep the answer when it never changes."""
        if not _is_plain(scope):
            await self.app(scope, receive, send)
            return
        if scope["path"] not in self._kept:
            holder = _Holder(send)
            await self.app(scope, receive, holder)
            if not holder.whole:
                return
            answer = await run_in_threadpool(_compressed, holder)
            if len(answer.body) <= MOST_BYTES:
                self._kept[scope["path"]] = answer
        else:
            answer = self._kept[scope["path"]]
            scope["kept"] = True
        await answer(scope, receive, send)


class _Holder:
    """Passes an answer on, unless it never changes: then holds it."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.headers: Headers | None = None
        self.body = b""
        self.whole = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _never_changes(message):
            self.headers = Headers(raw=message["headers"])
        elif self.headers is None:
            await self._send(message)
        else:
            self.body += message.get("body", b"")
            self.whole = not message.get("more_body", False)


def _is_plain(scope: Scope) -> bool:
    """Whether a request asks for a whole file, by its address alone, and reads gzip."""
    if scope["type"] != "http" or scope["method"] != "GET" or scope["query_string"]:
        return False
    headers = Headers(scope=scope)
    conditional = {"range", "if-none-match", "if-modified-since"} & set(headers.keys())
    return not conditional and "gzip" in headers.get("accept-encoding", "")


def _never_changes(start: Message) -> bool:
    headers = Headers(raw=start["headers"])
    return (
        start["status"] == HTTPStatus.OK
        and "immutable" in headers.get("cache-control", "")
        and "set-cookie" not in headers
    )


def _compressed(held: _Holder) -> Response:
    headers = MutableHeaders(headers=dict(held.headers or {}))
    body = held.body
    if "content-encoding" not in headers and headers.get("content-type", "").startswith(_TEXTUAL):
        body = gzip.compress(body, mtime=0)
        headers.update({"content-encoding": "gzip", "vary": "Accept-Encoding"})
    headers["content-length"] = str(len(body))
    return Response(body, headers=dict(headers))
