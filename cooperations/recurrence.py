"""Meetings that come again: the part of RFC 5545's RRULE that a working group needs, checked, dated, said in French.

Rules are about hours on the clock of Paris: a meeting at 9 h is at 9 h in winter and in summer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, Literal

from dateutil import rrule

from cooperations.refusing import refuse
from cooperations.sheets import french_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic_core import PydanticCustomError

FREQUENCIES: dict[str, Literal[0, 1, 2, 3]] = {
    "DAILY": rrule.DAILY,
    "WEEKLY": rrule.WEEKLY,
    "MONTHLY": rrule.MONTHLY,
    "YEARLY": rrule.YEARLY,
}
DAYS = {
    "MO": "lundi", "TU": "mardi", "WE": "mercredi", "TH": "jeudi", "FR": "vendredi", "SA": "samedi", "SU": "dimanche",
}  # fmt: skip
PARTS = ("FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "COUNT", "UNTIL")
EXAMPLE = "FREQ=MONTHLY;BYDAY=2TU;UNTIL=20271231"
MOST_TIMES, LONGEST_INTERVAL, LAST_MONTH_DAY = 500, 99, 31
DAYS_A_WEEK, EVERY_MONTH_HAS = 7, 4
"""Every month has four Tuesdays, and not always a fifth."""
_DAY = re.compile(r"(-1|[1-5])?(MO|TU|WE|TH|FR|SA|SU)")
_ORDINALS = {"-1": "dernier", "1": "1er"}


@dataclass(frozen=True, slots=True)
class Rule:
    """How often a meeting comes again; `days` are those of the week, « 2TU » the second Tuesday of a month."""

    frequency: str
    interval: int = 1
    days: tuple[str, ...] = ()
    month_days: tuple[int, ...] = ()
    count: int | None = None
    until: date | None = None


def parse(text: str) -> Rule:
    """Return the rule that a text says; raises PydanticCustomError, in French."""
    parts = _parts(text)
    frequency = parts.get("FREQ", "")
    if frequency not in FREQUENCIES:
        raise _wrong(f"FREQ vaut DAILY, WEEKLY, MONTHLY ou YEARLY, et non « {frequency} »")
    if "COUNT" in parts and "UNTIL" in parts:
        raise _wrong("COUNT et UNTIL s’excluent", "Garder un seul des deux.")
    return Rule(
        frequency,
        _number(parts, "INTERVAL", LONGEST_INTERVAL) or 1,
        _days(parts.get("BYDAY", ""), frequency),
        _month_days(parts, frequency),
        _number(parts, "COUNT", MOST_TIMES),
        _until(parts.get("UNTIL", "")),
    )


def starts(rule: Rule, start: datetime, first: date, last: date) -> Iterator[datetime]:
    """Yield when a meeting begins from a day to another, on the clock that `start`, without zone, is read from."""
    begin, end = datetime.combine(first, time.min), datetime.combine(last, time.max)
    for moment in _library_rule(rule, start).xafter(begin, inc=True):
        if moment > end:
            return
        yield moment


def is_first(rule: Rule, start: datetime) -> bool:
    """Return whether `start`, without zone, is the first date that the rule gives."""
    return next(iter(_library_rule(rule, start)), None) == start


def is_date(rule: Rule, start: datetime, day: date) -> bool:
    """Return whether a meeting that begins at `start`, without zone, has a date on a day."""
    return next(starts(rule, start, day, day), None) is not None


def suggested(day: date) -> dict[str, str]:
    """Return the rules that a meeting held on a day most often follows, by a name for each; none comes first."""
    code, number = tuple(DAYS)[day.weekday()], (day.day - 1) // DAYS_A_WEEK + 1
    return {
        "": "",
        "semaine": "FREQ=WEEKLY",
        "quinzaine": "FREQ=WEEKLY;INTERVAL=2",
        "jour_du_mois": f"FREQ=MONTHLY;BYDAY={number if number <= EVERY_MONTH_HAS else -1}{code}",
        "quantieme": "FREQ=MONTHLY",
        "annee": "FREQ=YEARLY",
    }


def ending(text: str, until: date | None) -> str:
    """Return a rule with another last day, or without one."""
    parts = [part for part in text.split(";") if part and not part.startswith("UNTIL=")]
    return ";".join([*parts, f"UNTIL={until:%Y%m%d}"] if until and parts else parts)


def in_words(rule: Rule, start: date | None = None) -> str:
    """Return « chaque mois, le 2e mardi, jusqu’au 31 décembre 2027 »; `start` is the first date, when it is known."""
    return ", ".join(part for part in (_every(rule), _which(rule, start), _how_long(rule)) if part)


def _library_rule(rule: Rule, start: datetime) -> rrule.rrule:
    options: dict[str, Any] = {
        "byweekday": [_weekday(day) for day in rule.days] or None,
        "bymonthday": rule.month_days or None,
        "until": datetime.combine(rule.until, time.max) if rule.until else None,
    }
    return rrule.rrule(FREQUENCIES[rule.frequency], dtstart=start, interval=rule.interval, count=rule.count, **options)


def _weekday(day: str) -> rrule.weekday:
    return rrule.weekday(tuple(DAYS).index(day[-2:]), int(day[:-2]) if day[:-2] else None)


def _parts(text: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    for part in text.split(";"):
        name, equals, value = part.partition("=")
        if not equals or name not in PARTS:
            raise _wrong(f"« {part} » n’est pas une partie admise", f"Parties admises : {', '.join(PARTS)}.")
        if name in parts:
            raise _wrong(f"{name} est donné deux fois")
        parts[name] = value
    return parts


def _number(parts: dict[str, str], name: str, most: int) -> int | None:
    if name not in parts:
        return None
    if not re.fullmatch(r"[0-9]{1,4}", parts[name]) or not 1 <= int(parts[name]) <= most:
        raise _wrong(f"{name} vaut de 1 à {most}, et non « {parts[name]} »")
    return int(parts[name])


def _days(text: str, frequency: str) -> tuple[str, ...]:
    days = tuple(text.split(",")) if text else ()
    if days and frequency not in {"WEEKLY", "MONTHLY"}:
        raise _wrong("BYDAY va avec FREQ=WEEKLY ou FREQ=MONTHLY")
    for day in days:
        found = _DAY.fullmatch(day)
        if not found or (found[1] and frequency != "MONTHLY"):
            raise _wrong(f"BYDAY ne peut pas valoir « {day} »", "Écrire TU pour mardi ; 2TU ou -1TU dans un mois.")
    return days


def _month_days(parts: dict[str, str], frequency: str) -> tuple[int, ...]:
    if "BYMONTHDAY" not in parts:
        return ()
    if frequency != "MONTHLY" or "BYDAY" in parts:
        raise _wrong("BYMONTHDAY va avec FREQ=MONTHLY, sans BYDAY")
    days = parts["BYMONTHDAY"].split(",")
    if not all(re.fullmatch(r"-1|[1-9]|[12][0-9]|3[01]", day) for day in days):
        raise _wrong(f"BYMONTHDAY vaut de 1 à {LAST_MONTH_DAY}, ou -1 pour le dernier jour")
    return tuple(map(int, days))


def _until(text: str) -> date | None:
    if not text:
        return None
    try:
        if not re.fullmatch(r"[0-9]{8}", text):
            raise ValueError(text)  # noqa: TRY301 - one message for both ways of being malformed
        return date.fromisoformat(text)
    except ValueError:
        raise _wrong(f"UNTIL est un jour AAAAMMJJ, et non « {text} »") from None


def _wrong(problem: str, remedy: str = f"Écrire une règle comme {EXAMPLE}.") -> PydanticCustomError:
    return refuse(f"récurrence refusée : {problem}", remedy)


def _every(rule: Rule) -> str:
    one = {"DAILY": "chaque jour", "WEEKLY": "chaque semaine", "MONTHLY": "chaque mois", "YEARLY": "chaque année"}
    several = {"DAILY": "tous les {} jours", "WEEKLY": "toutes les {} semaines", "MONTHLY": "tous les {} mois"}
    if rule.interval == 1:
        return one[rule.frequency]
    return several.get(rule.frequency, "tous les {} ans").format(rule.interval)


def _which(rule: Rule, start: date | None) -> str:
    if rule.days:
        return _listed([_day_in_words(day) for day in rule.days])
    if rule.month_days:
        return _listed([_month_day_in_words(day) for day in rule.month_days])
    if start is None:
        return ""
    weekday = tuple(DAYS.values())[start.weekday()]
    return {"WEEKLY": f"le {weekday}", "MONTHLY": _month_day_in_words(start.day)}.get(rule.frequency, "")


def _day_in_words(day: str) -> str:
    ordinal = day[:-2]
    said = f"{_ORDINALS.get(ordinal, f'{ordinal}e')} " if ordinal else ""
    return f"le {said}{DAYS[day[-2:]]}"


def _month_day_in_words(day: int) -> str:
    return "le dernier jour" if day < 0 else "le 1er" if day == 1 else f"le {day}"


def _how_long(rule: Rule) -> str:
    if rule.until:
        return f"jusqu’au {french_date(rule.until.isoformat())}"
    return f"{rule.count} fois" if rule.count else ""


def _listed(words: list[str]) -> str:
    return " et ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
