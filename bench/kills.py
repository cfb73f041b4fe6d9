"""Kills a process that takes proposals and decides about them, again and again, and looks for what was lost.

Run with `scripts/torture [--kills 1000] [--base URL]`. Each round forks a process whose threads send proposals, send
again those whose answer never came, and accept some; the parent kills it with SIGKILL at a random moment.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import create_engine, text

from cooperations.accounts.rights import VISITOR, Person
from cooperations.accounts.tokens import digest, new_token
from cooperations.catalogue import Catalogue
from cooperations.contributions.content import Content
from cooperations.contributions.decide import accept
from cooperations.contributions.sending import Sent, propose
from cooperations.dataset import load_dataset
from cooperations.errors import CooperationsError
from cooperations.runtime import read_geo
from cooperations.settings import ROOT
from cooperations.store import Store

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cooperations.territories import Gazetteer

THREADS = 4
SHORTEST_S, LONGEST_S = 0.02, 0.5
MODERATOR = Person("moderateur", "Banc d’essai", "banc")
VALUES = {"type_pratique": "mutualisation_achats", "description": "Un essai.", "territoires": "commune:47001"}


@dataclass(frozen=True, slots=True)
class Journal:
    """What was sent, and what was answered: lines of two files, written before and after each call."""

    folder: Path

    def write(self, name: str, line: str) -> None:
        """Add a line at once: an append of a short line is whole, or is not there."""
        handle = os.open(self.folder / name, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(handle, f"{line}\n".encode())
        os.close(handle)

    def lines(self, name: str) -> list[str]:
        """Return the lines of a file."""
        path = self.folder / name
        return path.read_text().split("\n")[:-1] if path.is_file() else []


def main(arguments: Sequence[str] | None = None) -> int:
    """Kill, check, and say what was found; return 1 when something was lost, doubled or broken."""
    parser = argparse.ArgumentParser(prog="python -m bench.kills", description=__doc__)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--base", default="")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        url = options.base or f"sqlite:///{folder}/base.sqlite3"
        journal, gazetteer = Journal(Path(folder)), read_geo(ROOT / "geo")
        catalogue = _prepare(url, gazetteer)
        started = time.monotonic()
        for _ in range(options.kills):
            _one_kill(url, journal, catalogue)
        took_s = time.monotonic() - started
        faults = check(url, journal)
        sent, answered = len(journal.lines("envoyees")), len(journal.lines("recues"))
        accepted = len(journal.lines("acceptees"))
    print(f"{options.kills} kills in {took_s:.0f} s: {sent} sent, {answered} answered, {accepted} accepted.")
    print("\n".join(faults) or "Every answered proposal is there, none twice; the database is whole.")
    return int(bool(faults))


def _prepare(url: str, gazetteer: Gazetteer) -> Catalogue:
    store = Store(url)
    store.migrate()
    store.load(load_dataset(ROOT / "data", gazetteer), "data/")
    dataset, revision = store.read()
    store.close()
    return Catalogue(dataset, gazetteer, revision)


def _one_kill(url: str, journal: Journal, catalogue: Catalogue) -> None:
    child = os.fork()
    if child == 0:
        try:
            _serve(url, journal, catalogue)
        finally:
            os._exit(0)
    time.sleep(random.uniform(SHORTEST_S, LONGEST_S))  # noqa: S311 - when to kill is no secret
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def _serve(url: str, journal: Journal, catalogue: Catalogue) -> None:
    store = Store(url)
    unanswered = [*{*journal.lines("envoyees")} - {*journal.lines("recues")}]
    shares = [unanswered[thread::THREADS] for thread in range(THREADS)]
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(lambda tokens: _person(store, catalogue, journal, tokens), shares))


def _person(store: Store, catalogue: Catalogue, journal: Journal, again: list[str]) -> None:
    while True:
        token = again.pop() if again else new_token()
        journal.write("envoyees", token)
        content = Content(VALUES | {"nom": f"Essai {token}"}, ())
        made = propose(store, catalogue, VISITOR, Sent("pratique", content, token))
        journal.write("recues", token)
        if made.is_open and random.random() < 0.3:  # noqa: S311 - some are accepted
            try:
                done = accept(store, catalogue, MODERATOR, made)
            except CooperationsError:
                continue
            journal.write("acceptees", f"{token} {done.result_id}")


def check(url: str, journal: Journal) -> list[str]:
    """Return what is wrong with the database after the kills."""
    store = Store(url)
    held, _ = store.read()
    ids = {practice.id for practice in held.practices}
    engine = create_engine(url)
    with engine.connect() as connection:
        digests = list(connection.scalars(text("SELECT token_digest FROM proposal")))
        states = connection.execute(text("SELECT id, state, result_id FROM proposal")).all()
        laid = set(connection.scalars(text("SELECT proposal_id FROM change WHERE undone_at IS NULL")))
        whole = "ok"
        if engine.dialect.name == "sqlite":
            whole = str(connection.scalar(text("PRAGMA integrity_check")))
    engine.dispose()
    store.close()
    return [
        *(f"lost: {one}" for one in {*map(digest, journal.lines("recues"))} - {*digests}),
        *(f"unknown: {one}" for one in {*digests} - {*map(digest, journal.lines("envoyees"))}),
        *([f"twice: {len(digests) - len({*digests})}"] if len(digests) != len({*digests}) else []),
        *(f"half accepted: {one}" for one, state, result in states if (state == "acceptee") != (one in laid)),
        *(f"not published: {result}" for _, state, result in states if state == "acceptee" and result not in ids),
        *(f"acceptance lost: {one}" for one in journal.lines("acceptees") if one.split()[1] not in ids),
        *([f"integrity: {whole}"] if whole != "ok" else []),
    ]


if __name__ == "__main__":
    sys.exit(main())
