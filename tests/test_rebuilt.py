"""What takes long to make, and what is served meanwhile."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest

from cooperations.errors import DatasetError, StoreUnavailable
from cooperations.rebuilt import Rebuilt


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Serve the former value at once."""
    monkeypatch.setattr("cooperations.rebuilt.WAIT_S", 0.0)


def test_a_value_is_made_once_for_all_who_ask() -> None:
    """Eight visitors of a new server wait for one making."""
    rebuilt, made, together = Rebuilt[str](), list[str](), Barrier(8)

    def ask() -> str:
        together.wait()
        return rebuilt.at(1, lambda: made.append("une") or "une")  # type: ignore[func-returns-value]

    with ThreadPoolExecutor(8) as pool:
        assert {one.result() for one in [pool.submit(ask) for _ in range(8)]} == {"une"}
    assert made == ["une"]


def test_a_value_that_is_quickly_made_is_served_at_once() -> None:
    """After a small import everybody sees it."""
    rebuilt = Rebuilt[str]()
    assert (rebuilt.at(1, lambda: "avant"), rebuilt.at(2, lambda: "après")) == ("avant", "après")
    assert not rebuilt.is_late


@pytest.mark.usefixtures("impatient")
def test_the_former_value_is_served_while_the_next_one_is_made() -> None:
    """One making at a time, even when the key moves again meanwhile; then the last one is served."""
    rebuilt, go, makings = Rebuilt[str](), Event(), list[int]()
    rebuilt.at(1, lambda: "avant")

    def slowly(key: int) -> str:
        makings.append(key)
        go.wait(10)
        return f"état {key}"

    assert [rebuilt.at(key, lambda key=key: slowly(key)) for key in (2, 2, 3)] == ["avant"] * 3  # type: ignore[misc]
    assert (rebuilt.is_late, makings) == (True, [2])
    go.set()
    assert settled(rebuilt, 3) == "état 3"
    assert not rebuilt.is_late


def settled(rebuilt: Rebuilt[str], key: int) -> str:
    """Ask until the value of a key is there."""
    for _ in range(1000):
        found = rebuilt.at(key, lambda: f"état {key}")
        if found == f"état {key}":
            break
        Event().wait(0.005)
    return found


def fail() -> str:
    """Find no database."""
    raise StoreUnavailable


def test_the_former_value_stays_while_the_database_is_away() -> None:
    """An index that cannot be made again is the last one, and the next question tries again."""
    rebuilt = Rebuilt[str]()
    with pytest.raises(StoreUnavailable):
        rebuilt.at(1, fail)
    assert rebuilt.at(1, lambda: "avant") == "avant"
    assert rebuilt.at(2, fail) == "avant"
    assert rebuilt.at(2, lambda: "après") == "après"


def test_a_defect_is_said_to_all_who_ask() -> None:
    """Another failure than an absence is never hidden behind the former value."""
    rebuilt = Rebuilt[str]()
    rebuilt.at(1, lambda: "avant")

    def refuse() -> str:
        raise DatasetError([])

    with pytest.raises(DatasetError):
        rebuilt.at(2, refuse)


def test_what_follows_a_making_happens_once_the_value_is_served() -> None:
    """After each one that succeeds, and after no failure."""
    done = Event()
    rebuilt = Rebuilt[str](done.set)
    with pytest.raises(StoreUnavailable):
        rebuilt.at(1, fail)
    assert not done.is_set()
    assert rebuilt.at(1, lambda: "avant") == "avant"
    assert done.wait(10)
