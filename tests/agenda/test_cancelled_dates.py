"""One date of a series that is cancelled: said wherever the series is, and the other dates go on."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
import vobject
from pydantic import ValidationError

from cooperations import cancellations
from cooperations.agenda import cancelled_of, next_of, occurrences, shown_of
from cooperations.agenda.calendars import UNKNOWN_STAMP, calendar_of
from cooperations.agenda.due import to_come
from cooperations.agenda.listing import events_sheet, following, line, sorted_out
from cooperations.agenda.months import month
from cooperations.agenda.occurrences import falls_on
from cooperations.agenda.words import cancelled_in_words
from cooperations.features.others import event_feature
from cooperations.fields import PARIS
from tests.agenda.meeting_making import NOTHING_KNOWN, a_meeting, with_meetings
from tests.making import plain

if TYPE_CHECKING:
    from typing import Any

    from cooperations.model import Event
    from cooperations.territories import Gazetteer

FEBRUARY, MARCH, APRIL = date(2027, 2, 9), date(2027, 3, 9), date(2027, 4, 13)
BEFORE, AFTER = datetime(2027, 2, 20, 8, tzinfo=PARIS), datetime(2027, 3, 10, 8, tzinfo=PARIS)
SERIES = {
    "debut": "2027-01-12T09:00:00+01:00",
    "fin": "2027-01-12T10:30:00+01:00",
    "recurrence": "FREQ=MONTHLY;BYDAY=2TU",
}


def a_series(cancelled: str = "2027-03-09 Salle fermée", **cells: str) -> Event:
    """Return the second Tuesdays of 2027, that of March cancelled."""
    return a_meeting(**SERIES | {"dates_annulees": cancelled} | cells)


def test_the_other_dates_go_on() -> None:
    """The cancelled date stays, with why; it is neither the next one, nor one on which anything is expected."""
    series = a_series()
    february, march, april = occurrences(series, FEBRUARY, APRIL)
    assert (february.cancelled, march.cancelled, april.cancelled) == ("", "Salle fermée", "")
    assert (march.is_cancelled, april.is_cancelled) == (True, False)
    coming = next_of(series, BEFORE)
    assert coming is not None
    assert coming.first == APRIL
    assert not falls_on(series, MARCH)
    assert falls_on(series, APRIL)
    assert plain(following(series, february)[0]) == "mardi 13 avril 2027"
    assert [day for _, day in to_come([series], BEFORE).values()] == [APRIL]


def test_a_cancelled_date_has_its_line_until_it_is_over(gazetteer: Gazetteer) -> None:
    """Marked and with its reason, in the order of days, beside the next date of the series; then it is gone."""
    series = a_series()
    catalogue = with_meetings(gazetteer, series)
    rows = [line(one, catalogue, BEFORE) for one in sorted_out(catalogue.events, BEFORE).coming]
    assert [(row.day, row.marks, row.reason) for row in rows] == [("9", ("Annulée",), "Salle fermée"), ("13", (), "")]
    assert cancelled_of(series, AFTER) == ()
    assert len(sorted_out(catalogue.events, AFTER).coming) == 1
    assert plain(cancelled_in_words(series)) == "9 mars 2027 (Salle fermée)"


def test_a_series_whose_last_dates_are_cancelled() -> None:
    """Its last date held is what is past; when all are cancelled, the page still says so."""
    short = a_series("2027-02-09 Neige|2027-03-09 Salle fermée", recurrence="FREQ=MONTHLY;BYDAY=2TU;COUNT=3")
    found = sorted_out([short], datetime(2027, 2, 1, tzinfo=PARIS))
    assert [one.first for one in found.past] == [date(2027, 1, 12)]
    assert [one.cancelled for one in found.coming if not isinstance(one, type(short))] == ["Neige", "Salle fermée"]
    alone = a_series("2027-01-12 Neige", recurrence="FREQ=MONTHLY;BYDAY=2TU;COUNT=1")
    shown = shown_of(alone, AFTER)
    assert shown is not None
    assert shown.cancelled == "Neige"
    assert len(sorted_out([alone], datetime(2027, 1, 1, tzinfo=PARIS)).coming) == 1


def test_a_month_keeps_what_is_cancelled(gazetteer: Gazetteer) -> None:
    """It is on its day; the table to take away says its status and its reason."""
    catalogue = with_meetings(gazetteer, a_series())
    (held,) = month("2027-03", catalogue.events).days[MARCH]
    assert held.is_cancelled
    sheet = events_sheet(catalogue.events, catalogue, BEFORE)
    status, why = sheet.columns.index("Statut"), sheet.columns.index("Raison de l’annulation")
    assert [(row[status], row[why]) for row in sheet.rows] == [("Annulée", "Salle fermée"), ("Annoncée", "")]


@pytest.mark.parametrize(
    ("day", "hour_in_utc"), [pytest.param("2027-03-09", 8, id="winter"), pytest.param("2027-07-13", 7, id="summer")]
)
def test_calendars_strike_the_date_out(gazetteer: Gazetteer, day: str, hour_in_utc: int) -> None:
    """An override of the series (RFC 5545): same UID, the hour that the rule gives, STATUS:CANCELLED and why."""
    series = a_series(f"{day} Salle fermée")
    catalogue = with_meetings(gazetteer, series)
    read = vobject.readOne(calendar_of([series], catalogue, {"essai": UNKNOWN_STAMP}, "https://a.example").decode())
    whole, override = read.vevent_list
    assert whole.uid.value == override.uid.value
    assert (whole.status.value, override.status.value) == ("CONFIRMED", "CANCELLED")
    moment: Any = override.recurrence_id.value
    assert moment.astimezone(UTC) == datetime.fromisoformat(f"{day}T{hour_in_utc:02d}:00:00+00:00")
    assert override.dtstart.value == moment
    assert override.comment.value == "Salle fermée"
    assert "Raison de l’annulation : Salle fermée" in plain(override.description.value)
    assert not hasattr(override, "rrule")
    assert not hasattr(whole, "recurrence_id")


def test_the_api_gives_the_dates_as_they_are_published(gazetteer: Gazetteer) -> None:
    """Under the name of the column."""
    assert event_feature(a_series(), gazetteer)["properties"]["dates_annulees"] == "2027-03-09 Salle fermée"


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        pytest.param(
            {"dates_annulees": "2027-03-10 Salle fermée"}, "n’est pas une date de la récurrence", id="a day off"
        ),
        pytest.param({"dates_annulees": "2027-03-09"}, "annulé sans raison", id="without a reason"),
        pytest.param({"dates_annulees": "9 mars fermé"}, "n’est pas un jour", id="no day"),
        pytest.param({"dates_annulees": "2027-02-30 Neige"}, "n’est pas un jour", id="a day that is not"),
        pytest.param({"dates_annulees": "2027-03-09 a|2027-03-09 b"}, "annulé deux fois", id="twice"),
        pytest.param({"dates_annulees": f"2027-03-09 {'a' * 201}"}, "trop longue", id="a long reason"),
        pytest.param({"recurrence": ""}, "sans récurrence", id="no series"),
    ],
)
def test_a_wrong_cancellation_is_refused(cells: dict[str, str], said: str) -> None:
    """In French, with what to do; nothing of it is guessed."""
    with pytest.raises(ValidationError) as error:
        a_meeting(**SERIES | {"dates_annulees": "2027-03-09 Salle fermée"} | cells)
    (detail,) = error.value.errors()
    assert said in plain(detail["msg"])
    assert detail["ctx"]["remedy"]


def test_a_text_is_kept_as_it_was_written() -> None:
    """Byte for byte in the file, whatever its order; a form writes the earliest first, and no separator in a reason."""
    text = "2027-04-13 Congés|2027-03-09 Salle fermée"
    assert a_series(text).cancelled == text
    assert cancellations.as_text(cancellations.pairs(text)) == "2027-03-09 Salle fermée|2027-04-13 Congés"
    assert cancellations.as_text({"2027-03-09": "a|b"}) == "2027-03-09 a/b"
    assert "dates_annulees" not in NOTHING_KNOWN
    assert a_meeting().cancelled is None
