"""Offers: the search around a place beside PostGIS, the import of a list, the best groups."""

from __future__ import annotations

import io
import statistics
import tempfile
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from bench.postgis import SEARCH, parameters, postgis, server_folder
from bench.server import ROOT
from bench.structures import made_up_offers
from cooperations.imports import Order, Prepared, keep
from cooperations.intake import mapped, plan, read_table, take
from cooperations.offers.cards import distances_km
from cooperations.offers.directory import COLUMNS, Directory, Frames, structures_frame
from cooperations.offers.grouping import candidates, groups
from cooperations.offers.needs import Need, place_of
from cooperations.offers.search import search_nearest
from cooperations.runtime import Application
from cooperations.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

T = TypeVar("T")

OFFERS, IMPORTED = 1_000_000, 100_000
RUNS = 5
CLOSE_KM = 0.002
"""Positions are kept to half a metre."""
PLACES = ("40192", "33063", "64445", "47001", "24322", "40088", "33243", "64102", "24037", "47323")
"""Mont-de-Marsan, Bordeaux, Pau, Agen, Périgueux, Dax, Libourne, Bayonne, Bergerac, Villeneuve-sur-Lot."""
NEEDS = tuple(
    Need(f"commune:{code}", "30", purchase_families=(family,), kinds=("ACI", "EI", "ESAT"))
    for code in PLACES
    for family in ("nettoyage", "espaces_verts")
)
LOTS = ("nettoyage", "espaces_verts", "batiment", "restauration", "logistique_conditionnement")
GUIDED = {
    name: name
    for name in (
        *("source_key", "name", "siret", "kind", "family", "naf", "activity", "address", "post_code", "city"),
        *("commune_code", "department_code", "longitude", "latitude", "area_radius_km", "website"),
    )
}


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds of one search, of ours and of PostGIS (None when it is not installed), and whether both answer alike."""

    own: float
    postgis: float | None
    same: bool
    groups: float
    candidates: int


@dataclass(frozen=True, slots=True)
class ImportTiming:
    """Rows per second: checking what was read, keeping what was checked, and both together."""

    checked: float
    kept: float
    both: float


def timed_offers() -> Timing:
    """Time the 50 nearest of a million under filters, and the best groups."""
    with tempfile.TemporaryDirectory() as folder:
        app = _application(Path(folder))
        directory = _directory(app, made_up_offers(app.gazetteer, OFFERS))
    own, answers = _timed_searches(lambda need: directory.ids(search_nearest(directory, need).rows))
    peer: float | None = None
    same = True
    if server_folder():
        with postgis(directory) as connection:
            asked = {need: parameters(need, directory) for need in NEEDS}
            peer, theirs = _timed_searches(
                lambda need: [row[0] for row in connection.execute(SEARCH, asked[need]).fetchall()]
            )
            same = all(
                _alike(directory, need, one, other) for need, one, other in zip(NEEDS, answers, theirs, strict=True)
            )
    need = Need("commune:40192", "100", purchase_families=LOTS)
    groups(directory, need)
    spent = statistics.median(_timed(partial(groups, directory, need))[0] for _ in range(RUNS))
    return Timing(own, peer, same, spent, len(candidates(directory, need)))


def timed_import() -> ImportTiming:
    """Time an import of a table already read: checks and locations, then what is held compared and written."""
    with tempfile.TemporaryDirectory() as folder:
        app = _application(Path(folder))
        content = _as_csv(made_up_offers(app.gazetteer, IMPORTED))
        raw = read_table("banc.csv", content)
        profile = mapped(raw, GUIDED, "banc", "Liste inventée")
        day = app.catalogue().practices[0].checked_on
        checking, intake = _timed(lambda: take(raw, profile, app.gazetteer, source_date=day))
        order = Order("banc.csv", content, day)
        planned = plan(intake, app.store.lists.held(profile.model, "banc"))
        prepared = Prepared(order, intake, planned, "banc", app.store.lists.revision())
        keeping, batch = _timed(lambda: keep(app, prepared, "Banc", keep_good=True))
    done = batch.added
    return ImportTiming(raw.read / checking, done / keeping, raw.read / (checking + keeping))


def _application(folder: Path) -> Application:
    return Application(Settings(ROOT / "data", ROOT / "geo", f"sqlite:///{folder}/banc.sqlite3"))


def _directory(app: Application, frame: pd.DataFrame) -> Directory:
    catalogue = app.catalogue()
    curated = structures_frame(catalogue.structures.values(), catalogue)
    return Directory(Frames([frame[list(COLUMNS)]], curated), catalogue, 1)


def _timed_searches(search: Callable[[Need], list[str]]) -> tuple[float, list[list[str]]]:
    answers = [search(need) for need in NEEDS]
    seconds = [_timed(partial(search, need))[0] for _ in range(RUNS) for need in NEEDS]
    return statistics.median(seconds), answers


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    started = time.perf_counter()
    done = work()
    return time.perf_counter() - started, done


def _alike(directory: Directory, need: Need, own: list[str], theirs: list[str]) -> bool:
    """Return whether two answers are as far, one by one, to the metre: equal distances may be in any order."""
    place = place_of(need, directory.catalogue.gazetteer)
    if place is None or len(own) != len(theirs):
        return False
    one, other = (distances_km(directory, np.array(directory.rows_of(ids)), place) for ids in (own, theirs))
    return bool(np.allclose(np.array(one, float), np.array(other, float), atol=CLOSE_KM))


def _as_csv(frame: pd.DataFrame) -> bytes:
    out: Any = io.StringIO()
    frame[list(GUIDED)].to_csv(out, index=False)
    return str(out.getvalue()).encode()


def main() -> None:
    """Print the timings of this module alone."""
    imported = timed_import()
    print(f"import: {imported.checked:,.0f} checked/s, {imported.kept:,.0f} kept/s, {imported.both:,.0f} rows/s")
    found = timed_offers()
    peer = f"{1000 * found.postgis:.2f} ms" if found.postgis else "PostGIS not installed"
    print(f"50 nearest: {1000 * found.own:.2f} ms; PostGIS {peer}; same answers: {found.same}")
    print(f"groups among {found.candidates}: {found.groups:.2f} s")


if __name__ == "__main__":
    main()
