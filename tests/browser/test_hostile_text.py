"""Texts made to be run, in every record: shown as text on every page, in every bubble, in the feed; none is run.

A bubble that lists a place shows forty of them at once, and one practice has them all, so that few pages are enough.
What people propose and decide is in test_hostile_contributions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from cooperations.reports.steps import silent
from cooperations.reports.writing import FORMATS
from tests.browser.conftest import quiet, the_map
from tests.browser.trapping import FOLIUM, TEXTS, groups
from tests.reports.reporting import BAD_INPUT, a_report, hostile_catalogue

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import FrameLocator, Page

    from cooperations.territories import Gazetteer
    from tests.browser.trapping import Trapped
    from tests.browser.watching import Watch

pytestmark = pytest.mark.browser_context_args(bypass_csp=True)
"""Without the policy that would keep a script from running: what is shown must not depend on it."""
STOCKED = ",".join(f"marche-s{number}" for number in range(100))
ALL_STOCKED = (STOCKED, ",".join(f"marche-s{number}" for number in range(100, len(TEXTS))))


def open_bubble(root: Page | FrameLocator, some: str) -> Any:
    """Open the bubble of the group of a map, and return it once its names have come."""
    mark = root.locator(".leaflet-marker-pane [tabindex='0']").first
    mark.press("Enter")
    bubble = root.locator(".leaflet-popup .coop-fiche")
    expect(bubble.locator("li").first).to_be_visible()
    expect(bubble).to_contain_text(some)
    return bubble


def test_the_maps_show_hostile_names_as_text(page: Page, watch: Watch, trapped: Trapped) -> None:
    """On the map, in its list and in its bubbles: forty names of a place, then one practice with all of them."""
    department, _, names = groups()[0]
    query = f"territoire=departement%3A{department}&statut=terminee"
    page.goto(f"{trapped.url}/?{query}")
    frame = the_map(page)
    expect(page.locator(".coop-liste a").first).to_be_visible()
    bubble = open_bubble(frame, names[1])
    assert bubble.locator("li").count() == len(names)
    watch.check_shows(names)
    page.goto(f"{trapped.url}/pratique?id=piege-tout")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ardits ${parent")
    small = page.frame_locator('iframe[title^="streamlit_folium"]')
    small.locator("#map_div[data-limites]").wait_for()
    small.locator(".leaflet-overlay-pane path").last.hover(force=True)
    page.get_by_text("Historique", exact=True).click()
    expect(page.locator(".coop-version").first).to_be_visible()
    watch.check_shows(TEXTS)


def test_the_light_maps_and_the_embeds_show_hostile_names_as_text(page: Page, watch: Watch, trapped: Trapped) -> None:
    """Each group of names in a bubble, on the four light maps; then the practice that has them all."""
    for base, places in (("/carte-legere", groups()), ("/integrer/carte", groups()[:1])):
        for department, _, names in places:
            page.goto(f"{trapped.url}{base}?territoire=departement:{department}&statut=terminee")
            page.locator("#map_carte[data-limites][data-total]").wait_for()
            open_bubble(page, names[1])
            watch.check_shows(names)
    for base, places in (("/offres-legeres", groups()[1:3]), ("/integrer/offres", groups()[3:])):
        for _, commune, names in places:
            page.goto(f"{trapped.url}{base}?lieu=commune:{commune}&rayon=5")
            page.locator("#map_carte[data-limites][data-total]").wait_for()
            open_bubble(page, names[1])
            watch.check_shows(names)
    page.goto(f"{trapped.url}/integrer/pratique?id=piege-tout")
    watch.check_shows(TEXTS[::4])
    page.goto(f"{trapped.url}/integrer/matrice")
    watch.check()
    for stocked in ALL_STOCKED:
        page.goto(f"{trapped.url}/imprimer/selection?retenues={stocked}")
        watch.check(100)


@pytest.mark.parametrize(
    "address",
    [
        f"/offres?lieu=commune:{groups()[1][1]}&rayon=5",
        "/offre?id=marche-s1",
        f"/groupement?lieu=commune:{groups()[1][1]}&rayon=5&retenues=marche-s40,marche-s41",
        "/couverture",
        "/reseau",
        "/donnees",
        "/rapport",
        "/pratique?type=mutualisation_achats",
        "/pratique?id=![x](https://evil.example/p.png) [Cliquez](https://evil.example)",
        "/contribuer?corriger=piege-tout",
    ],
)
def test_the_pages_show_hostile_names_as_text(page: Page, watch: Watch, trapped: Trapped, address: str) -> None:
    """Whatever draws them: cards, matrix and gaps, graph, charts, vocabulary, form."""
    page.goto(trapped.url + address)
    quiet(page)
    watch.check()
    page.goto("about:blank")


def test_what_a_group_recorded_is_text(page: Page, watch: Watch, trapped: Trapped) -> None:
    """In an open cell, in the actions, in the snapshots."""
    cell = "cellule=mutualisation_achats|departement:40"
    for panel in ("Actions", "Instantanés"):
        page.goto(f"{trapped.url}/couverture?{cell}&volet={panel}")
        quiet(page)
        watch.check_shows(TEXTS)


def test_the_agenda_shows_hostile_names_as_text(page: Page, watch: Watch, trapped: Trapped) -> None:
    """In a list, in a month, in the meeting that is open, and in the bubble of a place, which opens it by keyboard."""
    page.goto(f"{trapped.url}/agenda?affichage=mois&mois=2027-03&rencontre=rencontre-1")
    expect(page.locator(".coop-mois td button .nom").first).to_have_text(FOLIUM)
    expect(page.locator(".st-key-rencontre-ouverte h2")).to_contain_text("Ardits ${parent")
    watch.check_shows(TEXTS)
    page.goto(f"{trapped.url}/agenda?affichage=liste")
    expect(page.locator("h1")).to_be_visible()
    quiet(page)
    watch.check()
    page.goto(f"{trapped.url}/agenda?affichage=carte&q=ardits")
    frame = page.frame_locator('iframe[title^="streamlit_folium"]')
    frame.locator(".coop-rencontre").press("Enter")
    expect(frame.locator(".coop-fiche a").first).to_have_text(FOLIUM)
    watch.check()
    frame.locator(".coop-fiche a").first.press("Enter")
    expect(page.locator(".st-key-rencontre-ouverte h2")).to_contain_text("Ardits ${parent")
    watch.check()


def test_a_selection_shows_hostile_names_as_text(page: Page, watch: Watch, trapped: Trapped) -> None:
    """A hundred structures and the rest; a list that somebody kept, with its name and its note."""
    for stocked in ALL_STOCKED:
        page.goto(f"{trapped.url}/selection?retenues={stocked}")
        quiet(page)
        watch.check()


def test_the_feed_opens_in_a_browser_as_text(page: Page, watch: Watch, trapped: Trapped) -> None:
    """Atom is XML: a name must not be an element of a page there, nor be run."""
    page.goto(f"{trapped.url}/fil/changements.atom")
    assert page.evaluate("document.contentType") != "text/html"
    assert page.evaluate("document.querySelectorAll('img, svg, iframe, script').length") == 0
    watch.check()


def test_a_report_opens_in_a_browser_as_text(page: Page, watch: Watch, gazetteer: Gazetteer, tmp_path: Path) -> None:
    """The page that a funder keeps on a disk runs nothing there."""
    written = tmp_path / "rapport.html"
    written.write_bytes(FORMATS["html"].write(a_report(hostile_catalogue(gazetteer)), silent))
    page.goto(written.as_uri())
    watch.check_shows("".join(filter(str.isprintable, text)) for text in BAD_INPUT)
