"""Kills what takes proposals and decides about them, again and again, and looks for what was lost.

Run with `scripts/torture [--kills 1000] [--serveur] [--base postgresql]`. Each round starts a process that takes
proposals, sends again those whose answer never came, accepts some, and kills it with SIGKILL at a random moment: a
process that writes through the core or, with `--serveur`, the served application, which people reach by its pages.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from bench.killing.bases import opened
from bench.killing.checking import check
from bench.killing.core import core_rounds
from bench.killing.journal import ACCEPTED, RECEIVED, SENT, Journal
from bench.killing.served import served_rounds
from cooperations.catalogue import Catalogue
from cooperations.dataset import load_dataset
from cooperations.runtime import read_geo
from cooperations.settings import ROOT
from cooperations.store import Store

if TYPE_CHECKING:
    from collections.abc import Sequence

PROGRESS_EVERY = 50


def main(arguments: Sequence[str] | None = None) -> int:
    """Kill, check, and say what was found; return 1 when something was lost, doubled or broken."""
    asked = _asked(arguments)
    with tempfile.TemporaryDirectory() as folder, opened(asked.base, Path(folder)) as url:
        journal, catalogue = Journal(Path(folder)), prepare(url)
        started = time.monotonic()
        rounds = (served_rounds if asked.serveur else core_rounds)(url, journal, catalogue)
        done = 0
        # Stopped from the keyboard, it says what it found so far.
        with suppress(KeyboardInterrupt):
            for done, _ in zip(range(1, asked.kills + 1), rounds, strict=False):
                if done % PROGRESS_EVERY == 0:
                    print(f"{done} kills, {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
        rounds.close()
        took_s = time.monotonic() - started
        faults = check(url, journal)
        print(_said(done, took_s, journal))
    print("\n".join(faults) or "Every answered proposal is there, none twice; the database is whole.")
    return int(bool(faults))


def _asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.kills", description=__doc__)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--serveur", action="store_true", help="tuer l’application servie, et non le cœur seul")
    parser.add_argument("--base", default="sqlite", help="sqlite, postgresql (un serveur privé), ou une adresse")
    return parser.parse_args(arguments)


def prepare(url: str) -> Catalogue:
    """Fill an empty database from data/, and return what it holds."""
    gazetteer, store = read_geo(ROOT / "geo"), Store(url)
    store.migrate()
    store.load(load_dataset(ROOT / "data", gazetteer), "data/")
    dataset, revision = store.read()
    store.close()
    return Catalogue(dataset, gazetteer, revision)


def _said(kills: int, took_s: float, journal: Journal) -> str:
    sent = Counter(journal.lines(SENT))
    again = sum(count > 1 for count in sent.values())
    answered, accepted = len(journal.lines(RECEIVED)), len(journal.lines(ACCEPTED))
    return (
        f"{kills} kills in {took_s:.0f} s: {sent.total()} sent, {again} of them more than once, "
        f"{answered} answered, {accepted} accepted."
    )


if __name__ == "__main__":
    sys.exit(main())
