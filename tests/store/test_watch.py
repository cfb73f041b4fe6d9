"""Seeing what others changed, on each backend, without asking more than it takes."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event

from cooperations.decisions import decide
from cooperations.offers.records import ShortList
from cooperations.store import Store, watch
from cooperations.store.watch import Versions
from tests.offers.offering import an_offer, kept_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cooperations.dataset import Dataset

SEEN_WITHIN_S, MARGIN_S = 2.0, 3.0
"""What is promised, and what a busy machine may add."""


@pytest.fixture
def other(url: str) -> Iterator[Store]:
    """Return the store of another process."""
    opened = Store(url)
    yield opened
    opened.close()


def test_each_kind_of_change_moves_its_number(store: Store, dataset: Dataset) -> None:
    """Records, lists and decisions are told apart, and who writes sees it at once."""
    assert store.versions.now() == Versions(0, 0, 0)
    store.load(dataset, "essai")
    loaded = store.versions.now()
    assert loaded == Versions(69, 0, 69)
    kept_rows(store, an_offer("une"))
    assert store.versions.now() == Versions(69, 70, 70)
    store.add(decide(ShortList, name="Sélection", organisation="CRESS", query="retenues=une"), "CRESS")
    assert store.versions.now() == Versions(69, 70, 71)


def test_what_another_process_changes_is_seen_in_time(store: Store, other: Store, dataset: Dataset) -> None:
    """Within two seconds, for who asks all the time."""
    before = store.versions.now()
    other.load(dataset, "autre")
    began = time.monotonic()
    while store.versions.now() == before and time.monotonic() - began < 20:
        time.sleep(0.02)
    assert time.monotonic() - began < SEEN_WITHIN_S + MARGIN_S
    assert store.versions.now().records == 69


def test_the_database_is_asked_rarely(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A thousand visitors in the same instant are one question."""
    questions = list[str]()
    event.listen(store.database.engine, "checkout", lambda *_: questions.append("?"))
    monkeypatch.setattr(store.versions, "_fresh_s", 60.0)
    for _ in range(10):
        store.versions.now()
    assert len(questions) == 1
    assert 0 < watch.FRESH_S < SEEN_WITHIN_S


def test_who_writes_sees_it_at_once(store: Store, dataset: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    """However long an answer is believed."""
    monkeypatch.setattr(store.versions, "_fresh_s", 60.0)
    assert store.versions.now().records == 0
    store.load(dataset, "essai")
    assert store.versions.now().records == 69
