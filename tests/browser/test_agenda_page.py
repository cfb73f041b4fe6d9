"""What a person does with the agenda: goes through the months by keyboard, opens a meeting, keeps it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.conftest import quiet, serious_faults

if TYPE_CHECKING:
    from playwright.sync_api import Page

MONTH = ".coop-mois"


def test_months_are_gone_through_by_keyboard(page: Page) -> None:
    """Enter on « Mois suivant », then the Page keys; the address follows, the focus stays, a meeting opens with it."""
    page.goto("/agenda?affichage=mois&mois=2016-07")
    heading = page.locator(f"{MONTH} h3")
    expect(heading).to_have_text("Juillet 2016")
    page.get_by_role("button", name="Mois suivant").focus()
    page.keyboard.press("Enter")
    expect(heading).to_have_text("Août 2016")
    expect(page.get_by_role("button", name="Mois suivant")).to_be_focused()
    page.keyboard.press("PageDown")
    expect(heading).to_have_text("Septembre 2016")
    expect(page).to_have_url(re.compile("mois=2016-09"))
    page.get_by_role("button", name="Groupe de travail").first.focus()
    page.keyboard.press("Enter")
    opened = page.locator(".st-key-rencontre-ouverte h2")
    expect(opened).to_be_focused()
    expect(page).to_have_url(re.compile("rencontre=gt-2016-09-22"))
    assert serious_faults(page) == []
    with page.expect_download() as kept:
        page.get_by_role("link", name="Mettre dans mon agenda").click()
    assert kept.value.suggested_filename == "gt-2016-09-22.ics"


def test_a_telephone_shows_the_whole_month(page: Page) -> None:
    """At 375 px the seven days fit, each meeting has its hour, and is below in full."""
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto("/agenda?affichage=mois&mois=2016-09")
    table = page.locator(f"{MONTH} table")
    table.wait_for()
    quiet(page)
    box = table.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 375
    expect(table.locator("td button .heure")).to_have_text(["9 h"])
    expect(page.locator(".coop-agenda li .quand").first).to_contain_text("jeudi 22 septembre 2016")


def test_the_map_says_what_it_cannot_show(page: Page) -> None:
    """No meeting of the minutes has a known commune: the map is there, and the three are listed below it."""
    page.goto("/agenda?affichage=carte")
    frame = page.frame_locator('iframe[title^="streamlit_folium"]')
    frame.locator("#map_div[data-limites][data-rencontres='0']").wait_for()
    expect(page.get_by_role("list", name="Rencontres sans commune connue").locator("li")).to_have_count(3)
    assert serious_faults(page) == []
