"""What a working group does with the meeting page, before a projector."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import at_rest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

GROUPING, CREATION, ONE_OFF = "Groupement d’acteurs", "Création d’activités", "Réponses groupées ponctuelles"


def meeting(page: Page, query: str = "") -> Locator:
    """Open the meeting page and return its heading."""
    page.goto(f"/reunion{query}")
    ready_for_keys(page)
    return page.get_by_role("heading", level=1)


def ready_for_keys(page: Page) -> None:
    """Wait until Streamlit listens to the arrows: a moment after it has drawn the buttons."""
    at_rest(page)
    page.wait_for_timeout(300)


def add_line(page: Page) -> Locator:
    """Ask for the form by keyboard, and return it."""
    page.keyboard.press("Alt+l")
    form = page.get_by_role("dialog")
    form.wait_for()
    return form


def choose(form: Locator, label: str, value: str) -> None:
    field = form.get_by_role("combobox", name=re.compile(label))
    field.fill(value)
    field.press("Enter")


def faults(page: Page) -> list[str]:
    """Return the serious and critical faults that axe finds, contrast below 7:1 among them."""
    runs = ({"resultTypes": ["violations"]}, {"runOnly": ["color-contrast-enhanced"]})
    found = [fault for options in runs for fault in Axe().run(page, options=options).response["violations"]]
    return [fault["id"] for fault in found if fault["impact"] in {"serious", "critical"}]


def test_the_arrows_go_from_slide_to_slide_and_stop_at_the_ends(page: Page) -> None:
    """Left on the first stays; right moves, left comes back; the counter and the address follow."""
    title = meeting(page)
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowRight")
    expect(title).to_have_text(CREATION)
    expect(page.locator(".coop-compteur")).to_have_text("2 / 8")
    expect(page).to_have_url(re.compile("vue=creation_activites"))
    page.keyboard.press("ArrowLeft")
    expect(title).to_have_text(GROUPING)
    expect(page.get_by_role("button", name="Précédent")).to_be_disabled()


def test_two_quick_presses_are_two_steps(page: Page) -> None:
    """A key pressed again before the page is drawn counts too."""
    title = meeting(page, "?vue=creation_activites")
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(130)
    page.keyboard.press("ArrowRight")
    expect(title).to_have_text("Réponses groupées « permanentes »")


def test_the_arrows_still_move_after_a_click_on_the_other_view(page: Page) -> None:
    """Whoever changes the view with the mouse goes on with the keyboard."""
    title = meeting(page)
    page.get_by_role("button", name="Voir par territoire").click()
    expect(title).to_have_text("Dordogne (24)")
    page.keyboard.press("ArrowRight")
    expect(title).to_have_text("Gironde (33)")


def test_a_reload_and_a_shared_link_come_back_to_the_slide(page: Page) -> None:
    """The address holds the view and the slide."""
    title = meeting(page, "?par=territoire&vue=departement:40")
    expect(title).to_have_text("Landes (40)")
    page.keyboard.press("ArrowRight")
    expect(title).to_have_text("Lot-et-Garonne (47)")
    page.reload()
    expect(title).to_have_text("Lot-et-Garonne (47)")
    expect(page.locator(".coop-compteur")).to_have_text("4 / 5")


def test_a_line_is_added_listed_as_a_draft_and_removed_from_the_keyboard(page: Page) -> None:
    """Arrows move the caret in the form and not the slide; an error loses nothing; the figures do not move."""
    title = meeting(page, "?par=territoire&vue=departement:47")
    slide = page.locator(".coop-vue")
    before = slide.inner_text()
    form = add_line(page)
    name = form.get_by_label("Nom de la pratique")
    name.fill("Achat de bois")
    for key in ("ArrowLeft", "ArrowRight", "ArrowRight"):
        name.press(key)
    name.press("Enter")
    expect(form.get_by_role("alert")).to_contain_text("obligatoire")
    expect(name).to_have_value("Achat de bois")
    expect(title).to_have_text("Lot-et-Garonne (47)")
    choose(form, "Organisation", "Landes Partage")
    choose(form, "Type de pratique", "Mutualisation des achats")
    form.get_by_role("button", name="Garder comme brouillon").press("Enter")
    expect(form).to_have_count(0)
    draft = page.locator(".st-key-reunion-brouillons")
    expect(draft).to_contain_text("Achat de bois – Mutualisation des achats, Lot-et-Garonne (47), par Landes Partage")
    expect(page.get_by_text("Gardée comme brouillon, non publiée")).to_be_visible()
    assert slide.inner_text() == before
    draft.get_by_role("button", name="Retirer").press("Enter")
    page.get_by_role("button", name="Oui, retirer").press("Enter")
    expect(draft.get_by_text("Achat de bois")).to_have_count(0)


def test_closing_the_form_wakes_the_arrows(page: Page) -> None:
    """Escape leaves the form, and the next arrow moves."""
    title = meeting(page)
    form = add_line(page)
    page.keyboard.press("Escape")
    expect(form).to_have_count(0)
    expect(page.get_by_role("button", name="Suivant")).to_be_enabled()
    ready_for_keys(page)
    page.keyboard.press("ArrowRight")
    expect(title).to_have_text(CREATION)


def test_full_screen_is_entered_kept_from_slide_to_slide_and_left(page: Page) -> None:
    """The button gives the whole screen to the page; a move keeps it; the same button gives it back."""
    title = meeting(page)
    page.get_by_role("button", name="Plein écran").click()
    leave = page.get_by_role("button", name="Quitter le plein écran")
    expect(leave).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(title).to_have_text(CREATION)
    assert page.evaluate("document.fullscreenElement === document.documentElement")
    leave.click()
    expect(page.get_by_role("button", name="Plein écran", exact=True)).to_be_visible()


def test_a_browser_that_refuses_full_screen_shows_no_button(page: Page) -> None:
    """No button that does nothing."""
    page.add_init_script("Object.defineProperty(Document.prototype, 'fullscreenEnabled', { get: () => false })")
    meeting(page)
    expect(page.get_by_role("button", name="Suivant")).to_be_visible()
    expect(page.get_by_role("button", name="Plein écran")).to_have_count(0)


def test_nothing_but_the_slide_and_the_way_out(page: Page) -> None:
    """The navigation is away on this page only; « Quitter » leads to the map."""
    meeting(page)
    expect(page.get_by_test_id("stHeader")).to_be_hidden()
    page.get_by_role("link", name="Quitter").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Coopérations économiques")
    expect(page.get_by_test_id("stHeader")).to_be_visible()


def test_type_is_large_enough_for_the_back_of_the_room(page: Page) -> None:
    """At 1366 pixels: title of 2.6 rem, lines of 1.5 rem at least, and the eight lines on screen."""
    title = meeting(page, "?par=territoire")
    size = "element => parseFloat(getComputedStyle(element).fontSize)"
    assert title.evaluate(size) >= 2.6 * 16
    lines = page.locator(".coop-vue .lignes li")
    assert min(line.evaluate(size) for line in lines.all()) >= 1.5 * 16
    last = lines.last.bounding_box()
    assert last
    assert last["y"] + last["height"] <= 768


def test_a_telephone_needs_no_sideways_scrolling(page: Page) -> None:
    """At 375 pixels everything is in one column."""
    page.set_viewport_size({"width": 375, "height": 812})
    meeting(page, "?par=territoire")
    assert page.evaluate("document.documentElement.scrollWidth") <= 375


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_text_has_a_contrast_of_seven(browser: Browser, base_url: str, scheme: str) -> None:
    """Both themes, on the slide and on its form; the enhanced contrast is 7:1."""
    size = {"width": 1366, "height": 768}
    context = browser.new_context(base_url=base_url, color_scheme=scheme, viewport=size, reduced_motion="reduce")
    page = context.new_page()
    meeting(page, "?par=territoire&vue=departement:40")
    assert faults(page) == []
    add_line(page)
    assert faults(page) == []
    context.close()
