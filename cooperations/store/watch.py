"""Seeing what others changed: numbers that move with each change, asked rarely enough to cost nothing."""

from __future__ import annotations

import time
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from cooperations.store.database import repeated
from cooperations.store.history import LISTS_STATE, RECORDS_STATE
from cooperations.store.tables import REVISION, STATE

if TYPE_CHECKING:
    from cooperations.store.database import Database

FRESH_S, FRESH_FILE_S = 0.2, 0.05
"""How long an answer of a server, or of a file, is believed: another process's change is seen within two seconds."""


@dataclass(frozen=True, slots=True)
class Versions:
    """The revisions of the records and of the lists, and the last one of all, decisions included."""

    records: int
    lists: int
    last: int


class Watch:
    """The present versions, asked at most once in FRESH_S or FRESH_FILE_S, and after our own writes."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._fresh_s = FRESH_S if database.is_server else FRESH_FILE_S
        self._lock = Lock()
        self._seen: Versions | None = None
        self._seen_at, self._seen_writes = 0.0, -1

    def now(self) -> Versions:
        """Return what the database is at; raises StoreUnavailable."""
        with self._lock:
            writes, now = self.database.writes, time.monotonic()
            if self._seen and writes == self._seen_writes and now - self._seen_at < self._fresh_s:
                return self._seen
            found = self._asked()
            self._seen, self._seen_at, self._seen_writes = found, now, writes
            return found

    @repeated
    def _asked(self) -> Versions:
        wanted = (
            select(STATE.c.revision).where(STATE.c.id == line).scalar_subquery()
            for line in (RECORDS_STATE, LISTS_STATE)
        )
        with self.database.transaction() as connection:
            found = connection.execute(select(*wanted, select(func.max(REVISION.c.number)).scalar_subquery())).one()
        return Versions(*(int(one or 0) for one in found))
