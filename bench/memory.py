"""What the server weighs and how long it takes to start, by how many structures the database holds."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from bench.parts import Measure
from bench.words import seconds
from cooperations.text import number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.world import World

MOST_MB, MOST_START_S = 1200, 10


def measures(world: World) -> Iterator[Measure]:
    """Measure a server whose map was asked once, with all the structures and with none."""
    rows = world.sizes.structures
    full, healthy_s, answered_s = _weighed(world, rows)
    empty, *_ = _weighed(world, 0)
    what = f"démarrage avec {number(rows)} structures en base, première vue de la carte reçue"
    said = f"{seconds(answered_s)} (le serveur répond à {seconds(healthy_s)})"
    yield Measure(what, said, f"≤ {MOST_START_S} s", answered_s <= MOST_START_S)
    what = f"mémoire du serveur avec {number(rows)} structures"
    yield Measure(what, f"{full:.0f} Mo", "≤ 1 200 Mo", full <= MOST_MB)
    each = (full - empty) * 1_000_000 / rows
    yield Measure("mémoire pour un million de points", f"{each:.0f} Mo ; {empty:.0f} Mo sans structure")


def _weighed(world: World, rows: int) -> tuple[float, float, float]:
    """Return resident megabytes, seconds until the server is healthy, and until the first view has come."""
    world.database(rows)
    started = time.perf_counter()
    with world.serving(rows) as server:
        return server.resident_mb(), server.healthy_after_s, time.perf_counter() - started
