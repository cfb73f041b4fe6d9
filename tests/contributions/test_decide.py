"""Deciding: what becomes public, what can be undone, who may."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cooperations.accounts.rights import Person
from cooperations.contributions.content import Content, ProposedActor
from cooperations.contributions.decide import accept, ask_back, merge, present, refuse, restore, undo
from cooperations.contributions.errors import AlreadyDecided, StillUsed
from cooperations.contributions.model import Change
from cooperations.errors import InvalidDecision, NotAllowed, StaleDecision
from tests.contributions.proposing import (
    MODERATOR,
    NEWCOMER,
    OTHER_MODERATOR,
    PARTAGE,
    a_correction,
    a_sent,
    proposed,
)
from tests.making import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.contributions.proposing import World

ID = "epicerie-cooperative-d-agen"


def test_an_accepted_practice_is_published_with_its_actors(app: World) -> None:
    """The catalogue of every process moves; the structure that was named is added."""
    made = accept(app.store, app.catalogue(), MODERATOR, proposed(app, a_sent(actors=(NEWCOMER, PARTAGE))))
    catalogue = app.catalogue()
    assert (made.state, made.result_id, made.decided_by) == ("acceptee", ID, "CRESS Aquitaine (modérateur)")
    assert len(catalogue) == 20
    practice = catalogue.practice(ID)
    assert (practice.precision, practice.confidence, practice.territories) == ("commune", "moyenne", ("commune:47001",))
    assert [(actor.structure.name, actor.role) for actor in catalogue.actors(ID)] == [
        ("Coopérative des épiciers d’Agen", "porteur"),
        (catalogue.structures["landes-partage"].name, "membre"),
    ]


def test_an_undone_acceptance_leaves_nothing(app: World) -> None:
    """Practice, structure and parts go; the proposal waits again, and may be accepted again."""
    accepted = accept(app.store, app.catalogue(), MODERATOR, proposed(app))
    waiting = undo(app.store, OTHER_MODERATOR, accepted)
    assert (waiting.state, waiting.decided_by, len(app.catalogue())) == ("soumise", None, 19)
    assert len(app.catalogue().structures) == 23
    accept(app.store, app.catalogue(), MODERATOR, waiting)
    assert len(app.catalogue()) == 20


def test_the_second_moderator_sees_that_it_is_done(app: World) -> None:
    """Who, what, and nothing of the second decision is kept."""
    waiting = proposed(app)
    accept(app.store, app.catalogue(), MODERATOR, waiting)
    decisions: tuple[Callable[[], object], ...] = (
        lambda: refuse(app.store, OTHER_MODERATOR, waiting, "Doublon."),
        lambda: accept(app.store, app.catalogue(), OTHER_MODERATOR, waiting),
    )
    for decide in decisions:
        with pytest.raises(AlreadyDecided) as seen:
            decide()
        assert plain(str(seen.value)).startswith("C’est déjà fait : « Acceptée » par CRESS Aquitaine (modérateur)")
    assert app.store.contributions.one(waiting.id).state == "acceptee"


def test_two_of_the_same_name_get_two_addresses(app: World) -> None:
    """One never overwrites the other."""
    first, second = proposed(app), proposed(app)
    accept(app.store, app.catalogue(), MODERATOR, first)
    assert accept(app.store, app.catalogue(), MODERATOR, second).result_id == f"{ID}-2"


def test_a_decision_on_records_that_have_moved_is_refused_whole(app: World) -> None:
    """A moderator who decides on yesterday's catalogue changes nothing."""
    yesterday = app.catalogue()
    correction = proposed(app, a_correction("loc-halle-bio", statut="terminee"))
    accept(app.store, yesterday, MODERATOR, proposed(app, a_correction("loc-halle-bio", nom="La Halle bio")))
    with pytest.raises(StaleDecision):
        accept(app.store, yesterday, MODERATOR, correction)
    assert app.store.contributions.one(correction.id).state == "soumise"
    accept(app.store, app.catalogue(), MODERATOR, correction)
    practice = app.catalogue().practice("loc-halle-bio")
    assert (practice.name, practice.status) == ("La Halle bio", "terminee")


def test_a_correction_changes_its_fields_alone_and_can_be_undone_out_of_order(app: World) -> None:
    """The first one is undone; the second one stays."""
    before = app.catalogue().practice("loc-halle-bio")
    first = accept(app.store, app.catalogue(), MODERATOR, proposed(app, a_correction("loc-halle-bio", nom="La Halle")))
    accept(app.store, app.catalogue(), MODERATOR, proposed(app, a_correction("loc-halle-bio", statut="terminee")))
    undo(app.store, MODERATOR, first)
    after = app.catalogue().practice("loc-halle-bio")
    assert (after.name, after.status) == (before.name, "terminee")


def test_a_correction_of_the_actors_adds_and_takes_away(app: World) -> None:
    """Those that the form still names stay."""
    held = app.catalogue().actors("marche-erdf-landes")
    kept = ProposedActor(held[0].role, held[0].structure.id)
    accept(app.store, app.catalogue(), MODERATOR, proposed(app, a_correction("marche-erdf-landes", (kept, NEWCOMER))))
    after = {actor.structure.name for actor in app.catalogue().actors("marche-erdf-landes")}
    assert after == {held[0].structure.name, NEWCOMER.name}


def test_a_structure_that_others_name_cannot_be_undone_under_them(app: World) -> None:
    """Undoing it would break the practice that names it."""
    first = accept(app.store, app.catalogue(), MODERATOR, proposed(app))
    structure = next(one for one in app.catalogue().structures.values() if one.name == NEWCOMER.name)
    named = a_correction("loc-halle-bio", (ProposedActor("membre", structure.id),))
    second = accept(app.store, app.catalogue(), MODERATOR, proposed(app, named))
    with pytest.raises(StillUsed):
        undo(app.store, MODERATOR, first)
    undo(app.store, MODERATOR, second)
    undo(app.store, MODERATOR, first)
    assert len(app.catalogue()) == 19


def test_amended_then_accepted_keeps_what_the_moderator_wrote(app: World) -> None:
    """Both texts are in the revisions."""
    waiting = proposed(app)
    amended = Content(waiting.said.values | {"description": "Relu par la CRESS."}, ())
    accept(app.store, app.catalogue(), MODERATOR, waiting, amended)
    assert app.catalogue().practice(ID).description == "Relu par la CRESS."
    kept = [row for row in app.store.revisions() if row["entity"] == "proposal"]
    assert ["Six structures" in str(row["after"]) for row in kept] == [True, False]


def test_a_question_and_a_refusal_say_why(app: World) -> None:
    """Without a word for the person, nothing is decided."""
    waiting = proposed(app)
    for decide in (ask_back, refuse):
        with pytest.raises(InvalidDecision):
            decide(app.store, MODERATOR, waiting, "  ")
    asked = ask_back(app.store, MODERATOR, waiting, "Dans quelle commune ?")
    refused = refuse(app.store, MODERATOR, asked, "Hors sujet.")
    assert (asked.state, refused.state, refused.reply) == ("a_preciser", "refusee", "Hors sujet.")
    assert undo(app.store, MODERATOR, refused).state == "soumise"


def test_a_merge_completes_the_sheet_that_exists(app: World) -> None:
    """Source and actors are added, what the sheet says stays."""
    held = app.catalogue().practice("loc-halle-bio")
    sent = a_sent(values={"periode_debut": "2014"}, actors=(PARTAGE,))
    merged = merge(app.store, app.catalogue(), MODERATOR, proposed(app, sent), "loc-halle-bio")
    after = app.catalogue().practice("loc-halle-bio")
    assert (merged.state, merged.result_id, len(app.catalogue())) == ("fusionnee", "loc-halle-bio", 19)
    assert (after.name, after.description) == (held.name, held.description)
    assert plain(after.source) == f"{plain(held.source)} ; Site de la coopérative, 2026"
    assert "landes-partage" in {actor.structure.id for actor in app.catalogue().actors("loc-halle-bio")}
    undo(app.store, MODERATOR, merged)
    assert app.catalogue().practice("loc-halle-bio") == held


def test_a_restoration_puts_a_past_version_back(app: World) -> None:
    """The past version of a field returns, and the history keeps both ways."""
    before = present(app.catalogue(), "practice", "loc-halle-bio")
    accept(app.store, app.catalogue(), MODERATOR, proposed(app, a_correction("loc-halle-bio", statut="terminee")))
    now = present(app.catalogue(), "practice", "loc-halle-bio")
    restore(app.store, MODERATOR, Change("practice", "loc-halle-bio", before, now))
    assert present(app.catalogue(), "practice", "loc-halle-bio") == before
    history = app.store.contributions.history("practice", ["loc-halle-bio"])
    assert [row["author"] for row in history][1:] == ["CRESS Aquitaine (modérateur)"] * 2


@pytest.mark.parametrize("role", ["visiteur", "membre"])
def test_only_moderators_decide(app: World, role: str) -> None:
    """In the core, whatever the page shows."""
    somebody, waiting = Person(role, "ACESA", "c3"), proposed(app)
    change = Change("practice", "loc-halle-bio", {}, None)
    for decide in (
        lambda: accept(app.store, app.catalogue(), somebody, waiting),
        lambda: ask_back(app.store, somebody, waiting, "Où ?"),
        lambda: refuse(app.store, somebody, waiting, "Non."),
        lambda: merge(app.store, app.catalogue(), somebody, waiting, "loc-halle-bio"),
        lambda: undo(app.store, somebody, waiting),
        lambda: restore(app.store, somebody, change),
    ):
        with pytest.raises(NotAllowed):
            decide()
