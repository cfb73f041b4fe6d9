"""A page for buyers, run by Streamlit's own test runner on lists of our own, or on none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from streamlit.testing.v1 import AppTest

from cooperations.settings import ROOT
from cooperations.ui.map_view import SHOWN
from tests.making import plain

if TYPE_CHECKING:
    from streamlit.testing.v1.element_tree import Button

MARSAN = "commune:40192"
PATIENCE_S = 30


def opened(page: str, query: dict[str, str | list[str]] | None = None) -> AppTest:
    """Return a page as it is drawn at an address."""
    test = AppTest.from_file(str(ROOT / "pages" / "navigation.py"), default_timeout=PATIENCE_S)
    # No browser will say that its map is on screen.
    test.session_state[SHOWN] = True
    for name, value in (query or {}).items():
        test.query_params[name] = value
    return test.switch_page(page).run()


def texts(test: AppTest) -> str:
    """Return what the page says, with ordinary spaces and without the escapes of Markdown."""
    drawn = (
        *test.title, *test.header, *test.subheader, *test.markdown, *test.caption, *test.info, *test.warning,
        *test.error, *test.success,
    )  # fmt: skip
    return unescaped("\n".join(str(element.value) for element in drawn))


def unescaped(markdown: str) -> str:
    """Return Markdown as people read it, its signs apart."""
    return plain(re.sub(r"\\(\W)", r"\1", markdown))


def button(test: AppTest, label: str) -> Button:
    """Return the first button of the page with this label."""
    return next(one for one in test.button if unescaped(one.label) == label)
