"""What every write leaves behind: a revision of each change, and the number that readers watch."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, delete, func, insert, select

from cooperations.store.tables import REVISION, STATE

if TYPE_CHECKING:
    from collections.abc import Iterable

Row = dict[str, Any]

RECORDS_STATE = 1
"""The line of the table `state` that holds the revision and the digest of data/."""
LISTS_STATE = 2
"""The line of the table `state` that holds the revision of the lists."""


def remember(connection: Connection, author: str, changes: Iterable[Row]) -> None:
    """Keep a revision of each change: `entity`, `entity_id`, `before`, `after`."""
    stamp = {"made_at": datetime.now(UTC), "author": author}
    rows = [stamp | change for change in changes]
    if rows:
        connection.execute(insert(REVISION), rows)


def as_json(row: Row | None) -> Row | None:
    """Return a row as a revision keeps it, or None."""
    if row is None:
        return None
    kept = {name: value for name, value in row.items() if name != "position"}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in kept.items()}


def state_revision(connection: Connection, line: int = RECORDS_STATE) -> int:
    """Return the number of the last revision of a line of the state, 0 when there is none."""
    return int(connection.scalar(select(STATE.c.revision).where(STATE.c.id == line)) or 0)


def set_revision(connection: Connection, line: int, digest: str = "") -> None:
    """Move a line of the state to the last revision."""
    last = connection.scalar(select(func.max(REVISION.c.number))) or 0
    set_state(connection, line, last, digest)


def set_state(connection: Connection, line: int, revision: int, digest: str) -> None:
    """Write a line of the state."""
    connection.execute(delete(STATE).where(STATE.c.id == line))
    connection.execute(insert(STATE).values(id=line, revision=revision, digest=digest))
