"""Reports: the seconds until each format, on the published data, then over 100 000 practices, and what it weighs.

Each report over many practices is made in a process of its own, whose memory is looked at.
"""

from __future__ import annotations

import gc
import json
import os
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bench.parts import Measure
from bench.practices import made_up_catalogue
from bench.words import seconds
from cooperations.catalogue import Catalogue
from cooperations.criteria import EVERYTHING, Criteria
from cooperations.dataset import load_dataset
from cooperations.decisions import Decisions
from cooperations.reports.content import report
from cooperations.reports.order import Order
from cooperations.reports.steps import silent
from cooperations.reports.writing import FORMATS
from cooperations.runtime import read_geo
from cooperations.settings import ROOT
from cooperations.text import number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.world import World

MANY, MOST_MB = 100_000, 500
EVERY_S, PAGE_BYTES = 0.02, 4096
USER_TICKS = 11
"""Where, after the name, /proc/…/stat has the ticks of processor; those of the system follow."""
DEPARTMENT_S, REGION_S = 1.0, 3.0
TIMES = 5
LANDES = Criteria(territories=("departement:40",))


def measures(_world: World) -> Iterator[Measure]:
    """Make the reports of a department and of the region, then those over many practices."""
    gazetteer = read_geo(ROOT / "geo")
    catalogue = Catalogue(load_dataset(ROOT / "data", gazetteer), gazetteer, 1)
    for what, criteria, goal in (
        ("un département", LANDES, DEPARTMENT_S),
        ("la région et ses cinq départements", EVERYTHING, REGION_S),
    ):
        for extension, one in FORMATS.items():
            first, *others = (_timed(catalogue, criteria, extension) for _ in range(TIMES + 1))
            spent, worked = (statistics.median(one) for one in zip(*others, strict=True))
            said = f"{seconds(spent)} dont {seconds(worked)} de calcul ; le premier du processus {seconds(first[0])}"
            yield Measure(f"rapport sur {what}, {one.name}", said, f"≤ {goal:.0f} s", spent <= goal)
    for extension, one in FORMATS.items():
        yield _over_many(extension, one.name)


def _timed(catalogue: Catalogue, criteria: Criteria, extension: str) -> tuple[float, float]:
    """Return the seconds that a report takes, and those of processor, the press's and the engraver's among them."""
    started, before = time.perf_counter(), _worked_s()
    FORMATS[extension].write(report(catalogue, Decisions(), Order(criteria)), silent)
    return time.perf_counter() - started, _worked_s() - before


def _worked_s() -> float:
    times = os.times()
    # The press has ended, and is counted by the system; the engraver stays.
    engravers = sum(map(_processor_s, _children(b"documents.engraver")))
    return times.user + times.system + times.children_user + times.children_system + engravers


def _over_many(extension: str, name: str) -> Measure:
    command = [sys.executable, "-m", "bench.reports", str(MANY), extension]
    told = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout)
    grown = max(0.0, told["peak_mb"] - told["before_mb"])
    held = f"le processus et ses {number(MANY)} pratiques\u00a0: {told['before_mb']:.0f} Mo"
    spent = f"{seconds(told['spent_s'])} dont {seconds(told['worked_s'])} de calcul"
    said = f"{grown:.0f} Mo de plus, et {told['press_mb']:.0f} Mo pour la presse et le graveur ({held}) ; {spent}"
    weighs = grown + told["press_mb"]
    return Measure(f"rapport sur {number(MANY)} pratiques, {name}", said, f"≤ {MOST_MB} Mo en tout", weighs <= MOST_MB)


def main(count: int, extension: str) -> None:
    """Make one report over made-up practices, and write what it took on the standard output."""
    catalogue = made_up_catalogue(read_geo(ROOT / "geo"), count)
    gc.collect()
    before, done, most = _resident_mb("self"), threading.Event(), [0.0, 0.0]

    def watch() -> None:
        while not done.wait(EVERY_S):
            most[0] = max(most[0], _resident_mb("self"))
            most[1] = max(most[1], sum(map(_resident_mb, _children(b"documents."))))

    watcher = threading.Thread(target=watch)
    watcher.start()
    spent, worked = _timed(catalogue, EVERYTHING, extension)
    done.set()
    watcher.join()
    print(
        json.dumps({"before_mb": before, "peak_mb": most[0], "press_mb": most[1], "spent_s": spent, "worked_s": worked})
    )


def _children(program: bytes) -> list[str]:
    """Return the processes that run a program for this one: the press sets pages, the engraver draws charts."""
    children = "".join(path.read_text() for path in Path("/proc/self/task").glob("*/children")).split()
    return [child for child in children if program in _read(child, "cmdline")]


def _processor_s(process: str) -> float:
    said = _read(process, "stat").rpartition(b")")[2].split()
    return sum(map(int, said[USER_TICKS : USER_TICKS + 2])) / os.sysconf("SC_CLK_TCK") if said else 0.0


def _resident_mb(process: str) -> float:
    said = _read(process, "statm").split()
    return int(said[1]) * PAGE_BYTES / 1e6 if said else 0.0


def _read(process: str, what: str) -> bytes:
    try:
        return Path("/proc", process, what).read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
