"""What is shown until Streamlit has drawn the page: the same as what comes, at the same place, then gone."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import the_map

PREVIEW = "#apercu"
STREAMLIT = "**/static/js/index.*.js"
MAP_FRAME = "**/component/streamlit_folium*/**"
CLOSE_PX, LOADS = 2, 10
LEFT = "(one) => one.getBoundingClientRect().left"
SIGNS = """(box, of) => {
  const frame = box.getBoundingClientRect();
  return [...box.querySelectorAll(of)].map((sign) => {
    const at = sign.getBoundingClientRect();
    return [sign.innerText.trim(), at.left + at.width / 2 - frame.left, at.top + at.height / 2 - frame.top];
  }).filter(([, x, y]) => x > 0 && y > 0 && x < frame.width && y < frame.height)
    .sort((one, other) => one[2] - other[2] || one[1] - other[1]);
}"""


def never(route: Route) -> None:
    """Answer nothing that draws."""
    route.fulfill(body="", content_type="text/javascript" if route.request.url.endswith(".js") else "text/html")


def only_the_preview(page: Page, address: str) -> Locator:
    """Open a page whose Streamlit never comes, and return what it shows."""
    page.route(STREAMLIT, never)
    shown = page.locator(PREVIEW)
    # A busy server sends the page without waiting for it.
    for _ in range(LOADS):
        page.goto(address)
        if shown.count():
            break
    expect(shown).to_be_visible()
    page.wait_for_timeout(300)
    return shown


def then_the_page(page: Page) -> None:
    """Let Streamlit come."""
    page.unroute(STREAMLIT)
    page.reload()


def words(place: Locator) -> list[str]:
    """Return the words of a place, whatever separates them."""
    return place.inner_text().replace("\u00a0", " ").split()


def same_signs(before: list[Any], after: list[Any]) -> None:
    """Check that each sign stays where it was."""
    assert before
    assert [text for text, *_ in before] == [text for text, *_ in after]
    for (text, x, y), (_, later_x, later_y) in zip(before, after, strict=True):
        assert (x, y) == pytest.approx((later_x, later_y), abs=CLOSE_PX), text


@pytest.mark.parametrize(
    "address",
    ["/", "/?territoire=departement%3A33", "/?type=groupement_acteurs&territoire=commune%3A33227"],
    ids=["the-region", "a-department", "a-commune-and-a-type"],
)
def test_the_map_that_comes_is_the_one_that_was_shown(page: Page, address: str) -> None:
    """Title, figures and every sign of the map are in the preview already, and do not move when the map comes."""
    shown = only_the_preview(page, address)
    title, figures = words(shown.locator("h1")), words(shown.locator(".chiffres"))
    signs = shown.locator(".coop-apercu").evaluate(SIGNS, "span[class^='coop-']:not(.coop-nom, .coop-barre)")
    place = shown.locator(".coop-apercu").bounding_box()
    then_the_page(page)
    drawn = the_map(page)
    expect(page.locator(PREVIEW)).to_have_count(0)
    assert words(page.locator("#root h1")) == title
    assert words(page.locator("#root .st-key-chiffres-cles")) == figures
    same_signs(signs, drawn.locator("#map_div").evaluate(SIGNS, ".leaflet-marker-icon"))
    assert place is not None
    assert list(place.values()) == pytest.approx(list((page.locator("iframe").bounding_box() or {}).values()), abs=4)


def test_offers_are_previewed_too(page: Page, shop: str) -> None:
    """The structures of a list, grouped as the map groups them."""
    shown = only_the_preview(page, f"{shop}/offres")
    signs = shown.locator(".coop-apercu").evaluate(SIGNS, "span[class^='coop-']:not(.coop-nom, .coop-barre)")
    title = words(shown.locator("h1"))
    then_the_page(page)
    drawn = the_map(page)
    assert words(page.locator("#root h1")) == title
    same_signs(signs, drawn.locator("#map_div").evaluate(SIGNS, ".leaflet-marker-icon"))


@pytest.mark.parametrize(
    "address",
    ["/couverture", "/couverture?territoire=departement%3A40&compter=couvrant"],
    ids=["departments", "epci-of-the-landes"],
)
def test_the_matrix_that_comes_is_the_one_that_was_shown(page: Page, address: str) -> None:
    """Every cell says the same before and after."""
    shown = only_the_preview(page, address)
    cells = [words(cell) for cell in shown.locator(":is(th, td)").all()]
    title, figures = words(shown.locator("h1")), words(shown.locator(".chiffres"))
    then_the_page(page)
    expect(page.locator("#root .coop-matrice table")).to_be_visible()
    expect(page.locator(PREVIEW)).to_have_count(0)
    assert [words(cell) for cell in page.locator("#root .coop-matrice :is(th, td)").all()] == cells
    assert words(page.locator("#root h1")) == title
    assert words(page.locator("#root .st-key-chiffres-cles")) == figures


def test_what_the_page_has_to_say_is_not_hidden(page: Page) -> None:
    """A parameter that was ignored is said at once: the preview makes room."""
    page.goto("/?type=inconnu")
    expect(page.locator("#root [data-testid='stAlert']").first).to_be_visible()
    expect(page.locator(PREVIEW)).to_have_count(0)


def test_who_leaves_before_the_map_comes_sees_the_other_page(page: Page) -> None:
    """On a slow machine one may choose another page in the menu: the preview does not stay over it."""
    page.route(MAP_FRAME, never)
    page.goto("/")
    page.get_by_role("link", name="Fiches").click()
    expect(page).to_have_url(re.compile("/pratique"))
    expect(page.locator(PREVIEW)).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_a_map_that_never_comes_does_not_keep_its_preview(page: Page) -> None:
    """After some seconds the page shows what it has, so that its filters and its list can be used."""
    page.route(MAP_FRAME, never)
    page.goto("/")
    expect(page.locator("#root h1")).to_be_visible()
    expect(page.locator(PREVIEW)).to_have_count(0)
    expect(
        page.get_by_role("button", name="Cap Solidaire").or_(page.get_by_role("link", name="Cap Solidaire")).first
    ).to_be_visible()


def test_on_a_phone_too_what_comes_is_what_was_shown(page: Page) -> None:
    """At 375 pixels nothing is cut, the map takes the width, and has the signs of its own zoom."""
    page.set_viewport_size({"width": 375, "height": 740})
    shown = only_the_preview(page, "/")
    assert page.evaluate("document.documentElement.scrollWidth") == 375
    box = shown.locator(".coop-apercu").bounding_box()
    assert box is not None
    assert (box["x"], box["width"]) == (16, 343)
    signs = shown.locator(".coop-apercu").evaluate(SIGNS, "span[class^='coop-']:not(.coop-nom, .coop-barre)")
    then_the_page(page)
    same_signs(signs, the_map(page).locator("#map_div").evaluate(SIGNS, ".leaflet-marker-icon"))


def test_the_panel_of_filters_was_left_folded(page: Page) -> None:
    """Who folded the filters finds the page as wide as it was left, from the first painting."""
    page.goto("/agenda")
    page.evaluate("localStorage.setItem('stSidebarCollapsed-', 'true')")
    shown = only_the_preview(page, "/")
    before = shown.locator("h1").evaluate(LEFT)
    then_the_page(page)
    the_map(page)
    assert before == pytest.approx(page.locator("#root h1").evaluate(LEFT), abs=CLOSE_PX)


def test_a_page_that_does_not_come_says_so(page: Page) -> None:
    """After some seconds the picture is no longer alone: a sentence says that the page is still coming."""
    page.clock.install()
    only_the_preview(page, "/")
    page.clock.run_for(9_000)
    expect(page.get_by_role("status")).to_have_text("La page se charge toujours…")
    page.clock.run_for(25_000)
    expect(page.get_by_role("status")).to_contain_text("La page ne répond pas")
    expect(page.get_by_role("button", name="Recharger")).to_be_visible()


def test_who_uses_the_page_has_it_at_once(page: Page) -> None:
    """A wheel, a touch, a key in the page that is there already: the picture is no longer in the way."""
    page.route(MAP_FRAME, never)
    page.goto("/")
    expect(page.locator("#root h1")).to_be_visible()
    page.mouse.move(900, 500)
    page.mouse.wheel(0, 200)
    expect(page.locator(PREVIEW)).to_have_count(0, timeout=2_000)


def test_neither_keyboard_nor_screen_reader_meets_the_preview(page: Page) -> None:
    """It is a picture of what comes: nothing in it takes the focus or is read twice."""
    only_the_preview(page, "/couverture")
    assert page.get_by_role("heading", level=1).count() == 0
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement === document.body")
