"""What every answer tells a browser to refuse, and what a request may weigh."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import lru_cache
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

from starlette.datastructures import Headers, MutableHeaders

from cooperations.errors import InvalidSetting
from cooperations.settings import public_address
from cooperations.web.answers import problem
from cooperations.web.framing import OURSELVES, own_frames_only

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

TILES = "https://data.geopf.fr https://tile.openstreetmap.org"
"""The two backgrounds that a person may choose on a map."""
COMPONENTS = "/component/"
"""Where Streamlit serves the frame of the map, whose package evaluates the script that Folium writes."""
UPLOADS = "/_stcore/"
"""What Streamlit receives, which has a limit of its own (server.maxUploadSize)."""
MOST_BODY = 1_000_000
YEAR_S = 31_536_000
ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    "permissions-policy": "camera=(), microphone=(), payment=(), usb=(), geolocation=(self)",
}
_INLINE = re.compile(r"<script(?: type=\"module\")?>(.*?)</script>", re.DOTALL)
_HOST = re.compile(r"[A-Za-z0-9.-]+(:\d{1,5})?|\[[0-9a-fA-F:]+\](:\d{1,5})?")
_COMMON = (
    f"default-src {OURSELVES}; style-src {OURSELVES} 'unsafe-inline'; font-src {OURSELVES} data:; "
    f"worker-src {OURSELVES} blob:; base-uri {OURSELVES}; form-action {OURSELVES}; object-src 'none'"
)


class Protected:
    """Adds to each answer what it does not say itself, and refuses a request that is too long before it is read."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if not scope["path"].startswith(UPLOADS) and _length(scope) > MOST_BODY:
            await problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "Cette demande est trop longue.")(scope, receive, send)
            return

        async def send_protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                _protect(MutableHeaders(scope=message))
            await send(message)

        await self.app(scope, receive, send_protected)


def policy(path: str, html: str, host: str) -> str:
    """Return what a page of Streamlit may load: our own files, and its own scripts, each named by its digest."""
    if path.startswith(COMPONENTS):
        return (
            f"{_COMMON}; script-src {OURSELVES} 'unsafe-inline' 'unsafe-eval'; "
            f"img-src {OURSELVES} data: blob: {TILES}; connect-src {OURSELVES}"
        )
    # Not every browser takes « 'self' » for a websocket of the same host.
    sockets = f" ws://{host} wss://{host}" if _HOST.fullmatch(host) else ""
    return (
        # Components are modules in a blob; the graph of the network is drawn by a WebAssembly program.
        f"{_COMMON}; script-src {own_scripts(html)} blob: 'wasm-unsafe-eval'; "
        f"img-src {OURSELVES} data: blob:; connect-src {OURSELVES}{sockets}"
    )


def own_scripts(html: str) -> str:
    """Return which scripts a page may run: our files, and those written in it, each named by its digest."""
    return " ".join((OURSELVES, *(f"'sha256-{one}'" for one in _digests(tuple(_INLINE.findall(html))))))


@lru_cache(maxsize=64)
def _digests(scripts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() for one in scripts)


def said_address() -> SplitResult:
    """Return where the host says that people reach this instance; nothing when that makes no sense, said at start."""
    try:
        return urlsplit(public_address())
    except InvalidSetting:
        return urlsplit("")


def _protect(headers: MutableHeaders) -> None:
    own_frames_only(headers)
    for name, value in ALWAYS.items():
        headers.setdefault(name, value)
    if said_address().scheme == "https":
        headers.setdefault("strict-transport-security", f"max-age={YEAR_S}")


def _length(scope: Scope) -> int:
    """Return the length that a request says it has; each of ours that has a body and says none counts it itself."""
    said = Headers(scope=scope).get("content-length", "")
    return int(said) if said.isdecimal() and said.isascii() else 0
