"""What is read whole, at the width of a projector and of a telephone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import at_rest

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

TELEPHONE = {"width": 375, "height": 812}
CUT = "element => element.scrollWidth > element.clientWidth + 1"
WIDE_TYPE = "achats_responsables_prives_hors_ess"


def edges(locator: Locator) -> tuple[float, float]:
    """Return where a part of the page begins and ends, from the left."""
    box = locator.bounding_box()
    assert box
    return box["x"], box["x"] + box["width"]


def test_the_links_of_a_practice_are_read_whole_on_a_telephone(page: Page) -> None:
    """The longest name takes two lines instead of an ellipsis."""
    page.set_viewport_size(TELEPHONE)
    page.goto("/pratique?id=marche-erdf-landes")
    link = page.get_by_test_id("stPageLink-NavLink").filter(has_text="Maisadour")
    expect(link).to_be_visible()
    assert not any(part.evaluate(CUT) for part in link.locator("span, div, p").all())


def test_labels_are_above_their_values_on_a_telephone(page: Page) -> None:
    """The facts of a practice and the definitions of the types have the whole width."""
    page.set_viewport_size(TELEPHONE)
    for address in ("/pratique?id=marche-erdf-landes", "/donnees"):
        page.goto(address)
        facts = page.locator(".coop-faits")
        expect(facts).to_be_visible()
        label, value = facts.locator("dt").first.bounding_box(), facts.locator("dd").first.bounding_box()
        assert label
        assert value
        assert value["y"] >= label["y"] + label["height"]
        assert value["width"] > 300


def test_every_choice_of_the_matrix_is_on_a_telephone(page: Page) -> None:
    """« Pour 100 structures » goes to a second line; score and button of a gap share one."""
    page.set_viewport_size(TELEPHONE)
    page.goto("/couverture")
    at_rest(page)
    assert edges(page.get_by_role("radio", name="Pour 100 structures"))[1] <= TELEPHONE["width"]
    score = page.get_by_text("score 87,5").bounding_box()
    button = page.get_by_role("button", name="Ouvrir", exact=True).first.bounding_box()
    assert score
    assert button
    assert button["y"] < score["y"] + score["height"]


@pytest.mark.parametrize("width", [375, 1366])
def test_a_type_that_is_filtered_on_is_read_whole(page: Page, width: int) -> None:
    """The longest type fits its chip."""
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"/couverture?type={WIDE_TYPE}")
    at_rest(page)
    if width == TELEPHONE["width"]:
        page.get_by_role("button", name="Ouvrir les filtres").click()
    chip = page.locator("[data-tag] > span").first
    expect(chip).to_be_visible()
    assert not chip.evaluate(CUT)


def test_an_unknown_practice_has_a_title(page: Page) -> None:
    """A page without a heading says nothing to who hears it."""
    page.goto("/pratique?id=inconnue-au-bataillon")
    expect(page.get_by_role("heading", level=1)).to_have_text("Pratique introuvable")


def test_what_stands_beside_the_graph_stays_in_view(page: Page) -> None:
    """Whoever reads the foot of the graph still has the choice of a structure."""
    page.goto("/reseau")
    choice = page.get_by_role("combobox", name="Une structure")
    expect(choice).to_be_visible()
    page.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, 500)")
    expect(choice).to_be_in_viewport()


def test_each_file_says_what_it_holds(page: Page) -> None:
    """Three tables, in two kinds of file each."""
    page.goto("/couverture?volet=Fichiers")
    links = page.locator("a[href*='/export/couverture/']")
    expect(links).to_have_count(6)
    assert [link.inner_text().split(",")[0].split()[-1] for link in links.all()] == [
        *("Matrice", "Matrice", "Manques", "Manques", "Actions", "Actions")
    ]
