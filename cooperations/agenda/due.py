"""What a meeting has on its table: the actions that are due, and the gaps that it deals with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cooperations.agenda.occurrences import falls_on, next_of, order
from cooperations.agenda.words import day_in_words
from cooperations.coverage import coverage, gaps
from cooperations.criteria import Criteria
from cooperations.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from cooperations.catalogue import Catalogue
    from cooperations.coverage import Gap
    from cooperations.decisions import Action, Decisions
    from cooperations.model import Event


def actions_due(event: Event, events: Iterable[Event], actions: Iterable[Action]) -> tuple[Action, ...]:
    """Return the actions due at a meeting, the first recorded first."""
    known = tuple(events)
    return tuple(action for action in actions if event in meetings_of(action, known))


def meetings_of(action: Action, events: Iterable[Event]) -> tuple[Event, ...]:
    """Return the meetings at which an action is due: those of its day; the one it names, when one is called so."""
    same_day = tuple(event for event in events if falls_on(event, action.due_on))
    named = tuple(event for event in same_day if fold(event.name) == fold(action.meeting))
    return named or same_day


def to_come(events: Iterable[Event], now: datetime) -> dict[str, tuple[str, date]]:
    """Return the name and the day of each meeting to come, the nearest first, by what a list of them shows."""
    found = (one for event in events if (one := next_of(event, now)) and not one.is_vague)
    return {
        f"{one.event.name} – {day_in_words(one.first)}": (one.event.name, one.first) for one in sorted(found, key=order)
    }


def subject(event: Event) -> Criteria | None:
    """Return the criteria of what a meeting deals with; None when it names neither types nor territories."""
    asked = Criteria(practice_types=event.practice_types, territories=event.territories)
    return asked if event.practice_types or event.territories else None


def gaps_dealt_with(event: Event, catalogue: Catalogue, recorded: Decisions) -> list[Gap]:
    """Return the gaps among the types and territories of a meeting, the worst first."""
    asked = subject(event)
    return gaps(coverage(catalogue, asked, recorded)) if asked else []
