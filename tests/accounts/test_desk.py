"""The one place through which people write: no right, no write; and nobody goes around it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from cooperations.accounts import pace
from cooperations.accounts.desk import RIGHT_OF, Desk
from cooperations.accounts.rights import KEEPER, RIGHTS, ROLES, VISITOR, Person, may
from cooperations.decisions import DECISIONS, Action, Draft, decide, revised
from cooperations.errors import NotAllowed, StoreUnavailable, TooManyRequests
from cooperations.offers.records import KEPT, Correction, ShortList
from cooperations.settings import ROOT, WHO_RECORDS
from tests.structures import application_with

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from cooperations.runtime import Application

AROUND = re.compile(
    r"store\.(add|replace|remove)\(|store\.(add|replace|remove)$|lists\.(correct|take)|imports import .*\bkeep\b"
)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Application]:
    """Return an application of the test's own."""
    with application_with(tmp_path, {}) as opened:
        yield opened


@pytest.fixture(autouse=True)
def _new_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "BY_ADDRESS", pace.Pace(5))
    monkeypatch.setattr(pace, "BY_ACCOUNT", pace.Pace(3))


def a_draft() -> Draft:
    return decide(
        Draft,
        practice_code="achats_inter_ess",
        territory="departement:40",
        name="Essai",
        organisation="CRESS",
        note=None,
    )


def a_list() -> ShortList:
    return decide(ShortList, name="Parcs", organisation="Mairie de Pau", query="lieu=commune:64445", note=None)


def a_correction() -> Correction:
    return decide(Correction, offer_id="x", attribute="name", value="Y", organisation="CRESS", note=None)


def test_everything_that_people_write_has_a_right() -> None:
    """A new kind of record without a right would be open to all."""
    assert set(RIGHT_OF) == {*DECISIONS, *KEPT}
    assert set(RIGHT_OF.values()) < set(RIGHTS)


@pytest.mark.parametrize(
    "path", [*(ROOT / "cooperations" / "ui").rglob("*.py"), *(ROOT / "pages").glob("*.py")], ids=str
)
def test_no_page_writes_around_it(path: Path) -> None:
    """Pages know the desk alone."""
    assert [line for line in path.read_text("utf-8").splitlines() if AROUND.search(line)] == []


@pytest.mark.parametrize("role", ROLES.codes)
@pytest.mark.parametrize("said", ["oui", "membres", "non"])
def test_each_role_writes_what_the_settings_say(
    app: Application, monkeypatch: pytest.MonkeyPatch, role: str, said: str
) -> None:
    """Refused, nothing is kept at all; allowed, it is, and the log says by whom."""
    monkeypatch.setenv(WHO_RECORDS, said)
    person = Person(role, "CRESS", f"{role}-{said}")
    desk, draft = Desk(app, person), a_draft()
    if may(person, "decider_couverture"):
        desk.add(draft, "CRESS")
        assert app.store.recorded(Draft) == (draft,)
        (trace,) = app.store.accounts.traces()
        assert (trace.role, trace.action, trace.what) == (role, "ajouter", f"Draft {draft.id}")
        return
    acts: list[Callable[[], object]] = [
        lambda: desk.add(draft, "CRESS"),
        lambda: desk.add(a_list(), "CRESS"),
        lambda: desk.remove(draft, "CRESS"),
        lambda: desk.replace(draft, draft, "CRESS"),
        lambda: desk.correct([a_correction()]),
    ]
    for act in acts:
        with pytest.raises(NotAllowed):
            act()
    assert not app.store.revisions() or all(row["entity"] != "draft" for row in app.store.revisions())
    assert not app.store.accounts.traces()


def test_an_import_asks_for_its_own_right(app: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is refused before the file is even looked at."""
    monkeypatch.setenv("COOPERATIONS_IMPORT", "membres")
    with pytest.raises(NotAllowed, match="membre"):
        Desk(app, VISITOR).bring_in(None, "CRESS")


def test_an_action_is_replaced_and_a_draft_removed(app: Application) -> None:
    """The way through the desk ends where it did before."""
    desk, draft = Desk(app, Person("membre", "CRESS", "m")), a_draft()
    desk.add(draft, "CRESS")
    changed = revised(draft, name="Autre")
    desk.replace(draft, changed, "CRESS")
    desk.remove(changed, "CRESS")
    assert not app.store.recorded(Draft)
    assert [one.action for one in app.store.accounts.traces()] == ["retirer", "changer", "ajouter"]
    assert Action in RIGHT_OF


def test_a_line_of_the_log_is_kept_with_what_it_tells_or_neither_is(
    app: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A log that cannot be written keeps nothing, so that nobody is told of a failure about what was kept."""

    def fail() -> None:
        raise StoreUnavailable

    monkeypatch.setattr("cooperations.store.history.now", fail)
    with pytest.raises(StoreUnavailable):
        Desk(app, VISITOR).add(a_draft(), "CRESS")
    assert not app.store.recorded(Draft)


def test_too_many_writes_wait(app: Application) -> None:
    """An account writes so much a minute, an address a little more, whoever writes; the command line as it likes."""
    member = Desk(app, Person("membre", "CRESS", "m"), "192.0.2.1")
    for _ in range(3):
        member.admit("proposer")
    with pytest.raises(TooManyRequests, match="recommencer dans"):
        member.admit("proposer")
    visitor = Desk(app, VISITOR, "192.0.2.1")
    visitor.admit("proposer")
    with pytest.raises(TooManyRequests):
        visitor.admit("proposer")
    Desk(app, VISITOR, "192.0.2.2").admit("proposer")
    for _ in range(20):
        Desk(app, KEEPER).admit("importer")
