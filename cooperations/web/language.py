"""Streamlit says that its pages are in English; ours are in French, and screen readers listen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.datastructures import MutableHeaders

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

ENGLISH, FRENCH = b'lang="en"', b'lang="fr"'


class FrenchPage:
    """Turns `<html lang="en">` into French in every HTML answer; both have the same length."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and change the first HTML bytes of the answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        is_html = False

        async def send_in_french(message: Message) -> None:
            nonlocal is_html
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                is_html = headers.get("content-type", "").startswith("text/html") and "content-encoding" not in headers
            elif is_html and message["type"] == "http.response.body":
                message["body"] = message.get("body", b"").replace(ENGLISH, FRENCH, 1)
                is_html = False
            await send(message)

        await self.app(scope, receive, send_in_french)
