"""When meetings fall: at the hours of Paris, in a window, past or to come."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperations.agenda import next_of, occurrences, shown_of, when_in_words
from cooperations.agenda.occurrences import falls_on, period_days
from cooperations.fields import PARIS
from tests.agenda.meeting_making import a_meeting, every
from tests.making import plain

MONTHLY = every("FREQ=MONTHLY;BYDAY=2TU", end="2027-01-12T10:30:00+01:00")
NOON = datetime(2027, 3, 9, 12, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("month", "hour_in_utc"),
    [
        pytest.param(3, 8, id="March, in winter time"),
        pytest.param(4, 7, id="April, in summer time"),
        pytest.param(10, 7, id="October, in summer time"),
        pytest.param(11, 8, id="November, in winter time"),
    ],
)
def test_a_meeting_at_nine_stays_at_nine(month: int, hour_in_utc: int) -> None:
    """On both sides of the clock change the hour in Paris is the same, and that of the world is not."""
    first, last = period_days(f"2027-{month:02d}")
    (found,) = occurrences(MONTHLY, first, last)
    assert found.start is not None
    assert found.end is not None
    assert (found.start.hour, found.start.astimezone(UTC).hour) == (9, hour_in_utc)
    assert (found.end.hour, found.end.minute) == (10, 30)


def test_past_and_to_come() -> None:
    """A meeting is past when it is over, and one without an end when its day is."""
    (morning,) = occurrences(MONTHLY, date(2027, 3, 1), date(2027, 3, 31))
    assert morning.is_past(NOON)
    assert not morning.is_past(NOON - timedelta(hours=2))
    (alone,) = occurrences(a_meeting(debut="2027-03-09T09:00:00+01:00"), date(2027, 3, 9), date(2027, 3, 9))
    assert not alone.is_past(NOON)
    assert alone.is_past(NOON + timedelta(hours=12))
    (year,) = occurrences(a_meeting(periode="2026"), date(2026, 5, 1), date(2026, 5, 2))
    assert year.is_past(NOON)
    coming = next_of(MONTHLY, NOON)
    assert coming is not None
    assert coming.first == date(2027, 4, 13)


def test_what_is_over_shows_its_last_date() -> None:
    """A cycle that has ended stays, by its last meeting; without any date there is none to show."""
    over = every("FREQ=WEEKLY;COUNT=3")
    shown = shown_of(over, NOON)
    assert next_of(over, NOON) is None
    assert shown is not None
    assert shown.first == date(2027, 1, 26)
    assert shown_of(a_meeting(), NOON) is None


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        pytest.param({"periode": "2017"}, "en 2017", id="a year"),
        pytest.param({"periode": "2027-03"}, "en mars 2027", id="a month"),
        pytest.param({"periode": "2027-03-09"}, "mardi 9 mars 2027", id="a day without an hour"),
        pytest.param({"debut": "2016-09-22T07:00:00+00:00"}, "jeudi 22 septembre 2016, à 9 h", id="an hour in UTC"),
        pytest.param(
            {"debut": "2016-09-22T09:00:00+02:00", "fin": "2016-09-22T10:30:00+02:00"},
            "jeudi 22 septembre 2016, de 9 h à 10 h 30",
            id="from an hour to another",
        ),
        pytest.param(
            {"debut": "2027-05-03T14:00:00+02:00", "fin": "2027-05-04T12:05:00+02:00"},
            "du lundi 3 mai 2027 à 14 h au mardi 4 mai 2027 à 12 h 05",
            id="two days",
        ),
        pytest.param({}, "date à fixer", id="nothing"),
    ],
)
def test_dates_are_said_in_french(cells: dict[str, str], said: str) -> None:
    """As precisely as they are known."""
    assert plain(when_in_words(shown_of(a_meeting(**cells), NOON))) == said


def test_two_days_are_in_the_window_of_either() -> None:
    """The second day finds the meeting; midnight itself is of the day before; a year falls on no day."""
    two = a_meeting(debut="2027-05-03T14:00:00+02:00", fin="2027-05-05T00:00:00+02:00")
    assert [falls_on(two, date(2027, 5, day)) for day in (2, 3, 4, 5)] == [False, True, True, False]
    assert not falls_on(a_meeting(periode="2027"), date(2027, 5, 3))
    weekly = every("FREQ=WEEKLY", "2027-05-03T14:00:00+02:00", "2027-05-04T12:00:00+02:00")
    assert falls_on(weekly, date(2027, 5, 11))


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 400))
def test_a_window_holds_what_a_wider_one_does(first: date, days: int) -> None:
    """Asking month by month or all at once gives the same meetings."""
    last, middle = first + timedelta(days=days), first + timedelta(days=days // 2)
    whole = list(occurrences(MONTHLY, first, last))
    parts = [*occurrences(MONTHLY, first, middle), *occurrences(MONTHLY, middle + timedelta(days=1), last)]
    assert whole == parts
