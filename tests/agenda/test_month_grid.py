"""A month as weeks, whatever the month."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperations.agenda.months import is_month, month, month_of, moved
from cooperations.agenda.occurrences import period_days
from tests.agenda.meeting_making import a_meeting, every

MONTHS = st.dates(date(1900, 1, 1), date(2100, 12, 31)).map(month_of)
EVENTS = (
    every("FREQ=WEEKLY;BYDAY=TU,TH"),
    a_meeting("deux-jours", debut="2027-03-31T14:00:00+02:00", fin="2027-04-01T12:00:00+02:00"),
    a_meeting("annee", periode="2027"),
)


@given(MONTHS)
def test_every_day_of_the_month_is_there_once(name: str) -> None:
    """Whole weeks that begin on Mondays, without a hole, and none of them useless."""
    first, last = period_days(name)
    weeks = month(name, ()).weeks
    days = [day for week in weeks for day in week]
    assert all(len(week) == 7 and week[0].weekday() == 0 for week in weeks)
    assert days == [days[0] + timedelta(days=number) for number in range(len(days))]
    assert [day for day in days if month_of(day) == name] == [
        first + timedelta(days=number) for number in range((last - first).days + 1)
    ]
    assert first in weeks[0]
    assert last in weeks[-1]


@given(MONTHS, st.integers(-40, 40))
def test_going_and_coming_back(name: str, months: int) -> None:
    """A month later then a month earlier is the same month, away from the ends of the calendar."""
    there = moved(name, months)
    assert is_month(there)
    if there not in {"1900-01", "2100-12"}:
        assert moved(there, -months) == name


def test_meetings_are_on_their_days() -> None:
    """A meeting of two days is on both, one of a year is beside the days, and one of a week on each of its days."""
    march, april = month("2027-03", EVENTS), month("2027-04", EVENTS)
    assert [one.event.id for one in march.days[date(2027, 3, 31)]] == ["deux-jours"]
    assert [one.event.id for one in april.days[date(2027, 4, 1)]] == ["deux-jours", "essai"]
    assert [one.event.id for one in march.vague] == ["annee"]
    assert sum(day.weekday() in {1, 3} and month_of(day) == "2027-03" for day in march.days) == 9
    assert not month("2026-03", EVENTS).days
    assert march.label == "mars 2027"


@pytest.mark.parametrize("text", ["2027-13", "2027-00", "2027", "1899-12", "2101-01", "2027-3", "٢٠٢٧-٠٣", "", "<b>"])
def test_what_is_no_month_is_known(text: str) -> None:
    """An address may say anything."""
    assert not is_month(text)
