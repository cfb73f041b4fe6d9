"""How many writes one address, or one account, makes in a moment; counted in the memory of each process."""

from __future__ import annotations

import math
import time
from ipaddress import IPv6Address, ip_address, ip_network

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from cooperations.errors import TooManyRequests

WRITES_PER_ADDRESS, WRITES_PER_ACCOUNT = 120, 60
"""A minute. A whole meeting may write from one address; one person does not write each second."""
ENTRIES_PER_ADDRESS = 20
"""Uses of a private link a minute."""


class Pace:
    """A limit a minute for each key."""

    def __init__(self, most: int) -> None:
        self._limit = RateLimitItemPerMinute(most)
        self._counted = MovingWindowRateLimiter(MemoryStorage())

    def take(self, key: str) -> None:
        """Count one more; raises TooManyRequests beyond the limit."""
        if not self._counted.hit(self._limit, key):
            again = self._counted.get_window_stats(self._limit, key).reset_time
            raise TooManyRequests(max(1, math.ceil(again - time.time())))


BY_ADDRESS, BY_ACCOUNT, ENTRIES = Pace(WRITES_PER_ADDRESS), Pace(WRITES_PER_ACCOUNT), Pace(ENTRIES_PER_ADDRESS)
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
