"""What changed between two snapshots, in words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from cooperations.changes import in_lines
from cooperations.decisions import Action, Decisions, Survey, Target, close_action, decide, revised
from cooperations.snapshots import compare, state_of
from tests.making import a_catalogue, a_practice, over, plain

if TYPE_CHECKING:
    from cooperations.model import Practice
    from cooperations.territories import Gazetteer

LANDES = {"practice_code": "mutualisation_achats", "territory": "departement:40"}
SUMMER = {"recorded_at": "2016-07-12T09:00:00+02:00"}
ACTION = LANDES | SUMMER | {"owner": "ACESA", "meeting": "GT", "due_on": date(2016, 9, 22), "state": "ouverte"}
NOTHING = Decisions()


def said(
    gazetteer: Gazetteer,
    before: tuple[list[Practice], Decisions],
    after: tuple[list[Practice], Decisions],
) -> dict[str, list[str]]:
    """Return the lines, with ordinary spaces."""
    old, new = (state_of(a_catalogue(gazetteer, practices), decisions) for practices, decisions in (before, after))
    lines = in_lines(compare(old, new), gazetteer)
    return {heading: [plain(line) for line in told] for heading, told in lines.items()}


def test_nothing_changed_says_nothing(gazetteer: Gazetteer) -> None:
    """No heading without a line."""
    state = ([a_practice()], NOTHING)
    assert said(gazetteer, state, state) == {}


def test_practices_and_gaps_are_told_with_their_places(gazetteer: Gazetteer) -> None:
    """Names and labels, never codes."""
    moved = a_practice("bouge", **over("departement", "departement:33"))
    before = [a_practice("bouge", **over("departement", "departement:40")), a_practice("part")]
    assert said(gazetteer, (before, NOTHING), ([moved, a_practice("arrive")], NOTHING)) == {
        "Pratiques apparues": ["Pratique arrive (Mutualisation des achats)"],
        "Pratiques disparues": ["Pratique part (Mutualisation des achats)"],
        "Pratiques modifiées": ["Pratique bouge : territoires Landes (40) → Gironde (33)"],
        "Manques ouverts": ["Mutualisation des achats, Landes (40)"],
        "Manques comblés": ["Mutualisation des achats, Gironde (33)"],
    }


def test_a_status_is_told_by_its_labels(gazetteer: Gazetteer) -> None:
    """Each attribute that changed, before and after; what was empty is said so."""
    before, after = a_practice(statut="projet"), a_practice(statut="active", **over("departement", "departement:40"))
    (line,) = said(gazetteer, ([before], NOTHING), ([after], NOTHING))["Pratiques modifiées"]
    assert line == "Pratique essai : territoires rien → Landes (40) ; statut « En projet » → « Active »"


def test_other_cells_are_told_by_their_counts(gazetteer: Gazetteer) -> None:
    """A second practice in a cell is neither a gap opened nor closed."""
    practices = [a_practice(name, **over("departement", "departement:40")) for name in ("une", "deux")]
    lines = said(gazetteer, (practices[:1], NOTHING), (practices, NOTHING))["Autres cases modifiées"]
    place = "Mutualisation des achats, Landes (40)"
    assert lines == [f"{place} : 1 pratique et 0 couvrante, puis 2 pratiques et 0 couvrante"]


def test_surveys_and_targets_are_told(gazetteer: Gazetteer) -> None:
    """Who looked, when, and what the group wants."""
    found = {"finding": "rien_trouve", "organisation": "GARIE", "day": date(2016, 7, 12)}
    survey, target = decide(Survey, **LANDES | found), decide(Target, **LANDES, wanted=3, organisation="GARIE")
    lines = said(gazetteer, ([], NOTHING), ([], Decisions((survey,), (target,))))
    place = "Mutualisation des achats, Landes (40)"
    count = "0 pratique et 0 couvrante"
    assert lines == {
        "Autres cases modifiées": [f"{place} : {count} (non enquêté), puis {count} (cherché, rien trouvé)"],
        "Relevés ajoutés": [f"{place} : cherché, rien trouvé (GARIE, 12 juillet 2016)"],
        "Objectifs modifiés": [f"{place} : aucun, puis 3"],
    }


def test_actions_are_told(gazetteer: Gazetteer) -> None:
    """Opened, put off, closed by a practice."""
    filled, late = decide(Action, **ACTION, what="Combler"), decide(Action, **ACTION, what="Attendre")
    opened = decide(Action, **ACTION, what="Ouvrir")
    closed = close_action(filled, "loc-halle-bio", {"loc-halle-bio"}, date(2016, 9, 22))
    after = (closed, revised(late, due_on=date(2016, 11, 1)), opened)
    known = [a_practice("loc-halle-bio", nom="Loc’Halle Bio")]
    lines = said(gazetteer, (known, Decisions(actions=(filled, late))), (known, Decisions(actions=after)))
    place = "Mutualisation des achats, Landes (40)"
    assert lines["Actions ouvertes"] == [f"{place} : Ouvrir (ACESA, ouverte)"]
    assert lines["Actions closes"] == [f"{place} : Combler (ACESA, manque comblé par « Loc’Halle Bio »)"]
    assert lines["Actions modifiées"] == ["Attendre : date de la rencontre 22 septembre 2016 → 1er novembre 2016"]


def test_an_action_closed_and_changed_is_told_twice_for_two_things(gazetteer: Gazetteer) -> None:
    """Its closing under its heading; the new owner under the other, without the closing."""
    action = decide(Action, **ACTION, what="Combler")
    closed = revised(action, owner="GARIE", state="abandonnee", closed_on=date(2016, 9, 22))
    lines = said(gazetteer, ([], Decisions(actions=(action,))), ([], Decisions(actions=(closed,))))
    assert lines["Actions closes"] == ["Mutualisation des achats, Landes (40) : Combler (GARIE, abandonnée)"]
    assert lines["Actions modifiées"] == ["Combler : responsable « ACESA » → « GARIE »"]


def test_another_practice_is_told_by_its_name(gazetteer: Gazetteer) -> None:
    """A practice that the data lost is told by its id; nothing else is."""
    known = [a_practice("une", nom="La Ristourne")]
    action = decide(Action, **ACTION, what="Combler")
    first = close_action(action, "perdue", {"perdue"}, date(2016, 9, 22))
    lines = said(
        gazetteer,
        (known, Decisions(actions=(first,))),
        (known, Decisions(actions=(revised(first, practice_id="une"),))),
    )
    assert lines["Actions modifiées"] == ["Combler : pratique « perdue » → « La Ristourne »"]


def test_a_place_or_code_that_is_gone_is_told_as_it_was(gazetteer: Gazetteer) -> None:
    """An old snapshot outlives territories and vocabularies."""
    found = {"finding": "rien_trouve", "organisation": "GARIE", "day": date(2016, 7, 12)}
    survey = decide(Survey, **LANDES | found | {"territory": "epci:999999999"})
    old = state_of(a_catalogue(gazetteer, []), NOTHING)
    new = state_of(a_catalogue(gazetteer, []), Decisions((survey,))).replace("rien_trouve", "introuvable")
    (line,) = in_lines(compare(old, new), gazetteer)["Relevés ajoutés"]
    assert plain(line) == "Mutualisation des achats, epci:999999999 : introuvable (GARIE, 12 juillet 2016)"
