"""What Streamlit says of its own accord, said in French."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.conftest import at_rest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CELL = "mutualisation_achats|departement:24"
ENGLISH = re.compile(
    r"\\b(the|page not found|skip|help|choose|day|month|year|add|clear|close|open|sidebar|next|search)\\b"
)
SAID = """() => [...document.querySelectorAll("[aria-label], [title], [placeholder]")].flatMap(
  (one) => ["aria-label", "title", "placeholder"].map((name) => one.getAttribute(name) || ""))"""


def english_labels(page: Page) -> list[str]:
    """Return the labels of the page that are in English."""
    return [label for label in page.evaluate(SAID) if ENGLISH.search(label.lower())]


def test_an_unknown_address_is_told_in_french(browser: Browser, base_url: str) -> None:
    """The dialog names the trouble and what is shown instead; in a page apart, since Streamlit logs it as an error."""
    page = browser.new_page(base_url=base_url, locale="fr-FR")
    page.goto("/nulle-part")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Page introuvable")
    expect(dialog).to_contain_text("Aucune page n’a cette adresse. Voici la carte.")
    expect(dialog.get_by_role("button", name="Fermer").first).to_be_visible()
    page.close()


def test_no_label_is_left_in_english(page: Page) -> None:
    """Help, dates, lists, the sidebar and the link to the content, on the page that has most of them."""
    page.goto(f"/couverture?cellule={CELL}")
    at_rest(page)
    page.get_by_role("tab", name="Ouvrir une action").click()
    expect(page.get_by_text("Aller au contenu")).to_be_attached()
    expect(page.get_by_label("Aide\u00a0: Organisation responsable")).to_be_attached()
    assert english_labels(page) == []
    field = page.locator(".stDateInput", has_text="Date de la rencontre")
    assert [one.inner_text() for one in field.get_by_role("spinbutton").all()] == ["jj", "mm", "aaaa"]
    field.get_by_role("button", name="Choisir une date").click()
    expect(page.get_by_role("button", name="Mois suivant").last).to_be_attached()
    assert english_labels(page) == []


def test_a_new_name_is_added_in_french(page: Page) -> None:
    """The list offers to keep what is typed, and the name itself is left as it is."""
    page.goto(f"/couverture?cellule={CELL}")
    at_rest(page)
    page.get_by_role("combobox", name=re.compile("Organisation qui a cherché")).press_sequentially(
        "Open Search", delay=20
    )
    expect(page.get_by_role("option", name="Ajouter\u00a0: Open Search")).to_be_visible()


def test_the_filters_have_a_name_on_a_telephone(page: Page) -> None:
    """The button that opens them says so."""
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto("/couverture")
    at_rest(page)
    page.get_by_role("button", name="Ouvrir les filtres").click()
    expect(page.get_by_role("textbox", name="Rechercher")).to_be_visible()
