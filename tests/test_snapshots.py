"""Keeping the state of a meeting, and comparing two."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperations.decisions import PARIS, Action, Decisions, Snapshot, Survey, Target, close_action, decide, revised
from cooperations.errors import AlteredSnapshot, InvalidDecision, UnknownSnapshot, http_status
from cooperations.snapshots import compare, content_digest, content_of, find, state_of, take
from tests.making import a_catalogue, a_practice, over, plain, practice_lists

if TYPE_CHECKING:
    from cooperations.catalogue import Catalogue
    from cooperations.model import Practice
    from cooperations.territories import Gazetteer

TODAY = datetime.now(PARIS).date()
LANDES = {"practice_code": "mutualisation_achats", "territory": "departement:40"}
NOTHING = Decisions()
IN_LANDES = over("departement", "departement:40")


def a_survey(**values: Any) -> Survey:
    """Return a survey of purchases together in the Landes."""
    found = {"finding": "rien_trouve", "organisation": "GARIE", "day": TODAY}
    return decide(Survey, **LANDES | found | values)


def a_target(wanted: int) -> Target:
    """Return a target for the same cell."""
    return decide(Target, **LANDES, wanted=wanted, organisation="GARIE")


def an_action(**values: Any) -> Action:
    """Return an action about the same cell."""
    asked = {"what": "Chercher", "owner": "ACESA", "meeting": "GT", "due_on": TODAY, "state": "ouverte"}
    return decide(Action, **LANDES | asked | values)


def a_snapshot(name: str, content: str) -> Snapshot:
    """Return a snapshot of some content."""
    return decide(Snapshot, name=name, organisation="CRESS", content=content, digest=content_digest(content))


def test_a_state_is_canonical_json(catalogue: Catalogue) -> None:
    """Sorted, without a space, in plain French letters, and without the moment of anything."""
    state = state_of(catalogue, Decisions((a_survey(),), (a_target(3),), (an_action(),)))
    read = json.loads(state)
    assert state == json.dumps(read, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert "Loc’Halle Bio" in state
    assert "recorded_at" not in state
    assert [practice["id"] for practice in read["practices"]] == sorted(one.id for one in catalogue.practices)
    assert len(read["cells"]) == 8 * 5


def test_a_state_holds_every_cell_and_what_it_counts(gazetteer: Gazetteer) -> None:
    """A practice inside, one that covers, a survey: the cell says all three."""
    practices = [a_practice("ici", **IN_LANDES), a_practice("partout", **over("region", "region:72"))]
    dordogne = a_survey(territory="departement:24")
    state = json.loads(state_of(a_catalogue(gazetteer, practices), Decisions(surveys=(dordogne,))))
    cells = {(cell["code"], cell["key"]): cell for cell in state["cells"]}
    landes = cells["mutualisation_achats", "departement:40"]
    assert (landes["inside"], landes["covering"], landes["state"]) == (1, 1, "couvert")
    assert cells[dordogne.cell]["state"] == "rien_trouve"
    assert cells["achats_inter_ess", "departement:40"]["state"] == "non_enquete"


def test_an_empty_state_is_kept_too(gazetteer: Gazetteer) -> None:
    """Before the first practice there is something to compare with."""
    state = state_of(a_catalogue(gazetteer, []), NOTHING)
    assert {cell["inside"] for cell in json.loads(state)["cells"]} == {0}
    assert compare(state, state).is_empty


def test_a_snapshot_is_signed_and_sealed(catalogue: Catalogue) -> None:
    """It has the name of the meeting, the organisation, the state and its digest; twice, the same digest."""
    one, other = (take(catalogue, NOTHING, "GT du 23 novembre 2026", "CRESS Aquitaine") for _ in range(2))
    assert (one.name, one.organisation) == ("GT du 23 novembre 2026", "CRESS Aquitaine")
    assert content_of(one) == state_of(catalogue, NOTHING)
    assert one.digest == other.digest == content_digest(one.content)
    assert one.id != other.id


def test_a_snapshot_without_a_name_is_refused(catalogue: Catalogue) -> None:
    """The form says so."""
    with pytest.raises(InvalidDecision, match="Rencontre ou moment"):
        take(catalogue, NOTHING, " ", "CRESS Aquitaine")


def test_an_altered_snapshot_is_said(catalogue: Catalogue) -> None:
    """One count changed by hand in the database, and it no longer serves."""
    snapshot = take(catalogue, NOTHING, "GT", "CRESS Aquitaine")
    altered = snapshot.model_copy(update={"content": snapshot.content.replace('"inside":0', '"inside":1', 1)})
    with pytest.raises(AlteredSnapshot, match="GT") as refused:
        content_of(altered)
    assert http_status(refused.value) == 500


def test_the_digest_is_that_of_the_letters() -> None:
    """SHA-256 of UTF-8, as any other tool computes it."""
    assert content_digest("é") == "4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c"


@given(practices=practice_lists(most=8), shuffle=st.randoms())
def test_order_does_not_matter(gazetteer: Gazetteer, practices: list[Practice], shuffle: Any) -> None:
    """The same records, in another order, are the same state, and nothing changed."""
    recorded = Decisions(
        (a_survey(), a_survey(organisation="ACESA")), (a_target(3), a_target(5)), (an_action(), an_action())
    )
    state = state_of(a_catalogue(gazetteer, practices), recorded)
    shuffle.shuffle(practices)
    backwards = Decisions(recorded.surveys[::-1], recorded.targets[::-1], recorded.actions[::-1])
    again = state_of(a_catalogue(gazetteer, practices), backwards)
    assert again == state
    assert compare(state, again).is_empty


@given(before=practice_lists(most=6), after=practice_lists(most=6))
def test_a_comparison_is_empty_for_equal_states_alone(
    gazetteer: Gazetteer, before: list[Practice], after: list[Practice]
) -> None:
    """Nothing that the digest sees escapes the comparison; going back undoes it."""
    old, new = (state_of(a_catalogue(gazetteer, practices), NOTHING) for practices in (before, after))
    there, back = compare(old, new), compare(new, old)
    assert there.is_empty == (content_digest(old) == content_digest(new))
    assert there.practices.appeared == back.practices.gone
    assert there.gaps_opened == tuple(
        cell.model_copy(update={"inside": 0, "covering": one.covering, "state": one.state})
        for cell, one in zip(back.gaps_closed, there.gaps_opened, strict=True)
    )


def test_practices_appear_go_and_change(gazetteer: Gazetteer) -> None:
    """Each is told once, a changed one with both its states."""
    before = a_catalogue(gazetteer, [a_practice("reste", **IN_LANDES), a_practice("part")])
    after = a_catalogue(gazetteer, [a_practice("reste", **IN_LANDES, statut="active"), a_practice("arrive")])
    found = compare(state_of(before, NOTHING), state_of(after, NOTHING)).practices
    assert [one.id for one in found.appeared] == ["arrive"]
    assert [one.id for one in found.gone] == ["part"]
    assert [(old.status, new.status) for old, new in found.changed] == [("inconnu", "active")]


def test_what_is_not_compared_is_not_a_change(gazetteer: Gazetteer) -> None:
    """A description reworded, or territories in another order, changes no figure of the meeting."""
    keys = ("departement:33", "departement:40")
    before = a_catalogue(gazetteer, [a_practice(**over("departement", *keys))])
    after = a_catalogue(gazetteer, [a_practice(**over("departement", *keys[::-1]), description="Autrement.")])
    assert state_of(before, NOTHING) == state_of(after, NOTHING)


def test_gaps_open_and_close(gazetteer: Gazetteer) -> None:
    """A practice that moves from the Landes to Gironde closes one gap and opens another; a second changes neither."""
    landes = a_catalogue(gazetteer, [a_practice(**IN_LANDES)])
    gironde = a_catalogue(
        gazetteer, [a_practice(name, **over("departement", "departement:33")) for name in ("essai", "autre")]
    )
    found = compare(state_of(landes, NOTHING), state_of(gironde, NOTHING))
    assert [(cell.code, cell.key) for cell in found.gaps_opened] == [("mutualisation_achats", "departement:40")]
    assert [(cell.code, cell.key) for cell in found.gaps_closed] == [("mutualisation_achats", "departement:33")]
    more = a_catalogue(gazetteer, [a_practice(name, **IN_LANDES) for name in ("essai", "autre")])
    counted = compare(state_of(landes, NOTHING), state_of(more, NOTHING))
    assert (counted.gaps_opened, counted.gaps_closed) == ((), ())
    assert len(counted.cells.changed) == 1


def test_covering_alone_closes_no_gap(gazetteer: Gazetteer) -> None:
    """What applies to the whole region is counted, and fills no department."""
    nothing = a_catalogue(gazetteer, [])
    region = a_catalogue(gazetteer, [a_practice(**over("region", "region:72"))])
    found = compare(state_of(nothing, NOTHING), state_of(region, NOTHING))
    assert found.gaps_closed == ()
    assert not found.is_empty


def test_surveys_and_targets_are_compared(catalogue: Catalogue) -> None:
    """A survey added and one taken back; a target set, changed, taken away."""
    kept, mistaken, added = a_survey(), a_survey(), a_survey(organisation="ACESA")
    first, second = a_target(3), a_target(5)
    before = state_of(catalogue, Decisions((kept, mistaken), (first,)))
    found = compare(before, state_of(catalogue, Decisions((kept, added), (first, second))))
    assert [one.organisation for one in found.surveys.appeared] == ["ACESA"]
    assert [one.id for one in found.surveys.gone] == [mistaken.id]
    assert [(old.wanted, new.wanted) for old, new in found.targets.changed] == [(3, 5)]
    gone = compare(before, state_of(catalogue, Decisions((kept, mistaken), (first, a_target(0)))))
    assert [one.wanted for one in gone.targets.gone] == [3]


def test_actions_open_and_close(catalogue: Catalogue) -> None:
    """Each way of ending is a closing; one opened and closed in between is both; a reopened one is open again."""
    filled, dropped, begun = an_action(what="Combler"), an_action(what="Laisser"), an_action(what="Commencer")
    quick, reopened = an_action(what="Vite"), an_action(what="Reprendre", state="abandonnee", closed_on=TODAY)

    def closed(action: Action) -> Action:
        return close_action(action, "loc-halle-bio", {"loc-halle-bio"}, TODAY)

    before = Decisions(actions=(filled, dropped, begun, reopened))
    after = Decisions(
        actions=(
            closed(filled),
            revised(dropped, state="abandonnee", closed_on=TODAY),
            revised(begun, state="en_cours"),
            closed(quick),
            revised(reopened, state="ouverte", closed_on=None),
        )
    )
    found = compare(state_of(catalogue, before), state_of(catalogue, after))
    assert {action.what for action in found.actions_closed} == {"Combler", "Laisser", "Vite"}
    assert {action.what for action in found.actions_opened} == {"Vite", "Reprendre"}
    assert {new.what for _, new in found.actions.changed} == {"Combler", "Laisser", "Commencer", "Reprendre"}


def test_a_later_day_changes_nothing(catalogue: Catalogue) -> None:
    """An action whose meeting has passed meanwhile is the same action: only the data count."""
    past = an_action(recorded_at="2016-07-12T09:00:00+02:00", due_on=TODAY - timedelta(days=1))
    assert compare(*[state_of(catalogue, Decisions(actions=(past,)))] * 2).is_empty


SPRING, AUTUMN = a_snapshot("GT de printemps", "{}"), a_snapshot("GT d’automne", "[]")


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        pytest.param("GT de printemps", SPRING, id="by name"),
        pytest.param("gt d'automne", AUTUMN, id="by name, as it is typed in a terminal"),
        pytest.param(AUTUMN.id, AUTUMN, id="by id"),
        pytest.param(SPRING.digest[:6], SPRING, id="by the beginning of the digest"),
        pytest.param(AUTUMN.digest.upper(), AUTUMN, id="by the whole digest"),
    ],
)
def test_a_snapshot_is_found(wanted: str, expected: Snapshot) -> None:
    """By what a person has at hand."""
    assert find((SPRING, AUTUMN), wanted) is expected


@pytest.mark.parametrize("wanted", ["", " ", "GT", "zzz"], ids=["nothing", "blank", "part of a name", "no digest"])
def test_a_snapshot_that_is_not_there_is_said(wanted: str) -> None:
    """With the command that lists them."""
    with pytest.raises(UnknownSnapshot, match="Aucun instantané") as refused:
        find((SPRING, AUTUMN), wanted)
    assert http_status(refused.value) == 404


def test_an_ambiguous_name_is_said() -> None:
    """Two states under one name: the digests tell them apart."""
    twin = a_snapshot("GT de printemps", "[1]")
    with pytest.raises(UnknownSnapshot) as refused:
        find((SPRING, AUTUMN, twin), "GT de printemps")
    assert "Plusieurs instantanés répondent" in plain(str(refused.value))
    assert twin.digest[:12] in str(refused.value)
    assert SPRING.digest[:12] in str(refused.value)


def test_the_same_state_twice_is_not_ambiguous() -> None:
    """Two snapshots that hold the same figures answer alike; the last one does."""
    again = a_snapshot("GT de printemps", "{}")
    assert find((SPRING, again), "GT de printemps") is again
    assert find((SPRING, again), SPRING.digest[:8]) is again
