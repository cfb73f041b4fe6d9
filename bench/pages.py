"""What a person waits for on the pages, as ratios against a page that is empty, measured in the same run."""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING

from bench.browser import chromium, fresh_page, map_frame, until_drawn, until_map, until_pictured
from bench.parts import Measure
from bench.server import ROOT, serving
from bench.words import kilobytes, seconds, times
from bench.world import APP

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from bench.browser import Traffic
    from bench.world import World

    Timed = Callable[[], float]

RUNS = 9
EMPTY = ROOT / "bench" / "empty" / "app.py"
BLANK = ROOT / "bench" / "blank" / "app.py"
EMPTY_MAP = "#map_div.leaflet-container .leaflet-control-zoom"
ONE_WORD = "document.querySelector('[data-testid=stMarkdownContainer]')"
MATRIX = "performance.getEntriesByName('cooperations:matrice').length"
FULL_MAP = "#map_div[data-limites][data-total] .leaflet-marker-icon"
PICTURED_MAP = "#apercu .coop-apercu[data-total] .coop-groupe"
PICTURED_MATRIX = "#apercu .coop-matrice td.couvert"
ANSWERING = "celle qui répond aux clics"
MOST_TIMES = 1.15


def measures(world: World) -> Iterator[Measure]:
    """Measure the pages on the published data."""
    folder = world.folder
    start = statistics.median(_cold_start(folder / f"start-{run}.sqlite3") for run in range(3))
    yield Measure("démarrage à froid jusqu’au serveur prêt", seconds(start), "≤ 3 s", start <= 3)
    with (
        serving(EMPTY, folder / "empty.sqlite3") as empty,
        serving(BLANK, folder / "blank.sqlite3") as blank,
        serving(APP, folder / "app.sqlite3") as full,
        chromium() as browser,
    ):
        yield from _first_map(browser, empty.url, full.url)
        yield from _first_matrix(browser, blank.url, f"{full.url}/couverture")
        yield from _filter_change(browser, full.url)
        yield _hosts(browser, full.url)
        weight = full.resident_mb()
        yield Measure("mémoire du serveur, après ces visites", f"{weight:.0f} Mo", "≤ 300 Mo", weight <= 300)


def _first_map(browser: Browser, empty: str, full: str) -> Iterator[Measure]:
    def peer() -> float:
        return map_time(browser, empty, EMPTY_MAP)

    timed = pairs(peer, lambda: pictured_time(browser, full, PICTURED_MAP))
    yield beside("carte visible, limites et amas compris", timed)
    yield told(beside(f"la même carte, {ANSWERING}", pairs(peer, lambda: map_time(browser, full, FULL_MAP))))


def _first_matrix(browser: Browser, blank: str, address: str) -> Iterator[Measure]:
    def peer() -> float:
        return drawn_time(browser, blank, ONE_WORD)

    timed = pairs(peer, lambda: pictured_time(browser, address, PICTURED_MATRIX))
    yield beside("page Couverture, matrice visible, à côté d’une page d’un mot", timed)
    timed = pairs(peer, lambda: drawn_time(browser, address, MATRIX))
    yield told(beside(f"la même matrice, {ANSWERING}", timed))


def _cold_start(database: Path) -> float:
    with serving(APP, database) as server:
        return server.healthy_after_s


def map_time(browser: Browser, url: str, ready: str) -> float:
    """Return the seconds until a map of a new visitor shows an element."""
    with fresh_page(browser) as (page, _):
        return until_map(page, url, ready)


def pictured_time(browser: Browser, url: str, ready: str) -> float:
    """Return the seconds until the first painting of a page for a new visitor, which shows an element."""
    with fresh_page(browser) as (page, _):
        return until_pictured(page, url, ready)


def drawn_time(browser: Browser, url: str, condition: str) -> float:
    """Return the seconds until a page of a new visitor meets a condition in JavaScript."""
    with fresh_page(browser) as (page, _):
        return until_drawn(page, url, condition)


def pairs(peer: Timed, own: Timed, runs: int = RUNS) -> list[tuple[float, float]]:
    """Time a peer and ours, turn by turn; the first turn warms both up."""
    return [(peer(), own()) for _ in range(runs + 1)][1:]


def beside(what: str, timed: list[tuple[float, float]], most: float = MOST_TIMES, peer: str = "page vide") -> Measure:
    """Return the line of ours beside a peer."""
    theirs, own = (statistics.median(side) for side in zip(*timed, strict=True))
    # Of each pair, one after the other: a machine that slows down meanwhile slows both.
    ratio = statistics.median(one / other for other, one in timed)
    said = f"{seconds(own)} ; {peer} {seconds(theirs)}\u00a0: {times(ratio)}"
    return Measure(what, said, f"≤ {times(most)}", ratio <= most)


def told(measure: Measure) -> Measure:
    """Return a line without its goal: it explains another."""
    return Measure(measure.what, measure.value)


def _filter_change(browser: Browser, url: str) -> Iterator[Measure]:
    with fresh_page(browser) as (page, traffic):
        until_map(page, url, FULL_MAP)
        page.wait_for_timeout(1500)
        measured = [_one_change(page, traffic, code) for code in ("33", "40", "24", "64", "47", "33", "40")]
    took = statistics.median(second for second, _ in measured)
    heaviest = max(weight for _, weight in measured)
    what = "un filtre, jusqu’à la carte à jour"
    yield Measure(what, f"{seconds(took)} (médiane de {len(measured)})", "≤ 0,5 s", took <= 0.5)
    yield Measure("octets de websocket pour un filtre", f"{kilobytes(heaviest)} au plus", "< 10 ko", heaviest < 10_000)


def _one_change(page: Page, traffic: Traffic, code: str) -> tuple[float, int]:
    frame, before = map_frame(page), traffic.websocket_bytes
    started = time.perf_counter()
    frame.locator(f"path[aria-label*='({code})']").press("Enter")
    frame.locator(f"#map_div[data-requete='territoire=departement%3A{code}']").wait_for()
    took = time.perf_counter() - started
    page.wait_for_timeout(1200)
    return took, traffic.websocket_bytes - before


def _hosts(browser: Browser, url: str) -> Measure:
    asked: set[str] = set()
    for address in (url, f"{url}/pratique?id=loc-halle-bio", f"{url}/donnees"):
        with fresh_page(browser) as (page, traffic):
            page.goto(address)
            page.wait_for_timeout(3000)
            asked |= traffic.hosts
    foreign = asked - {"127.0.0.1", ""}
    return Measure("hôtes demandés hors de l’application", str(len(foreign)), "0", not foreign)
