"""Opening the database, and what is said when it cannot be."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError

from cooperations.dataset import Dataset
from cooperations.errors import StoreUnavailable
from cooperations.store import Store
from cooperations.store.engine import open_engine, writing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        pytest.param("journal_mode", "wal", id="readers do not wait for a writer"),
        pytest.param("synchronous", 2, id="what is said written survives a power cut"),
        pytest.param("foreign_keys", 1, id="links are kept"),
        pytest.param("busy_timeout", 30_000, id="a writer waits its turn"),
    ],
)
def test_sqlite_is_durable(tmp_path: Path, pragma: str, value: object) -> None:
    """Every connection has the settings, not only the first."""
    engine = open_engine(f"sqlite:///{tmp_path}/essai.sqlite3")
    with engine.connect() as one, engine.connect() as other:
        for connection in (one, other):
            assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value
    engine.dispose()


def test_a_new_database_is_opened_by_many_at_once(tmp_path: Path) -> None:
    """Workers that start together never find the file locked while one of them sets it up; tried on many files."""
    workers = 8
    together = Barrier(workers)

    def start(number: int) -> str:
        engine = open_engine(f"sqlite:///{tmp_path}/essai-{number}.sqlite3")
        together.wait()
        try:
            with engine.connect() as connection:
                return str(connection.exec_driver_sql("PRAGMA journal_mode").scalar())
        except OperationalError as error:
            return str(error.orig)
        finally:
            engine.dispose()

    with ThreadPoolExecutor(workers) as pool:
        started = [pool.submit(start, number // workers) for number in range(200 * workers)]
        assert Counter(future.result() for future in started) == {"wal": 200 * workers}


def test_the_folder_of_a_database_is_made(tmp_path: Path) -> None:
    """A first start needs no preparation."""
    store = Store(f"sqlite:///{tmp_path}/var/base/essai.sqlite3")
    store.migrate()
    store.close()
    assert (tmp_path / "var" / "base" / "essai.sqlite3").is_file()


def test_a_database_in_memory_is_enough() -> None:
    """Someone who only wants to try needs no file."""
    store = Store("sqlite://")
    store.migrate()
    assert store.revision() == 0
    store.close()


def folder_in_place(path: Path) -> None:
    """Put a folder where the database should be."""
    path.mkdir()


def text_in_place(path: Path) -> None:
    """Put a text where the database should be."""
    path.write_text("Ceci n’est pas une base de données. " * 100, encoding="utf-8")


def never_migrated(path: Path) -> None:
    """Leave an empty file where the database should be."""
    path.touch()


@pytest.mark.parametrize("damage", [folder_in_place, text_in_place, never_migrated], ids=lambda one: str(one.__name__))
@pytest.mark.parametrize("method", [Store.revision, Store.digest, Store.read, Store.revisions])
def test_an_unusable_database_is_said_unavailable(
    tmp_path: Path, damage: Callable[[Path], None], method: Callable[[Store], object]
) -> None:
    """Whatever is asked of it, the answer is one French sentence, without the driver's words."""
    path = tmp_path / "essai.sqlite3"
    damage(path)
    store = Store(f"sqlite:///{path}")
    with pytest.raises(StoreUnavailable, match="La base de données ne répond pas"):
        method(store)
    store.close()


@pytest.mark.parametrize("damage", [folder_in_place, text_in_place], ids=lambda one: str(one.__name__))
def test_migrating_an_unusable_database_is_said(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    """A start on something else than a database fails in words."""
    path = tmp_path / "essai.sqlite3"
    damage(path)
    store = Store(f"sqlite:///{path}")
    with pytest.raises(StoreUnavailable):
        store.migrate()
    store.close()


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    """A setting that goes through a file is answered like a database that does not answer."""
    (tmp_path / "fichier").touch()
    with pytest.raises(StoreUnavailable):
        Store(f"sqlite:///{tmp_path}/fichier/base/essai.sqlite3").migrate()


def test_a_writer_that_waits_too_long_is_said(
    tmp_path: Path, dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When another program keeps the lock, loading fails in words, and reading goes on."""
    monkeypatch.setattr("cooperations.store.engine.SQLITE_PRAGMAS", ("journal_mode=WAL", "busy_timeout=50"))
    url = f"sqlite:///{tmp_path}/essai.sqlite3"
    store, engine = Store(url), writing(open_engine(url))
    store.migrate()
    with engine.begin():
        with pytest.raises(StoreUnavailable):
            store.load(dataset, "essai")
        assert store.revision() == 0
    assert store.load(dataset, "essai") == 69
    store.close()
    engine.dispose()


def test_our_own_mistakes_are_not_hidden(tmp_path: Path, dataset: Dataset) -> None:
    """A record that the tables refuse is a defect of ours, not a database that does not answer."""
    store = Store(f"sqlite:///{tmp_path}/essai.sqlite3")
    store.migrate()
    broken = dataset.events[0].model_copy(update={"name": None})
    with pytest.raises(IntegrityError):
        store.load(Dataset((), (), (), (broken,), "essai"), "essai")
    store.close()
