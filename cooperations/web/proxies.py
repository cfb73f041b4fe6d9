"""Who asks, and under which address, when proxies stand between."""

from __future__ import annotations

import os
from ipaddress import IPv6Address, ip_address
from typing import TYPE_CHECKING, Any

from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

TRUSTED = "FORWARDED_ALLOW_IPS"
"""The addresses and networks of trusted proxies, as uvicorn reads them."""
THIS_MACHINE = "127.0.0.1,::1"


class RealClient:
    """Believes X-Forwarded-For and X-Forwarded-Proto of trusted proxies, and of nobody else.

    uvicorn does so too, but Streamlit listens to IPv4 and IPv6 at once: a proxy at 10.0.0.1 then is ::ffff:10.0.0.1,
    which is in nobody's list.
    """

    def __init__(self, app: ASGIApp) -> None:
        inner: Any = app
        self._app: Any = ProxyHeadersMiddleware(inner, os.environ.get(TRUSTED, THIS_MACHINE))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, under the address of who asks."""
        if scope.get("client"):
            host, port = scope["client"]
            scope["client"] = (as_ipv4(host), port)
        await self._app(scope, receive, send)


def as_ipv4(host: str) -> str:
    """Return an IPv4 address that is written as an IPv6 one as it usually is; anything else as it is."""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    return str(address.ipv4_mapped) if isinstance(address, IPv6Address) and address.ipv4_mapped else host
