"""A store of the tests' own, for what is read from the database when an offer is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cooperations.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Return an empty store on SQLite; tests/store tries what it promises on each backend."""
    opened = Store(f"sqlite:///{tmp_path}/offres.sqlite3")
    opened.migrate()
    yield opened
    opened.close()
