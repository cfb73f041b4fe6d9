"""Names and addresses made to be run: shown as text on every page, in every bubble."""

import csv
import shutil
from pathlib import Path

from playwright.sync_api import Page, expect

from bench.server import ROOT, serving
from tests.browser.conftest import the_map

HOSTILE = "Ardits ${parent.document.title=31337}`</script><img src=x onerror=alert(1)> ![x](https://evil.example/p.png)"


def hostile_data(folder: Path) -> Path:
    """Copy data/ with a name of structure and of practice that no page should run."""
    shutil.copytree(ROOT / "data", folder)
    for name in ("structures.csv", "pratiques.csv"):
        path = folder / name
        rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
        for row in rows[1:]:
            if row[0] in {"ardits", "marche-erdf-landes", "loc-halle-bio"}:
                row[1] = HOSTILE
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)
    return folder


def test_hostile_names_are_text_everywhere(page: Page, tmp_path: Path) -> None:
    """The map, its bubble, the list, the sheet and its map show the name, run nothing and ask nobody."""
    data = hostile_data(tmp_path / "data")
    with serving(ROOT / "app.py", tmp_path / "app.sqlite3", COOPERATIONS_DATA=str(data)) as server:
        page.goto(f"{server.url}/?q=erdf")
        the_map(page, "q=erdf")
        expect(page.locator(".coop-liste a")).to_have_text(HOSTILE)
        page.goto(f"{server.url}/pratique?id=marche-erdf-landes")
        heading = page.get_by_role("heading", level=1)
        expect(heading).to_contain_text("Ardits ${parent")
        assert heading.inner_text().replace("\u2060", "") == HOSTILE
        frame = page.frame_locator('iframe[title^="streamlit_folium"]')
        frame.locator("#map_div[data-limites]").wait_for()
        frame.locator(".leaflet-overlay-pane path").last.hover(force=True)
        assert "31337" not in page.title().replace(HOSTILE, "")
        page.goto(f"{server.url}/pratique?id=![x](https://evil.example/p.png) [Cliquez](https://evil.example)")
        expect(page.get_by_text("Aucune pratique n’a l’identifiant")).to_be_visible()
        assert page.locator("a[href*='evil']").count() == 0
        page.goto("about:blank")
