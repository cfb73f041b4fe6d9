"""Streamlit's HTML page, put right for ours: in French, for screen readers, under our title and with our style."""

from __future__ import annotations

import re
from functools import cache
from html import escape
from http import HTTPStatus
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from starlette.datastructures import Headers, MutableHeaders

from cooperations.coverage.cells import COUNTINGS
from cooperations.coverage.denominators import MEASURES
from cooperations.web.assets import asset_url, font_url, leaflet_url
from cooperations.web.framing import POLICY
from cooperations.web.previewing import NO_PREVIEW, preview_for, with_preview
from cooperations.web.protection import policy
from cooperations.web.remembered import tagged

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from cooperations.web.previewing import Previews

TITLE = "Coopérations ESS en Aquitaine"
# What the frame of the map, or the matrix, will ask for one after the other: fetched before it exists, by path.
_MAP = (leaflet_url("leaflet.js"), leaflet_url("leaflet.css"), asset_url("carte.js"), asset_url("carte.css"))
_MATRIX_STYLE, _MATRIX_SCRIPTS = (asset_url("composants.css"),), (asset_url("matrice.js"), asset_url("commun.js"))
MATRIX_PATH = "/couverture"
# What the page asks for when its address chooses nothing: on its way while Streamlit is still being read.
FIRST_MATRIX = f"/api/couverture/matrice?{urlencode({'compter': COUNTINGS[0], 'mesure': MEASURES.codes[0]})}"
# Ours from end to end, and answered compressed.
OUR_PAGES = ("/carte-legere", "/offres-legeres", "/integrer/")
WORDS_AFTER_MS = 1500
_EARLY = {"/": _MAP, MATRIX_PATH: _MATRIX_STYLE, "/offres": (*_MAP, asset_url("offres_carte.js"))}
# Without it Streamlit looks for its server below the page's own address first, and gets two 404 on every deep link.
_SERVER = "window.__streamlit={BACKEND_BASE_URL:location.origin+'/'};"
# Mounts the component of one of our files: its style and its place once, then the file's module, whose former run is
# undone first; returns what undoes this one when the element goes.
_MOUNT = (
    "window.coop=(c,name)=>{const r=c.parentElement,at='%s';"
    "const make=(tag,said)=>Object.assign(document.createElement(tag),said);"
    "if(!r.querySelector('.coop'))"
    "r.append(make('link',{rel:'stylesheet',href:at+'composants.css'}),make('div',{className:'coop'}));"
    "let gone,undo;r.undo?.();r.undo=()=>{gone=1;undo?.()};"
    "import(at+name+'.js').then(m=>{gone||(undo=m.default(c))});return r.undo};"
)
_NOSCRIPT = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)
_NEEDS_JAVASCRIPT = "Cette page a besoin de JavaScript\u00a0: activez-le, puis rechargez-la."
# What Streamlit says of its own file: the page is no longer that.
_OF_THE_FILE = ("content-length", "last-modified", "accept-ranges")
_UNWANTED = {b"accept-encoding", b"if-none-match", b"if-modified-since", b"if-range", b"range"}


class FrenchPage:
    """Rewrites every HTML answer but that of OUR_PAGES; other answers pass through untouched."""

    def __init__(self, app: ASGIApp, previews: Previews = NO_PREVIEW) -> None:
        self.app, self.previews = app, previews

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; hold an HTML answer until it is whole, then send it rewritten."""
        if scope["type"] != "http" or scope["path"].startswith(OUR_PAGES):
            await self.app(scope, receive, send)
            return
        held: list[Message] = []

        async def send_rewritten(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_html(message):
                held.append(message)
            elif held and message["type"] == "http.response.body":
                held.append(message)
                if not message.get("more_body"):
                    await _send_whole(held, scope, send, await preview_for(self.previews, scope))
            else:
                await send(message)

        await self.app(_plain(scope), receive, send_rewritten)


def rewrite(html: str, path: str, *, chosen: bool = False) -> str:
    """Return the page at `path` in French, under our title and with our style; `chosen`: its address has a query."""
    style = f'<link rel="stylesheet" href="{asset_url("style.css")}">'
    early = "".join(f'<link rel="prefetch" href="{url}">' for url in _EARLY.get(path, ()))
    if path == MATRIX_PATH:
        modules = (*_component_chunks(), *_MATRIX_SCRIPTS)
        early += "".join(f'<link rel="modulepreload" crossorigin href="{url}">' for url in modules)
        early += "" if chosen else f'<link rel="preload" as="fetch" crossorigin href="{escape(FIRST_MATRIX)}">'
    mount = _MOUNT % asset_url("")
    script = f"<script>{_SERVER}{mount}window.coopPolice='{font_url()}'</script>"
    # Once what people wait for is drawn: watching the page while it is built costs it 0.07 s on two cores.
    words = f'<script type="module">setTimeout(()=>import("{asset_url("francais.js")}"),{WORDS_AFTER_MS})</script>'
    html = html.replace('<html lang="en"', '<html lang="fr"', 1)
    html = _NOSCRIPT.sub(f"<noscript>{_NEEDS_JAVASCRIPT}</noscript>", html, count=1)
    return html.replace("<title>Streamlit</title>", f"<title>{TITLE}</title>{script}{style}{early}{words}", 1)


@cache
def _component_chunks() -> tuple[str, ...]:
    """Return the addresses of the code with which Streamlit draws a component; none when its files have other names."""
    spec = find_spec("streamlit")
    folder = Path((spec and spec.origin) or "").parent / "static" / "static" / "js"
    names = ("BidiComponent", "_arrayReduce", "serialization", "recordbatch")
    return tuple(f"/static/js/{found.name}" for name in names for found in folder.glob(f"{name}.*.js"))


def _plain(scope: Scope) -> Scope:
    """Return the request without what would get a page compressed, or not sent at all: it is to be rewritten."""
    if b"text/html" not in dict(scope["headers"]).get(b"accept", b"") and scope["path"] not in _EARLY:
        return scope
    return {**scope, "headers": [pair for pair in scope["headers"] if pair[0] not in _UNWANTED]}


def _is_html(start: Message) -> bool:
    headers = MutableHeaders(scope=start)
    return headers.get("content-type", "").startswith("text/html") and "content-encoding" not in headers


async def _send_whole(held: list[Message], scope: Scope, send: Send, preview: str) -> None:
    start, *parts = held
    raw = b"".join(part.get("body", b"") for part in parts)
    body = _finished(start, raw.decode("utf-8"), scope, preview) if raw else b""
    await send(start)
    await send({"type": "http.response.body", "body": body})


def _finished(start: Message, raw: str, scope: Scope, preview: str) -> bytes:
    """Return the bytes of a page as its client takes them, none when it holds it; the answer's start says so."""
    html = rewrite(raw, scope["path"], chosen=bool(scope["query_string"]))
    page = with_preview(html, preview) if preview else html
    asked, headers, kept = Headers(scope=scope), MutableHeaders(scope=start), tagged(page.encode())
    for name in _OF_THE_FILE:
        del headers[name]
    headers["etag"] = kept.tag
    # A preview has no script, so none that it would hold is allowed.
    headers.setdefault(POLICY, policy(scope["path"], page.replace(preview, "", 1), asked.get("host", "")))
    if kept.is_held(asked.get("if-none-match", "")):
        start["status"] = HTTPStatus.NOT_MODIFIED
        return b""
    body, encoding = kept.encoded(asked.get("accept-encoding", ""))
    headers["content-length"] = str(len(body))
    if encoding:
        headers["content-encoding"] = encoding
    return body
