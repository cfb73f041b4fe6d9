"""The parts of the measuring: each is a function of its own module, run in a process of its own.

A part that fails or hangs loses what it had left to measure, not the others, and the table says so.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import traceback
from contextlib import suppress
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from bench.server import ROOT
from bench.world import Sizes, World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Measuring = Callable[[World], Iterable["Measure"]]


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of the table, in French; without a goal it is told for what it explains."""

    what: str
    value: str
    goal: str = ""
    held: bool = True


@dataclass(frozen=True, slots=True)
class Part:
    """What `scripts/bench NAME` measures: « module:function », and the seconds after which it is given up."""

    name: str
    title: str
    entry: str
    patience_s: float = 300

    def measuring(self) -> Measuring:
        """Return the function; imported late, so that a module that fails only loses its own part."""
        module, _, function = self.entry.partition(":")
        found: Measuring = getattr(import_module(module), function)
        return found


PARTS = {
    part.name: part
    for part in (
        Part("calculs", "Calculs, à côté d’un témoin", "bench.engine:measures"),
        Part("pages", "Les pages, sur les données publiées", "bench.pages:measures"),
        Part("carte", "La carte, avec toutes les structures", "bench.big_map:measures", 400),
        Part("charge", "Les requêtes, avec toutes les structures", "bench.http_load:measures"),
        Part("sessions", "Des personnes à la fois, avec toutes les structures", "bench.sessions:measures"),
        Part("memoire", "Démarrage et mémoire, avec toutes les structures", "bench.memory:measures"),
        Part("fichiers", "Télécharger toutes les structures", "bench.files:measures", 1800),
        Part("documents", "Les documents, mis en page", "bench.documents:measures"),
        Part("rapports", "Les rapports pour les financeurs", "bench.reports:measures", 900),
        Part("repliques", "Plusieurs répliques", "bench.replicas:measures"),
        Part("ecritures", "Des personnes qui écrivent à la fois", "bench.writers:measures"),
        Part("proposer", "Proposer un nouvel exemple", "bench.proposing:measures"),
    )
}


def measured(part: Part, world: World) -> Iterator[Measure]:
    """Yield what a part measures, and one missed line when it stops before its end."""
    told = (json.dumps(asdict(part)), str(world.folder), json.dumps(asdict(world.sizes)))
    command = [sys.executable, "-m", "bench.parts", *told]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, start_new_session=True, text=True) as child:
        alarm = threading.Timer(part.patience_s, _end, (child.pid,))
        alarm.start()
        try:
            for line in child.stdout or ():
                yield Measure(**json.loads(line))
            status = child.wait()
        finally:
            given_up = not alarm.is_alive()
            alarm.cancel()
            _end(child.pid)
    if given_up:
        yield _unfinished(f"abandonnée après {part.patience_s:.0f} s")
    elif status:
        yield _unfinished(f"son processus s’est arrêté ({status})")


def _unfinished(why: str) -> Measure:
    return Measure("suite de cette partie", why, "aller au bout", held=False)


def _end(group: int) -> None:
    """End a part with the servers and browsers that it started."""
    with suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)


def tell(measures: Iterable[Measure], out: TextIO) -> None:
    """Write measures as lines of JSON as they come; a failure is one of them."""
    try:
        for measure in measures:
            print(json.dumps(asdict(measure)), file=out, flush=True)
    except Exception as error:  # noqa: BLE001 - whatever fails is told in the table
        traceback.print_exc()
        said = " ".join(str(error).split())[:120]
        print(json.dumps(asdict(_unfinished(f"{type(error).__name__}\u00a0: {said}"))), file=out, flush=True)


def _measures(part: Part, world: World) -> Iterator[Measure]:
    yield from part.measuring()(world)


def main(part: str, folder: str, sizes: str) -> None:
    """Run one part in this process, and write its measures on the standard output."""
    tell(_measures(Part(**json.loads(part)), World(Path(folder), Sizes(**json.loads(sizes)))), sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
