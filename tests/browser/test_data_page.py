"""The page of the data, and what a page says when the data are bad."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bench.server import ROOT, serving
from tests.browser.conftest import the_map


def test_says_where_the_data_come_from_and_gives_the_files(page: Page) -> None:
    """The source, the licence, the announced meeting, and a file that downloads."""
    page.goto("/donnees")
    for text in ("compte rendu du 12 juillet 2016", "Licence Ouverte 2.0", "22 septembre 2016, de 9"):
        expect(page.locator(".stMainBlockContainer")).to_contain_text(text)
    with page.expect_download() as download:
        page.get_by_role("button", name="Pratiques de coopération").click()
    assert Path(download.value.path()).read_bytes() == (ROOT / "data" / "pratiques.csv").read_bytes()


@pytest.fixture
def bad_data(tmp_path: Path) -> Path:
    """Copy data/ with an unknown practice type."""
    folder = tmp_path / "data"
    shutil.copytree(ROOT / "data", folder)
    path = folder / "pratiques.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace(",mutualisation_achats,", ",mutualisation_achat,"), encoding="utf-8"
    )
    return folder


def test_bad_data_at_first_start_are_said_without_a_traceback(page: Page, tmp_path: Path, bad_data: Path) -> None:
    """The page says that the data cannot be read, and what to do; no Python is shown."""
    with serving(ROOT / "app.py", tmp_path / "app.sqlite3", COOPERATIONS_DATA=str(bad_data)) as server:
        page.goto(server.url)
        expect(page.get_by_text("ne peuvent pas être lues")).to_be_visible()
        expect(page.get_by_text("python -m cooperations verifier")).to_be_visible()
        assert "Traceback" not in page.locator("body").inner_text()
        page.goto("about:blank")


def test_bad_data_later_leave_the_running_data_as_they_were(page: Page, tmp_path: Path, bad_data: Path) -> None:
    """After a good start, a bad file is said, and the map still shows the 19 practices."""
    database = tmp_path / "app.sqlite3"
    with serving(ROOT / "app.py", database) as server:
        page.goto(server.url)
        the_map(page, "")
        page.goto("about:blank")
    with serving(ROOT / "app.py", database, COOPERATIONS_DATA=str(bad_data)) as server:
        page.goto(server.url)
        the_map(page, "")
        page.locator(".coop-liste[data-total='19']").wait_for()
        expect(page.get_by_text("les données d’avant restent affichées")).to_be_visible()
        page.goto("about:blank")
