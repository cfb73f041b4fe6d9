"""The page of funders, and the report that stands alone."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import quiet, serious_faults


def test_a_funder_takes_a_report_away(page: Page) -> None:
    """From the menu's page to a file that opens alone; both without a serious fault, at any width."""
    page.goto("/rapport?territoire=departement:33")
    quiet(page)
    expect(page.get_by_role("heading", name="Pratiques selon l’année de leur début")).to_be_visible()
    expect(page.locator(".st-key-chiffres-cles strong").first).to_have_text("7 sur 19")
    page.locator("svg.marks, canvas.marks").nth(2).wait_for()
    assert serious_faults(page) == []
    with page.expect_download() as download:
        page.get_by_role("link", name="HTML").click()
    # The day of the data: what other tests had accepted moves it.
    assert re.fullmatch(r"rapport-33-\d{4}-\d{2}-\d{2}\.html", download.value.suggested_filename)
    alone = Path(download.value.path()).read_text(encoding="utf-8")
    for width in (1280, 375):
        page.set_viewport_size({"width": width, "height": 800})
        page.set_content(alone)
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert serious_faults(page) == []
