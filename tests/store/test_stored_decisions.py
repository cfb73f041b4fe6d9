"""What every database must do for what groups record. Like test_store.py, run on each backend of `BACKENDS`."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier
from typing import TYPE_CHECKING, Any

import pytest

from cooperations.decisions import (
    PARIS,
    Action,
    Decision,
    Decisions,
    Draft,
    Snapshot,
    Survey,
    Target,
    close_action,
    decide,
    revised,
)
from cooperations.errors import StaleDecision, http_status
from cooperations.store import Store
from tests.making import a_dataset

if TYPE_CHECKING:
    from collections.abc import Callable

    from cooperations.dataset import Dataset

AUTHOR = "essai"
TODAY = datetime.now(PARIS).date()
LANDES = {"practice_code": "achats_inter_ess", "territory": "departement:40"}


def a_survey(**values: Any) -> Survey:
    """Return a survey of the purchases between organisations in the Landes."""
    found = {"finding": "rien_trouve", "organisation": "GARIE", "day": TODAY}
    return decide(Survey, **LANDES | found | values)


def an_action(**values: Any) -> Action:
    """Return an action about the same cell."""
    asked = {"what": "Chercher", "owner": "ACESA", "meeting": "GT", "due_on": TODAY, "state": "ouverte"}
    return decide(Action, **LANDES | asked | values)


def a_target(**values: Any) -> Target:
    """Return a target for the same cell."""
    return decide(Target, **LANDES | {"wanted": 3, "organisation": "GARIE"} | values)


def a_draft() -> Draft:
    """Return a draft."""
    return decide(
        Draft, **LANDES, name="Épicerie d’Agen", organisation="ACESA", note="« d’ici »\n'; DROP TABLE x; -- 🥖"
    )


def a_snapshot() -> Snapshot:
    """Return a snapshot, whatever it holds."""
    return decide(Snapshot, name="GT", organisation="CRESS", digest="d1e", content='{"œ":"%s ? :x"}' * 10_000)


MADE: tuple[Callable[[], Decision], ...] = (a_survey, a_target, an_action, a_draft, a_snapshot)


def everything(decisions: Decisions) -> list[Decision]:
    """Return the decisions of every kind."""
    return [*decisions.surveys, *decisions.targets, *decisions.actions, *decisions.drafts, *decisions.snapshots]


def test_an_empty_store_holds_no_decision(store: Store) -> None:
    """Nobody recorded anything yet."""
    assert store.decisions() == Decisions()


@pytest.mark.parametrize("make", MADE, ids=lambda make: str(make.__name__))
def test_a_decision_comes_back_as_it_was_added(store: Store, make: Callable[[], Decision]) -> None:
    """Every kind, every letter, the offset of its moment; one revision says who added it."""
    record = make()
    store.add(record, "GARIE")
    assert everything(store.decisions()) == [record]
    assert everything(store.decisions())[0].recorded_at.isoformat() == record.recorded_at.isoformat()
    (revision,) = store.revisions()
    assert (revision["author"], revision["entity"], revision["entity_id"], revision["before"]) == (
        "GARIE",
        type(record).__name__.lower(),
        record.id,
        None,
    )


def test_decisions_are_read_oldest_first(store: Store) -> None:
    """By the instant, not by its text: 2:30 in summer time is before 2:10 in winter time."""
    moments = ("2026-10-25T02:10:00+01:00", "2026-10-25T02:30:00+02:00", "2026-10-25T00:45:00+00:00")
    for moment in moments:
        store.add(a_survey(recorded_at=moment, day="2026-10-25"), AUTHOR)
    read = [survey.recorded_at.isoformat() for survey in store.decisions().surveys]
    assert read == [moments[1], moments[2], moments[0]]


def test_a_change_remembers_before_and_after(store: Store) -> None:
    """Closing an action keeps what it was."""
    action = an_action()
    closed = close_action(action, "loc-halle-bio", {"loc-halle-bio"}, TODAY)
    store.add(action, AUTHOR)
    store.replace(action, closed, "CRESS")
    assert store.decisions().actions == (closed,)
    last = store.revisions()[-1]
    assert (last["author"], last["before"]["state"], last["after"]["state"]) == ("CRESS", "ouverte", "comblee")
    assert last["after"]["closed_on"] == TODAY.isoformat()


def test_a_mistake_is_undone_and_remembered(store: Store) -> None:
    """What was removed is gone for everybody, and its revision holds it whole."""
    kept, mistaken = a_survey(), a_survey(organisation="GARIE, par erreur")
    for survey in (kept, mistaken):
        store.add(survey, AUTHOR)
    store.remove(mistaken, "CRESS")
    assert store.decisions().surveys == (kept,)
    last = store.revisions()[-1]
    assert (last["before"]["organisation"], last["after"]) == ("GARIE, par erreur", None)


def test_the_content_of_a_snapshot_is_kept_once(store: Store) -> None:
    """Its revisions say its name and digest alone."""
    snapshot = a_snapshot()
    store.add(snapshot, AUTHOR)
    store.remove(snapshot, AUTHOR)
    gist = {"name": "GT", "digest": "d1e"}
    assert [(one["before"], one["after"]) for one in store.revisions()] == [(None, gist), (gist, None)]


def test_what_somebody_else_changed_is_not_overwritten(store: Store, url: str) -> None:
    """Two people open the same action: the second is told, and nothing of hers is kept."""
    action, other = an_action(), Store(url)
    store.add(action, AUTHOR)
    begun = revised(action, state="en_cours")
    other.replace(action, begun, "GARIE")
    history = store.revisions()
    with pytest.raises(StaleDecision, match="recharger la page") as refused:
        store.replace(action, revised(action, note="Appeler"), "ACESA")
    assert http_status(refused.value) == 409
    with pytest.raises(StaleDecision, match="recharger la page"):
        store.remove(action, "ACESA")
    assert (store.decisions().actions, store.revisions()) == ((begun,), history)
    other.close()


def test_what_is_gone_is_neither_changed_nor_removed_again(store: Store) -> None:
    """The second of two clicks on « annuler » is told."""
    action = an_action()
    store.add(action, AUTHOR)
    store.remove(action, AUTHOR)
    with pytest.raises(StaleDecision):
        store.remove(action, AUTHOR)
    with pytest.raises(StaleDecision):
        store.replace(action, revised(action, state="en_cours"), AUTHOR)
    assert store.decisions() == Decisions()


def test_a_decision_does_not_move_the_revision_of_the_records(store: Store, dataset: Dataset) -> None:
    """The catalogue is not made again because a survey was recorded, nor by the next start on the same data."""
    store.load(dataset, AUTHOR)
    revision, survey = store.revision(), a_survey()
    store.add(survey, AUTHOR)
    assert store.revision() == revision
    assert store.load(dataset, AUTHOR) == 0
    assert (store.revision(), store.digest(), store.read()) == (revision, dataset.digest, (dataset, revision))
    assert store.decisions().surveys == (survey,)


def test_records_that_change_after_a_decision_move_the_revision(store: Store, dataset: Dataset) -> None:
    """A later load is a later revision, and leaves the decisions alone."""
    survey = a_survey()
    store.load(dataset, AUTHOR)
    revision = store.revision()
    store.add(survey, AUTHOR)
    store.load(a_dataset(dataset.practices[:5]), AUTHOR)
    assert store.revision() > revision
    assert store.decisions().surveys == (survey,)


def test_decisions_before_the_first_load_leave_it_at_zero(store: Store) -> None:
    """A digest alone is not a revision."""
    store.add(a_survey(), AUTHOR)
    store.load(a_dataset([]), AUTHOR)
    assert store.revision() == 0


def test_many_record_the_same_survey_at_once(store: Store, url: str) -> None:
    """Eight people in a meeting, in threads of one process and through two: every survey and revision is kept."""
    people, other = 8, Store(url)
    together = Barrier(people)

    def record(number: int) -> str:
        survey = a_survey(organisation=f"Organisation {number}")
        together.wait()
        (store if number % 2 else other).add(survey, survey.organisation)
        return survey.id

    with ThreadPoolExecutor(people) as pool:
        ids = set(pool.map(record, range(people)))
    other.close()
    assert {survey.id for survey in store.decisions().surveys} == ids
    assert {revision["entity_id"] for revision in store.revisions()} == ids


def test_one_of_two_changes_at_once_is_kept(store: Store, url: str) -> None:
    """Whoever comes second is told, whichever it is."""
    action, other = an_action(), Store(url)
    store.add(action, AUTHOR)
    together = Barrier(2)

    def change(through: Store, state: str) -> str:
        together.wait()
        try:
            through.replace(action, revised(action, note=state), AUTHOR)
        except StaleDecision:
            return "refused"
        return state

    with ThreadPoolExecutor(2) as pool:
        said = {future.result() for future in [pool.submit(change, store, "un"), pool.submit(change, other, "deux")]}
    other.close()
    assert said == {"refused", store.decisions().actions[0].note}
