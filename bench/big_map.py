"""The map with a million points in Chromium, beside an empty page and beside folium's own clusters."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING

from bench.browser import chromium, fresh_page, until_changed, until_map
from bench.light import light
from bench.pages import ANSWERING, EMPTY, EMPTY_MAP, beside, map_time, pairs, pictured_time, told
from bench.parts import Measure
from bench.server import ROOT, serving
from bench.words import kilobytes, quantile, seconds, times
from cooperations.offers.needs import Need
from cooperations.purchases import PURCHASE_FAMILIES
from cooperations.text import number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

    from bench.browser import Traffic
    from bench.world import World

    Act = Callable[[], object]

MARKERS = ROOT / "bench" / "markers" / "app.py"
PEERS = (
    ("MarkerCluster de 5 000", "points=5000", 10.0),
    ("FastMarkerCluster de 50 000", "points=50000&vite=oui", None),
)
ANY_MARK = ".leaflet-marker-icon"
PEER_RUNS = 3
PATIENCE_MS = 60_000
REST_MS = 900


def measures(world: World) -> Iterator[Measure]:
    """Measure the first map, the light page and changes of filters."""
    points = f"{number(world.sizes.structures)} points"
    with (
        serving(EMPTY, world.folder / "empty.sqlite3") as empty,
        world.serving() as full,
        chromium() as browser,
    ):
        total = _total(browser, full.url)
        ready = f"#map_div[data-limites][data-total='{total}'] {ANY_MARK}"
        address = f"{full.url}/offres"
        seen = f"#apercu [data-total='{total}'] .coop-groupe"

        def peer() -> float:
            return map_time(browser, empty.url, EMPTY_MAP)

        pictured = pairs(peer, lambda: pictured_time(browser, address, seen))
        yield beside(f"carte visible avec {points}", pictured)
        answering = pairs(peer, lambda: map_time(browser, address, ready))
        yield told(beside(f"la même carte, {ANSWERING}", answering))
        yield from _peers(
            browser, world, *(statistics.median(own for _, own in timed) for timed in (pictured, answering))
        )
        yield from light(browser, empty, full, world)
        yield from _changes(browser, address, ready, points)


def _total(browser: Browser, url: str) -> str:
    """Return how many structures the map says that it shows, at a first visit that is not timed."""
    with fresh_page(browser) as (page, _):
        page.set_default_timeout(PATIENCE_MS)
        until_map(page, f"{url}/offres", f"#map_div[data-total] {ANY_MARK}")
        frame = next(one for one in page.frames if "streamlit_folium" in one.url)
        return str(frame.get_attribute("#map_div", "data-total"))


def _changes(browser: Browser, address: str, ready: str, points: str) -> Iterator[Measure]:
    """Choose purchase families one after the other, and take each away again."""
    with fresh_page(browser) as (page, traffic):
        page.set_default_timeout(PATIENCE_MS)
        until_map(page, address, ready)
        page.wait_for_timeout(2000)
        done = [one for code in PURCHASE_FAMILIES.codes[:10] for one in _one_family(page, traffic, code)]
    took, messages, answers = zip(*done, strict=True)
    slow = quantile(took, 0.95)
    said = f"p50 {seconds(quantile(took, 0.5))}, p95 {seconds(slow)} ({len(took)} changements)"
    yield Measure(f"un filtre avec {points}, jusqu’à la carte à jour", said, "p95 ≤ 0,5 s", slow <= 0.5)
    yield Measure(
        "octets de websocket pour ce filtre", f"{kilobytes(max(messages))} au plus", "≤ 10 ko", max(messages) <= 10_000
    )
    yield Measure("octets HTTP pour ce filtre", f"{kilobytes(max(answers))} au plus", "≤ 30 ko", max(answers) <= 30_000)


def _one_family(page: Page, traffic: Traffic, code: str) -> Iterator[tuple[float, int, int]]:
    box = page.get_by_role("combobox", name="Ce que vous achetez")
    box.click()
    box.fill(PURCHASE_FAMILIES.label(code))
    page.get_by_role("option", name=PURCHASE_FAMILIES.label(code)).first.wait_for()
    yield _one_change(page, traffic, lambda: box.press("Enter"), Need(purchase_families=(code,)))
    page.keyboard.press("Escape")
    chip = page.locator(f".st-key-retirer-achat-{code} button")
    yield _one_change(page, traffic, chip.click, Need())


def _one_change(page: Page, traffic: Traffic, act: Act, wanted: Need) -> tuple[float, int, int]:
    messages, answers = traffic.websocket_bytes, traffic.http_bytes
    took = until_changed(page, act, "data-requete", wanted.query_string())
    # The list may come after the map, and what comes late counts.
    page.wait_for_timeout(REST_MS)
    return took, traffic.websocket_bytes - messages, traffic.http_bytes - answers


def _peers(browser: Browser, world: World, visible: float, answering: float) -> Iterator[Measure]:
    with serving(MARKERS, world.folder / "markers.sqlite3") as peer:
        for name, query, goal in PEERS:
            address = f"{peer.url}/?{query}"
            took = statistics.median([_patient(browser, address) for _ in range(PEER_RUNS + 1)][1:])
            ratio = took / visible
            said = f"{seconds(took)} contre {seconds(visible)}\u00a0: {times(ratio)}"
            what = f"témoin folium {name}, à côté de la même carte visible"
            yield Measure(what, said, f"≥ {times(goal)}" if goal else "", goal is None or ratio >= goal)
            said = f"{seconds(took)} contre {seconds(answering)}\u00a0: {times(took / answering)}"
            yield Measure(f"témoin folium {name}, à côté de {ANSWERING}", said)


def _patient(browser: Browser, address: str) -> float:
    with fresh_page(browser) as (page, _):
        page.set_default_timeout(PATIENCE_MS)
        return until_map(page, address, ANY_MARK)
