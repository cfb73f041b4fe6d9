"""When a meeting falls, once or again and again, on the clock of Paris."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from cooperations import cancellations
from cooperations.fields import PARIS, on_clock
from cooperations.recurrence import parse, starts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cooperations.model import Event

LAST_MONTH = 12
INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A meeting at one of its dates: `first` and `last` are its days, `start` and `end` its hours in Paris if known.

    `cancelled` says why this date, and not the whole series, is cancelled; empty when it is not.
    """

    event: Event
    first: date
    last: date
    start: datetime | None = None
    end: datetime | None = None
    cancelled: str = ""

    @property
    def is_cancelled(self) -> bool:
        """Whether this date, or the whole meeting, is cancelled."""
        return bool(self.cancelled) or self.event.status == "annule"

    @property
    def is_vague(self) -> bool:
        """Whether only a month or a year is known."""
        return self.start is None and self.first != self.last

    def is_past(self, now: datetime) -> bool:
        """Return whether it is over; without an hour for its end, when its day is."""
        return self.end <= now if self.end else self.last < now.astimezone(PARIS).date()


def occurrences(event: Event, first: date, last: date) -> Iterator[Occurrence]:
    """Yield the dates of a meeting that touch a window of days, the earliest first."""
    if event.starts_at is None:
        whole = _period(event)
        if whole and whole.first <= last and whole.last >= first:
            yield whole
        return
    reasons = cancellations.parse(event.cancelled)
    for moment in _moments(event, event.starts_at, first, last):
        found = _at(event, moment, reasons.get(moment.date(), ""))
        if found.first <= last and found.last >= first:
            yield found


def next_of(event: Event, now: datetime) -> Occurrence | None:
    """Return the first date of a meeting that is not over, those of a series that are cancelled left out."""
    found = occurrences(event, now.astimezone(PARIS).date(), date.max)
    return next((one for one in found if not one.is_past(now) and not one.cancelled), None)


def cancelled_of(event: Event, now: datetime) -> tuple[Occurrence, ...]:
    """Return the cancelled dates of a series that are not over."""
    days = sorted(cancellations.parse(event.cancelled))
    found = (one for day in days for one in occurrences(event, day, day) if one.first == day)
    return tuple(one for one in found if not one.is_past(now))


def shown_of(event: Event, now: datetime) -> Occurrence | None:
    """Return the date to show first: the next one, or else the last; None when nothing is known."""
    coming = next_of(event, now)
    if coming:
        return coming
    last = None
    for one in occurrences(event, date.min, date.max):
        last = last if last and one.cancelled else one
    return last


def falls_on(event: Event, day: date) -> bool:
    """Return whether a meeting is held on a day; one of which only the month or the year is known is on none."""
    return any(not one.is_vague and not one.cancelled for one in occurrences(event, day, day))


def order(occurrence: Occurrence) -> tuple[date, bool, str, str]:
    """Return the key that sorts dates: by day, what has an hour before what has none, by hour, by id."""
    hour = occurrence.start.isoformat() if occurrence.start else ""
    return occurrence.first, not hour, hour, occurrence.event.id


def period_days(partial: str) -> tuple[date, date]:
    """Return the first and the last day of a year, a month or a day."""
    year, month, day = (*map(int, partial.split("-")), 0, 0)[:3]
    last_month = month or LAST_MONTH
    last_day = day or calendar.monthrange(year, last_month)[1]
    return date(year, month or 1, day or 1), date(year, last_month, last_day)


def _period(event: Event) -> Occurrence | None:
    return Occurrence(event, *period_days(event.period)) if event.period else None


def _moments(event: Event, start: datetime, first: date, last: date) -> Iterator[datetime]:
    """Yield the hours, without zone, at which a meeting begins; those before the window may last until it."""
    local = on_clock(start)
    if not event.recurrence:
        yield local
        return
    before = _length(event).days + 1
    earliest = first - timedelta(days=before) if first > date.min + timedelta(days=before) else date.min
    yield from starts(parse(event.recurrence), local, earliest, last)


def _at(event: Event, moment: datetime, cancelled: str) -> Occurrence:
    start = moment.replace(tzinfo=PARIS)
    if event.ends_at is None:
        return Occurrence(event, start.date(), start.date(), start, cancelled=cancelled)
    end = (moment + _length(event)).replace(tzinfo=PARIS)
    return Occurrence(event, start.date(), (end - INSTANT).date(), start, end, cancelled)


def _length(event: Event) -> timedelta:
    """Return how long a meeting lasts on the clock."""
    return on_clock(event.ends_at) - on_clock(event.starts_at) if event.starts_at and event.ends_at else timedelta()
