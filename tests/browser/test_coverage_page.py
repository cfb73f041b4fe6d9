"""What a working group does with the coverage page, in a real browser."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import at_rest, unfold

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

MATRIX = "#root .coop-matrice"


def the_matrix(page: Page, query: str = "") -> Locator:
    page.goto(f"/couverture{query}")
    table = page.locator(f"{MATRIX} table")
    table.wait_for()
    return table


def cell(page: Page, label: str) -> Locator:
    return page.locator(f"{MATRIX} td button[aria-label^='{label}']")


def open_cell(page: Page, label: str) -> None:
    cell(page, label).click()
    expect(page.locator(".st-key-case h3", has_text=label.partition(",")[0])).to_be_focused()


def choose(page: Page, label: str, value: str) -> None:
    at_rest(page)
    field = page.get_by_role("combobox", name=re.compile(label)).last
    field.press_sequentially(value, delay=20)
    # Streamlit builds the list again a moment after the last letter.
    page.wait_for_timeout(400)
    page.get_by_role("option", name=value).first.click()
    expect(field).to_have_value(re.compile(value))


def test_the_matrix_is_walked_by_keyboard(page: Page) -> None:
    """Tab enters the matrix once, the arrows go from cell to cell to the last corner, Enter opens."""
    table = the_matrix(page)
    first = table.locator("tbody tr").first.locator("td button").first
    first.focus()
    for _ in range(4):
        page.keyboard.press("ArrowDown")
    for _ in range(7):
        page.keyboard.press("ArrowRight")
    last = table.locator("tbody tr").last.locator("td button").last
    expect(last).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(last).to_be_focused()
    page.keyboard.press("Enter")
    opened = page.locator(".st-key-case h3")
    expect(opened).to_contain_text("Achats inter-ESS")
    expect(page).to_have_url(re.compile("cellule=achats_inter_ess"))
    expect(opened).to_be_focused()
    page.get_by_role("button", name="Fermer").click()
    expect(page.locator(f"{MATRIX} td button[data-case='achats_inter_ess|departement:64']")).to_be_focused()


def test_a_first_visit_asks_for_the_matrix_once(page: Page) -> None:
    """What was asked for before Streamlit was read is what the matrix is drawn from."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/api/couverture/matrice" in request.url else None)
    the_matrix(page)
    at_rest(page)
    assert len(asked) == 1


def test_a_gap_of_the_list_opens_where_it_is_seen(page: Page) -> None:
    """From far below, the title of the panel comes into view under the header, and has the focus."""
    the_matrix(page)
    at_rest(page)
    page.get_by_role("button", name="Ouvrir", exact=True).nth(5).click()
    title = page.locator(".st-key-case h3")
    expect(title).to_be_focused()
    expect(title).to_be_in_viewport()
    box, header = title.bounding_box(), page.get_by_test_id("stHeader").bounding_box()
    assert box
    assert header
    assert box["y"] >= header["height"]


def test_what_covers_is_marked_when_it_counts(page: Page) -> None:
    """A cell that only a wider practice covers says so to the eye, not only to a screen reader."""
    the_matrix(page, "?compter=couvrant")
    expect(cell(page, "Achats responsables publics, Dordogne")).to_contain_text("dont 1 couvrant")


def test_a_filter_is_said_in_the_cells_that_it_empties(page: Page) -> None:
    """Gironde has four groupings: a search that leaves them out shows neither a gap nor a bare zero."""
    the_matrix(page, "?q=introuvable")
    expect(cell(page, "Groupement d’acteurs, Gironde")).to_contain_text("4 sans filtre")
    expect(page.locator(f"{MATRIX} td.filtre")).not_to_have_count(0)


def test_a_type_filter_leaves_its_columns(page: Page) -> None:
    """Only the type asked for, with its sub-types; on a telephone nothing more says to slide for one column."""
    page.set_viewport_size({"width": 375, "height": 800})
    the_matrix(page, "?type=groupement_acteurs")
    expect(page.locator(f"{MATRIX} thead th")).to_have_count(6)
    hint = page.get_by_text("Faites glisser le tableau")
    expect(hint).to_be_visible()
    the_matrix(page, "?type=mutualisation_achats")
    expect(page.locator(f"{MATRIX} thead th")).to_have_count(3)
    expect(hint).to_be_hidden()


def test_axe_reads_the_headers(page: Page) -> None:
    """Every cell of the table has its row and its column said, and nothing else of ours is wrong."""
    the_matrix(page)
    found = Axe().run(page, context=".st-key-matrice")
    assert not found.response["violations"]
    passed = {rule["id"] for rule in found.response["passes"]}
    assert {"td-headers-attr", "th-has-data-cells"} & passed or "scope-attr-valid" in passed


def test_a_department_opens_on_its_epci_and_back(page: Page) -> None:
    """Drilling down is a filter like another: it is in the address, and one click undoes it."""
    table = the_matrix(page)
    table.get_by_role("button", name=re.compile("^Landes .*intercommunalités")).click()
    expect(page.locator(f"{MATRIX} tbody th", has_text="Mont de Marsan")).to_be_visible()
    expect(page).to_have_url(re.compile("territoire=departement%3A40"))
    page.get_by_role("button", name="Tous les départements").click()
    expect(page.locator(f"{MATRIX}[data-lignes='5']")).to_be_visible()


def test_a_survey_is_recorded_and_seen_in_the_matrix(page: Page) -> None:
    """The hatched cell becomes a framed one that says who looked."""
    the_matrix(page)
    open_cell(page, "Mutualisation des achats, Dordogne")
    choose(page, "Organisation qui a cherché", "GARIE")
    page.get_by_role("button", name="Enregistrer le relevé").click()
    surveyed = cell(page, "Mutualisation des achats, Dordogne (24)\u00a0: cherché, rien trouvé (GARIE")
    expect(surveyed).to_contain_text(re.compile(r"GARIE, \d\d/\d\d/\d{4}"))
    expect(surveyed).to_have_attribute("title", re.compile("^cherché, rien trouvé"))


def test_an_action_is_opened_and_closed_by_a_practice(page: Page) -> None:
    """From the gap to the decision, to the practice that filled it."""
    the_matrix(page)
    open_cell(page, "Mutualisation des achats, Lot-et-Garonne")
    page.get_by_role("tab", name="Ouvrir une action").click()
    page.get_by_label("Ce qu’il y a à faire").fill("Chercher un groupement d’achats")
    choose(page, "Organisation responsable", "ACESA")
    page.get_by_label("Rencontre où l’action est attendue").fill("Groupe de travail")
    page.locator(".stDateInput", has_text="Date de la rencontre").get_by_role("spinbutton").first.click()
    page.keyboard.type((date.today() + timedelta(days=40)).strftime("%d%m%Y"))  # noqa: DTZ011 - the day of who types
    page.get_by_role("button", name="Ouvrir l’action").click()
    page.get_by_text("Action ouverte.").wait_for()
    page.get_by_role("tab", name="Actions").click()
    action = page.locator("details", has_text="Chercher un groupement d’achats").first
    unfold(page, action.locator("summary"))
    choose(page, "Pratique qui comble le manque", "Halle Bio")
    page.get_by_role("button", name="Clore l’action").click()
    expect(page.locator("details", has_text="manque comblé").first).to_be_visible()


def test_two_snapshots_are_compared(page: Page) -> None:
    """What a survey changed since the last meeting is told in words."""
    the_matrix(page)
    page.get_by_role("tab", name="Instantanés").click()
    page.get_by_label("Rencontre ou moment").fill("Groupe de travail d’automne")
    choose(page, "Organisation qui le garde", "GARIE")
    page.get_by_role("button", name="Garder l’état").click()
    expect(page.get_by_text("Rien n’a changé entre ces deux états.")).to_be_visible()
    open_cell(page, "Achats inter-ESS, Dordogne")
    choose(page, "Organisation qui a cherché", "ACESA")
    page.get_by_role("button", name="Enregistrer le relevé").click()
    expect(page.get_by_text("Relevés ajoutés")).to_be_visible()


def test_the_map_says_the_matrix(page: Page) -> None:
    """Each department carries its sign, and its words for who cannot see it."""
    the_matrix(page)
    page.get_by_role("tab", name="Carte").last.click()
    frame = page.frame_locator('iframe[title^="streamlit_folium"]')
    frame.locator("#map_div[data-couverture='manques']").wait_for()
    expect(frame.locator("path[aria-label^='Dordogne (24)\u00a0: ']")).to_have_attribute(
        "aria-label", re.compile(r"\d types? manquants? sur 5")
    )
    expect(frame.locator(".coop-note")).to_have_text(["Teinte\u00a0: de 0 à 5 types manquants"])
