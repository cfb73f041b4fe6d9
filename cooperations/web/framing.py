"""Who may frame our pages: for embeds the sites that the setting lists, for all other pages ourselves only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.datastructures import MutableHeaders

from cooperations.settings import ANY_SITE, embedding_sites

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = "content-security-policy"
OURSELVES = "'self'"


def frame_ancestors() -> str:
    """Return the directive that says which sites may frame an embed; raises InvalidSetting."""
    sites = embedding_sites()
    allowed = ANY_SITE if ANY_SITE in sites else " ".join((OURSELVES, *sites))
    return f"frame-ancestors {allowed}"


class OwnFramesOnly:
    """Refuses to other sites a frame of any page that does not say itself who may frame it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and say in an HTML answer that only our own pages may frame it."""

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                _guard(MutableHeaders(scope=message))
            await send(message)

        await self.app(scope, receive, send_guarded if scope["type"] == "http" else send)


def _guard(headers: MutableHeaders) -> None:
    html = headers.get("content-type", "").startswith("text/html")
    if html and "frame-ancestors" not in headers.get(POLICY, ""):
        headers.append(POLICY, f"frame-ancestors {OURSELVES}")
        headers["x-frame-options"] = "SAMEORIGIN"
