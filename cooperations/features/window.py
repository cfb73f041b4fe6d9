"""Which features of a collection are asked for: where, when, how many, and after which one.

OGC API – Features Part 1 (OGC 17-069r4): `bbox`, `datetime`, `limit`; pages follow the ids, so that their links hold
when features come and go meanwhile.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from cooperations.errors import InvalidParameter

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

T = TypeVar("T")

DEFAULT_LIMIT, MOST_FEATURES = 100, 1_000
OPEN = ("", "..")
Box = tuple[float, float, float, float]
Feature = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `start` to `end`, both included; None on a side that is open."""

    start: date | None = None
    end: date | None = None

    def meets(self, start: date | None, end: date | None) -> bool:
        """Return whether another period touches this one; one that says nothing is in every period."""
        begins_before = self.end is None or start is None or start <= self.end
        ends_after = self.start is None or end is None or end >= self.start
        return begins_before and ends_after


@dataclass(frozen=True, slots=True)
class Window:
    """The part of a collection that a request asks for."""

    box: Box | None = None
    period: Period = Period()
    limit: int = DEFAULT_LIMIT
    after: str = ""


@dataclass(frozen=True, slots=True)
class FeaturePage:
    """A page of features, how many match in all, and the id after which the next page begins, empty at the end."""

    features: list[Feature]
    matched: int
    following: str


def box_of(text: str, *, unwrapped: bool = False) -> Box:
    """Return the box west, south, east, north of a `bbox`, in WGS 84 degrees; heights are passed over.

    A box may cross the 180th meridian, its west beyond its east, unless it is `unwrapped`, as a map's view is.
    """
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError:
        numbers = []
    sides = numbers if len(numbers) == 4 else [numbers[i] for i in (0, 1, 3, 4)] if len(numbers) == 6 else []  # noqa: PLR2004 - two or three axes
    west, south, east, north = sides or (math.nan,) * 4
    across = west <= east if unwrapped else max(abs(west), abs(east)) <= 180  # noqa: PLR2004 - degrees
    if not (across and -90 <= south <= north <= 90) or not all(map(math.isfinite, sides)):  # noqa: PLR2004 - degrees
        raise InvalidParameter("bbox", "quatre nombres « ouest,sud,est,nord » en degrés sont attendus")
    return west, south, east, north


def period_of(text: str) -> Period:
    """Return the period of a `datetime`: a day, « début/fin », or an open interval « ../fin », « début/.. »."""
    parts = text.split("/")
    if not text:
        return Period()
    if len(parts) == 1:
        day = _day(parts[0])
        return Period(day, day)
    if len(parts) != 2 or set(parts) <= set(OPEN):  # noqa: PLR2004 - an interval
        raise _wrong_period()
    start, end = (None if part in OPEN else _day(part) for part in parts)
    if start and end and start > end:
        raise InvalidParameter("datetime", "le début précède la fin")
    return Period(start, end)


def page_by_id(
    items: Sequence[T], identify: Callable[[T], str], window: Window, describe: Callable[[Sequence[T]], list[Feature]]
) -> FeaturePage:
    """Return the page of items, sorted by id, that a window asks for."""
    ordered = sorted(items, key=identify)
    ids = [identify(item) for item in ordered]
    first = int(np.searchsorted(np.array(ids, dtype=object), window.after, side="right")) if window.after else 0
    shown = ordered[first : first + window.limit]
    more = first + len(shown) < len(ordered)
    return FeaturePage(describe(shown), len(ordered), identify(shown[-1]) if more and shown else "")


def in_box(box: Box | None, longitude: float | None, latitude: float | None) -> bool:
    """Return whether a point is in a box, which may cross the 180th meridian; without a box everything is."""
    if box is None:
        return True
    if longitude is None or latitude is None:
        return False
    west, south, east, north = box
    across = west <= longitude <= east if west <= east else longitude >= west or longitude <= east
    return across and south <= latitude <= north


def _day(text: str) -> date:
    """Return the day of a date, or of a moment (RFC 3339)."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2}))?", text, re.ASCII):
        raise _wrong_period()
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        raise _wrong_period() from None


def _wrong_period() -> InvalidParameter:
    return InvalidParameter("datetime", "une date AAAA-MM-JJ, ou un intervalle « début/fin » (« .. » laisse ouvert)")
