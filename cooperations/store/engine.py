"""Opening the database: durable SQLite settings, whole readings, and writers that wait their turn."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url

if TYPE_CHECKING:
    from sqlalchemy.engine import URL
    from sqlalchemy.engine.interfaces import DBAPIConnection
    from sqlalchemy.pool import ConnectionPoolEntry

SQLITE_PRAGMAS = ("busy_timeout=30000", "synchronous=FULL", "foreign_keys=ON")
WAL_TRIES, WAL_PAUSE_S = 100, 0.02
TURN_PATIENCE = "30s"
"""How long a write waits for another one, on PostgreSQL; an import of a million rows takes 15 s."""
LOST_AFTER = {"connect_timeout": 3, "keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 3}
"""Seconds after which libpq gives up a server that a network no longer reaches, instead of minutes."""
POOL = {"pool_size": 10, "max_overflow": 10, "pool_timeout": 5, "pool_recycle": 1800, "pool_pre_ping": True}
TURN = 20160712
"""The number of our lock among those of the PostgreSQL database: the day of the minutes."""


def open_engine(url: str) -> Engine:
    """Return an engine for a SQLAlchemy URL; the folder of a SQLite file is made when missing."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return _open_server(parsed)
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(parsed)
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)
    return engine


def writing(engine: Engine) -> Engine:
    """Return the engine for writes: they take the lock first instead of failing half-way."""
    if engine.dialect.name == "sqlite":
        return engine.execution_options(writes=True)
    # What was written while waiting for the lock is to be seen.
    return engine.execution_options(writes=True, isolation_level="READ COMMITTED")


def _open_server(url: URL) -> Engine:
    # A reading asks several questions, whose answers must be of the same moment.
    is_postgresql = url.get_backend_name() == "postgresql"
    patience = LOST_AFTER | {"tcp_user_timeout": 10_000} if is_postgresql else {}
    engine = create_engine(url, isolation_level="REPEATABLE READ", connect_args=patience, **POOL)
    if is_postgresql:
        event.listen(engine, "begin", _wait_for_turn)
    return engine


def _wait_for_turn(connection: Connection) -> None:
    if connection.get_execution_options().get("writes"):
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{TURN_PATIENCE}'")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({TURN})")


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
