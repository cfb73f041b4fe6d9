"""Opening the database: durable SQLite settings, and write transactions that wait their turn."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url

if TYPE_CHECKING:
    from sqlalchemy.engine.interfaces import DBAPIConnection
    from sqlalchemy.pool import ConnectionPoolEntry

SQLITE_PRAGMAS = ("busy_timeout=10000", "synchronous=FULL", "foreign_keys=ON")
WAL_TRIES, WAL_PAUSE_S = 100, 0.02


def open_engine(url: str) -> Engine:
    """Return an engine for a SQLAlchemy URL; the folder of a SQLite file is made when missing."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(parsed, pool_pre_ping=True)
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(parsed)
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)
    return engine


def writing(engine: Engine) -> Engine:
    """Return the engine for writes: on SQLite they take the lock first instead of failing half-way."""
    return engine.execution_options(writes=True)


def _set_pragmas(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    raw: Any = connection
    # pysqlite opens transactions by itself and too late for DDL; _begin does it instead.
    raw.isolation_level = None
    for pragma in SQLITE_PRAGMAS:
        raw.execute(f"PRAGMA {pragma}")
    _set_wal(raw)


def _set_wal(raw: sqlite3.Connection) -> None:
    """Set the journal mode; SQLite does not wait for a lock here, so workers that start together try again."""
    for remaining in reversed(range(WAL_TRIES)):
        try:
            raw.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            if not remaining:
                raise
            time.sleep(WAL_PAUSE_S)
        else:
            return


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
