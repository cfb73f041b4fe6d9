"""What a person does on the page of a practice, and with the address that somebody sent."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from bench.server import ROOT, free_port, serving
from cooperations.catalogue import Catalogue
from tests.browser.conftest import the_map


def test_shows_everything_known_and_how_surely(page: Page) -> None:
    """Actors with their role, extract, source, precision, certainty and neighbours of the ERDF grouping."""
    page.goto("/pratique?id=marche-erdf-landes")
    expect(page.get_by_role("heading", level=1)).to_have_text("Réponse groupée à un marché d’ERDF dans les Landes")
    body = page.locator(".stMainBlockContainer")
    for text in (
        "Ardits",
        "co-traitant",
        "ERDF",
        "acheteur",
        "Landes Partage et Ardits)",
        "Landes (40)",
        "Sûre.",
        "déduit de l’ordre",
    ):
        expect(body).to_contain_text(text)
    assert page.locator("html").get_attribute("lang") == "fr"
    page.locator('iframe[title^="streamlit_folium"]').wait_for()
    page.get_by_role("link", name="Projet Mutualité Landes").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Projet Mutualité Landes")
    page.wait_for_url("**/pratique?id=projet-mutualite-landes")


def test_its_map_shows_the_actors_inside_the_outlined_department(page: Page) -> None:
    """Ardits and Landes Partage are dots; the Landes are outlined."""
    page.goto("/pratique?id=marche-erdf-landes")
    frame = page.frame_locator('iframe[title^="streamlit_folium"]')
    frame.locator("#map_div[data-limites]").wait_for()
    expect(frame.locator(".leaflet-overlay-pane path")).to_have_count(2)
    expect(frame.locator("path[stroke-width='3.5']")).to_have_count(1)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/pratique?id=inconnue-au-bataillon", "Aucune pratique n’a l’identifiant"),
        ("/pratique", "Quelle pratique"),
    ],
    ids=["unknown-practice-says-so-and-leads-to-the-map", "no-practice-offers-the-choice"],
)
def test_an_address_without_a_practice_says_what_to_do(page: Page, address: str, words: str) -> None:
    """Nobody is left before an empty page."""
    page.goto(address)
    expect(page.get_by_text(words)).to_be_visible()


def test_every_practice_has_a_page(page: Page, catalogue: Catalogue) -> None:
    """Each of the 19 addresses shows its own name."""
    for practice in catalogue.practices:
        page.goto(f"/pratique?id={practice.id}")
        expect(page.get_by_role("heading", level=1)).to_have_text(practice.name.replace("\u00a0", " "))


def test_links_sent_before_a_restart_still_open(page: Page, tmp_path: Path) -> None:
    """A filtered view and a practice open after the server was stopped and started again, navigation included."""
    port = free_port()
    for _ in range(2):
        with serving(ROOT / "app.py", tmp_path / "app.sqlite3", port) as server:
            page.goto(f"{server.url}/?type=achats_inter_ess")
            the_map(page, "type=achats_inter_ess")
            page.locator(".coop-liste[data-total='4']").wait_for()
            page.goto(f"{server.url}/pratique?id=loc-halle-bio")
            expect(page.get_by_role("heading", level=1)).to_have_text("Loc’Halle Bio")
            expect(page.get_by_role("link", name="Carte", exact=True)).to_be_visible()
            page.goto("about:blank")


def test_axe_finds_no_serious_fault(page: Page) -> None:
    """The page has no serious or critical accessibility fault."""
    page.goto("/pratique?id=loc-halle-bio")
    page.frame_locator('iframe[title^="streamlit_folium"]').locator("#map_div[data-limites]").wait_for()
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [fault["id"] for fault in found if fault["impact"] in {"serious", "critical"}] == []


def test_the_sheet_of_a_type_leads_to_its_practices(page: Page) -> None:
    """With its plan told in words, on a telephone too, and without a serious accessibility fault."""
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto("/pratique?type=groupement_acteurs")
    expect(page.get_by_role("heading", level=1)).to_have_text("Groupement d’acteurs")
    expect(page.get_by_role("img", name="pratiques y sont marquées")).to_be_visible()
    expect(page.get_by_role("link", name="Fiche en PDF")).to_have_attribute(
        "href", re.compile(r"/fiches/type/groupement_acteurs\.pdf$")
    )
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    # The narrow menu is Streamlit's, and has faults of its own.
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(page.get_by_test_id("stSidebarNavItems")).to_have_count(0)
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [fault["id"] for fault in found if fault["impact"] in {"serious", "critical"}] == []
    page.get_by_role("link", name="Loc’Halle Bio").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Loc’Halle Bio")


def test_what_is_missing_leads_to_the_step_that_takes_it(page: Page) -> None:
    """From the sheet, by a link, to the texts of its type."""
    page.goto("/pratique?id=convention-cd33-ai-colleges")
    page.get_by_role("link", name="Compléter la fiche").click()
    expect(page.get_by_role("textbox", name="Comment l’achat se passe")).to_be_visible()
