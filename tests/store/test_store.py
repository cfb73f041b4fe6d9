"""What every database must do for us. One suite, run on each backend of `BACKENDS`."""

from __future__ import annotations

import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from cooperations.dataset import Dataset
from cooperations.decisions import DECISIONS
from cooperations.model import RECORDS, Event
from cooperations.offers.model import IMPORTED, Batch
from cooperations.offers.records import KEPT
from cooperations.settings import ROOT
from cooperations.store import Store
from cooperations.store.engine import open_engine
from cooperations.store.tables import METADATA
from tests.making import a_dataset, a_practice, at_address, over

AUTHOR = "essai"


def without_digest(dataset: Dataset) -> list[object]:
    """Return the records of a dataset."""
    return [records for _, records in dataset.records()]


def changed(dataset: Dataset, **changes: Any) -> Dataset:
    """Return a dataset with other records or another digest."""
    kept = {name: getattr(dataset, name) for name in Dataset.__dataclass_fields__}
    return Dataset(**(kept | {"digest": "autre"} | changes))


def test_an_empty_store_is_at_revision_zero(store: Store) -> None:
    """Nothing was loaded yet: no records, no digest, no history."""
    assert (store.revision(), store.digest(), store.revisions()) == (0, "", [])
    assert store.read() == (a_dataset([], digest=""), 0)


def test_migrating_again_changes_nothing(store: Store, dataset: Dataset) -> None:
    """Every start migrates; what is held stays."""
    store.load(dataset, AUTHOR)
    before = store.read()
    store.migrate()
    store.migrate()
    assert store.read() == before


def test_what_is_read_is_what_was_loaded(store: Store, dataset: Dataset) -> None:
    """Every record of the minutes comes back, equal, in its order, with its digest."""
    count = sum(len(records) for _, records in dataset.records())
    assert store.load(dataset, AUTHOR) == count == 69
    read, revision = store.read()
    assert read == dataset
    assert revision == store.revision() == count
    assert store.digest() == dataset.digest


def test_offsets_come_back(store: Store, dataset: Dataset) -> None:
    """A meeting at 9:00 in Paris is not read back at 7:00 in London."""
    store.load(dataset, AUTHOR)
    (announced,) = [event for event in store.read()[0].events if event.id == "gt-2016-09-22"]
    assert announced.starts_at is not None
    assert announced.starts_at.isoformat() == "2016-09-22T09:00:00+02:00"


def test_loading_again_changes_nothing(store: Store, dataset: Dataset) -> None:
    """The revision only moves when something did."""
    store.load(dataset, AUTHOR)
    revision, history = store.revision(), store.revisions()
    assert store.load(dataset, AUTHOR) == 0
    assert (store.revision(), store.revisions()) == (revision, history)


def test_a_changed_row_is_one_revision(store: Store, dataset: Dataset) -> None:
    """Who, when, what, before, after: everything that undoing needs."""
    store.load(dataset, AUTHOR)
    revision = store.revision()
    practices = tuple(
        practice.model_copy(update={"status": "active", "territories": ("departement:40", "commune:40192")})
        if practice.id == "projet-mutualite-landes"
        else practice
        for practice in dataset.practices
    )
    assert store.load(changed(dataset, practices=practices), "garie") == 1
    last = store.revisions()[-1]
    assert store.revision() == last["number"] == revision + 1
    assert (last["author"], last["entity"], last["entity_id"]) == ("garie", "practice", "projet-mutualite-landes")
    assert timedelta(0) <= datetime.now(UTC) - last["made_at"] < timedelta(minutes=5)
    differences = {name: (last["before"][name], value) for name, value in last["after"].items()}
    assert {name: pair for name, pair in differences.items() if pair[0] != pair[1]} == {
        "status": ("projet", "active"),
        "territories": (["departement:40"], ["departement:40", "commune:40192"]),
    }
    assert store.read()[0].practices == practices


def test_a_removed_row_is_gone_and_remembered(store: Store, dataset: Dataset) -> None:
    """Its revision holds the whole row, and nothing after."""
    store.load(dataset, AUTHOR)
    kept = tuple(link for link in dataset.participations if link.structure_id != "ardits")
    assert store.load(changed(dataset, participations=kept), AUTHOR) == 1
    last = store.revisions()[-1]
    assert last["entity_id"] == "marche-erdf-landes/ardits/co_traitant"
    assert last["before"]["source"] == "Compte rendu du groupe de travail, 12 juillet 2016"
    assert last["after"] is None
    assert store.read()[0].participations == kept


def test_an_added_row_is_there_and_remembered(store: Store, dataset: Dataset) -> None:
    """A row put first takes its place, and nothing else is said to have changed."""
    store.load(dataset, AUTHOR)
    added = a_practice("epicerie", **at_address(0.6213, 44.2033, "47001"))
    assert store.load(changed(dataset, practices=(added, *dataset.practices)), AUTHOR) == 1
    last = store.revisions()[-1]
    assert (last["entity_id"], last["before"]) == ("epicerie", None)
    assert last["after"]["longitude"] == 0.6213
    assert store.read()[0].practices == (added, *dataset.practices)


def test_everything_may_go_and_come_back(store: Store, dataset: Dataset) -> None:
    """Rows leave and return under the same keys, with all of their history."""
    first = store.load(dataset, AUTHOR)
    assert store.load(a_dataset([]), AUTHOR) == first
    assert without_digest(store.read()[0]) == [(), (), (), ()]
    assert store.load(dataset, AUTHOR) == first
    assert store.read() == (dataset, 3 * first)


def test_another_order_is_kept(store: Store, dataset: Dataset) -> None:
    """Rows sorted again in the file are read in their new order."""
    store.load(dataset, AUTHOR)
    backwards = changed(dataset, practices=dataset.practices[::-1])
    store.load(backwards, AUTHOR)
    assert store.read()[0] == backwards


def test_the_same_instant_under_another_offset_is_a_change(store: Store) -> None:
    """A meeting written in UTC and then in Paris time is stored as it is written, once."""

    def meeting(start: str) -> Dataset:
        cells = {"id": "gt", "nom": "GT", "debut": start, "statut": "annonce", "description": "…", "source": "…"}
        return a_dataset([], events=[Event.model_validate(cells | {"extrait_source": "…"})])

    store.load(meeting("2016-09-22T07:00:00+00:00"), AUTHOR)
    assert store.load(meeting("2016-09-22T09:00:00+02:00"), AUTHOR) == 1
    (event,) = store.read()[0].events
    assert event.starts_at is not None
    assert event.starts_at.isoformat() == "2016-09-22T09:00:00+02:00"
    assert store.load(meeting("2016-09-22T09:00:00+02:00"), AUTHOR) == 0


def test_texts_come_back_letter_for_letter(store: Store) -> None:
    """Ligatures, quotes, emoji and line ends are only text."""
    odd = a_practice("oeuvre", description="L’œuvre « d’ici »\n'; DROP TABLE practice; -- 🥖", remarque="%s ? :x")
    store.load(a_dataset([odd]), AUTHOR)
    assert store.read()[0].practices == (odd,)


def test_a_load_that_fails_half_way_changes_nothing(store: Store, dataset: Dataset) -> None:
    """Practices are written before events: when an event cannot be, the practices are as before."""
    store.load(dataset, AUTHOR)
    before = (store.read(), store.revisions(), store.digest())
    broken = dataset.events[0].model_copy(update={"name": None})
    with pytest.raises(IntegrityError):
        store.load(changed(dataset, practices=(a_practice("epicerie"),), events=(broken,)), AUTHOR)
    assert (store.read(), store.revisions(), store.digest()) == before
    assert store.load(changed(dataset, practices=(a_practice("epicerie"),)), AUTHOR) == 20


def test_two_stores_see_each_other(store: Store, url: str, dataset: Dataset) -> None:
    """What one process loads, another reads."""
    other = Store(url)
    store.load(dataset, AUTHOR)
    assert other.read() == store.read()
    other.load(changed(dataset, practices=dataset.practices[:5]), "autre")
    assert store.read()[0].practices == dataset.practices[:5]
    other.close()


def test_a_reader_sees_one_revision_at_a_time(store: Store, url: str) -> None:
    """While one process loads this and that in turn, another reads the one or the other, never a mixture."""
    one = a_dataset([a_practice(f"p-{number}") for number in range(60)], digest="une")
    other = a_dataset(
        [a_practice(f"p-{number}", **over("departement", "departement:40")) for number in range(60)], digest="autre"
    )
    store.load(one, AUTHOR)

    def loads() -> None:
        writer = Store(url)
        for number in range(8):
            writer.load(one if number % 2 else other, AUTHOR)
        writer.close()

    with ThreadPoolExecutor() as pool:
        writing = pool.submit(loads)
        while not writing.done():
            assert store.read()[0] in (one, other)
        writing.result()
    assert store.revision() == 9 * 60


def test_threads_may_migrate_at_once(url: str) -> None:
    """Eight workers of one server start together on an empty database."""
    together = Barrier(8)

    def start() -> int:
        opened = Store(url)
        together.wait()
        opened.migrate()
        revision = opened.revision()
        opened.close()
        return revision

    with ThreadPoolExecutor(8) as pool:
        assert {future.result() for future in [pool.submit(start) for _ in range(8)]} == {0}


START = """
import sys
from cooperations.dataset import load_dataset
from cooperations.runtime import read_geo
from cooperations.settings import ROOT
from cooperations.store import Store
dataset = load_dataset(ROOT / "data", read_geo(ROOT / "geo"))
store = Store(sys.argv[1])
store.migrate()
store.load(dataset, "essai")
print(store.revision())
"""


def test_processes_may_start_at_once(url: str) -> None:
    """Two replicas of the application start together on an empty database, which is filled once."""
    command = [sys.executable, "-c", START, url]
    starting = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    assert [process.communicate()[0].strip() for process in starting] == ["69"] * 2


def test_every_record_has_a_table(store: Store, url: str) -> None:
    """After the migrations, each table of the model can be read."""
    assert store.revision() == 0
    engine = open_engine(url)
    with engine.begin() as connection:
        for name in METADATA.tables:
            assert connection.execute(text(f'SELECT count(*) FROM "{name}"')).scalar() == 0  # noqa: S608 - our own names
    models = (*RECORDS, *DECISIONS, *KEPT, *IMPORTED, Batch)
    names = {re.sub(r"(?<=[a-z])(?=[A-Z])", "_", model.__name__).lower() for model in models}
    accounts = {"account", "access_rule", "invitation", "session", "audit"}
    others = {"revision", "state", "proposal", "change", "review_link"}
    assert names | accounts | others == set(METADATA.tables)
    engine.dispose()
