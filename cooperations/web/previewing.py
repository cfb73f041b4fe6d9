"""Putting in a page what it shows until Streamlit has drawn it, when that can be had at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from threading import BoundedSemaphore
from types import MappingProxyType
from typing import TYPE_CHECKING

from anyio import move_on_after, to_thread

from cooperations.web.assets import asset_url, font_url

if TYPE_CHECKING:
    from starlette.types import Scope

Previews = Mapping[str, Callable[[str], str]]
"""What gives, by path and from the query of the address, the HTML to show; it may be empty."""
NO_PREVIEW: Previews = MappingProxyType({})
PATIENCE_S = 0.2
MOST_AT_ONCE = 4
"""A preview that is no longer waited for is still worked out to its end: so many, and no more, at any time."""
_ROOM = BoundedSemaphore(MOST_AT_ONCE)
_ROOT = '<div id="root">'
# The same file as Streamlit's, which comes with its scripts.
_FONT = '@font-face{font-family:"Source Sans";src:url("%s") format("woff2");font-weight:200 900;font-display:fallback}'
# How wide the panel of the filters was left on this device, as Streamlit remembers it.
_PANEL = (
    "try{const s=localStorage;document.documentElement.style.setProperty('--panneau',"
    "s.getItem('stSidebarCollapsed-')==='true'?'0px':(parseInt(s.getItem('sidebarWidth'))||300)+'px')}catch{}"
)


async def preview_for(previews: Previews, scope: Scope) -> str:
    """Return the preview of a page that is asked for; empty when it has none, or when that would be waited for."""
    make = previews.get(scope["path"]) if scope["method"] == "GET" else None
    if make is None:
        return ""
    query = scope["query_string"].decode("utf-8", "replace")
    with move_on_after(PATIENCE_S):
        return await to_thread.run_sync(_made, make, query, abandon_on_cancel=True)
    return ""


def _made(make: Callable[[str], str], query: str) -> str:
    # Here and not by who waits: a thread that never began would not give its room back.
    if not _ROOM.acquire(blocking=False):
        return ""
    try:
        return make(query)
    finally:
        _ROOM.release()


def with_preview(html: str, preview: str) -> str:
    """Return a page that shows `preview` first, with the font, and what takes it away."""
    before = f"<script>{_PANEL}</script><style>{_FONT % font_url()}</style>"
    after = f'<script type="module" src="{asset_url("apercu.js")}"></script>'
    return html.replace("</head>", f"{before}{after}</head>", 1).replace(_ROOT, preview + _ROOT, 1)
