"""How often one client may ask: beyond it, 429 and when to come back. The routes of our own pages are not limited."""

from __future__ import annotations

import math
import time
from functools import cache
from typing import TYPE_CHECKING

from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from cooperations.accounts.pace import network_of
from cooperations.errors import CooperationsError, TooManyRequests
from cooperations.settings import api_limits
from cooperations.web.answers import refused

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

FREE = ("/health", "/ready")
"""What a proxy asks every few seconds."""
DOWNLOAD = "telecharger."
DOWNLOAD_COST = 20
"""A file counts as so many requests."""


class Limited:
    """Refuses what a client asks beyond the limit that COOPERATIONS_API_LIMITE sets."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or say when to come back."""
        path = str(scope.get("path", "")).removeprefix(scope.get("root_path", ""))
        if scope["type"] != "http" or scope["method"] == "OPTIONS" or path in FREE:
            await self.app(scope, receive, send)
            return
        try:
            count_request(client_of(scope), DOWNLOAD_COST if DOWNLOAD in path else 1)
        except CooperationsError as error:
            await refused(error)(scope, receive, send)
            return
        await self.app(scope, receive, send)


def count_request(client: str, cost: int) -> None:
    """Count what a client asks; raises TooManyRequests."""
    for limit in api_limits():
        if not _limiter().hit(limit, client, cost=min(cost, limit.amount)):
            free_at = _limiter().get_window_stats(limit, client).reset_time
            raise TooManyRequests(max(1, math.ceil(free_at - time.time())))


def client_of(scope: Scope) -> str:
    """Return whose request it is: an IPv4 address, or the network of an IPv6 one."""
    return network_of(str((scope.get("client") or ("",))[0]))


@cache
def _limiter() -> SlidingWindowCounterRateLimiter:
    return SlidingWindowCounterRateLimiter(MemoryStorage())


def forget_clients() -> None:
    """Begin to count anew."""
    _limiter.cache_clear()
