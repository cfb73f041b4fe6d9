"""Twenty people who write at once, on SQLite and on PostgreSQL: how long each waits for an answer."""

from __future__ import annotations

import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import TYPE_CHECKING

from bench.killing.bases import opened
from bench.killing.core import VALUES
from bench.kills import prepare
from bench.parts import Measure
from bench.words import quantile, seconds
from cooperations.accounts.rights import VISITOR
from cooperations.accounts.tokens import new_token
from cooperations.contributions.content import Content
from cooperations.contributions.sending import Sent, propose
from cooperations.errors import CooperationsError
from cooperations.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.world import World
    from cooperations.catalogue import Catalogue

WRITERS, EACH = 20, 25
BASES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def measures(_world: World) -> Iterator[Measure]:
    """Measure proposals of people who send again as soon as they have an answer."""
    for base, name in BASES.items():
        with tempfile.TemporaryDirectory() as folder, opened(base, Path(folder)) as url:
            taken, errors = written(url, prepare(url))
        slow = quantile(taken, 0.95)
        said = f"p50 {seconds(quantile(taken, 0.5))}, p95 {seconds(slow)}, au plus {seconds(max(taken))}"
        what = f"{WRITERS} personnes qui écrivent à la fois, {name} ({len(taken)} propositions)"
        yield Measure(what, f"{said}, {errors} erreur", "p95 ≤ 0,5 s, aucune erreur", slow <= 0.5 and not errors)


def written(url: str, catalogue: Catalogue) -> tuple[list[float], int]:
    """Return the seconds of each write, and how many failed."""
    store, gate = Store(url), Barrier(WRITERS)

    def person(_number: int) -> list[float | None]:
        gate.wait()
        return [_one(store, catalogue) for _ in range(EACH)]

    with ThreadPoolExecutor(WRITERS) as pool:
        found = [one for some in pool.map(person, range(WRITERS)) for one in some]
    store.close()
    return [one for one in found if one is not None], found.count(None)


def _one(store: Store, catalogue: Catalogue) -> float | None:
    token, started = new_token(), time.perf_counter()
    try:
        propose(store, catalogue, VISITOR, Sent("pratique", Content(VALUES | {"nom": f"Essai {token}"}, ()), token))
    except CooperationsError:
        return None
    return time.perf_counter() - started
