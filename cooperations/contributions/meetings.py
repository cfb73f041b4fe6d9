"""What is wrong with the dates of a proposed meeting, said beside its fields and when it is sent."""

from __future__ import annotations

from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING

from cooperations import cancellations, recurrence
from cooperations.agenda import occurrences
from cooperations.contributions.building import Context, completed, validated
from cooperations.contributions.terms import LABELS
from cooperations.errors import DataIssue, InvalidDecision
from cooperations.fields import on_clock
from cooperations.model import Event

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cooperations.catalogue import Catalogue
    from cooperations.contributions.content import Content

CANCELLED = "dates_annulees"
DATES = ("debut", "fin", "periode", "recurrence", CANCELLED)
MOST_TO_CANCEL = 24
"""Dates of a series among which those to cancel are chosen."""
TO_COME = {"annonce", "a_construire"}
_NEEDED = {"id", "nom", "description", "statut", "source", "extrait_source"}
_FILLED = {"id": "rencontre", "nom": "…", "description": "…", "statut": "annonce"}


def date_issues(values: Mapping[str, str], catalogue: Catalogue, day: date, *, new: bool = True) -> list[DataIssue]:
    """Return what is wrong with the dates of a form, whatever else it still lacks; a `new` meeting is to come."""
    cells = _FILLED | completed("evenement", dict(values), Context(catalogue, day))
    others = {name: value for name, value in cells.items() if name not in DATES and name in _NEEDED}
    dated = others | {name: cells[name] for name in DATES if cells.get(name)}
    try:
        event = validated(Event, dated, catalogue)
    except InvalidDecision as error:
        return list(error.issues)
    return [_over(event)] if new and _is_over(event, day) else []


def dates_to_cancel(values: Mapping[str, str], day: date) -> list[str]:
    """Return the next dates of the series of a form and those that it cancels already, as ISO days."""
    held = cancellations.pairs(values.get(CANCELLED, ""))
    try:
        rule, start = recurrence.parse(values["recurrence"]), datetime.fromisoformat(values["debut"])
    except ValueError:
        return sorted(held)
    coming = islice(recurrence.starts(rule, on_clock(start), day, date.max), MOST_TO_CANCEL)
    return sorted({*held, *(one.date().isoformat() for one in coming)})


def check_to_come(about: str, content: Content, catalogue: Catalogue, day: date) -> None:
    """Raise InvalidDecision for a new meeting that is announced for a day that is gone."""
    if about == "evenement":
        wrong = date_issues(content.values, catalogue, day)
        if wrong:
            raise InvalidDecision(wrong)


def _is_over(event: Event, day: date) -> bool:
    dated = event.starts_at or event.period
    return event.status in TO_COME and dated is not None and next(occurrences(event, day, date.max), None) is None


def _over(event: Event) -> DataIssue:
    column = "debut" if event.starts_at else "periode"
    problem = f"«\u00a0{LABELS[column]}\u00a0»\u00a0: la rencontre est déjà passée"
    remedy = "Donner une date à venir, ou le statut «\u00a0Tenue\u00a0» si elle a eu lieu."
    return DataIssue(Event.title, 0, column, "", problem, remedy)
