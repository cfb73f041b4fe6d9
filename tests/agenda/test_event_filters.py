"""Which meetings answer the criteria of the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cooperations.agenda import applicable, events_of, point_of, silent_events
from cooperations.agenda.due import actions_due, gaps_dealt_with, subject
from cooperations.criteria import EVERYTHING, Criteria
from cooperations.decisions import Action, Decisions, decide
from tests.agenda.meeting_making import a_meeting, with_meetings
from tests.making import AQUITAINE, MONT_DE_MARSAN

if TYPE_CHECKING:
    from cooperations.catalogue import Catalogue
    from cooperations.territories import Gazetteer

LANDES = "departement:40"
MEETINGS = (
    a_meeting("region", types_pratique="groupement_acteurs", territoires=AQUITAINE, periode="2027"),
    a_meeting("mont-de-marsan", types_pratique="reponses_groupees_permanentes", code_commune=MONT_DE_MARSAN),
    a_meeting("achats", types_pratique="achats_inter_ess|achats_responsables_publics", territoires=LANDES),
    a_meeting("muette", nom="Rencontre de l’ÉCONOMIE"),
)


@pytest.fixture
def known(gazetteer: Gazetteer) -> Catalogue:
    """Return four meetings, one of which names neither type nor territory."""
    return with_meetings(gazetteer, *MEETINGS)


@pytest.mark.parametrize(
    ("criteria", "expected", "silent"),
    [
        pytest.param(EVERYTHING, {"region", "mont-de-marsan", "achats", "muette"}, 0, id="everything"),
        pytest.param(Criteria(("groupement_acteurs",)), {"region", "mont-de-marsan"}, 1, id="a type has its sub-types"),
        pytest.param(Criteria(("reponses_groupees_permanentes",)), {"mont-de-marsan"}, 1, id="a sub-type"),
        pytest.param(Criteria(territories=(LANDES,)), {"mont-de-marsan", "achats"}, 1, id="in the Landes"),
        pytest.param(
            Criteria(territories=(LANDES,), reach="couvrant"), {"region", "mont-de-marsan", "achats"}, 1, id="or over"
        ),
        pytest.param(Criteria(territories=(LANDES,), reach="entier"), {"achats"}, 1, id="the whole of the Landes"),
        pytest.param(Criteria(text="economie"), {"muette"}, 0, id="a word, accents apart"),
        pytest.param(Criteria(text="mont de marsan"), {"mont-de-marsan"}, 0, id="the name of the commune"),
        pytest.param(Criteria(("mutualisation_achats",), text="achats"), set(), 0, id="nothing"),
    ],
)
def test_meetings_are_filtered_like_practices(
    known: Catalogue, criteria: Criteria, expected: set[str], silent: int
) -> None:
    """Types with their sub-types, territories with their reach, words; those that say nothing are counted."""
    assert {event.id for event in events_of(known, criteria)} == expected
    assert silent_events(known, criteria) == silent


def test_what_is_about_practices_alone_is_left_aside() -> None:
    """A meeting has no status of a practice, and is not placed like one."""
    assert applicable(Criteria(statuses=("active",), locations=("point",), text="x")) == Criteria(text="x")


def test_a_meeting_is_drawn_at_its_point_or_at_its_commune(gazetteer: Gazetteer) -> None:
    """Its own point wins; without a commune it is nowhere."""
    commune = gazetteer[f"commune:{MONT_DE_MARSAN}"]
    exact = a_meeting(code_commune=MONT_DE_MARSAN, longitude="-0.5", latitude="43.89")
    at_commune = point_of(MEETINGS[1], gazetteer)
    assert at_commune is not None
    assert (at_commune.longitude, at_commune.latitude) == (commune.longitude, commune.latitude)
    assert point_of(exact, gazetteer) != at_commune
    assert point_of(MEETINGS[0], gazetteer) is None


def test_actions_are_due_at_the_meeting_of_their_day() -> None:
    """With two meetings on a day, the one that the action names; with none of that name, both."""
    morning = a_meeting("gt", nom="GT achats", debut="2099-03-09T09:00:00+01:00")
    evening = a_meeting("ca", nom="Bureau", debut="2099-03-09T18:00:00+01:00")
    what = {"practice_code": "achats_inter_ess", "territory": LANDES, "what": "Appeler", "owner": "CRESS"}
    named = decide(Action, **what, meeting="GT  Achats", due_on="2099-03-09", state="ouverte")
    other = decide(Action, **what, meeting="Autre", due_on="2099-03-09", state="ouverte")
    later = decide(Action, **what, meeting="GT achats", due_on="2099-03-10", state="ouverte")
    both = (morning, evening)
    assert actions_due(morning, both, (named, other, later)) == (named, other)
    assert actions_due(evening, both, (named, other, later)) == (other,)


def test_gaps_are_those_of_its_types_and_territories(catalogue: Catalogue) -> None:
    """A meeting that names neither deals with no gap in particular."""
    on_purchases = a_meeting(types_pratique="achats_inter_ess", territoires="departement:24|departement:47")
    found = gaps_dealt_with(on_purchases, catalogue, Decisions())
    assert {(one.cell.code, one.cell.key) for one in found} == {
        ("achats_inter_ess", key) for key in {one.cell.key for one in found}
    }
    assert found
    assert subject(a_meeting()) is None
    assert gaps_dealt_with(a_meeting(), catalogue, Decisions()) == []
