"""What pages say while the database does not answer, and that they come back by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest

from cooperations.errors import StoreUnavailable
from cooperations.runtime import application
from cooperations.settings import ROOT
from cooperations.ui.map_view import SHOWN

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RETRY = "Réessayer"


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give an application of its own; return where its database is."""
    path = tmp_path / "app.sqlite3"
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{path}")
    application.cache_clear()
    yield path
    application().store.close()
    application.cache_clear()


def page() -> AppTest:
    """Return the map page as a visitor opens it."""
    test = AppTest.from_file(str(ROOT / "pages" / "navigation.py"), default_timeout=30)
    test.session_state[SHOWN] = True
    return test.run()


def press_retry(test: AppTest) -> AppTest:
    """Press the only « Réessayer »."""
    (button,) = [one for one in test.button if one.label == RETRY]
    return button.click().run()


def away() -> None:
    """Be a database that does not answer."""
    raise StoreUnavailable


@pytest.mark.parametrize("path", ["carte.py", "couverture.py"])
@pytest.mark.usefixtures("base")
def test_a_page_in_memory_is_shown_with_its_date(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The figures stay, a notice says from when they are, and one press brings the page back to normal."""
    test = page()
    test = test if path == "carte.py" else test.switch_page(path).run()
    titles = [one.value for one in test.title]
    assert not [one for one in test.button if one.label == RETRY]
    monkeypatch.setattr(application().store.versions, "now", away)
    test.run()
    (notice,) = [one.value for one in test.warning if "ne répond pas pour l’instant" in one.value]
    assert "a été lu le" in notice
    assert "rien n’est perdu" in notice
    assert ([one.value for one in test.title], list(test.exception)) == (titles, [])
    monkeypatch.undo()
    press_retry(test)
    assert not [one for one in test.warning if "ne répond pas" in one.value]


@pytest.mark.usefixtures("base")
def test_sheets_stay_listed_without_their_booklet(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is in memory is shown; what needs the database says so, and nothing else is lost."""
    test = page().switch_page("pratique.py").run()
    monkeypatch.setattr(application().store.versions, "now", away)
    test.run()
    assert any("quand la base de données répond" in one.value for one in test.caption)
    assert "Par nom" in [one.value for one in test.header]


def test_a_page_that_was_never_read_says_so_and_comes_back(base: Path) -> None:
    """A server that starts without its database draws one sentence and one button, until the base is there."""
    base.mkdir()
    test = page()
    (said,) = [one.value for one in test.error]
    assert "ne répond pas pour l’instant" in said
    base.rmdir()
    press_retry(test)
    assert not test.error
    assert any("19 pratiques" in one.value for one in test.markdown)


@pytest.mark.usefixtures("base")
def test_lists_that_are_being_put_in_order_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a long import a visitor knows that the figures are about to move."""
    page()
    monkeypatch.setattr(type(application()), "is_late", True)
    assert any("Les listes viennent de changer" in one.value for one in page().info)
