"""What a report says, whatever its format."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from cooperations.counts import TOTAL, cell, count_matrix
from cooperations.criteria import EVERYTHING, Criteria
from cooperations.decisions import Action, Decisions, close_action, decide
from cooperations.errors import AlteredSnapshot, UnknownTerritory
from cooperations.figures import Figure, year_bars
from cooperations.reports import tables, words
from cooperations.reports.content import COMPARED, Change, report, seen
from cooperations.reports.order import Order, territory_named
from cooperations.reports.past import past_of
from cooperations.snapshots import take
from tests.coverage.recorded import a_survey, a_target
from tests.making import CRITERIA, a_catalogue, a_practice, over, plain, practice_lists
from tests.reports.reporting import LANDES, LOT_ET_GARONNE, a_report

if TYPE_CHECKING:
    from cooperations.catalogue import Catalogue
    from cooperations.model import Practice
    from cooperations.territories import Gazetteer

IN_LANDES = over("departement", "departement:40")


@pytest.mark.parametrize(
    ("wanted", "key"),
    [
        pytest.param("40", "departement:40", id="the code of a department"),
        pytest.param("Landes", "departement:40", id="its name"),
        pytest.param(" pyrénées-atlantiques ", "departement:64", id="without regard to case or spaces"),
        pytest.param("33063", "commune:33063", id="the code of a commune"),
        pytest.param("33409", "commune:33008", id="a former commune is today’s"),
        pytest.param("243300316", "epci:243300316", id="the SIREN of an EPCI"),
        pytest.param("region:72", "region:72", id="a key"),
        pytest.param("Aquitaine", "region:72", id="the region"),
    ],
)
def test_a_territory_is_named_as_people_name_it(gazetteer: Gazetteer, wanted: str, key: str) -> None:
    """On the command line nobody writes a key."""
    assert territory_named(wanted, gazetteer) == key


@pytest.mark.parametrize("wanted", ["Paris", "75", "", "Land", "departement:75", "🎉"])
def test_an_unknown_territory_is_said(gazetteer: Gazetteer, wanted: str) -> None:
    """Never a report of something else."""
    with pytest.raises(UnknownTerritory):
        territory_named(wanted, gazetteer)


@given(practices=practice_lists(most=10), criteria=CRITERIA)
@settings(max_examples=25)
def test_its_tables_add_up(gazetteer: Gazetteer, practices: list[Practice], criteria: Criteria) -> None:
    """List, chart by type and figures count the same practices, whatever is asked of whatever data."""
    made = a_report(a_catalogue(gazetteer, [a_practice("une"), *practices]), criteria)
    count = len(made.now.selection)
    assert made.changes[0].figure.value == count == len([*tables.practices(made).rows])
    matrix = count_matrix(made.now.selection)
    assert [row[1] for row in tables.by_type(made).rows] == [cell(matrix, c, TOTAL) for c in made.now.matrix.leading]
    dated = sum(bar.count for bar in year_bars(made.now.selection, made.now.matrix.leading))
    leading = [p for p in made.now.selection.practices if {p.practice_type, p.subtype} & {*made.now.matrix.leading}]
    assert dated == len([one for one in leading if one.start])
    assert sum(int(str(row[2])) for row in tables.confidence(made).rows) == count


@given(practices=practice_lists(most=10), criteria=CRITERIA)
@settings(max_examples=25)
def test_a_snapshot_gives_the_figures_of_its_day(
    gazetteer: Gazetteer, practices: list[Practice], criteria: Criteria
) -> None:
    """Compared with a snapshot of the same state, nothing changed: the past is counted as the present is."""
    asked = Criteria(criteria.practice_types, criteria.territories, criteria.reach, criteria.statuses)
    catalogue = a_catalogue(gazetteer, [a_practice("une"), *practices])
    recorded = Decisions(surveys=(a_survey(),), targets=(a_target(2),))
    made = a_report(catalogue, asked, recorded, take(catalogue, recorded, "GT", "CRESS"))
    assert {one.before - one.figure.value for one in made.changes if one.before is not None} == {0}
    assert {one.figure.code for one in made.changes if one.before is not None} >= COMPARED - {"filtre"}
    assert tables.changed(made).rows == ()


def test_a_gap_put_beside_the_subject_is_not_filled(catalogue: Catalogue) -> None:
    """Nobody made anything there: the report does not take credit for it."""
    kept = take(catalogue, Decisions(), "GT", "CRESS")
    beside = Decisions(surveys=(a_survey(finding="hors_sujet", note="Aucun achat de ce genre"),))
    made = report(catalogue, beside, Order(EVERYTHING, kept))
    assert tables.changed(made).rows == (("Manque écarté, hors sujet", "Mutualisation des achats", "Landes (40)"),)


def test_what_came_since_a_snapshot_is_named(gazetteer: Gazetteer) -> None:
    """A practice came and filled a gap, another left and opened one, an action was closed."""
    gone = a_practice("partie", nom="Achats groupés de Dax", **IN_LANDES)
    come = a_practice("venue", nom="Café des Landes", type_pratique="achats_inter_ess", **IN_LANDES)
    asked = {"practice_code": "achats_inter_ess", "territory": "departement:40", "owner": "ACESA", "meeting": "GT"}
    action = decide(Action, **asked, what="Chercher un café", due_on=date(2100, 1, 1), state="ouverte")
    before = a_catalogue(gazetteer, [gone])
    kept = take(before, Decisions(actions=(action,)), "GT de juillet", "CRESS")
    closed = close_action(action, "venue", {"venue"}, date(2026, 11, 26))
    made = report(a_catalogue(gazetteer, [come]), Decisions(actions=(closed,)), Order(EVERYTHING, kept))
    assert {row[:2] for row in tables.changed(made).rows} == {
        ("Pratique apparue", "Café des Landes"),
        ("Pratique disparue", "Achats groupés de Dax"),
        ("Manque comblé", "Achats inter-ESS"),
        ("Manque ouvert", "Mutualisation des achats"),
        ("Action close", "Chercher un café"),
    }
    said = {one.figure.code: one.words for one in made.changes}
    assert (said["pratiques"], said["actions"], said["sans_point"]) == ("inchangé", "\u22121", "")


@pytest.mark.parametrize(
    ("criteria", "what"),
    [
        pytest.param(Criteria(text="café"), "un texte cherché", id="a text"),
        pytest.param(Criteria(locations=("point",)), "la localisation", id="a location"),
        pytest.param(Criteria(start="2014", end="2016"), "une période", id="a period"),
    ],
)
def test_what_a_snapshot_did_not_keep_is_not_compared(catalogue: Catalogue, criteria: Criteria, what: str) -> None:
    """The report says why, and shows no change, not even zero."""
    made = a_report(catalogue, criteria, since=take(catalogue, Decisions(), "GT", "CRESS"))
    assert made.before is None
    assert {one.words for one in made.changes} == {""}
    assert f"les filtres portent sur {what}" in words.comparison(made)


def test_an_altered_snapshot_is_refused(catalogue: Catalogue) -> None:
    """A comparison with what nobody kept would be a lie."""
    kept = take(catalogue, Decisions(), "GT", "CRESS")
    with pytest.raises(AlteredSnapshot):
        past_of(kept.model_copy(update={"content": kept.content.replace("Landes", "Lande")}), catalogue.gazetteer)


def test_a_territory_without_a_practice_says_so(catalogue: Catalogue) -> None:
    """And does not say that nothing exists there."""
    made = a_report(catalogue, LOT_ET_GARONNE)
    assert words.summary(made).startswith("Aucune pratique de coopération connue ne répond à ces critères.")
    assert "pas un territoire sans pratique" in words.summary(made)
    assert len(made.gaps) > 0


def test_the_digest_follows_what_is_read(catalogue: Catalogue, gazetteer: Gazetteer) -> None:
    """The same data give the same digest in any order; another survey, practice or filter gives another."""
    practices = [a_practice("une", **IN_LANDES), a_practice("deux")]
    made = a_report(a_catalogue(gazetteer, practices))
    assert made.digest == a_report(a_catalogue(gazetteer, practices[::-1])).digest
    others = (
        a_report(a_catalogue(gazetteer, practices[:1])),
        a_report(a_catalogue(gazetteer, practices), LANDES),
        a_report(a_catalogue(gazetteer, practices), decisions=Decisions(surveys=(a_survey(),))),
        a_report(catalogue),
    )
    assert made.digest not in {one.digest for one in others}


def test_its_day_is_that_of_the_data(catalogue: Catalogue) -> None:
    """No clock: the last reading of the data, or what a group recorded later."""
    assert a_report(catalogue).day == date(2026, 11, 23)
    later = Decisions(surveys=(a_survey(day=date(2026, 12, 1)),))
    assert a_report(catalogue, decisions=later).day == date(2026, 12, 1)


def test_the_figures_are_those_of_their_state(catalogue: Catalogue) -> None:
    """The pages draw `selection_figures` and `coverage_figures`; a report adds the structures that take part."""
    made = a_report(catalogue, LANDES)
    figures = [one.figure for one in made.changes]
    assert tuple(figures[:-1]) == seen(catalogue, Decisions(), LANDES).figures
    assert figures[-1] == Figure("structures", "Structures qui prennent part", 4)


@pytest.mark.parametrize(
    ("value", "before", "said"),
    [(3, 1, "+2"), (1, 3, "\u22122"), (3, 3, "inchangé"), (1234, 0, "+1 234"), (3, None, "")],
)
def test_a_change_is_said_with_its_sign(value: int, before: int | None, said: str) -> None:
    """A real minus, and nothing where nothing is known."""
    assert plain(Change(Figure("x", "X", value), before).words) == said
