"""The page « Mon accès » before any browser is there: who sees the log, and what it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cooperations.accounts.rights import ROLES, Person
from cooperations.ui import session
from tests.pages.buying import opened, texts, unescaped

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from cooperations.runtime import Application

PAGE = "acces.py"


def entered(monkeypatch: pytest.MonkeyPatch, role: str) -> None:
    """Have somebody with a role look at the page."""
    monkeypatch.setattr(session, "person", lambda: Person(role, "CRESS", "c1"))
    monkeypatch.setattr(session, "has_entered", lambda: True)


def log_of(test: AppTest) -> str:
    return unescaped("\n".join(str(one.value) for one in test.get("html")))


@pytest.mark.parametrize("role", ROLES.codes)
def test_the_log_is_offered_to_administrators_alone(
    no_list: Application, monkeypatch: pytest.MonkeyPatch, role: str
) -> None:
    """The others are not even shown that there is one."""
    no_list.store.accounts.note(Person("moderateur", "GARIE", "m"), "accepter", "Proposal 42")
    entered(monkeypatch, role)
    test = opened(PAGE)
    assert not test.exception
    views = [one.key for one in test.segmented_control]
    assert ("acces-vue" in views) is (role == "administrateur")
    assert "proposition 42" not in log_of(test)


def test_an_administrator_reads_filters_and_empties(no_list: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    """In French; a hostile name is text; a filter that finds nothing says so."""
    accounts = no_list.store.accounts
    accounts.note(Person("moderateur", "<img src=x onerror=window.PIEGE=1>", "m"), "accepter", "Proposal 42")
    accounts.note(Person("moderateur", "GARIE", "m"), "refuser", "Proposal 43")
    entered(monkeypatch, "administrateur")
    test = opened(PAGE)
    test.segmented_control(key="acces-vue").set_value("Journal").run()
    assert "2 lignes, la plus récente d’abord" in texts(test).replace("*", "")
    assert "GARIE, modérateur" in log_of(test)
    assert "Accepter" in log_of(test)
    assert "proposition 42" in log_of(test)
    assert "<img" not in log_of(test)
    test.multiselect(key="journal-actions").set_value(["refuser"]).run()
    assert "proposition 43" in log_of(test)
    assert "proposition 42" not in log_of(test)
    test.text_input(key="journal-mots").set_value("introuvable").run()
    assert "Rien au journal pour ces filtres." in texts(test)
