"""How many writes one address, or one account, makes in a moment; counted in the memory of each process."""

from __future__ import annotations

import math
import time
from ipaddress import IPv6Address, ip_address, ip_network

from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from cooperations.errors import TooManyRequests

WRITES_PER_ADDRESS, WRITES_PER_ACCOUNT = 120, 60
"""A minute. A whole meeting may write from one address; one person does not write each second."""
ENTRIES_PER_ADDRESS = 20
"""Uses of a private link a minute."""


MESSAGES_PER_ADDRESS, MESSAGES_PER_NETWORK = 3, 20
"""An hour. An open form writes to whom it is told: not often to one, nor to many from one place."""


class Pace:
    """A limit a minute for each key, or in another time."""

    def __init__(self, most: int, per: type[RateLimitItem] = RateLimitItemPerMinute) -> None:
        self._limit = per(most)
        self._counted = MovingWindowRateLimiter(MemoryStorage())

    def take(self, key: str) -> None:
        """Count one more; raises TooManyRequests beyond the limit."""
        if not self._counted.hit(self._limit, key):
            again = self._counted.get_window_stats(self._limit, key).reset_time
            raise TooManyRequests(max(1, math.ceil(again - time.time())))


BY_ADDRESS, BY_ACCOUNT, ENTRIES = Pace(WRITES_PER_ADDRESS), Pace(WRITES_PER_ACCOUNT), Pace(ENTRIES_PER_ADDRESS)
TO_ADDRESS, FROM_NETWORK = (Pace(most, RateLimitItemPerHour) for most in (MESSAGES_PER_ADDRESS, MESSAGES_PER_NETWORK))
HOME_NETWORK = 64
"""The bits of an IPv6 address that say whose it is: one home has all those that begin with them."""


def network_of(host: str) -> str:
    """Return whose an address is: itself, or the network of an IPv6 one."""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    return str(ip_network((host, HOME_NETWORK), strict=False)) if isinstance(address, IPv6Address) else host


def take_write(address: str, account_id: str) -> None:
    """Count a write of an address, and of an account when there is one; raises TooManyRequests."""
    BY_ADDRESS.take(network_of(address))
    if account_id:
        BY_ACCOUNT.take(account_id)


def take_message(address: str, to: str) -> None:
    """Count a message that an open form sends; raises TooManyRequests."""
    FROM_NETWORK.take(network_of(address))
    TO_ADDRESS.take(to.casefold())
