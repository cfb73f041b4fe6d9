"""Periods whose ends are partial dates: « 2016 », « 2016-07 » or « 2016-07-12 », or nothing on a side that is open."""

from __future__ import annotations

import calendar
import re
from datetime import date

from cooperations.sheets import french_date

DECEMBER = 12
EXPECTED = "une année, un mois ou un jour est attendu, comme 2016, 2016-07 ou 2016-07-12"


def first_day(partial: str | None) -> date | None:
    """Return the first day of a year, a month or a day."""
    return date.fromisoformat(partial + "-01" * (2 - partial.count("-"))) if partial else None


def last_day(partial: str | None) -> date | None:
    """Return the last day of a year, a month or a day."""
    if not partial:
        return None
    year, month, day = (*map(int, partial.split("-")), 0, 0)[:3]
    month = month or DECEMBER
    return date(year, month, day or calendar.monthrange(year, month)[1])


def why_no_date(value: str) -> str:
    """Return why a text is no partial date, or an empty string."""
    if not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", value, re.ASCII):
        return EXPECTED
    try:
        last_day(value)
        first_day(value)
    except (ValueError, calendar.IllegalMonthError):
        return EXPECTED
    return ""


def is_inverted(start: str, end: str) -> bool:
    """Return whether a period ends before it starts."""
    begins, ends = first_day(start), last_day(end)
    return begins is not None and ends is not None and ends < begins


def since_in_words(partial: str) -> str:
    """Return « à partir de juin 2015 », « à partir du 12 juillet 2016 »."""
    return f"à partir {'du' if _is_day(partial) else 'de'} {french_date(partial)}"


def until_in_words(partial: str) -> str:
    """Return « jusqu’à juin 2015 », « jusqu’au 12 juillet 2016 »."""
    return f"jusqu’{'au' if _is_day(partial) else 'à'} {french_date(partial)}"


def _is_day(partial: str) -> bool:
    return partial.count("-") == 2  # noqa: PLR2004 - a year, a month and a day
