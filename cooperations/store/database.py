"""Transactions that survive a lost connection: repeated when nothing was kept, said in French otherwise."""

from __future__ import annotations

import time
from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, Protocol, TypeVar

from sqlalchemy.exc import ArgumentError, DatabaseError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft
from tenacity import retry, retry_if_exception, stop_after_delay, wait_random_exponential

from cooperations.errors import StoreBusy, StoreUnavailable, UnsureWrite
from cooperations.store.engine import open_engine, writing
from cooperations.store.turns import Turns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection

P = ParamSpec("P")
T = TypeVar("T")
PATIENCE_S, LONGEST_PAUSE_S = 2.0, 0.5
"""How long a question is repeated while the connection is lost, and the longest pause between two."""
TURN_PATIENCE_S = 30.0
"""How long a write waits for those of its own process, on SQLite; an import of a million rows takes 15 s."""
REST_S = 1.0
"""How long nobody asks again a database that has just been given up: a page per visitor would wait in line."""
TOO_MANY, LOCK_NOT_AVAILABLE = "53300", "55P03"
_LOST = ("08", "57P", TOO_MANY)
"""Classes of SQLSTATE where another connection may do: connection lost, server stopping or starting, too many."""


class Database:
    """An engine, and what is known of whether it answers."""

    def __init__(self, url: str) -> None:
        try:
            self.engine = open_engine(url)
        except (OSError, ArgumentError, ImportError) as error:
            raise StoreUnavailable from error
        # A file is there or is not, and waiting for its lock is SQLite's own business.
        self.is_server = self.engine.dialect.name != "sqlite"
        self.writes = 0
        """How many transactions of this process were kept: what it has read is to be read again."""
        self.is_lost = False
        """Whether it was given up: then one who asks finds out whether it is back, without waiting."""
        self._resting_until = 0.0
        self._turns = Turns()

    @contextmanager
    def transaction(self, *, write: bool = False) -> Iterator[Connection]:
        """Open a transaction, kept whole or not at all; raises StoreUnavailable or one of its kinds."""
        if time.monotonic() < self._resting_until:
            raise StoreUnavailable
        engine = writing(self.engine) if write else self.engine
        done = False
        try:
            with self._turn(write=write), engine.connect() as connection, connection.begin():
                yield connection
                done = True
            self.writes += write
            self.is_lost = False
        except (DatabaseError, NoConnectionLeft) as error:
            if not _is_out_of_reach(error):
                raise
            raise self._said(error, unsure=write and done) from error

    @contextmanager
    def _turn(self, *, write: bool) -> Iterator[None]:
        """Wait for the other writers of this process, in order; a server keeps such a line itself."""
        if self.is_server or not write:
            yield
            return
        if not self._turns.take(TURN_PATIENCE_S):
            raise StoreBusy
        try:
            yield
        finally:
            self._turns.leave()

    def rest(self) -> None:
        """Leave the database alone for a while: it was asked long enough."""
        self.is_lost = True
        self._resting_until = time.monotonic() + REST_S

    def _said(self, error: Exception, *, unsure: bool) -> StoreUnavailable:
        cause = getattr(error, "orig", None)
        state = getattr(cause, "sqlstate", None) or ""
        if state == LOCK_NOT_AVAILABLE or "database is locked" in str(cause):
            return StoreBusy()
        if isinstance(error, NoConnectionLeft) or not self.is_server:
            return StoreUnavailable()
        lost = not state or state.startswith(_LOST)
        return UnsureWrite() if unsure and lost else StoreUnavailable(repeatable=lost)


class Asking(Protocol):
    """What asks a database."""

    database: Database


A = TypeVar("A", bound=Asking)


def repeated(method: Callable[Concatenate[A, P], T]) -> Callable[Concatenate[A, P], T]:
    """Repeat a method, a while, as long as the connection is lost and nothing was kept."""
    tried = retry(
        retry=retry_if_exception(_is_repeatable),
        wait=wait_random_exponential(0.1, LONGEST_PAUSE_S),
        stop=stop_after_delay(PATIENCE_S),
        reraise=True,
    )(method)

    @wraps(method)
    def asked(self: A, /, *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return (method if self.database.is_lost else tried)(self, *args, **kwargs)
        except StoreUnavailable as error:
            if error.repeatable:
                self.database.rest()
            raise

    return asked


def _is_repeatable(error: BaseException) -> bool:
    return isinstance(error, StoreUnavailable) and error.repeatable


def _is_out_of_reach(error: Exception) -> bool:
    # Of the kinds of DatabaseError these say it; the bare class, that a file is no database.
    said = isinstance(error, (InterfaceError, OperationalError, NoConnectionLeft))
    return said or type(error) is DatabaseError
