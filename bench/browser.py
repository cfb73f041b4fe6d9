"""What a person waits for, measured in Chromium."""

from __future__ import annotations

import json
import os
import shutil
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, FrameLocator, Page, WebSocket

CHROMIUM_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
FRAME = 'iframe[title^="streamlit_folium"]'
WIDTH_PX, HEIGHT_PX = 1366, 768


@dataclass
class Traffic:
    """What a page received: bytes over its websocket, bytes of answers over HTTP, and the hosts it asked."""

    websocket_bytes: int = 0
    http_bytes: int = 0
    hosts: set[str] = field(default_factory=set)


def chromium_path() -> str | None:
    """Return the Chromium that CHROMIUM names, else the system's, else None: Playwright's own."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Open a Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def fresh_page(browser: Browser) -> Iterator[tuple[Page, Traffic]]:
    """Open a page without cache or session, and count what it receives."""
    # Playwright waits by evaluating a text in the page, which our content policy forbids.
    context = browser.new_context(viewport={"width": WIDTH_PX, "height": HEIGHT_PX}, bypass_csp=True)
    page, traffic = context.new_page(), Traffic()
    page.on("websocket", lambda socket: _count(socket, traffic))
    page.on("request", lambda request: traffic.hosts.add(urlsplit(request.url).hostname or ""))
    wire = context.new_cdp_session(page)
    wire.on("Network.loadingFinished", lambda loaded: _add(loaded, traffic))
    wire.send("Network.enable")
    yield page, traffic
    context.close()


def _count(socket: WebSocket, traffic: Traffic) -> None:
    def received(payload: str | bytes) -> None:
        traffic.websocket_bytes += len(payload)

    socket.on("framereceived", received)


def _add(loaded: dict[str, float], traffic: Traffic) -> None:
    """Add an answer as it crossed the network, headers included and compressed as it was."""
    traffic.http_bytes += int(loaded["encodedDataLength"])


def map_frame(page: Page) -> FrameLocator:
    """Return the frame that holds the map."""
    return page.frame_locator(FRAME)


def until_map(page: Page, url: str, ready: str) -> float:
    """Return the seconds from the request of a page to the element `ready` of its map.

    Watched from inside the frame at each 10 ms: Playwright's own waiting looks every 500 ms only.
    """
    page.add_init_script(_WATCH % json.dumps(ready))
    started = time.time()
    page.goto(url, wait_until="commit")
    seen = page.wait_for_function("window.seenAt").json_value()
    return float(seen) / 1000 - started


def until_pictured(page: Page, url: str, ready: str) -> float:
    """Return the seconds from the request of a page to its first painting, which must show the element `ready`."""
    page.add_init_script(_WATCH_PAINTING % json.dumps(ready))
    started = time.time()
    page.goto(url, wait_until="commit")
    return float(page.wait_for_function("window.paintedAt").json_value()) / 1000 - started


def until_changed(page: Page, act: Callable[[], object], attribute: str, wanted: str) -> float:
    """Return the seconds from an act to the map that says a value in one of its attributes, and is painted."""
    frame = next(one for one in page.frames if "streamlit_folium" in one.url)
    frame.evaluate(_WATCH_CHANGE, [attribute, wanted])
    started = time.time()
    act()
    return float(frame.evaluate("window.changedAt")) / 1000 - started


def until_drawn(page: Page, url: str, condition: str) -> float:
    """Return the seconds from the request of a page to a condition in JavaScript, looked at before each painting."""
    started = time.time()
    page.goto(url, wait_until="commit")
    seen = page.wait_for_function(f"({condition}) && Date.now()", polling="raf").json_value()
    return float(seen) / 1000 - started


_WATCH = """
const watching = setInterval(() => {
  if (window === window.parent || !document.querySelector(%s)) return;
  clearInterval(watching);
  requestAnimationFrame(() => { window.parent.seenAt = window.parent.seenAt || Date.now(); });
}, 10);
"""
_WATCH_PAINTING = """
new PerformanceObserver((list) => {
  const [first] = list.getEntriesByName("first-contentful-paint");
  if (first && document.querySelector(%s)) window.paintedAt = performance.timeOrigin + first.startTime;
}).observe({ type: "paint", buffered: true });
"""
_WATCH_CHANGE = """([attribute, wanted]) => {
  const map = document.querySelector("#map_div");
  window.changedAt = new Promise((seen) => {
    const look = () => {
      if (map.getAttribute(attribute) !== wanted) return false;
      watcher.disconnect();
      requestAnimationFrame(() => seen(Date.now()));
      return true;
    };
    const watcher = new MutationObserver(look);
    watcher.observe(map, { attributes: true, attributeFilter: [attribute] });
    look();
  });
}"""
