"""A month as weeks of days, and what falls in it."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cooperations.agenda.occurrences import occurrences, order, period_days
from cooperations.fields import FIRST_YEAR, LAST_YEAR
from cooperations.sheets import french_date

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from cooperations.agenda.occurrences import Occurrence
    from cooperations.model import Event

MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Month:
    """Weeks from Monday to Sunday that hold a month; `days` has what is held on each, `vague` what is on none."""

    name: str
    weeks: tuple[tuple[date, ...], ...]
    days: dict[date, tuple[Occurrence, ...]]
    vague: tuple[Occurrence, ...]

    @property
    def label(self) -> str:
        """« novembre 2026 »."""
        return french_date(self.name)


def is_month(text: str) -> bool:
    """Return whether a text is a month that can be shown, « AAAA-MM »."""
    year, _, month = text.partition("-")
    named = bool(re.fullmatch(r"[0-9]{4}-[0-9]{2}", text))
    return named and FIRST_YEAR <= int(year) <= LAST_YEAR and 1 <= int(month) <= MONTHS_A_YEAR


def month_of(day: date) -> str:
    """Return the name of the month of a day."""
    return f"{day:%Y-%m}"


def moved(name: str, months: int) -> str:
    """Return the name of a month some months later, or earlier; the last that can be shown beyond it."""
    year, month = divmod(int(name[:4]) * MONTHS_A_YEAR + int(name[5:]) - 1 + months, MONTHS_A_YEAR)
    if year < FIRST_YEAR:
        return f"{FIRST_YEAR}-01"
    return f"{year:04d}-{month + 1:02d}" if year <= LAST_YEAR else f"{LAST_YEAR}-12"


def month(name: str, events: Iterable[Event]) -> Month:
    """Return a month with what falls in it; the days of its first and last weeks may be of the months beside it."""
    first, last = period_days(name)
    weeks = tuple(tuple(week) for week in calendar.Calendar().monthdatescalendar(first.year, first.month))
    found = sorted((one for event in events for one in occurrences(event, weeks[0][0], weeks[-1][-1])), key=order)
    exact = [one for one in found if not one.is_vague]
    held = {day: tuple(one for one in exact if one.first <= day <= one.last) for week in weeks for day in week}
    vague = tuple(one for one in found if one.is_vague and one.first <= last and one.last >= first)
    return Month(name, weeks, {day: some for day, some in held.items() if some}, vague)
