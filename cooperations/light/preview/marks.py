"""The marks of a picture: what carte.js will draw of the same answers, at the same places."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cooperations.text import decimal, number

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cooperations.light.preview.views import View

    Legend = Sequence[tuple[str, str, str, str]]

SHAPES = {
    "rond": "M12 3a9 9 0 1 0 .01 0z",
    "carre": "M4 4h16v16H4z",
    "losange": "M12 1.5 22.5 12 12 22.5 1.5 12z",
    "triangle": "M12 2.5 22.5 21h-21z",
    "hexagone": "M12 1.5 21.5 7v10L12 22.5 2.5 17V7z",
}
"""Those of carte.js, in a square of 24."""
APART_PX, AROUND_PX, TURNS = 42, (48, 80), 8
"""How far a territory's sign keeps from the others, and where it looks for a free place, in so many directions."""
IN_FULL, MILLION, TENTHS_UNDER = 10_000, 999_500, 10_000_000


@dataclass(frozen=True, slots=True)
class Part:
    """A type's part of a sign: its colour, how much of the whole, and after how much of it."""

    colour: str
    share: float
    before: float


@dataclass(frozen=True, slots=True)
class Sign:
    """One mark, in pixels from the middle: a point (`path`), several (`parts` around `text`), or a territory's."""

    x: float
    y: float
    kind: str
    text: str = ""
    path: str = ""
    hollow: bool = False
    parts: tuple[Part, ...] = ()


def signs(marks: Iterable[dict[str, Any]], types: Legend, region: str, view: View) -> list[Sign]:
    """Return the signs of the marks that a route answers; those of territories, which have no place, go last."""
    known = list(marks)
    drawn = [_point(mark, types, *_place(mark, view)) for mark in known if not mark["territoire"]]
    for mark in known:
        if mark["territoire"]:
            drawn.append(_territory(mark, types, region, _free(_place(mark, view), drawn)))
    return drawn


def short(count: int) -> str:
    """Return what fits in a ring: 9 999, then « 10 k », « 1,2 M »."""
    if count < IN_FULL:
        return str(count)
    if count < MILLION:
        return f"{number(math.floor(count / 1_000 + 0.5))}\u202fk"
    millions = round(count / 1_000_000, 1 if count < TENTHS_UNDER else 0)
    return f"{decimal(millions)}\u202fM"


def _place(mark: dict[str, Any], view: View) -> tuple[float, float]:
    return view.placed(mark["lon"], mark["lat"])


def _point(mark: dict[str, Any], types: Legend, x: float, y: float) -> Sign:
    counts = mark["types"]
    total = sum(counts)
    if total > 1:
        return Sign(x, y, "groupe", short(total), parts=_parts(counts, types))
    _, _, colour, shape = types[next(rank for rank, count in enumerate(counts) if count)]
    return Sign(x, y, "point", path=SHAPES[shape], hollow=mark["approche"], parts=(Part(colour, 1, 0),))


def _territory(mark: dict[str, Any], types: Legend, region: str, place: tuple[float, float]) -> Sign:
    total = sum(mark["types"])
    whole = mark["niveau"] == "region"
    kind, text = ("region", f"{region} : {total}") if whole else ("territoire", str(total))
    return Sign(*place, kind, text, parts=_parts(mark["types"], types))


def _parts(counts: Sequence[int], types: Legend) -> tuple[Part, ...]:
    total, before, parts = sum(counts), 0, []
    for count, (_, _, colour, _) in zip(counts, types, strict=True):
        if count:
            parts.append(Part(colour, count / total, before / total))
        before += count
    return tuple(parts)


def _free(home: tuple[float, float], taken: Sequence[Sign]) -> tuple[float, float]:
    """Return the place of a territory's sign: it makes room for what has one."""
    around = (
        (home[0] + far * math.cos(turn * math.tau / TURNS), home[1] + far * math.sin(turn * math.tau / TURNS))
        for far in AROUND_PX
        for turn in range(TURNS)
    )
    for x, y in (home, *around):
        if all(math.hypot(sign.x - x, sign.y - y) > APART_PX for sign in taken):
            return x, y
    return home
