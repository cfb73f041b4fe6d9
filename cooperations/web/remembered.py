"""Answers kept with the index they come from: the second viewer of a view gets bytes, compressed once.

An index never changes, so what it answered to an address stays true for as long as it is the present one; the answers
go away with it.
"""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import brotli
from cachetools import LRUCache
from isal import igzip

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from starlette.requests import Request

MOST_BYTES = 32_000_000
"""Of answers of one index, compressed copies included: about five hundred views."""
SMALLEST = 1_000
"""Bytes below which an answer fits a packet anyway."""
LARGE = 300_000
"""Bytes from which zlib takes longer than the network gains; igzip takes a quarter of its time, for the same size."""
TURNS = 64


def _brotli(body: bytes) -> bytes:
    return bytes(brotli.compress(body, quality=4))


def _gzip(body: bytes) -> bytes:
    return gzip.compress(body, 4, mtime=0) if len(body) < LARGE else igzip.compress(body, 2, mtime=0)


COMPRESSION = {"br": _brotli, "gzip": _gzip}
"""Best first; these levels take about a millisecond."""


def is_held(tag: str, condition: str) -> bool:
    """Return whether a client that sends this If-None-Match holds the answer of a tag, strong or weak."""
    tags = {one.strip().removeprefix("W/") for one in condition.split(",")}
    return tag.removeprefix("W/") in tags or "*" in tags


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """The bytes of an answer and their tag, with copies in the encodings that were asked for."""

    body: bytes
    tag: str
    packed: dict[str, bytes] = field(default_factory=dict)

    def encoded(self, accepted: str) -> tuple[bytes, str]:
        """Return the bytes in the best encoding that a client accepts, and its name, empty for none."""
        names = {one.partition(";")[0].strip() for one in accepted.split(",") if "q=0" not in one.replace("q=0.", "")}
        best = next((one for one in COMPRESSION if one in names), "") if len(self.body) >= SMALLEST else ""
        if best and best not in self.packed:
            self.packed[best] = COMPRESSION[best](self.body)
        return self.packed.get(best, self.body), best

    def is_held(self, condition: str) -> bool:
        """Return whether a client that sends this If-None-Match holds the answer already."""
        return is_held(self.tag, condition)


class Answers:
    """The last answers of one index; an answer is worked out by one thread, for which the others wait."""

    def __init__(self) -> None:
        self._kept: LRUCache[Hashable, Kept] = LRUCache(MOST_BYTES, getsizeof=lambda kept: len(kept.body) * 3 // 2)
        self._lock = Lock()
        self._turns = [Lock() for _ in range(TURNS)]

    def get(self, key: Hashable, make: Callable[[], bytes]) -> Kept:
        """Return the answer of a key, made unless it is kept; what `make` raises is not."""
        if kept := self._held(key):
            return kept
        with self._turns[hash(key) % TURNS]:
            if kept := self._held(key):
                return kept
            kept = tagged(make())
            with self._lock:
                if self._kept.getsizeof(kept) <= MOST_BYTES:
                    self._kept[key] = kept
            return kept

    def _held(self, key: Hashable) -> Kept | None:
        with self._lock:
            return self._kept.get(key)


_OF_INDEX: WeakKeyDictionary[object, Answers] = WeakKeyDictionary()
_OPENING = Lock()


def answers_of(index: object) -> Answers:
    """Return the answers of an index."""
    with _OPENING:
        return _OF_INDEX.setdefault(index, Answers())


def tagged(body: bytes) -> Kept:
    """Return the bytes of an answer with their tag, a weak one: it is the same in every encoding (RFC 9110)."""
    return Kept(body, f'W/"{hashlib.sha256(body).hexdigest()[:24]}"')


def address_key(request: Request) -> Hashable:
    """Return what names an answer: the address, whatever the order of its parameters and the version it names."""
    pairs = sorted((pair for pair in request.query_params.multi_items() if pair[0] != "v"), key=lambda pair: pair[0])
    return str(request.url.replace(query="")), tuple(pairs)
