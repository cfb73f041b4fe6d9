"""A real server, a real browser, and the two promises that every page keeps: no error, nobody else asked."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, FrameLocator, Locator, Page, Request, expect

from bench.browser import CHROMIUM_ARGUMENTS, chromium_path
from bench.server import ROOT, serving
from tests.browser.trapping import Trapped, trapped_application
from tests.browser.watching import Watch
from tests.live.server import LiveServer
from tests.structures import FILES

PATIENCE_MS = 15_000
expect.set_options(timeout=PATIENCE_MS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(item.fspath).parent == Path(__file__).parent:
            item.add_marker("browser")
            # Streamlit may swallow a click or a word typed while it draws, on a machine busy with something else.
            item.add_marker(pytest.mark.flaky(reruns=2))


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return {"executable_path": chromium_path(), "args": CHROMIUM_ARGUMENTS}


@pytest.fixture(scope="session")
def browser_context_args(base_url: str) -> dict[str, Any]:
    return {"base_url": base_url, "viewport": {"width": 1366, "height": 768}, "locale": "fr-FR"}


@pytest.fixture(scope="session")
def base_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the application on the shipped data, and give its address."""
    with serving(ROOT / "app.py", tmp_path_factory.mktemp("app") / "app.sqlite3") as server:
        yield server.url


@pytest.fixture(scope="session")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database that holds our small lists, imported as a person does from the command line."""
    folder = tmp_path_factory.mktemp("listes")
    database = folder / "listes.sqlite3"
    for name, content in FILES.items():
        (folder / name).write_bytes(content)
        command = [sys.executable, "-m", "cooperations", "importer", str(folder / name), "--date", "2025-03-01"]
        subprocess.run(
            command,
            cwd=ROOT,
            check=True,
            env=os.environ | {"DATABASE_URL": f"sqlite:///{database}"},
            capture_output=True,
        )
    return database


@pytest.fixture(scope="session")
def shop(imported: Path) -> Iterator[str]:
    """Serve the application on our small lists, without network, and give its address; tests only read there."""
    with serving(ROOT / "app.py", imported) as server:
        yield server.url


@pytest.fixture(scope="session")
def live() -> Iterator[LiveServer]:
    """Serve the two public services as they are documented."""
    with LiveServer() as server:
        yield server


@pytest.fixture(scope="session")
def workshop(imported: Path, live: LiveServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the application on a copy of our lists that tests may change, with live sources turned on."""
    database = tmp_path_factory.mktemp("atelier") / "atelier.sqlite3"
    shutil.copy(imported, database)
    sources = {"ADRESSES_URL": live.addresses_url, "ENTREPRISES_URL": live.companies_url, "EN_LIGNE": "oui"}
    variables = {f"COOPERATIONS_{name}": value for name, value in sources.items()} | {"NO_PROXY": "*"}
    with serving(ROOT / "app.py", database, **variables) as server:
        yield server.url


@pytest.fixture(scope="session")
def trapped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trapped]:
    """Serve an application in which every text is hostile, and give the ways into it."""
    with trapped_application(tmp_path_factory.mktemp("pieges")) as made:
        yield made


@pytest.fixture
def watch(page: Page) -> Watch:
    """Return what sees that a text was run in the page."""
    return Watch(page)


@pytest.fixture(autouse=True)
def keeps_its_promises(page: Page) -> Iterator[None]:
    """Fail a test whose page logged an error or asked a host other than its own server."""
    errors: list[str] = []
    foreign: list[str] = []

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error":
            errors.append(f"{message.text} {message.location['url']}")

    def on_request(request: Request) -> None:
        # OpenStreetMap's tiles are asked by one test, which chooses them; it checks that they are not asked before.
        if urlsplit(request.url).hostname not in {"127.0.0.1", None, ""} and "openstreetmap" not in request.url:
            foreign.append(request.url)

    page.on("console", on_console)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", on_request)
    page.set_default_timeout(PATIENCE_MS)
    yield
    assert not errors
    assert not foreign


def the_map(page: Page, query: str | None = None) -> FrameLocator:
    """Wait for the map, and for the query that it shows when one is given."""
    frame = page.frame_locator('iframe[title^="streamlit_folium"]')
    shown = "" if query is None else f"[data-requete='{query}']"
    frame.locator(f"#map_div[data-limites][data-total]{shown}").wait_for()
    return frame


def at_rest(page: Page) -> None:
    """Wait until no run of the script is under way: one that ends meanwhile closes an open list."""
    page.locator("#root :is(.coop-liste, .coop-matrice, .coop-vue)").first.wait_for()
    page.locator("[data-testid='stApp'][data-test-script-state='notRunning']").wait_for()


def quiet(page: Page) -> None:
    """Wait until no run of the script is under way, on a page that may have no list."""
    page.locator("[data-testid='stApp'][data-test-script-state='notRunning'] h1").wait_for()
    page.wait_for_timeout(300)


def offers_agree(page: Page, query: str) -> int:
    """Wait for the map of a need, and return the total that map and list both say."""
    shown = the_map(page, query).locator("#map_div")
    total = shown.get_attribute("data-total") or ""
    page.locator(f".coop-offres[data-total='{total}']").wait_for()
    return int(total)


def serious_faults(page: Page) -> list[tuple[str, list[str]]]:
    """Return the serious and critical accessibility faults of a page, each with where it is."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        (fault["id"], [node["html"] for node in fault["nodes"]])
        for fault in found
        if fault["impact"] in {"serious", "critical"}
    ]


def unfold(page: Page, summary: Locator) -> None:
    """Open an expander, and wait until it moves no more: what moves closes a list that is open in it."""
    at_rest(page)
    summary.click()
    page.wait_for_timeout(600)


def totals(page: Page) -> dict[str, str | None]:
    """Return the total as each part of the page says it."""
    frame = page.frame_locator('iframe[title^="streamlit_folium"]')
    return {
        "carte": frame.locator("#map_div").get_attribute("data-total"),
        "liste": page.locator(".coop-liste[data-total]").get_attribute("data-total"),
        "chiffres": page.locator(".st-key-chiffres-cles strong").first.inner_text().split(" sur ")[0],
        "tableau": page.locator(".coop-tableau tr.total td").last.inner_text(),
    }
