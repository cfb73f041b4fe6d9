"""Meetings: when they fall, which answer some criteria, month by month, and as iCalendar."""

from cooperations.agenda.filters import applicable, events_of, silent_events
from cooperations.agenda.occurrences import Occurrence, cancelled_of, next_of, occurrences, shown_of
from cooperations.agenda.places import place_in_words, point_of
from cooperations.agenda.words import when_in_words

__all__ = [
    "Occurrence",
    "applicable",
    "cancelled_of",
    "events_of",
    "next_of",
    "occurrences",
    "place_in_words",
    "point_of",
    "shown_of",
    "silent_events",
    "when_in_words",
]
