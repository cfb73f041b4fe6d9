"""The dates of a meeting in French."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from cooperations import cancellations
from cooperations.recurrence import DAYS, in_words, parse
from cooperations.sheets import french_date

if TYPE_CHECKING:
    from datetime import date, datetime

    from cooperations.agenda.occurrences import Occurrence
    from cooperations.model import Event

WEEKDAYS = tuple(DAYS.values())
UNKNOWN = "date à fixer"
PAGE = "agenda"


def page_of(event_id: str) -> str:
    """Return the address of a meeting's page, relative to the application's root."""
    return f"{PAGE}?{urlencode({'rencontre': event_id})}"


def when_in_words(occurrence: Occurrence | None) -> str:
    """Return « jeudi 22 septembre 2016, de 9 h à 10 h 30 », « en 2017 », « en mars 2027 »."""
    if occurrence is None:
        return UNKNOWN
    if occurrence.start is None:
        return _period(occurrence)
    start, end = occurrence.start, occurrence.end
    if end is None:
        return f"{day_in_words(occurrence.first)}, à {hour(start)}"
    if occurrence.first == occurrence.last:
        return f"{day_in_words(occurrence.first)}, de {hour(start)} à {hour(end)}"
    return f"du {day_in_words(occurrence.first)} à {hour(start)} au {day_in_words(end.date())} à {hour(end)}"


def rule_in_words(event: Event) -> str:
    """Return how a meeting comes again, an empty text when it does not."""
    if not event.recurrence or event.starts_at is None:
        return ""
    return in_words(parse(event.recurrence), event.starts_at.date())


def cancelled_in_words(event: Event) -> str:
    """Return « 9 mars 2027 (Salle fermée) » for each cancelled date of a series."""
    return cancellations.in_words(cancellations.parse(event.cancelled))


def day_in_words(day: date) -> str:
    """Return « jeudi 22 septembre 2016 »."""
    return f"{WEEKDAYS[day.weekday()]} {french_date(day.isoformat())}"


def hour(moment: datetime) -> str:
    """Return « 9 h » or « 10 h 30 »."""
    return f"{moment.hour}\u00a0h\u00a0{moment:%M}" if moment.minute else f"{moment.hour}\u00a0h"


def _period(occurrence: Occurrence) -> str:
    if occurrence.first == occurrence.last:
        return day_in_words(occurrence.first)
    return f"en {french_date(occurrence.event.period)}"
