"""Writers of one process that pass one after the other, in the order in which they came.

SQLite's own wait is a draw: each tries again after a pause, and one may lose for seconds while others pass.
"""

from __future__ import annotations

from collections import deque
from threading import Lock


class Turns:
    """One holds the turn; those who wait get it in their order."""

    def __init__(self) -> None:
        self._guard, self._waiting, self._is_taken = Lock(), deque[Lock](), False

    def take(self, patience_s: float) -> bool:
        """Wait for one's turn; return whether it came in time."""
        with self._guard:
            if not self._is_taken:
                self._is_taken = True
                return True
            ticket = Lock()
            ticket.acquire()
            self._waiting.append(ticket)
        return ticket.acquire(timeout=patience_s) or not self._given_up(ticket)

    def leave(self) -> None:
        """Give the turn to who has waited longest."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._is_taken = False

    def _given_up(self, ticket: Lock) -> bool:
        """Wait no longer; return False when the turn came meanwhile."""
        with self._guard:
            if ticket not in self._waiting:
                return False
            self._waiting.remove(ticket)
            return True
