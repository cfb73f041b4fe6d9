"""Downloads of all the structures, by a client that reads as fast as it can: seconds, size, and what they weigh."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.request import Request, urlopen

from bench.parts import Measure
from bench.words import seconds
from cooperations.downloads import FORMATS
from cooperations.text import number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.server import Server
    from bench.world import World

PIECE, PATIENCE_S, EVERY_S = 1 << 18, 1800, 0.02
MOST_MB = 150
FEW = "?lieu=commune:40192&rayon=5"


@dataclass(frozen=True, slots=True)
class Download:
    """What a client saw: seconds until its first byte and its last one, megabytes; and how much the server grew."""

    first_s: float
    last_s: float
    megabytes: float
    growth_mb: float


def measures(world: World) -> Iterator[Measure]:
    """Download all the structures in each format, after a small file of each: what is loaded once is not counted."""
    rows = world.sizes.structures
    world.database(rows)
    with world.serving(rows, COOPERATIONS_API_LIMITE="non") as server:
        for extension in FORMATS:
            downloaded(server, f"{extension}{FEW}")
        for one in FORMATS.values():
            got = downloaded(server, one.extension)
            said = (
                f"{got.growth_mb:.0f} Mo de plus au serveur, {got.megabytes:.0f} Mo reçus en {seconds(got.last_s)}, "
                f"premier octet après {seconds(got.first_s)}"
            )
            what = f"télécharger {number(rows)} structures en {one.name}"
            yield Measure(what, said, f"≤ {MOST_MB} Mo de plus", got.growth_mb <= MOST_MB)


def downloaded(server: Server, file: str) -> Download:
    """Download a file of structures, and watch the server meanwhile."""
    before, done, most = server.resident_mb(), threading.Event(), [0.0]

    def watch() -> None:
        while not done.wait(EVERY_S):
            most[0] = max(most[0], server.resident_mb())

    watcher = threading.Thread(target=watch)
    watcher.start()
    started = time.perf_counter()
    try:
        asked = Request(f"{server.url}/api/collections/structures/telecharger.{file}")  # noqa: S310 - our own server
        with urlopen(asked, timeout=PATIENCE_S) as answer:  # noqa: S310 - same
            size = len(answer.read(1))
            first_s = time.perf_counter() - started
            while piece := answer.read(PIECE):
                size += len(piece)
    finally:
        done.set()
        watcher.join()
    last_s = time.perf_counter() - started
    return Download(first_s, last_s, size / 1e6, max(0.0, most[0] - before))
