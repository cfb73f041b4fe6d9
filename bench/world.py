"""What the parts share: the sizes asked for, and a database of made-up structures, filled once for all of them."""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.request import urlopen

import pandas as pd

from bench.server import ROOT, serving
from bench.structures import made_up_offers
from cooperations.decisions import PARIS
from cooperations.offers.model import Batch, Offer
from cooperations.runtime import Application
from cooperations.settings import Settings
from cooperations.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bench.server import Server

APP = ROOT / "app.py"
NO_LIMIT = {"COOPERATIONS_API_LIMITE": "non"}
"""The whole load comes from one address."""
FIRST_VIEW = "/api/offres/marques?z=7&bbox=-5,42,4,47"
PATIENCE_S = 240
"""For the index of all the structures, which the first view waits for, on a machine busy with something else."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much of everything."""

    structures: int = 1_000_000
    sessions: int = 100


@dataclass(frozen=True, slots=True)
class World:
    """A folder that the parts of one run share, and the sizes."""

    folder: Path
    sizes: Sizes

    def database(self, structures: int | None = None) -> Path:
        """Return a SQLite database with made-up structures, filled at the first call of a run."""
        rows = self.sizes.structures if structures is None else structures
        path = self.folder / f"structures-{rows}.sqlite3"
        if not path.exists():
            being_filled = path.with_suffix(".part")
            fill_in_child(f"sqlite:///{being_filled}", rows)
            being_filled.rename(path)
        return path

    def revision(self) -> int:
        """Return the revision of the lists, which the addresses of the map say."""
        store = Store(f"sqlite:///{self.database()}")
        found = store.lists.revision()
        store.close()
        return found

    @contextmanager
    def serving(self, structures: int | None = None, **environment: str) -> Iterator[Server]:
        """Serve the application on made-up structures, once it has answered a first view of the map."""
        with serving(APP, self.database(structures), 0, **NO_LIMIT | environment) as server:
            with urlopen(f"{server.url}{FIRST_VIEW}", timeout=PATIENCE_S) as answer:  # noqa: S310 - our own server
                answer.read()
            yield server


def fill_in_child(database_url: str, rows: int) -> None:
    """Fill a database from another process, whose memory goes away with it."""
    subprocess.run([sys.executable, "-m", "bench.world", database_url, str(rows)], cwd=ROOT, check=True)


def fill(database_url: str, rows: int) -> None:
    """Fill a database with made-up structures as one import that is already checked."""
    app = Application(Settings(ROOT / "data", ROOT / "geo", database_url))
    frame = made_up_offers(app.gazetteer, rows)
    app.store.lists.take(Offer, frame.assign(digest=frame["id"]), pd.DataFrame(), _batch(rows))
    app.store.close()


def _batch(rows: int) -> Batch:
    return Batch(
        id="banc",
        recorded_at=datetime.now(PARIS),
        organisation="Banc de mesure",
        file="banc.csv",
        file_digest="banc",
        profile="banc",
        read=rows,
        added=rows,
        changed=0,
        unchanged=0,
        refused=0,
    )


if __name__ == "__main__":
    fill(sys.argv[1], int(sys.argv[2]))
