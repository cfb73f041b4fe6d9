"""Reading the audit log: who may, what the filters find, what is taken away."""

from __future__ import annotations

import csv
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from cooperations.accounts.journal import ACTIONS, PAGE_SIZE, Looked, read, taken_away, thing_in_words
from cooperations.accounts.rights import KEEPER, ROLES, Person
from cooperations.errors import NotAllowed
from cooperations.settings import ROOT
from cooperations.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cooperations.store.accounts import Accounts

ADMIN = Person("administrateur", "CRESS Nouvelle-Aquitaine", "a1")
CALLS = (
    r"_note\(connection, [\w.]+, ",
    r"accounts\.note\(\w+, ",
    r'acting\(\s*"\w+", ',
    r"_traced\(",
    r"traced\([\w.]+, ",
)
CODES = re.compile(rf"(?:{'|'.join(CALLS)}|[^_]action=)\"(\w+)\"")
ARGPARSE = {"append", "store_true"}


@pytest.fixture
def accounts(tmp_path: Path) -> Iterator[Accounts]:
    """Return the accounts of a base of the test's own, where four organisations did something."""
    store = Store(f"sqlite:///{tmp_path}/base.sqlite3")
    store.migrate()
    store.accounts.note(Person("moderateur", "GARIE", "m1"), "accepter", "Proposal 11111111")
    store.accounts.note(Person("moderateur", "CRESS Aquitaine", "m2"), "refuser", "Proposal 22222222")
    store.accounts.note(Person(), "proposer", "pratique")
    store.accounts.note(KEEPER, "sauvegarder", "=cmd|' /C calc'!A0.zip")
    yield store.accounts
    store.close()


@pytest.mark.parametrize("role", ROLES.codes)
def test_only_an_administrator_reads_or_takes_it(accounts: Accounts, role: str) -> None:
    """Not a moderator: the log tells of moderators too."""
    person = Person(role, "CRESS", "c")
    if role == "administrateur":
        assert read(accounts, person, Looked(), 1)[0] == 4
        return
    for act in (lambda: read(accounts, person, Looked(), 1), lambda: taken_away(accounts, person, Looked())):
        with pytest.raises(NotAllowed, match="administrateur"):
            act()
    assert len(accounts.traces()) == 4


@pytest.mark.parametrize(
    ("looked", "found"),
    [
        pytest.param(Looked(), ["sauvegarder", "proposer", "refuser", "accepter"], id="all, the latest first"),
        pytest.param(Looked(actions=("accepter", "refuser")), ["refuser", "accepter"], id="two actions"),
        pytest.param(Looked(roles=("visiteur",)), ["proposer"], id="a role"),
        pytest.param(Looked(words="garie"), ["accepter"], id="an organisation, whatever the case"),
        pytest.param(Looked(words="Proposal 2222"), ["refuser"], id="every word, in what or who"),
        pytest.param(Looked(words="m1"), ["accepter"], id="an account"),
        pytest.param(Looked(words="%"), [], id="a sign of SQL is a sign"),
        pytest.param(Looked(words="' OR '1'='1"), [], id="an injection finds nothing"),
        pytest.param(Looked(since=datetime.now(UTC) + timedelta(days=1)), [], id="nothing since tomorrow"),
        pytest.param(Looked(until=datetime.now(UTC) - timedelta(days=1)), [], id="nothing before yesterday"),
        pytest.param(Looked(since=datetime.now(UTC) - timedelta(days=1), roles=("moderateur",)),
                     ["refuser", "accepter"], id="together"),
    ],
)  # fmt: skip
def test_filters_find_what_they_say(accounts: Accounts, looked: Looked, found: list[str]) -> None:
    """Together they narrow."""
    total, lines = read(accounts, ADMIN, looked, 1)
    assert [one.action for one in lines] == found
    assert total == len(found)


def test_pages_hold_every_line_once(accounts: Accounts) -> None:
    """And a page beyond the last is empty."""
    for number in range(PAGE_SIZE):
        accounts.note(ADMIN, "ajouter", str(number))
    pages = [read(accounts, ADMIN, Looked(), page)[1] for page in (1, 2, 3)]
    assert list(map(len, pages)) == [PAGE_SIZE, 4, 0]
    assert len({(one.action, one.what) for page in pages for one in page}) == PAGE_SIZE + 4


def test_what_is_taken_away_starts_no_formula_and_is_told(accounts: Accounts) -> None:
    """Moments of Paris; the log says who took how many lines."""
    text = taken_away(accounts, ADMIN, Looked(actions=("sauvegarder", "accepter")))
    head, first, second = csv.reader(text.splitlines(), delimiter=";")
    assert head == ["quand", "role", "organisation", "compte", "action", "sur"]
    assert first[4:] == ["sauvegarder", "'=cmd|' /C calc'!A0.zip"]
    assert second[1:] == ["moderateur", "GARIE", "m1", "accepter", "Proposal 11111111"]
    assert datetime.fromisoformat(first[0]).utcoffset() in {timedelta(hours=1), timedelta(hours=2)}
    assert (accounts.traces(1)[0].action, accounts.traces(1)[0].what) == ("exporter_journal", "2 lignes")


def test_every_action_of_the_code_has_words() -> None:
    """One more action is seen here, and named before people read it."""
    sources = "\n".join(path.read_text("utf-8") for path in (ROOT / "cooperations").rglob("*.py"))
    written = set(CODES.findall(sources)) | {"accepter", "modifier_et_accepter", "refuser", "retirer", "completer"}
    written -= ARGPARSE
    assert len(written) > 20
    assert written - {one.code for one in ACTIONS} == set()


def test_what_it_was_about_is_said_in_french() -> None:
    """Several at once too; what is not known stays as it is."""
    assert thing_in_words("Proposal 11, Draft 22") == "proposition 11, brouillon 22"
    assert thing_in_words("12 lignes") == "12 lignes"
    assert thing_in_words("") == ""
