"""`scripts/bench`: one table of what was measured, with the goal beside it."""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bench.browser import chromium, fresh_page, map_frame, until_drawn, until_map
from bench.coverage import timed_matrix
from bench.offers import timed_import, timed_offers
from bench.server import ROOT, serving
from bench.sirene import timed_sirene

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from bench.browser import Traffic

RUNS = 15
EMPTY_MAP = "#map_div.leaflet-container .leaflet-control-zoom"
ONE_WORD = "document.querySelector('[data-testid=stMarkdownContainer]')"
MATRIX = "performance.getEntriesByName('cooperations:matrice').length"
FULL_MAP = "#map_div[data-limites][data-total] .leaflet-marker-icon"


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of the table."""

    what: str
    value: str
    goal: str
    held: bool


def main() -> int:
    """Measure, print the table, and return 1 when a goal is missed."""
    with tempfile.TemporaryDirectory() as folder:
        measures = list(_measure(Path(folder)))
    width = max(len(measure.what) for measure in measures)
    for measure in measures:
        print(f"{'ok  ' if measure.held else 'MISS'} {measure.what:<{width}}  {measure.value:<34} goal {measure.goal}")
    return int(not all(measure.held for measure in measures))


def _measure(folder: Path) -> Iterator[Measure]:
    yield _matrix()
    yield from _imports()
    yield from _offers()
    yield _sirene()
    starts = [_cold_start(folder / f"start-{run}.sqlite3") for run in range(3)]
    yield Measure(
        "cold start to a healthy server", f"{statistics.median(starts):.2f} s", "≤ 3 s", statistics.median(starts) <= 3
    )
    with (
        serving(ROOT / "bench" / "empty" / "app.py", folder / "empty.sqlite3") as empty,
        serving(ROOT / "bench" / "blank" / "app.py", folder / "blank.sqlite3") as blank,
        serving(ROOT / "app.py", folder / "app.sqlite3") as full,
        chromium() as browser,
    ):
        yield from _map_visible(browser, empty.url, full.url)
        yield from _matrix_visible(browser, blank.url, f"{full.url}/couverture")
        yield from _filter_change(browser, full.url)
        yield from _hosts(browser, full.url)
        weight = full.resident_mb()
        yield Measure(
            "resident memory of the server, after these visits", f"{weight:.0f} MB", "≤ 300 MB", weight <= 300
        )


def _matrix() -> Measure:
    timing = timed_matrix()
    median, first, crosstab = (1000 * second for second in (timing.median, timing.first, timing.crosstab))
    ratio = f"pandas.crosstab {crosstab:.0f} ms: ×{median / crosstab:.2f}"
    what = f"matrix of {timing.keys} EPCI over {timing.practices:,} practices"
    return Measure(
        what,
        f"{median:.0f} ms (first {first:.0f}), {ratio}" + ("" if timing.same else ", COUNTS DIFFER"),
        "≤ 100 ms, same counts",
        median <= 100 and timing.same,
    )


def _sirene() -> Measure:
    timing = timed_sirene()
    ratio = f"pandas {timing.peer_seconds:.1f} s: ×{timing.seconds / timing.peer_seconds:.2f}"
    return Measure(
        f"SIRENE stock of {timing.rows:,} establishments, read and sorted out",
        f"{timing.rows_per_s:,.0f} rows/s, {timing.peak_mb:.0f} MB, {ratio}"
        + ("" if timing.same else ", COUNTS DIFFER"),
        "≥ 500,000 rows/s, ≤ 1,000 MB",
        timing.rows_per_s >= 500_000 and timing.peak_mb <= 1000 and timing.same,
    )


def _imports() -> Iterator[Measure]:
    timing = timed_import()
    yield Measure(
        "checking of imported rows", f"{timing.checked:,.0f} rows/s", "≥ 50,000 rows/s", timing.checked >= 50_000
    )
    yield Measure("import of checked rows", f"{timing.kept:,.0f} rows/s", "≥ 50,000 rows/s", timing.kept >= 50_000)


def _offers() -> Iterator[Measure]:
    timing = timed_offers()
    own = f"{1000 * timing.own:.1f} ms"
    what = "50 nearest of 1,000,000 offers, with filters"
    if timing.postgis is None:
        yield Measure(what, f"{own}, PostGIS not installed", "≤ 10 ms", timing.own <= 0.01)
    else:
        ratio = timing.own / timing.postgis
        said = f"{own}, PostGIS {1000 * timing.postgis:.1f} ms: ×{ratio:.2f}" + (
            "" if timing.same else ", ANSWERS DIFFER"
        )
        yield Measure(what, said, "≤ 10 ms, ≤ ×1, same answers", timing.own <= 0.01 and ratio <= 1 and timing.same)
    among = f"best groups for 5 lots among {timing.candidates:,} candidates"
    yield Measure(among, f"{timing.groups:.2f} s", "≤ 1 s", timing.groups <= 1)


def _cold_start(database: Path) -> float:
    with serving(ROOT / "app.py", database) as server:
        return server.healthy_after_s


def _map_visible(browser: Browser, empty_url: str, full_url: str) -> Iterator[Measure]:
    def timed(url: str, ready: str) -> float:
        with fresh_page(browser) as (page, _):
            return until_map(page, url, ready)

    pairs = [(timed(empty_url, EMPTY_MAP), timed(full_url, FULL_MAP)) for _ in range(RUNS + 1)][1:]
    yield _beside("map visible, with boundaries and clusters", pairs)


def _matrix_visible(browser: Browser, blank_url: str, full_url: str) -> Iterator[Measure]:
    def timed(url: str, condition: str) -> float:
        with fresh_page(browser) as (page, _):
            return until_drawn(page, url, condition)

    pairs = [(timed(blank_url, ONE_WORD), timed(full_url, MATRIX)) for _ in range(RUNS + 1)][1:]
    yield _beside("coverage page, its matrix drawn", pairs)


def _beside(what: str, pairs: list[tuple[float, float]]) -> Measure:
    empty, full = (statistics.median(side) for side in zip(*pairs, strict=True))
    # Of each pair, one after the other: a machine that slows down meanwhile slows both.
    ratio = statistics.median(full / empty for empty, full in pairs)
    return Measure(what, f"{full:.2f} s, empty page {empty:.2f} s: ×{ratio:.2f}", "≤ ×1.15", ratio <= 1.15)


def _filter_change(browser: Browser, url: str) -> Iterator[Measure]:
    with fresh_page(browser) as (page, traffic):
        until_map(page, url, FULL_MAP)
        page.wait_for_timeout(1500)
        measured = [_one_change(page, traffic, code) for code in ("33", "40", "24", "64", "47", "33", "40")]
    seconds = statistics.median(second for second, _ in measured)
    heaviest = max(weight for _, weight in measured) / 1000
    yield Measure(
        "a filter change to the updated map", f"{seconds:.2f} s (median of {len(measured)})", "≤ 0.5 s", seconds <= 0.5
    )
    yield Measure("websocket bytes of a filter change", f"{heaviest:.1f} kB (largest)", "< 10 kB", heaviest < 10)


def _one_change(page: Page, traffic: Traffic, code: str) -> tuple[float, int]:
    frame, before = map_frame(page), traffic.websocket_bytes
    started = time.perf_counter()
    frame.locator(f"path[aria-label*='({code})']").press("Enter")
    frame.locator(f"#map_div[data-requete='territoire=departement%3A{code}']").wait_for()
    seconds = time.perf_counter() - started
    page.wait_for_timeout(1200)
    return seconds, traffic.websocket_bytes - before


def _hosts(browser: Browser, url: str) -> Iterator[Measure]:
    asked: set[str] = set()
    for address in (url, f"{url}/pratique?id=loc-halle-bio", f"{url}/donnees"):
        with fresh_page(browser) as (page, traffic):
            page.goto(address)
            page.wait_for_timeout(3000)
            asked |= traffic.hosts
    foreign = asked - {"127.0.0.1", ""}
    yield Measure("hosts asked beside the application's own", str(len(foreign)), "0", not foreign)


if __name__ == "__main__":
    sys.exit(main())
