"""Many visitors at once, from a process of its own: at the pace of people, or as fast as the server answers."""

from __future__ import annotations

import asyncio
import json
import random
import subprocess
import sys
import time
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from websockets.exceptions import WebSocketException

from bench.load.session import Visitor
from bench.load.views import View, somewhere
from bench.server import ROOT, resident_mb
from cooperations.mercator import to_world
from cooperations.offers.needs import Need
from cooperations.purchases import PURCHASE_FAMILIES
from cooperations.runtime import read_geo

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from bench.load.session import Run
    from cooperations.territories import Gazetteer

OFFERS_PAGE, MAP_PAGE = "offres", ""
ON_OFFERS, WITH_PLACE = 0.7, 0.7
ARRIVAL_S = 0.2
"""Between two arrivals."""
LOOK_S, MOST_LOOKS, STILL_MB = 1.5, 8, 1.0
FAILED = (OSError, EOFError, WebSocketException, TimeoutError, asyncio.IncompleteReadError)


@dataclass(slots=True)
class Crowd:
    """What a crowd lived: seconds of first pages, of changes, and of changes with what the page asks next; errors.

    `memory` is the server's resident memory in megabytes, by moment.
    """

    opened: list[float] = field(default_factory=list)
    changed: list[float] = field(default_factory=list)
    seen: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    memory: dict[str, float] = field(default_factory=dict)
    wall_s: float = 0
    client_s: float = 0

    def note(self, run: Run, into: list[float], late_s: float = 0) -> None:
        """Keep what came of a run; `late_s` is how long the person had already waited for its turn."""
        into.append(run.seconds + late_s)
        self.sizes.append(run.size)
        self.errors += run.errors


def visitors(gazetteer: Gazetteer, url: str, count: int, seed: int) -> list[tuple[Visitor, View]]:
    """Return visitors of the two maps, each with filters of their own and a part of the region to look at."""
    draw = random.Random(seed)  # noqa: S311 - who comes, not a secret
    found = []
    for number in range(count):
        here = somewhere(gazetteer, draw)
        view = View(draw.randint(8, 12), *to_world(here.longitude, here.latitude))
        on_offers = draw.random() < ON_OFFERS
        need = Need(here.key if draw.random() < WITH_PLACE else "", "30", (draw.choice(PURCHASE_FAMILIES.codes),))
        query = need.query_string() if on_offers else ""
        found.append((Visitor(url, OFFERS_PAGE if on_offers else MAP_PAGE, query, seed + number), view))
    return found


async def paced(url: str, process_id: int, count: int, pace: tuple[float, int], rest_s: float) -> Crowd:
    """Have people come one after the other, change a filter every so often, and leave; then as many again, in haste.

    `pace` is the seconds between two changes of a person, and how many they make. The second crowd tells what a
    session that was closed leaves behind.
    """
    crowd, gazetteer = Crowd(), read_geo(ROOT / "geo")
    started, busy = time.perf_counter(), time.process_time()
    await _hasty(gazetteer, url, max(3, count // 20), Crowd())
    crowd.memory["avant"] = await _settled(process_id)
    people = visitors(gazetteer, url, count, 2016)
    await asyncio.gather(*(_stay(one, rank, pace, crowd) for rank, one in enumerate(people)))
    crowd.memory["ouvertes"] = resident_mb(process_id)
    crowd.wall_s, crowd.client_s = time.perf_counter() - started, time.process_time() - busy
    await asyncio.gather(*(visitor.close() for visitor, _ in people))
    crowd.memory["fermées"] = await _rested(gazetteer, url, process_id, rest_s)
    await _hasty(gazetteer, url, count, crowd)
    crowd.memory["fermées encore"] = await _rested(gazetteer, url, process_id, rest_s)
    return crowd


async def flat_out(urls: list[str], count: int, seconds: float) -> Crowd:
    """Have visitors, spread over servers, change filters one after the other without a rest."""
    crowd, gazetteer = Crowd(), read_geo(ROOT / "geo")
    per_server = [visitors(gazetteer, url, count // len(urls), 2016 + rank) for rank, url in enumerate(urls)]
    people = [visitor for some in per_server for visitor, _ in some]
    await asyncio.gather(*(_tried(_open(one, crowd), crowd) for one in people))
    started, busy = time.perf_counter(), time.process_time()
    ends = started + seconds
    await asyncio.gather(*(_tried(_hurry(one, ends, crowd), crowd) for one in people))
    crowd.wall_s, crowd.client_s = time.perf_counter() - started, time.process_time() - busy
    await asyncio.gather(*(one.close() for one in people))
    return crowd


async def _stay(person: tuple[Visitor, View], rank: int, pace: tuple[float, int], crowd: Crowd) -> None:
    (visitor, view), (every_s, rounds) = person, pace
    await asyncio.sleep(rank * ARRIVAL_S)
    await _tried(_open(visitor, crowd), crowd)
    due = time.perf_counter() + random.Random(rank).uniform(0.2, 1) * every_s  # noqa: S311 - not all at once
    for _ in range(rounds):
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        await _tried(_change(visitor, view, due, crowd), crowd)
        due += every_s


async def _change(visitor: Visitor, view: View, due: float, crowd: Crowd) -> None:
    """Change a filter that was due at a moment: who waited for the change before has waited for this one too."""
    late_s = time.perf_counter() - due
    run = await visitor.change()
    crowd.note(run, crowd.changed, late_s)
    crowd.seen.append(late_s + run.seconds + sum(await visitor.see(view)))


async def _open(visitor: Visitor, crowd: Crowd) -> None:
    crowd.note(await visitor.open(), crowd.opened)


async def _hurry(visitor: Visitor, ends: float, crowd: Crowd) -> None:
    while time.perf_counter() < ends:
        crowd.note(await visitor.change(), crowd.changed)


async def _hasty(gazetteer: Gazetteer, url: str, count: int, crowd: Crowd) -> None:
    """Have people come, change one filter and leave, five at a time."""
    people = visitors(gazetteer, url, count, 2016)
    for start in range(0, count, 5):
        await asyncio.gather(*(_tried(_pass(one, view, crowd), crowd) for one, view in people[start : start + 5]))


async def _pass(visitor: Visitor, view: View, crowd: Crowd) -> None:
    forgotten = Crowd()
    try:
        await _open(visitor, forgotten)
        await _change(visitor, view, time.perf_counter(), forgotten)
    finally:
        crowd.errors += forgotten.errors
        await visitor.close()


async def _rested(gazetteer: Gazetteer, url: str, process_id: int, rest_s: float) -> float:
    """Return the memory once closed sessions are past their time; Streamlit lets them go when another one comes."""
    await asyncio.sleep(rest_s)
    await _hasty(gazetteer, url, 1, Crowd())
    return await _settled(process_id)


async def _settled(process_id: int) -> float:
    """Return the memory when it no longer moves: what served to start is given back after a while."""
    before = resident_mb(process_id)
    for _ in range(MOST_LOOKS):
        await asyncio.sleep(LOOK_S)
        now = resident_mb(process_id)
        if abs(now - before) < STILL_MB:
            break
        before = now
    return resident_mb(process_id)


async def _tried(work: Awaitable[None], crowd: Crowd) -> None:
    try:
        await work
    except FAILED as error:
        crowd.errors.append(f"{type(error).__name__}: {error}")


def crowd_from_child(way: str, *arguments: Any) -> Crowd:
    """Run `paced` or `flat_out` from a process of its own."""
    command = [sys.executable, "-m", "bench.load.crowd"]
    asked = json.dumps([way, *arguments])
    done = subprocess.run(command, cwd=ROOT, input=asked, check=True, stdout=subprocess.PIPE, text=True)
    return Crowd(**json.loads(done.stdout))


def run(asked: str) -> str:
    """Run what one line of JSON asks, and return what came of it as another."""
    import uvloop  # noqa: PLC0415 - the child alone; not there on Windows

    way, *arguments = json.loads(asked)
    return json.dumps(asdict(uvloop.run(paced(*arguments) if way == "paced" else flat_out(*arguments))))


if __name__ == "__main__":
    print(run(sys.stdin.read()))
