"""The light pages, without Streamlit, beside an empty Streamlit page: with a map, and with one word."""

from __future__ import annotations

import json
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bench.browser import chromium, fresh_page
from bench.pages import BLANK, EMPTY, EMPTY_MAP, ONE_WORD, beside, drawn_time, map_time, pairs, told
from bench.server import serving
from bench.world import Sizes, World
from cooperations.text import number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from bench.parts import Measure
    from bench.server import Server

OFFERS, PRACTICES = "/offres-legeres", "/carte-legere"
DRAWN = "#map_carte[data-limites][data-total] .leaflet-marker-icon"
"""Boundaries and marks."""
PATIENCE_MS = 60_000
MOST_TIMES = 0.4


def light(browser: Browser, empty: Server, full: Server, world: World) -> Iterator[Measure]:
    """Measure the first map of a new visitor: of all structures beside both empty pages, and of the practices."""
    points = f"{number(world.sizes.structures)} points"
    offers, practices = f"{full.url}{OFFERS}", f"{full.url}{PRACTICES}"
    timed = pairs(lambda: map_time(browser, empty.url, EMPTY_MAP), lambda: first_map(browser, offers))
    what = f"page légère, première carte avec {points}"
    yield beside(what, timed, MOST_TIMES, "page Streamlit avec une carte vide")
    with serving(BLANK, world.folder / "blank.sqlite3") as blank:
        timed = pairs(lambda: drawn_time(browser, blank.url, ONE_WORD), lambda: first_map(browser, offers))
        yield told(beside(f"{what}, à côté d’un mot", timed, MOST_TIMES, "page Streamlit d’un mot"))
        timed = pairs(lambda: drawn_time(browser, blank.url, ONE_WORD), lambda: first_map(browser, practices))
        yield told(beside("page légère des pratiques, à côté d’un mot", timed, MOST_TIMES, "page Streamlit d’un mot"))


def first_map(browser: Browser, address: str) -> float:
    """Return the seconds from the request of a light page to its marks, looked at before each painting.

    The page forbids scripts that are not its own, and so the way in which Playwright waits for a condition.
    """
    with fresh_page(browser) as (page, _):
        page.add_init_script(_WATCH % json.dumps(DRAWN))
        started = time.time()
        page.goto(address, wait_until="commit")
        seen = page.locator("html[data-vue]")
        seen.wait_for(timeout=PATIENCE_MS)
        return int(seen.get_attribute("data-vue") or 0) / 1000 - started


_WATCH = """
addEventListener("DOMContentLoaded", () => {
  const look = () => {
    if (document.querySelector(%s)) document.documentElement.dataset.vue = Date.now();
    else requestAnimationFrame(look);
  };
  look();
});
"""


def main() -> None:
    """Print the lines of this module alone."""
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder), Sizes())
        with (
            serving(EMPTY, world.folder / "empty.sqlite3") as empty,
            world.serving() as full,
            chromium() as browser,
        ):
            for one in light(browser, empty, full, world):
                print(f"{'ok' if one.held else 'MISS'}  {one.what}  {one.value}  {one.goal}")


if __name__ == "__main__":
    main()
