"""What a person does on the page « Réseau »: reads the graph, filters it, and goes on to a practice."""

import csv
import shutil
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Position, expect

from bench.server import ROOT, serving

HOSTILE = '<b>Ardits</b> "]; \\N &lt;i&gt; <img src=x onerror=alert(1)>'


def test_filtered_by_its_address_leads_to_a_practice(page: Page) -> None:
    """One type: as many rows and edges as the figure says; a click on the practice opens its sheet."""
    page.goto("/reseau?type=mutualisation_achats")
    expect(page.locator(".stGraphVizChart g.edge")).to_have_count(1)
    assert page.locator(".st-key-chiffres-cles strong").nth(2).inner_text() == "1"
    expect(page.locator(".stDataFrame [role=grid]")).to_have_attribute("aria-rowcount", "2")
    expect(page.locator(".st-key-filtres-actifs button")).to_contain_text("Mutualisation des achats")
    page.locator(".stGraphVizChart a[*|href]").click()
    page.wait_for_url("**/pratique?id=la-ristourne")
    expect(page.get_by_role("heading", level=1)).to_have_text("La Ristourne")


def test_draws_every_link_with_its_role(page: Page) -> None:
    """The whole network: 24 edges with a role, 20 structures, 15 practices, and the 24 rows and head of the table."""
    page.goto("/reseau")
    graph = page.locator(".stGraphVizChart")
    expect(graph.locator("g.edge text", has_text="membre")).to_have_count(6)
    expect(graph.locator("g.edge")).to_have_count(24)
    expect(graph.locator("g.node")).to_have_count(35)
    expect(graph.locator("a[*|href^='pratique']")).to_have_count(15)
    expect(page.locator(".stDataFrame [role=grid]")).to_have_attribute("aria-rowcount", "25")
    expect(page.get_by_role("figure", name="Graphe : 20 structures, 15 pratiques, 24 liens")).to_be_visible()


def test_a_row_of_the_table_opens_the_practice(page: Page) -> None:
    """The link of the first row opens the sheet of Cap Solidaire beside the table."""
    page.goto("/reseau")
    page.locator(".stDataFrame [role=grid] tbody tr").first.wait_for(state="attached")
    table, first_link = page.locator(".stDataFrame .dvn-scroller"), Position(x=25, y=67)
    table.hover(position=first_link)
    with page.expect_popup() as opened:
        table.click(position=first_link)
    expect(opened.value.get_by_role("heading", level=1)).to_have_text("Cap Solidaire")


def test_fits_a_telephone(page: Page) -> None:
    """At 375 px nothing sticks out of the page, and the graph is whole."""
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto("/reseau")
    expect(page.locator(".stGraphVizChart g.edge")).to_have_count(24)
    box = page.locator(".stGraphVizChart svg").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 375


def test_hostile_names_are_text_in_the_graph(page: Page, tmp_path: Path) -> None:
    """A structure's name with markup, entities and DOT sequences is drawn as it is, and runs nothing."""
    data = tmp_path / "data"
    shutil.copytree(ROOT / "data", data)
    path = data / "structures.csv"
    rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    for row in rows:
        row[1] = HOSTILE if row[0] == "ardits" else row[1]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    with serving(ROOT / "app.py", tmp_path / "app.sqlite3", COOPERATIONS_DATA=str(data)) as server:
        page.goto(f"{server.url}/reseau?q=erdf")
        expect(page.locator(".stGraphVizChart g.edge")).to_have_count(3)
        drawn = page.locator(".stGraphVizChart g.node", has_text="Ardits").locator("text").all_text_contents()
        assert " ".join(drawn).replace("\u00a0", " ") == HOSTILE
        assert page.locator(".stGraphVizChart :is(b, img, i)").count() == 0
        page.goto("about:blank")


def test_axe_finds_no_serious_fault(page: Page) -> None:
    """The page has no serious or critical accessibility fault of ours."""
    page.goto("/reseau")
    expect(page.locator(".stGraphVizChart g.edge")).to_have_count(24)
    page.locator(".stDataFrame [role=grid]").wait_for(state="attached")
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [fault["id"] for fault in found if fault["impact"] in {"serious", "critical"}] == []
