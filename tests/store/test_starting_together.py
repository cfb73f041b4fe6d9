"""Processes that start, import and record on one database at the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import TYPE_CHECKING, Any

import pytest

from cooperations.errors import NewerDatabase, StaleLists, StoreBusy
from cooperations.imports import MOST_COMPARISONS, Order, Prepared, keep, prepare
from cooperations.offers.model import Batch, Offer
from cooperations.runtime import Application
from cooperations.settings import Settings
from cooperations.store import Store
from cooperations.store.engine import open_engine, writing
from cooperations.store.lists import Lists
from tests.imported import ATELIER, BEGLES, PARTAGE, THREE, a_siae_file
from tests.offers.offering import a_correction

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for others a moment only."""
    monkeypatch.setattr("cooperations.store.engine.SQLITE_PRAGMAS", ("busy_timeout=50",))
    monkeypatch.setattr("cooperations.store.engine.TURN_PATIENCE", "50ms")


@pytest.fixture
def running(url: str, data_folder: Path, geo_folder: Path) -> Application:
    """Return an application on each backend."""
    return Application(Settings(data_folder, geo_folder, url))


def alter(url: str, statement: str) -> None:
    """Do something to a database that the application would not."""
    engine = open_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()


@pytest.mark.usefixtures("impatient")
def test_a_migration_that_others_hold_up_is_said(url: str) -> None:
    """After a deadline who starts is told why, and nothing was begun."""
    other = open_engine(url)
    store = Store(url)
    with writing(other).begin(), pytest.raises(StoreBusy, match="occupée par une autre écriture"):
        store.migrate()
    store.migrate()
    assert store.revision() == 0
    store.close()
    other.dispose()


@pytest.mark.usefixtures("impatient")
def test_a_database_that_is_ready_is_opened_while_somebody_writes(store: Store, url: str) -> None:
    """A long import keeps no other process from starting."""
    other = open_engine(url)
    with writing(other).begin():
        store.migrate()
        assert store.revision() == 0
    other.dispose()


def test_a_newer_database_is_left_untouched(store: Store, url: str) -> None:
    """After going back to an older version, the sentence says what to do, and nothing is altered."""
    alter(url, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(NewerDatabase, match="version plus récente"):
        store.migrate()
    assert store.revision() == 0


def prepared(app: Application, folder: Path, *rows: dict[str, str]) -> Prepared:
    """Return a list of the SIAE, read and compared."""
    path = a_siae_file(folder, *rows)
    return prepare(app, Order(path.name, path.read_bytes(), date(2020, 12, 1)))


def test_imports_kept_at_the_same_instant_both_land(running: Application, tmp_path: Path) -> None:
    """Whoever comes second is compared again: the common structure is added once, and nobody is refused."""
    asked = [prepared(running, tmp_path, PARTAGE, other) for other in (ATELIER, BEGLES)]
    together = Barrier(len(asked))

    def kept(one: Prepared) -> Batch:
        together.wait()
        return keep(running, one, "CRESS")

    with ThreadPoolExecutor(len(asked)) as pool:
        batches = list(pool.map(kept, asked))
    assert sorted((one.added, one.unchanged) for one in batches) == [(1, 1), (2, 0)]
    assert len(running.store.lists.held(Offer, "siae")) == 3
    assert {one.id for one in running.store.lists.batches()} == {one.id for one in batches}
    running.store.close()


def test_an_import_that_others_always_forestall_is_said(
    running: Application, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a few comparisons who imports is told to start again; nothing of it is kept."""
    asked, forestalled = prepared(running, tmp_path, *THREE), list[Any]()
    take = Lists.take

    def forestall(lists: Lists, *import_: Any) -> None:
        forestalled.append(import_)
        lists.correct([a_correction("siae-1", "name", f"Les Jardins {len(forestalled)}")])
        take(lists, *import_)

    monkeypatch.setattr(Lists, "take", forestall)
    with pytest.raises(StaleLists, match="Le relancer"):
        keep(running, asked, "CRESS")
    assert (len(forestalled), running.store.lists.batches()) == (MOST_COMPARISONS, ())
    running.store.close()
