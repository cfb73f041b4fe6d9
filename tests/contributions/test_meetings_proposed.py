"""The dates of a proposed meeting: refused in French beside their field, and when it is sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from cooperations.contributions.compare import proposed as compared
from cooperations.contributions.content import Content
from cooperations.contributions.decide import accept, undo
from cooperations.contributions.meetings import date_issues, dates_to_cancel
from cooperations.contributions.publishing import export
from cooperations.contributions.words import in_words
from cooperations.errors import InvalidDecision
from tests.contributions.proposing import MODERATOR, a_sent, proposed
from tests.making import plain

if TYPE_CHECKING:
    from pathlib import Path

    from cooperations.catalogue import Catalogue
    from tests.contributions.conftest import World

TODAY = date(2026, 11, 26)
MARCH = "2027-03-09T09:00:00+01:00"
WHAT = {"nom": "Rencontre de Pau", "description": "Les achats."}


@pytest.mark.parametrize(
    ("values", "column", "said"),
    [
        pytest.param({"debut": MARCH, "fin": "2027-03-09T08:00:00+01:00"}, "fin", "finit avant", id="end before start"),
        pytest.param({"debut": "2027-03-09T09:00:00"}, "debut", "sans décalage horaire", id="without a zone"),
        pytest.param({"debut": "2026-11-25T09:00:00+01:00"}, "debut", "déjà passée", id="yesterday"),
        pytest.param({"periode": "2026-10"}, "periode", "déjà passée", id="last month"),
        pytest.param({"fin": MARCH}, "fin", "une fin sans début", id="an end alone"),
        pytest.param({}, "debut", "ni début ni période", id="no date at all"),
        pytest.param({"debut": MARCH, "recurrence": "FREQ=WEEKLY;BYDAY=TH"}, "recurrence", "première date", id="rule"),
    ],
)
def test_wrong_dates_are_said_at_their_field(
    catalogue: Catalogue, values: dict[str, str], column: str, said: str
) -> None:
    """One issue, which names the field as the form does, and says what to do; sent, the meeting is refused."""
    (issue,) = date_issues(values, catalogue, TODAY)
    assert issue.column == column
    assert said in plain(issue.problem)
    assert issue.remedy


@pytest.mark.parametrize(
    "values",
    [
        pytest.param({"debut": MARCH, "fin": "2027-03-09T10:00:00+01:00"}, id="to come"),
        pytest.param({"periode": "2026"}, id="this year"),
        pytest.param({"debut": "2026-11-26T08:00:00+01:00"}, id="today"),
        pytest.param({"debut": "2016-09-22T09:00:00+02:00", "statut": "tenu"}, id="held ten years ago"),
        pytest.param({"debut": "2026-11-03T09:00:00+01:00", "recurrence": "FREQ=MONTHLY;BYDAY=1TU"}, id="a cycle"),
    ],
)
def test_right_dates_are_taken(catalogue: Catalogue, values: dict[str, str]) -> None:
    """A cycle that has begun goes on; what was held is no announcement."""
    assert date_issues(values, catalogue, TODAY) == []


def test_a_past_meeting_is_refused_when_it_is_sent(app: World) -> None:
    """Nothing is kept."""
    gone = Content(WHAT | {"debut": "2016-09-22T09:00:00+02:00"})
    with pytest.raises(InvalidDecision, match="déjà passée"):
        proposed(app, replace(a_sent(), about="evenement", content=gone))


def test_an_accepted_meeting_has_its_types_place_and_rule(app: World) -> None:
    """And moderation reads them in words."""
    values = WHAT | {
        "debut": "2099-03-10T09:00:00+01:00",
        "types_pratique": "achats_inter_ess|reponses_groupees_permanentes",
        "territoires": "departement:64",
        "code_commune": "64445",
        "recurrence": "FREQ=MONTHLY;BYDAY=2TU;UNTIL=20991231",
    }
    accept(
        app.store,
        app.catalogue(),
        MODERATOR,
        proposed(app, replace(a_sent(), about="evenement", content=Content(values))),
    )
    catalogue = app.catalogue()
    (made,) = [one for one in catalogue.events if one.id == "rencontre-de-pau"]
    assert made.practice_types == ("achats_inter_ess", "reponses_groupees_permanentes")
    said = {name: plain(in_words(name, value, catalogue)) for name, value in values.items()}
    assert said["debut"] == "10 mars 2099 à 9 h"
    assert said["types_pratique"] == "Achats inter-ESS, Réponses groupées « permanentes »"
    assert said["recurrence"] == "chaque mois, le 2e mardi, jusqu’au 31 décembre 2099"
    assert in_words("debut", "demain", catalogue) == "demain"


def test_a_date_of_a_series_is_cancelled_and_uncancelled_like_the_rest(app: World, tmp_path: Path) -> None:
    """Proposed with its reason, read in words by moderation, in data/ once accepted; undone, the bytes of before."""
    series = WHAT | {"debut": "2099-03-10T09:00:00+01:00", "recurrence": "FREQ=MONTHLY;BYDAY=2TU"}
    accept(
        app.store,
        app.catalogue(),
        MODERATOR,
        proposed(app, replace(a_sent(), about="evenement", content=Content(series))),
    )
    export(app.store.read()[0], tmp_path)
    before = (tmp_path / "evenements.csv").read_bytes()
    cancelled = Content({"dates_annulees": "2099-04-14 Salle fermée"})
    sent = replace(a_sent(), about="evenement", content=cancelled, target_id="rencontre-de-pau")
    waiting = proposed(app, sent)
    (said,) = compared(waiting, app.catalogue())
    assert (said.label, said.before, plain(said.after)) == ("Dates annulées", "vide", "14 avril 2099 (Salle fermée)")
    accepted = accept(app.store, app.catalogue(), MODERATOR, waiting)
    assert export(app.store.read()[0], tmp_path) == ["evenements.csv"]
    assert ",2099-04-14 Salle fermée\n" in (tmp_path / "evenements.csv").read_text()
    assert export(app.store.read()[0], tmp_path) == []
    undo(app.store, MODERATOR, accepted)
    export(app.store.read()[0], tmp_path)
    assert (tmp_path / "evenements.csv").read_bytes() == before


def test_the_dates_to_cancel_are_those_that_come(catalogue: Catalogue) -> None:
    """And those that are cancelled already; a rule that is wrong gives none, and says so at its field."""
    values = {"debut": MARCH, "recurrence": "FREQ=WEEKLY;COUNT=3", "dates_annulees": "2027-03-09 Neige"}
    assert dates_to_cancel(values, date(2027, 3, 17)) == ["2027-03-09", "2027-03-23"]
    assert dates_to_cancel(values | {"recurrence": "FREQ=NO"}, TODAY) == ["2027-03-09"]
    (issue,) = date_issues(values | {"dates_annulees": "2027-03-10 Neige"}, catalogue, TODAY)
    assert issue.column == "dates_annulees"
    assert plain(issue.problem).startswith("« Dates annulées » : le 10 mars 2027 n’est pas une date")
