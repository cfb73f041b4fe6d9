"""What a buyer does with lots: take a proposal, change it, see that each lot is covered, print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.conftest import quiet

if TYPE_CHECKING:
    from playwright.sync_api import Page

NEED = "lieu=commune:40192&rayon=50&achat=nettoyage&achat=batiment&achat=textile_blanchisserie"
COVERED = "Chaque lot est couvert par au moins une structure."


def test_a_group_is_taken_changed_completed_and_printed(page: Page, shop: str) -> None:
    """The best proposal covers three lots; without its builder one is missing; the builder is added back; on paper."""
    page.goto(f"{shop}/groupement?{NEED}")
    page.get_by_role("button", name="Choisir").first.click()
    expect(page.get_by_text(COVERED)).to_be_visible()
    page.locator(".st-key-retirer-marche-ardits button").click()
    expect(page.get_by_text("Pour Bâtiment et travaux :")).to_be_visible()
    page.get_by_role("button", name="Ajouter").first.click()
    expect(page.get_by_text(COVERED)).to_be_visible()
    page.get_by_role("link", name="Garder, imprimer, emporter ce groupement").click()
    printed = page.get_by_role("link", name="Imprimer", exact=True)
    page.goto(f"{shop}{printed.get_attribute('href')}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Groupement")
    expect(page.get_by_role("row", name="Bâtiment et travaux")).to_contain_text("Ardits")
    expect(page.get_by_text("Sans réponse")).to_have_count(0)
    page.evaluate("window.print = () => { window.asked = true; }")
    page.get_by_role("button", name="Imprimer").click()
    assert page.evaluate("window.asked")
    page.get_by_role("link", name="Revenir à la sélection").click()
    expect(page.get_by_role("heading", name="Ma sélection")).to_be_visible()
    expect(page.get_by_role("link", name="Ardits", exact=True)).to_be_visible()


def test_lots_and_place_are_chosen_on_the_page(page: Page, shop: str) -> None:
    """From nothing: the page says what is missing, until a place and a lot are there; permanent groups are listed."""
    page.goto(f"{shop}/groupement")
    expect(page.get_by_text("il manque un lieu")).to_be_visible()
    expect(page.get_by_role("link", name="Loc’Halle Bio")).to_be_visible()
    field = page.get_by_role("combobox", name="Autour de")
    field.press_sequentially("mont de mars")
    field.press("Enter")
    expect(page.get_by_text("il manque les lots")).to_be_visible()
    quiet(page)
    lots = page.get_by_role("combobox", name="Lots")
    lots.click()
    page.get_by_role("option", name="Nettoyage et propreté").click()
    page.keyboard.press("Escape")
    expect(page.get_by_text("Proposition 1")).to_be_visible()
    expect(page.get_by_text("Nettoyage et propreté : Landes Partage (EI)")).to_be_visible()
