"""Meetings as lines to read: those to come, the nearest first, then those that are past, the last first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from cooperations import vocabularies as v
from cooperations.agenda.occurrences import Occurrence, cancelled_of, occurrences, order, shown_of
from cooperations.agenda.places import place_in_words, territories_in_words
from cooperations.agenda.words import day_in_words, rule_in_words, when_in_words
from cooperations.exports import Sheet
from cooperations.sheets import MONTHS

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from cooperations.catalogue import Catalogue
    from cooperations.model import Event

PAST = "Passée"
NEXT_SHOWN = 3
SHORT_MONTHS = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")


@dataclass(frozen=True, slots=True)
class Line:
    """A meeting, or one of its dates, in a list: `day` and `month` are its leaf of a calendar, texts are in French."""

    id: str
    name: str
    day: str
    month: str
    when: str
    rule: str
    place: str
    about: str
    reason: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Agenda:
    """All the meetings of a selection, each in one of the two; the cancelled dates to come beside their series."""

    coming: tuple[Occurrence | Event, ...]
    past: tuple[Occurrence, ...]


def sorted_out(events: Collection[Event], now: datetime) -> Agenda:
    """Return the meetings to come, those without any date last, and the past ones; each once, at its nearest date.

    A date of a series that is cancelled has a line of its own until it is over.
    """
    dated, undated = list[Occurrence](), list["Occurrence | Event"]()
    for event in events:
        shown = shown_of(event, now)
        dated += [shown] if shown else []
        undated += [] if shown else [event]
    cancelled = {one for event in events for one in cancelled_of(event, now)}
    coming = sorted({one for one in dated if not one.is_past(now)} | cancelled, key=order)
    past = sorted((one for one in dated if one.is_past(now)), key=order, reverse=True)
    return Agenda((*coming, *undated), tuple(past))


def line(shown: Occurrence | Event, catalogue: Catalogue, now: datetime) -> Line:
    """Return the line of a date, or of a meeting that has none."""
    occurrence = shown if isinstance(shown, Occurrence) else None
    event = shown.event if isinstance(shown, Occurrence) else shown
    day, month = _leaf(occurrence)
    return Line(
        event.id,
        event.name,
        day,
        month,
        when_in_words(occurrence),
        rule_in_words(event),
        place_in_words(event, catalogue.gazetteer),
        about_in_words(event, catalogue),
        occurrence.cancelled if occurrence else "",
        marks(event, occurrence, now),
    )


def marks(event: Event, occurrence: Occurrence | None, now: datetime) -> tuple[str, ...]:
    """Return what is to be seen at once: past, cancelled, to be built."""
    past = [PAST] if occurrence and occurrence.is_past(now) else []
    code = status_of(event, occurrence)
    status = [v.EVENT_STATUSES.label(code)] if code in {"annule", "a_construire"} else []
    return (*past, *status)


def status_of(event: Event, occurrence: Occurrence | None) -> str:
    """Return the code of the status of a meeting at one of its dates."""
    return "annule" if occurrence and occurrence.is_cancelled else event.status


def about_in_words(event: Event, catalogue: Catalogue) -> str:
    """Return the types and the territories that a meeting deals with."""
    every = {*v.PRACTICE_TYPES.codes} <= {*event.practice_types}
    types = "Tous les types de pratique" if every else ", ".join(map(v.PRACTICES.label, event.practice_types))
    return " · ".join(part for part in (types, territories_in_words(event, catalogue.gazetteer)) if part)


def following(event: Event, after: Occurrence) -> tuple[str, ...]:
    """Return the next dates of a meeting that comes again, those that are cancelled left out."""
    found = occurrences(event, after.first, date.max)
    later = (one for one in found if one.first > after.first and not one.cancelled)
    return tuple(day_in_words(one.first) for one in islice(later, NEXT_SHOWN))


def events_sheet(events: Collection[Event], catalogue: Catalogue, now: datetime) -> Sheet:
    """Return the meetings as a table to take away, in the order of the page."""
    found = sorted_out(events, now)
    return Sheet(
        "Agenda",
        (
            *("Rencontre", "Date", "Premier jour", "Récurrence", "Lieu", "Organisation", "Statut", "Passée"),
            "Raison de l’annulation",
            *("Types de pratique", "Territoires", "Objet", "Source", "Identifiant"),
        ),
        tuple(_row(one, catalogue, now) for one in (*found.coming, *found.past)),
    )


def _row(shown: Occurrence | Event, catalogue: Catalogue, now: datetime) -> tuple[str | bool | date | None, ...]:
    occurrence = shown if isinstance(shown, Occurrence) else None
    event = shown.event if isinstance(shown, Occurrence) else shown
    organiser = catalogue.structures.get(event.organiser_id or "")
    return (
        *(event.name, when_in_words(occurrence), occurrence.first if occurrence else None, rule_in_words(event)),
        *(place_in_words(event, catalogue.gazetteer), organiser.name if organiser else None),
        *(v.EVENT_STATUSES.label(status_of(event, occurrence)), bool(occurrence and occurrence.is_past(now))),
        occurrence.cancelled if occurrence else "",
        ", ".join(map(v.PRACTICES.label, event.practice_types)),
        territories_in_words(event, catalogue.gazetteer),
        *(event.description, event.source, event.id),
    )


def _leaf(occurrence: Occurrence | None) -> tuple[str, str]:
    """Return what a leaf of a calendar shows: « 22 », « sept. 2016 »; « 2017 » alone for a year."""
    if occurrence is None:
        return "?", ""
    first = occurrence.first
    if not occurrence.is_vague:
        return str(first.day), f"{SHORT_MONTHS[first.month - 1]} {first.year}"
    named = len(occurrence.event.period or "") > len("2017")
    return (MONTHS[first.month - 1].capitalize(), str(first.year)) if named else (str(first.year), "")
