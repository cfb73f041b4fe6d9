"""What a buyer does: look around a place, keep, share, print, correct."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import at_rest, offers_agree, quiet, serious_faults, the_map
from tests.live.server import broken
from tests.structures import HOSTILE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Locator, Page

    from tests.live.server import LiveServer

AROUND = "lieu=commune%3A40192"
KEPT = "retenues=marche-midou,marche-pins"
PAGES = (
    f"/offres?{AROUND}&{KEPT}",
    f"/groupement?{AROUND}&rayon=50&achat=nettoyage&achat=textile_blanchisserie&{KEPT}",
    f"/selection?{AROUND}&{KEPT}",
    f"/offre?id=marche-midou&{AROUND}",
    "/importer",
    f"/imprimer/selection?{AROUND}&{KEPT}",
)


def names(page: Page) -> list[str]:
    """Return the names of the list of offers, in its order."""
    return [one.strip() for one in page.locator(".coop-offres .corps > a").all_inner_texts()]


def keep(page: Page, name: str) -> Locator:
    """Keep a structure of the list, and return its button."""
    button = page.locator(".coop-offres li", has_text=name).locator(".retenir")
    button.click()
    expect(button).to_have_text("✓ Retenue")
    return button


def test_a_buyer_looks_around_mont_de_marsan_then_farther(page: Page, shop: str) -> None:
    """Typed in haste and validated at once, the place is the one typed; map and list agree at each radius."""
    page.goto(f"{shop}/offres")
    everything = offers_agree(page, "")
    field = page.get_by_role("combobox", name="Autour de")
    field.press_sequentially("mont de mars")
    field.press("Enter")
    near = offers_agree(page, AROUND)
    assert names(page)[:2] == ["Les Jardins du Midou", "Landes Partage"]
    expect(page.locator(".coop-offres li").nth(1)).to_contain_text("couvre les Landes")
    expect(page.locator(".coop-offres li", has_text="Ardits")).to_contain_text("a déjà répondu en groupement")
    expect(page.get_by_text("1 structure proche dit ne pas intervenir ici")).to_be_visible()
    at_rest(page)
    page.get_by_role("slider", name="À quelle distance").press("ArrowRight")
    farther = offers_agree(page, f"{AROUND}&rayon=50")
    assert everything > farther > near
    assert "Couture gasconne" in names(page)
    page.get_by_role("button", name="50 km autour de Mont-de-Marsan").click()
    assert offers_agree(page, "rayon=50") == everything


def test_a_click_on_the_map_moves_the_place(page: Page, shop: str) -> None:
    """Somewhere else in the circle: the need follows, and so does the address."""
    page.goto(f"{shop}/offres?{AROUND}&rayon=75")
    frame = the_map(page, f"{AROUND}&rayon=75")
    at_rest(page)
    frame.locator("#map_div").click(position={"x": 300, "y": 150})
    page.wait_for_url(re.compile(r"lieu=point%3A-\d"))
    expect(page.get_by_role("button", name="75 km autour d’un point")).to_be_visible()
    query = re.search(r"lieu=[^&]+", page.url)
    assert query
    offers_agree(page, f"{query.group()}&rayon=75")


def test_around_me_asks_the_device_and_uses_its_answer(page: Page, shop: str) -> None:
    """In the streets of Dax, with leave to be situated: what is nearest is of Dax."""
    page.context.grant_permissions(["geolocation"], origin=shop)
    page.context.set_geolocation({"longitude": -1.05, "latitude": 43.71})
    page.goto(f"{shop}/offres")
    page.get_by_role("button", name="Autour de moi").click()
    expect(page.get_by_role("button", name="30 km autour d’un point de Dax (commune, 40)")).to_be_visible()
    expect(page.locator(".coop-offres .corps > a").first).to_have_text("Recyclerie de Dax")


def test_around_me_without_leave_is_said_and_the_rest_works(page: Page, shop: str) -> None:
    """A refusal is no error: a sentence says what else to do."""
    page.context.clear_permissions()
    page.goto(f"{shop}/offres?{AROUND}")
    offers_agree(page, AROUND)
    page.get_by_role("button", name="Autour de moi").click()
    expect(page.get_by_text("Choisissez une commune, ou touchez la carte.")).to_be_visible()
    assert "Ardits" in names(page)


def test_what_is_kept_is_shared_by_its_link_and_taken_away(page: Page, shop: str, browser: Browser) -> None:
    """Two are kept in haste; another person opens the link, sees both, and takes the same two away."""
    page.goto(f"{shop}/offres?{AROUND}")
    offers_agree(page, AROUND)
    at_rest(page)
    keep(page, "Les Jardins du Midou")
    keep(page, "Ardits")
    expect(page.get_by_text("2 structures retenues")).to_be_visible()
    at_rest(page)
    page.get_by_role("link", name="Voir la sélection").click()
    expect(page.get_by_role("heading", name="Ma sélection")).to_be_visible()
    link = page.locator("[data-testid='stCode']").inner_text().strip()
    other = browser.new_page(locale="fr-FR")
    other.goto(link)
    for name in ("Les Jardins du Midou", "Ardits"):
        expect(other.get_by_role("link", name=name)).to_be_visible()
    with other.expect_download() as download:
        other.get_by_role("link", name="CSV").click()
    text = download.value.path().read_text(encoding="utf-8-sig").split("\n", 1)[1]
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [row["Nom"] for row in rows] == ["Les Jardins du Midou", "Ardits"]
    other.close()


def test_a_reload_on_a_structure_keeps_the_selection(page: Page, shop: str) -> None:
    """Opened from the list, reloaded, left: the place and what was kept are still there."""
    page.goto(f"{shop}/offres?{AROUND}&retenues=marche-pins")
    offers_agree(page, AROUND)
    at_rest(page)
    page.get_by_role("link", name="Ardits", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ardits")
    page.wait_for_url(re.compile(r"/offre\?id=marche-ardits&.*retenues=marche-pins"))
    page.reload()
    page.get_by_role("button", name="Retenir cette structure").click()
    expect(page.get_by_role("button", name="Retirer de la sélection")).to_be_visible()
    quiet(page)
    page.get_by_role("link", name="Retour aux structures").click()
    offers_agree(page, AROUND)
    expect(page.get_by_text("2 structures retenues")).to_be_visible()


def test_the_keyboard_alone_keeps_and_opens(page: Page, shop: str) -> None:
    """From the list: Enter on its button keeps a structure, Enter on its name opens it."""
    page.goto(f"{shop}/offres?{AROUND}")
    offers_agree(page, AROUND)
    at_rest(page)
    page.get_by_role("list", name="Structures").focus()
    page.keyboard.press("Tab")
    expect(page.locator("a:focus")).to_have_text("Les Jardins du Midou")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 structure retenue")).to_be_visible()
    expect(page.get_by_role("button", name="Retenue : Les Jardins du Midou")).to_have_attribute("aria-pressed", "true")
    at_rest(page)
    page.get_by_role("link", name="Les Jardins du Midou", exact=True).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Les Jardins du Midou")
    quiet(page)
    page.get_by_role("link", name="Retour aux structures").press("Enter")
    offers_agree(page, AROUND)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_fault(page: Page, shop: str, scheme: str) -> None:
    """None of the buyers' pages has a serious or critical fault of accessibility of ours."""
    page.emulate_media(color_scheme="light" if scheme == "light" else "dark")
    faults = {}
    for address in PAGES:
        page.goto(f"{shop}{address}")
        if address.startswith("/offres"):
            offers_agree(page, AROUND)
        if "imprimer" not in address:
            quiet(page)
        faults[address] = serious_faults(page)
    assert {address: found for address, found in faults.items() if found} == {}


def test_no_page_scrolls_sideways_on_a_telephone(page: Page, shop: str) -> None:
    """At 375 px no page of the buyers is wider than the screen, and no link is cut."""
    page.set_viewport_size({"width": 375, "height": 812})
    for address in PAGES:
        page.goto(f"{shop}{address}")
        if "imprimer" not in address:
            quiet(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 375, address
        cut = page.evaluate(
            "() => [...document.querySelectorAll('[data-testid=stPageLink-NavLink] p')]"
            ".filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.textContent)"
        )
        assert cut == [], address


@pytest.fixture
def lively(live: LiveServer) -> Iterator[LiveServer]:
    """Return the live sources, where all is well at first."""
    live.forget()
    yield live
    live.forget()


def search_address(page: Page, text: str) -> None:
    """Type an address and validate it."""
    field = page.get_by_role("textbox", name="Ou une adresse")
    field.fill(text)
    field.press("Enter")


def test_an_address_found_by_the_public_service_is_the_place(page: Page, workshop: str, lively: LiveServer) -> None:
    """With network, an address is found, chosen, and becomes the middle of the circle."""
    page.goto(f"{workshop}/offres")
    the_map(page, "")
    at_rest(page)
    search_address(page, "Mont-de-Marsan")
    page.locator("[class*='st-key-adresse-'] button").first.click()
    page.wait_for_url(re.compile(r"lieu=point%3A"))
    expect(page.get_by_role("button", name=re.compile("30 km autour d"))).to_be_visible()
    assert lively.asked


def test_a_service_that_fails_is_said_and_the_rest_works(page: Page, workshop: str, lively: LiveServer) -> None:
    """The address service is down: a sentence says so, and a commune of our own files works as before."""
    lively.will_always(broken)
    page.goto(f"{workshop}/offres")
    the_map(page, "")
    at_rest(page)
    search_address(page, "12 rue du Moulin, Dax")
    expect(page.locator("[data-testid='stSidebar']").get_by_role("alert")).to_be_visible()
    field = page.get_by_role("combobox", name="Autour de")
    field.press_sequentially("mont de mars")
    field.press("Enter")
    offers_agree(page, AROUND)


def test_a_correction_is_kept_and_stays_text(page: Page, workshop: str) -> None:
    """A person corrects a name with markup in it: it is shown as text, there and in the list."""
    page.goto(f"{workshop}/offre?id=marche-net-dax&{AROUND}")
    quiet(page)
    page.get_by_text("Corriger cette structure").click()
    page.get_by_role("textbox", name="Nom", exact=True).fill(HOSTILE)
    page.get_by_role("textbox", name="Organisation qui corrige").fill("CRESS d’essai")
    page.get_by_role("button", name="Garder la correction").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(HOSTILE)
    expect(page.get_by_text("Corrigé : nom")).to_be_visible()
    page.goto(f"{workshop}/offres?lieu=commune:40088&rayon=5")
    page.locator(".coop-offres[data-total]").wait_for()
    assert HOSTILE in names(page)
