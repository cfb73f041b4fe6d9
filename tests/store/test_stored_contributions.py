"""What every database must do for proposals. Like test_store.py, run on each backend of `BACKENDS`."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from cooperations.accounts.tokens import digest, new_token
from cooperations.contributions.content import Content
from cooperations.contributions.errors import AlreadyDecided, UnknownProposal
from cooperations.contributions.model import Change, Proposal, ReviewLink, stamp
from cooperations.contributions.overlay import key_of, values_of
from cooperations.contributions.terms import CONSENT
from cooperations.errors import StaleDecision
from cooperations.store.contributions import Wanted
from tests.making import a_dataset, a_practice

if TYPE_CHECKING:
    from cooperations.store import Store


def a_proposal(**values: Any) -> Proposal:
    """Return a proposal about Agen."""
    known = {
        "kind": "pratique", "about": "pratique", "name": "Épicerie d’Agen 🥖", "territory": "commune:47001",
        "department": "47", "content": Content({"nom": "'; DROP TABLE proposal; --"}).to_json(),
        "token_digest": digest(new_token()), "state": "soumise", "version": 1,
    }  # fmt: skip
    return Proposal.model_validate(stamp() | known | values)


def test_a_proposal_comes_back_as_it_was_sent(store: Store) -> None:
    """Every letter, and the same one under the same token, whoever sends it again."""
    made = a_proposal()
    again = a_proposal(token_digest=made.token_digest, name="Autre")
    assert store.contributions.propose(made, "Sans compte") == made
    assert store.contributions.propose(again, "Sans compte") == made
    assert store.contributions.one(made.id) == made
    assert store.contributions.of_token(made.token_digest) == made
    with pytest.raises(UnknownProposal):
        store.contributions.one("rien")


def test_twenty_at_once_under_one_token_make_one_proposal(store: Store) -> None:
    """However they arrive."""
    token = digest(new_token())
    with ThreadPoolExecutor(20) as pool:
        sent = [pool.submit(store.contributions.propose, a_proposal(token_digest=token), "essai") for _ in range(20)]
        assert len({one.result().id for one in sent}) == 1
    assert store.contributions.counts() == {"soumise": 1}


def test_the_queue_is_filtered_and_paged_by_the_database(store: Store) -> None:
    """By state, kind, department and age; the oldest first, without a gap between pages."""
    now = datetime.now(UTC)
    for day in range(10):
        moment = (now - timedelta(days=day)).isoformat(timespec="microseconds")
        kind = {"kind": "correction", "target_id": "essai"} if day % 2 else {}
        store.contributions.propose(
            a_proposal(id=f"p{day}", recorded_at=moment, department="47" if day < 6 else "40", **kind), "essai"
        )
    pages = [store.contributions.queue(Wanted(), page, 4) for page in (1, 2, 3, 4)]
    assert [[one.id for one in found] for _, found in pages] == [
        ["p9", "p8", "p7", "p6"],
        ["p5", "p4", "p3", "p2"],
        ["p1", "p0"],
        [],
    ]
    assert {total for total, _ in pages} == {10}
    for wanted, count in (
        (Wanted(kinds=("correction",)), 5),
        (Wanted(departments=("40",)), 4),
        (Wanted(until=now - timedelta(days=7, hours=1)), 2),
        (Wanted(states=("acceptee",)), 0),
        (Wanted(states=(), kinds=("correction",), departments=("40", "47")), 5),
    ):
        assert store.contributions.queue(wanted, 1, 50)[0] == count, wanted


def test_of_two_decisions_at_once_one_is_kept(store: Store) -> None:
    """Its changes with it; the other one is told."""
    store.load(a_dataset([a_practice()]), "data/")
    before = store.contributions.propose(a_proposal(), "essai")
    names = [f"Nom {number}" for number in range(8)]

    def decide(name: str) -> str:
        after = before.model_copy(update={"state": "acceptee", "version": 2, "decided_by": name})
        now = values_of(store.read()[0].practices[0])
        try:
            store.contributions.settle(before, after, name, [Change("practice", "essai", {"name": name}, now)])
        except (AlreadyDecided, StaleDecision):
            return ""
        return name

    with ThreadPoolExecutor(8) as pool:
        kept = [name for name in pool.map(decide, names) if name]
    assert len(kept) == 1
    assert store.read()[0].practices[0].name == kept[0]
    assert store.contributions.one(before.id).decided_by == kept[0]


def test_changes_move_the_revision_and_leave_the_digest(store: Store) -> None:
    """Readers read again; a start does not load data/ again."""
    store.load(a_dataset([a_practice()]), "data/")
    revision = store.revision()
    new = a_practice("nouvelle")
    store.contributions.change([Change("practice", key_of(new), values_of(new))], "essai")
    dataset, read_at = store.read()
    assert [practice.id for practice in dataset.practices] == ["essai", "nouvelle"]
    assert read_at == store.revision() > revision
    assert store.digest() == "essai"


def test_a_change_that_data_now_holds_is_harmless(store: Store) -> None:
    """The repository was refreshed from the application: nothing twice, nothing lost."""
    store.load(a_dataset([a_practice()]), "data/")
    new = a_practice("nouvelle")
    store.contributions.change([Change("practice", "nouvelle", values_of(new))], "essai")
    store.load(a_dataset([a_practice(), new], digest="suivant"), "data/")
    assert [practice.id for practice in store.read()[0].practices] == ["essai", "nouvelle"]


def test_a_removal_is_a_change(store: Store) -> None:
    """The record is gone, its revision says what it was."""
    store.load(a_dataset([a_practice(), a_practice("autre")]), "data/")
    store.contributions.change([Change("practice", "essai", None, sure=False)], "essai")
    assert [practice.id for practice in store.read()[0].practices] == ["autre"]
    last = store.contributions.latest(1)[0]
    assert (last["entity_id"], last["after"], last["before"]["name"]) == ("essai", None, "Pratique essai")


def test_the_history_of_a_record_is_in_order(store: Store) -> None:
    """From the load of data/ to the last change; that of a link is found by its practice."""
    store.load(a_dataset([a_practice()]), "data/")
    now = values_of(a_practice())
    store.contributions.change([Change("practice", "essai", {"name": "Deux"}, now)], "GARIE")
    rows = store.contributions.history("practice", ["essai"])
    assert [(row["author"], row["after"]["name"]) for row in rows] == [("data/", "Pratique essai"), ("GARIE", "Deux")]
    assert store.contributions.history("participation", (), "essai/") == []


def test_a_link_to_confirm_serves_once_and_expires(store: Store) -> None:
    """The day after its last day it is no link any more."""
    store.load(a_dataset([a_practice()]), "data/")
    today = datetime.now(UTC).date()
    asked = {"practice_id": "essai", "organisation": "ACESA"}
    links = [
        ReviewLink.model_validate(
            stamp() | asked | {"token_digest": digest(word), "expires_on": today + timedelta(days=days)}
        )
        for word, days in (("valable", 30), ("perime", -2))
    ]
    for link in links:
        store.contributions.ask_review(link, "GARIE")
    with pytest.raises(UnknownProposal):
        store.contributions.review(digest("perime"))
    held = store.contributions.review(digest("valable"))
    store.contributions.confirm(held, [], "ACESA")
    with pytest.raises(UnknownProposal):
        store.contributions.confirm(held, [], "ACESA")
    with pytest.raises(UnknownProposal):
        store.contributions.review(digest("valable"))


def test_an_erased_address_leaves_the_proposal_and_takes_its_consent(store: Store) -> None:
    """The right to be forgotten: what was proposed stays, whom to answer goes."""
    told = {"contact": "l.martin@interclubs.example", "consent_text": CONSENT, "consent_on": datetime.now(UTC)}
    made = store.contributions.propose(a_proposal(**told), "Sans compte")
    assert store.personal.erase("L.Martin@interclubs.example") == {"proposal": 1}
    kept = store.contributions.one(made.id)
    assert (kept.name, kept.contact, kept.consent_text, kept.consent_on) == (made.name, None, None, None)
