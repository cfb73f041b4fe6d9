"""Writers of one process pass in the order in which they came, and none waits for ever."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from cooperations.errors import StoreBusy
from cooperations.store.database import Database
from cooperations.store.turns import Turns

if TYPE_CHECKING:
    from pathlib import Path


def test_the_first_to_wait_is_the_first_to_pass() -> None:
    """Whoever came while another wrote passes before who came later."""
    turns, passed = Turns(), list[int]()

    def write(number: int) -> None:
        assert turns.take(5)
        passed.append(number)
        turns.leave()

    assert turns.take(0)
    with ThreadPoolExecutor(8) as pool:
        for number in range(8):
            pool.submit(write, number)
            while len(turns._waiting) <= number:  # noqa: SLF001 - each must have begun to wait
                time.sleep(0.001)
        turns.leave()
    assert passed == list(range(8))


def test_who_gives_up_keeps_no_place() -> None:
    """The turn goes on to the next one, and comes free again."""
    turns = Turns()
    assert turns.take(0)
    assert not turns.take(0.01)
    turns.leave()
    assert turns.take(0)
    turns.leave()


def test_a_write_that_waits_too_long_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on PostgreSQL: busy, not lost; a reading waits for nobody, and the next write passes."""
    monkeypatch.setattr("cooperations.store.database.TURN_PATIENCE_S", 0.01)
    database = Database(f"sqlite:///{tmp_path}/base.sqlite3")
    with ExitStack() as writing:
        writing.enter_context(database.transaction(write=True))
        with database.transaction():
            pass
        with pytest.raises(StoreBusy), database.transaction(write=True):
            pass
    with database.transaction(write=True):
        pass


def test_a_write_that_fails_gives_the_turn_back(tmp_path: Path) -> None:
    """Nobody waits for who is no longer there."""
    database = Database(f"sqlite:///{tmp_path}/base.sqlite3")
    with pytest.raises(ZeroDivisionError), database.transaction(write=True):
        raise ZeroDivisionError
    with database.transaction(write=True):
        pass
