"""The dates of a series that are cancelled, each with why: « 2027-03-09 Salle fermée|2027-08-10 Congés d’été »."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from cooperations.refusing import refuse
from cooperations.sheets import french_date

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic_core import PydanticCustomError

SEPARATOR = "|"
EXAMPLE = "2027-03-09 Salle fermée"
LONGEST_REASON = 200
_LINE_END = re.compile(r"[\r\n\x0b\x0c\x85\u2028\u2029]")


def parse(text: str | None) -> dict[date, str]:
    """Return why each date is cancelled; raises PydanticCustomError, in French."""
    found: dict[date, str] = {}
    for name, reason in pairs(text or "").items():
        if not reason:
            raise _wrong(f"le {_french(name)} est annulé sans raison", f"Dire pourquoi, comme «\u00a0{EXAMPLE}\u00a0».")
        if len(reason) > LONGEST_REASON or _LINE_END.search(reason):
            raise _wrong("la raison est trop longue", f"Une raison tient sur une ligne, en {LONGEST_REASON} signes.")
        found[_day(name)] = reason
    if text and len(found) < len(text.split(SEPARATOR)):
        raise _wrong("un jour est annulé deux fois", "Le donner une seule fois.")
    return found


def pairs(text: str) -> dict[str, str]:
    """Return the days of a text and why, whatever is wrong with them."""
    parts = (part.strip().partition(" ") for part in text.split(SEPARATOR) if text)
    return {day: reason.strip() for day, _, reason in parts}


def as_text(dates: Mapping[str, str]) -> str:
    """Return the text of some days (ISO) and why, the earliest first."""
    return SEPARATOR.join(
        f"{day} {reason.replace(SEPARATOR, '/').strip()}".strip() for day, reason in sorted(dates.items())
    )


def in_words(dates: Mapping[date, str]) -> str:
    """Return « 9 mars 2027 (Salle fermée), 10 août 2027 (Congés d’été) »."""
    return ", ".join(f"{french_date(day.isoformat())} ({reason})" for day, reason in sorted(dates.items()))


def _day(name: str) -> date:
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", name):
            raise ValueError(name)  # noqa: TRY301 - one message for both ways of being malformed
        return date.fromisoformat(name)
    except ValueError:
        raise _wrong(
            f"«\u00a0{name}\u00a0» n’est pas un jour", f"Écrire le jour, puis pourquoi\u00a0: «\u00a0{EXAMPLE}\u00a0»."
        ) from None


def _french(name: str) -> str:
    return french_date(_day(name).isoformat())


def _wrong(problem: str, remedy: str) -> PydanticCustomError:
    return refuse(f"date annulée refusée\u00a0: {problem}", remedy)
