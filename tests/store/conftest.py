"""A new database of each kind that the application must run on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cooperations.store import Store
from tests.servers import new_database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BACKENDS = ("sqlite", "postgresql")


@pytest.fixture(params=BACKENDS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the URL of an empty database of each backend."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/base/essai.sqlite3"
    return new_database(request.getfixturevalue("postgresql"))


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """Return an empty store, its schema up to date."""
    opened = Store(url)
    opened.migrate()
    yield opened
    opened.close()
