"""Deciding about several at once: each whole or not at all, and what prevented one is said beside its name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from cooperations.accounts import pace
from cooperations.accounts.desk import Desk
from cooperations.accounts.rights import Person
from cooperations.contributions.batch import MOST, accept_all, refuse_all
from cooperations.contributions.decide import accept, refuse
from cooperations.errors import InvalidDecision
from tests.contributions.proposing import MODERATOR, NEWCOMER, OTHER_MODERATOR, World, a_correction, a_sent, proposed
from tests.making import plain

if TYPE_CHECKING:
    from cooperations.contributions.model import Proposal


@pytest.fixture(autouse=True)
def _new_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "BY_ACCOUNT", pace.Pace(100))
    monkeypatch.setattr(pace, "BY_ADDRESS", pace.Pace(100))


def desk(app: World, person: Person = MODERATOR) -> Desk:
    """Return where a moderator writes."""
    return Desk(app, person)


def states(app: World, *proposals: Proposal) -> list[str]:
    return [app.store.contributions.one(one.id).state for one in proposals]


def test_one_that_fails_leaves_the_others_decided(app: World) -> None:
    """Already refused by another moderator, or on a sheet that moved: said for each; nothing of it is published."""
    good, done, last = proposed(app), proposed(app), proposed(app)
    moved = proposed(app, a_correction("loc-halle-bio", statut="terminee"))
    halles = (replace(NEWCOMER, name="Les Halles"),)
    other = proposed(app, a_sent(values={"nom": "Halle des producteurs"}, actors=halles))
    refuse(app.store, OTHER_MODERATOR, done, "Doublon.")
    stale = accept(app.store, app.catalogue(), OTHER_MODERATOR, moved)
    before = len(app.store.accounts.traces())
    found = accept_all(desk(app), [good, done, moved, other, last])
    assert [bool(one.problem) for one in found] == [False, True, True, False, False]
    assert "GARIE (modérateur)" in plain(found[1].problem)
    assert states(app, good, done, other, last) == ["acceptee", "refusee", "acceptee", "acceptee"]
    assert app.store.contributions.one(moved.id) == stale
    assert len(app.catalogue()) == 22
    log = app.store.accounts.traces()[: len(app.store.accounts.traces()) - before]
    assert [(one.action, one.what) for one in reversed(log)] == [
        ("accepter", f"Proposal {one.id}") for one in (good, other, last)
    ]


def test_two_that_name_the_same_new_structure_share_it(app: World) -> None:
    """Each is decided on the records as the one before left them."""
    found = accept_all(desk(app), [proposed(app), proposed(app)])
    assert [one.problem for one in found] == ["", ""]
    assert len(app.catalogue().structures) == 24


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_without_a_reason_nobody_is_refused(app: World, reason: str) -> None:
    """Nothing is decided before all that is asked is there."""
    waiting = proposed(app)
    with pytest.raises(InvalidDecision, match="raison manque"):
        refuse_all(desk(app), [waiting], reason)
    assert states(app, waiting) == ["soumise"]


def test_a_reason_that_is_too_long_refuses_nobody(app: World) -> None:
    """Said for each; none is refused by half."""
    waiting = [proposed(app), proposed(app)]
    found = refuse_all(desk(app), waiting, "x" * 10_000)
    assert all(one.problem for one in found)
    assert states(app, *waiting) == ["soumise", "soumise"]
    assert app.store.accounts.traces() == ()


def test_a_batch_has_a_most(app: World) -> None:
    """One more than the most decides nothing at all."""
    waiting = proposed(app)
    with pytest.raises(InvalidDecision, match=f"{MOST} au plus"):
        accept_all(desk(app), [waiting] * (MOST + 1))
    assert states(app, waiting) == ["soumise"]


def test_a_content_that_no_form_sends_is_not_published(app: World) -> None:
    """Written in the base by hand or by an older version, it is stopped, and the others pass."""
    big, small = proposed(app), proposed(app)
    spoilt = big.model_copy(update={"content": big.content.replace("Six structures", "x" * 5_000)})
    found = accept_all(desk(app), [spoilt, small])
    assert "trop longue" in found[0].problem
    assert (states(app, big, small), found[1].problem) == (["soumise", "acceptee"], "")


@pytest.mark.parametrize("role", ["visiteur", "membre"])
def test_who_may_not_moderate_decides_about_none(app: World, role: str) -> None:
    """Each says who may."""
    waiting = proposed(app)
    (one,) = accept_all(desk(app, Person(role, "CRESS", "c")), [waiting])
    assert "modérateur" in one.problem
    assert states(app, waiting) == ["soumise"]


def test_a_pace_that_is_passed_leaves_the_rest_waiting(app: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first ones are decided, the others wait, and each says when to begin again."""
    monkeypatch.setattr(pace, "BY_ACCOUNT", pace.Pace(2))
    waiting = [proposed(app) for _ in range(3)]
    found = accept_all(desk(app), waiting)
    assert [bool(one.problem) for one in found] == [False, False, True]
    assert states(app, *waiting) == ["acceptee", "acceptee", "soumise"]
