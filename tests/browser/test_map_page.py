"""What a person does on the map page."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import the_map, totals, unfold

LANDES = "territoire=departement%3A40"


def settled(page: Page, total: str) -> None:
    """Wait until the list shows `total` practices."""
    page.locator(f".coop-liste[data-total='{total}']").wait_for()


def test_opens_on_the_five_departments_and_every_part_says_19(page: Page) -> None:
    """The first view shows the whole of Aquitaine, and the four totals agree."""
    page.goto("/")
    frame = the_map(page, "")
    settled(page, "19")
    for department in ("Dordogne", "Gironde", "Landes", "Lot-et-Garonne", "Pyrénées-Atlantiques"):
        box = frame.locator(f"path[aria-label^='{department} (']").bounding_box()
        whole = page.locator('iframe[title^="streamlit_folium"]').bounding_box()
        assert box
        assert whole
        assert whole["x"] - 2 <= box["x"]
        assert box["x"] + box["width"] <= whole["x"] + whole["width"] + 2
    assert totals(page) == {"carte": "19", "liste": "19", "chiffres": "19", "tableau": "19"}
    expect(page).to_have_title(re.compile("Carte|Coopérations"))
    assert page.locator("html").get_attribute("lang") == "fr"


def test_clicking_a_department_filters_zooms_and_a_chip_removes_it(page: Page) -> None:
    """The Landes fill the map, the address says so, and the chip brings everything back."""
    page.goto("/")
    frame = the_map(page, "")
    landes = frame.locator("path[aria-label^='Landes (40)']")
    before = landes.bounding_box()
    landes.click(position={"x": 60, "y": 60})
    the_map(page, LANDES)
    settled(page, "3")
    after = landes.bounding_box()
    assert before
    assert after
    assert after["width"] > 1.5 * before["width"]
    assert LANDES in page.url
    assert set(totals(page).values()) == {"3"}
    page.locator(".st-key-filtres-actifs").get_by_role("button", name="Landes (40)").click()
    the_map(page, "")
    settled(page, "19")
    assert "territoire" not in page.url


def test_typing_without_accents_finds_and_the_empty_answer_says_what_to_do(page: Page) -> None:
    """« detritivores » finds Les Détritivores; « zzz » finds nothing and offers to clear."""
    page.goto("/")
    the_map(page)
    search = page.get_by_role("textbox", name="Rechercher")
    search.fill("detritivores")
    search.press("Enter")
    settled(page, "1")
    expect(page.locator(".coop-liste a")).to_have_text("Les Détritivores")
    search.fill("zzz")
    search.press("Enter")
    expect(page.get_by_text("Aucune pratique ne répond à ces critères. C’est")).to_be_visible()
    page.get_by_role("button", name="Effacer tous les filtres").click()
    settled(page, "19")


def test_popup_shows_the_sheet_with_actors_and_leads_to_the_page(page: Page) -> None:
    """The Landes grouping near Mont-de-Marsan opens, names its actors, and its link opens the page."""
    page.goto("/?q=maisadour")
    frame = the_map(page, "q=maisadour")
    frame.locator(".coop-point").click()
    popup = frame.locator(".coop-fiche")
    expect(popup.locator("h3")).to_contain_text("Maisadour")
    expect(popup).to_contain_text("Acheteur")
    expect(page.locator(".coop-liste li.choisi")).to_contain_text("Maisadour")
    popup.get_by_role("link", name="Voir la fiche").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Maisadour")
    assert "/pratique?id=maisadour-fermiers-landes" in page.url


def test_every_mark_of_the_first_view_opens_by_keyboard_and_stays_open(page: Page) -> None:
    """Enter on each sign opens it: the map may move to show the bubble, which must not close it."""
    page.goto("/")
    frame = the_map(page, "")
    settled(page, "19")
    marks = frame.locator(".leaflet-marker-icon:not(.coop-groupe)")
    labels = [str(mark.get_attribute("aria-label")) for mark in marks.all()]
    assert len(labels) >= 6
    for label in labels:
        frame.locator("#map_div").evaluate("() => window.map.setView([44.3, -0.4], 7.5, { animate: false })")
        frame.get_by_role("button", name=label, exact=True).press("Enter")
        popup = frame.locator(".coop-fiche h3").first
        popup.wait_for()
        page.wait_for_timeout(700)
        assert popup.is_visible(), label
        frame.get_by_role("button", name="Fermer").click()
        popup.wait_for(state="detached")


def test_escape_closes_a_bubble_and_gives_the_focus_back_to_its_mark(page: Page) -> None:
    """Who opened it by keyboard goes on from where they were."""
    page.goto("/?q=maisadour")
    frame = the_map(page, "q=maisadour")
    mark = frame.locator(".coop-point")
    mark.press("Enter")
    expect(frame.locator(".coop-fiche h3")).to_be_visible()
    page.keyboard.press("Escape")
    expect(frame.locator(".coop-fiche")).to_have_count(0)
    expect(mark).to_be_focused()


def test_departments_are_named_on_the_map_in_the_font_of_the_page(page: Page) -> None:
    """The five, and their neighbours; the commune that a practice is in, on its page; nobody else is asked."""
    page.goto("/")
    names = the_map(page, "").locator(".coop-nom")
    expect(names).to_have_count(12)
    assert {"Landes", "Pyrénées-Atlantiques"} <= {*names.all_inner_texts()}
    assert names.first.evaluate("() => document.fonts.ready.then(() => document.fonts.check('12px \"Source Sans\"'))")
    page.goto("/pratique?id=loc-halle-bio")
    shown = page.frame_locator('iframe[title^="streamlit_folium"]').locator(".coop-nom.choisi")
    expect(shown).to_have_text("Bordeaux")


def test_the_wheel_scrolls_the_page_and_zooms_a_map_that_was_pressed(page: Page) -> None:
    """Nobody is trapped on the way down; and the map never shrinks to a dot."""
    page.goto("/")
    frame = the_map(page, "")
    settled(page, "19")
    box = page.locator('iframe[title^="streamlit_folium"]').bounding_box()
    assert box
    zoom = "() => window.map.getZoom()"
    before = frame.locator("#map_div").evaluate(zoom)
    page.mouse.move(box["x"] + 40, box["y"] + 300)
    page.mouse.wheel(0, 300)
    page.wait_for_timeout(600)
    assert frame.locator("#map_div").evaluate(zoom) == before
    assert page.get_by_test_id("stMain").evaluate("main => main.scrollTop") > 0
    page.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, 0)")
    page.mouse.move(box["x"] + 40, box["y"] + 320)
    page.mouse.click(box["x"] + 40, box["y"] + 320)
    for _ in range(6):
        page.mouse.wheel(0, 600)
        page.wait_for_timeout(300)
    assert frame.locator("#map_div").evaluate(zoom) == 6.5


def test_a_filter_of_the_closed_panel_is_kept(page: Page) -> None:
    """A status chosen in the panel still filters when the panel is closed and something else is typed."""
    page.goto("/")
    the_map(page, "")
    unfold(page, page.get_by_text("Statut et localisation"))
    page.get_by_role("combobox", name="Statut").click()
    page.get_by_role("option", name="En projet").click()
    the_map(page, "statut=projet")
    page.keyboard.press("Escape")
    page.get_by_text("Statut et localisation").click()
    search = page.get_by_role("textbox", name="Rechercher")
    search.fill("landes")
    search.press("Enter")
    the_map(page, "statut=projet&q=landes")
    settled(page, "1")


def test_back_from_a_practice_finds_the_filtered_map(page: Page) -> None:
    """The browser's back button returns to the Landes, not to the whole of Aquitaine."""
    page.goto("/?territoire=departement:40")
    the_map(page, LANDES)
    page.locator(".coop-liste a").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Maisadour")
    page.go_back()
    the_map(page, LANDES)
    settled(page, "3")


def test_dordogne_is_empty_but_two_practices_cover_it(page: Page) -> None:
    """The empty answer offers what is worth for the whole region, and shows it."""
    page.goto("/?territoire=departement:24")
    the_map(page, "territoire=departement%3A24")
    page.get_by_role("button", name="Voir 2 pratiques qui couvrent ce territoire").click()
    the_map(page, "territoire=departement%3A24&portee=couvrant")
    settled(page, "2")


def test_a_commune_is_outlined(page: Page) -> None:
    """The commune that is filtered has its limits drawn."""
    page.goto("/?territoire=commune:33063")
    frame = the_map(page, "territoire=commune%3A33063")
    expect(frame.locator(".leaflet-limites-pane path[stroke-width='3']")).to_have_count(1)


def test_a_number_of_the_table_filters_on_its_type_and_territory(page: Page) -> None:
    """The cell « Groupement d’acteurs, Gironde » shows as many practices as it says."""
    page.goto("/")
    the_map(page, "")
    page.get_by_role("button", name="Groupement d’acteurs, Gironde (33) : 4. Filtrer.").click()
    the_map(page, "type=groupement_acteurs&territoire=departement%3A33")
    settled(page, "4")
    assert set(totals(page).values()) == {"4"}


@pytest.mark.parametrize(
    ("column", "query", "total"),
    [
        ("Région entière", "territoire=region%3A72&portee=entier", "2"),
        ("Sans territoire connu", "localisation=inconnue", "6"),
        ("Hors Aquitaine", "localisation=hors_perimetre", "1"),
    ],
)
def test_what_is_not_in_one_department_is_counted_and_can_be_shown(
    page: Page, column: str, query: str, total: str
) -> None:
    """The groups without a department have their column, whose total filters."""
    page.goto("/")
    the_map(page, "")
    page.get_by_role("button", name=f"Total, {column} : {total}. Filtrer.").click()
    the_map(page, query)
    settled(page, total)


def test_the_chart_says_what_the_table_says(page: Page) -> None:
    """The second tab draws the chart, with a legend of the five types."""
    page.goto("/")
    the_map(page, "")
    page.get_by_role("tab", name="Graphique").click()
    chart = page.locator("[data-testid='stVegaLiteChart'] canvas, [data-testid='stVegaLiteChart'] svg").first
    expect(chart).to_be_visible()


def test_territory_search_works_by_keyboard_without_accents(page: Page) -> None:
    """« merignac », arrow, Enter: the commune becomes a filter."""
    page.goto("/")
    the_map(page, "")
    field = page.get_by_role("combobox", name="Territoire")
    field.press_sequentially("merignac", delay=20)
    expect(page.get_by_role("option").first).to_have_text("Mérignac (commune, 33)")
    field.press("Enter")
    the_map(page, "territoire=commune%3A33281")
    expect(page.get_by_role("button", name="Mérignac (commune, 33)")).to_be_visible()


def test_a_homonym_shows_its_four_departments(page: Page) -> None:
    """Montaut exists four times in Aquitaine: each is offered with its department."""
    page.goto("/")
    the_map(page, "")
    page.get_by_role("combobox", name="Territoire").press_sequentially("montaut", delay=20)
    expect(page.get_by_role("option", name="Montaut (commune")).to_have_count(4)


def test_sorting_the_list_is_kept_in_the_address(page: Page) -> None:
    """The order by type puts the groupings first, and a reload keeps it."""
    page.goto("/")
    the_map(page, "")
    settled(page, "19")
    page.get_by_label("Trier par").select_option("type")
    page.wait_for_url(re.compile("tri=type"))
    expect(page.locator(".coop-liste li").first).to_contain_text("Groupement d’acteurs")
    page.reload()
    the_map(page, "")
    expect(page.get_by_label("Trier par")).to_have_value("type")


def test_the_choropleth_colours_at_once_and_is_kept_in_the_address(page: Page) -> None:
    """Gironde, with most practices, is darker than Dordogne, which has none."""
    page.goto("/")
    frame = the_map(page, "")
    frame.get_by_text("Légende").click()
    frame.get_by_label("Colorer selon le nombre").check()

    def opacity(name: str) -> float:
        return float(frame.locator(f"path[aria-label^='{name} (']").get_attribute("fill-opacity") or 0)

    assert opacity("Gironde") > opacity("Landes") > opacity("Dordogne")
    page.wait_for_url(re.compile("couleurs=oui"))
    page.reload()
    frame = the_map(page, "")
    expect(frame.get_by_label("Colorer selon le nombre")).to_be_checked()


def test_panning_and_zooming_never_rerun_the_script(page: Page) -> None:
    """The map moves, the list follows, and nothing goes over the websocket."""
    sent: list[str | bytes] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))  # noqa: PLW0108 - Playwright marks its handlers
    page.goto("/")
    frame = the_map(page, "")
    settled(page, "19")
    page.wait_for_timeout(1000)
    sent.clear()
    frame.locator(".coop-groupe").first.click()
    expect(frame.locator(".coop-groupe b")).to_have_text("2")
    frame.get_by_role("button", name="Dézoomer").click()
    page.wait_for_timeout(800)
    assert sent == []


def test_the_list_marks_what_the_map_shows(page: Page) -> None:
    """After a zoom on Mont-de-Marsan the list marks Maisadour, and no longer Loc’Halle Bio."""
    page.goto("/")
    the_map(page, "")
    settled(page, "19")
    expect(page.locator(".coop-liste li.vu", has_text="Loc’Halle Bio")).to_have_count(1)
    page.get_by_role("button", name="Situer sur la carte : Maisadour").click()
    expect(page.locator(".coop-liste li.vu")).to_have_count(1)
    expect(page.locator(".coop-liste li.vu")).to_contain_text("Maisadour")


def test_keyboard_alone_filters_from_the_map_and_opens_a_practice(page: Page) -> None:
    """Focus on a department and Enter filters; focus on a line of the list and Enter opens its page."""
    page.goto("/")
    frame = the_map(page, "")
    frame.locator("path[aria-label^='Gironde (33)']").focus()
    page.keyboard.press("Enter")
    the_map(page, "territoire=departement%3A33")
    settled(page, "7")
    page.locator(".coop-liste a").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Cap Solidaire")
    page.get_by_role("button", name="Retour à la carte").press("Enter")
    the_map(page, "territoire=departement%3A33")
    settled(page, "7")


def test_back_and_forward_go_through_the_filters(page: Page) -> None:
    """The browser's own buttons undo and redo a filter."""
    page.goto("/")
    the_map(page, "")
    page.get_by_role("button", name="Total, Landes (40) : 3. Filtrer.").click()
    the_map(page, LANDES)
    page.go_back()
    the_map(page, "")
    settled(page, "19")


def test_a_senseless_parameter_is_ignored_and_said(page: Page) -> None:
    """An unknown type and an unknown territory are named, and the rest of the address still filters."""
    page.goto("/?type=groupement_acteur&territoire=departement:99&statut=projet")
    the_map(page, "statut=projet")
    settled(page, "1")
    said = page.get_by_role("alert")
    expect(said).to_contain_text("type=groupement_acteur")
    expect(said).to_contain_text("territoire=departement:99")


def test_a_name_is_text_wherever_the_address_puts_it(page: Page) -> None:
    """Markup in the search text is shown, not run."""
    page.goto("/?q=<img src=x onerror=alert(1)>")
    expect(page.get_by_role("button", name="« <img src=x onerror=alert(1)> »")).to_be_visible()


def test_fits_a_phone_without_sideways_scrolling(page: Page) -> None:
    """At 375 px the page is no wider than the screen and the map fits it."""
    page.set_viewport_size({"width": 375, "height": 740})
    page.goto("/")
    the_map(page, "")
    settled(page, "19")
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    box = page.locator('iframe[title^="streamlit_folium"]').bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 375


def test_an_optional_background_without_network_changes_nothing_else(page: Page) -> None:
    """The OpenStreetMap tiles are asked only when chosen; when they fail, departments and practices stay."""
    asked: list[str] = []

    def fail(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(status=200, content_type="image/png", body=b"")

    page.context.route(re.compile(r"https://"), fail)
    page.goto("/")
    frame = the_map(page, "")
    assert asked == []
    frame.get_by_role("button", name="Fonds de carte").press("Enter")
    frame.get_by_label("OpenStreetMap (internet)").click()
    page.wait_for_timeout(1000)
    assert asked
    assert frame.locator("path[aria-label^='Landes (40)']").get_attribute("fill-opacity") == "1"
    assert frame.locator(".leaflet-marker-icon").count() >= 5


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_fault(page: Page, scheme: str) -> None:
    """The page and the map's frame have no serious or critical accessibility fault of ours."""
    page.emulate_media(color_scheme=scheme)
    page.goto("/")
    the_map(page, "")
    settled(page, "19")
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    serious = [
        (fault["id"], [node["html"] for node in fault["nodes"]])
        for fault in found
        if fault["impact"] in {"serious", "critical"}
    ]
    assert serious == []


def test_a_click_on_a_bar_of_the_chart_filters(page: Page) -> None:
    """The bar of Gironde, clicked where groupings are, filters on both."""
    page.goto("/")
    the_map(page, "")
    page.get_by_role("tab", name="Graphique").click()
    chart = page.locator("[data-testid='stVegaLiteChart'] canvas, [data-testid='stVegaLiteChart'] svg").first
    chart.scroll_into_view_if_needed()
    page.wait_for_timeout(1000)
    chart.click(position={"x": 190, "y": 52})
    page.wait_for_url(re.compile("type=groupement_acteurs"))
    assert "territoire=departement%3A33" in page.url
