"""What every write leaves behind: a revision of each change, and the number that readers watch."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, delete, func, insert, select

from cooperations.accounts.model import now
from cooperations.store.account_tables import AUDIT
from cooperations.store.tables import REVISION, STATE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cooperations.accounts.rights import Person

Row = dict[str, Any]

RECORDS_STATE = 1
"""The line of the table `state` that holds the revision and the digest of data/."""
LISTS_STATE = 2
"""The line of the table `state` that holds the revision of the lists."""


@dataclass(slots=True)
class _Telling:
    """What the audit log is to say, and the transaction in which it says it."""

    line: dict[str, str]
    said_in: object = None


_TRACE: ContextVar[_Telling | None] = ContextVar("trace", default=None)


def remember(connection: Connection, author: str, changes: Iterable[Row]) -> None:
    """Keep a revision of each change: `entity`, `entity_id`, `before`, `after`."""
    stamp = {"made_at": datetime.now(UTC), "author": author}
    rows = [stamp | change for change in changes]
    if rows:
        connection.execute(insert(REVISION), rows)
    telling, transaction = _TRACE.get(), connection.get_transaction()
    # One line for all that a person does at once; again when the transaction had to be.
    if rows and telling and telling.said_in is not transaction:
        connection.execute(insert(AUDIT).values(made_at=now(), **telling.line))
        telling.said_in = transaction


@contextmanager
def traced(person: Person, action: str, what: str) -> Iterator[None]:
    """Say who does what is kept inside: the audit log has it in the same transaction, or neither is kept."""
    token = _TRACE.set(_Telling({**asdict(person), "action": action, "what": what}))
    try:
        yield
    finally:
        _TRACE.reset(token)


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
