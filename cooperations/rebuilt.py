"""What takes long to make: made by one thread at a time, and the one before is served meanwhile."""

from __future__ import annotations

import time
from concurrent.futures import Future
from dataclasses import dataclass
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from cooperations.errors import StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
WAIT_S = 1.0
"""How long a visitor waits for the next value before getting the one before."""


@dataclass(frozen=True, slots=True)
class _Making(Generic[T]):
    future: Future[T]
    served_until: float


class Rebuilt(Generic[T]):
    """A value made once per key. When the key moves, the one before is served if the next takes over WAIT_S.

    `then` runs after each making, once the value is served.
    """

    def __init__(self, then: Callable[[], None] = lambda: None) -> None:
        self._then = then
        self._lock = Lock()
        self._held: tuple[Any, T] | None = None
        self._making: _Making[T] | None = None

    @property
    def is_late(self) -> bool:
        """Whether a value is held, and the next one in the making."""
        return self._making is not None and self._held is not None

    def at(self, key: Any, make: Callable[[], T]) -> T:
        """Return the value of a key, or the one before; raises what `make` raises when there is none to serve."""
        while True:
            with self._lock:
                held = self._held
                if held and held[0] == key:
                    return held[1]
                making = self._making = self._making or self._start(key, make)
            if held is None:
                making.future.result()
                continue
            try:
                making.future.result(max(0.0, making.served_until - time.monotonic()))
            except (TimeoutError, StoreUnavailable):
                return held[1]

    def _start(self, key: Any, make: Callable[[], T]) -> _Making[T]:
        future: Future[T] = Future()
        making = _Making(future, time.monotonic() + WAIT_S)
        # A daemon: a server that stops does not wait for it.
        Thread(target=self._run, args=(making.future, key, make), daemon=True).start()
        return making

    def _run(self, future: Future[T], key: Any, make: Callable[[], T]) -> None:
        try:
            made = make()
        except BaseException as error:  # noqa: BLE001 - whoever waits raises it
            with self._lock:
                self._making = None
            future.set_exception(error)
            return
        with self._lock:
            self._held, self._making = (key, made), None
        future.set_result(made)
        self._then()
