"""`scripts/bench`: measure, show one table, and write docs/performance.md when everything was measured."""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bench.parts import PARTS, measured
from bench.report import REPORT, Circumstances, document, held, load_average, screen
from bench.world import Sizes, World

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.parts import Measure, Part

SIZES = Sizes()


def main(arguments: list[str]) -> int:
    """Measure, print the table, and return 1 when a goal is missed."""
    asked = _asked(arguments)
    if asked.liste:
        print("\n".join(f"{part.name:<12} {part.title}" for part in PARTS.values()))
        return 0
    # A part is in a group of its own: who ends the whole must end it too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    started, busy = time.monotonic(), load_average()
    sizes = Sizes(asked.structures, asked.sessions)
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(asked.dossier or folder), sizes)
        table = {name: list(_followed(PARTS[name], world)) for name in asked.parties or PARTS}
    print(screen(table))
    if asked.ecrire or not asked.parties:
        # A folder is of one machine: its name is for nobody else.
        said = ("DOSSIER" if one == asked.dossier else one for one in arguments)
        made = Circumstances(" ".join(("scripts/bench", *said)), time.monotonic() - started, busy)
        REPORT.write_text(document(table, made, sizes), encoding="utf-8")
    return int(not all(map(held, table.values())))


def _followed(part: Part, world: World) -> Iterator[Measure]:
    """Yield what a part measures, and show each line as it comes."""
    for measure in measured(part, world):
        print(f"{part.name}\u00a0: {measure.what}\u00a0: {measure.value}", file=sys.stderr)
        yield measure


def _asked(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("scripts/bench", description=__doc__)
    parser.add_argument("parties", nargs="*", metavar="partie", help="une partie seule ; toutes sans elle")
    parser.add_argument("--structures", type=int, default=SIZES.structures, help="structures inventées")
    parser.add_argument("--sessions", type=int, default=SIZES.sessions, help="personnes à la fois")
    parser.add_argument("--dossier", help="où garder les bases d’une fois à l’autre")
    parser.add_argument("--ecrire", action="store_true", help="écrire docs/performance.md avec ces seules parties")
    parser.add_argument("--liste", action="store_true", help="les parties")
    asked = parser.parse_args(arguments)
    unknown = set(asked.parties) - set(PARTS)
    if unknown:
        parser.error(f"partie inconnue\u00a0: {', '.join(sorted(unknown))} ; connues\u00a0: {', '.join(PARTS)}")
    return asked


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
