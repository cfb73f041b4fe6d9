"""The shipped data in a database of the test's own, without the rest of an application."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from cooperations.store import Store
from tests.contributions.proposing import World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cooperations.dataset import Dataset
    from cooperations.territories import Gazetteer


@pytest.fixture(scope="session")
def loaded(dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database that holds the shipped data, to be copied."""
    path = tmp_path_factory.mktemp("propositions") / "base.sqlite3"
    store = Store(f"sqlite:///{path}")
    store.migrate()
    store.load(dataset, "data/")
    store.close()
    return path


@pytest.fixture
def app(loaded: Path, gazetteer: Gazetteer, tmp_path: Path) -> Iterator[World]:
    """Return the shipped data, which a test may change."""
    shutil.copy(loaded, tmp_path / "base.sqlite3")
    store = Store(f"sqlite:///{tmp_path}/base.sqlite3")
    yield World(store, gazetteer)
    store.close()
