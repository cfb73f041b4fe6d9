"""French text: comparing without accents or case, numbers, plurals."""

from __future__ import annotations

import unicodedata
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "’": "'", "-": " "})


def fold(text: str) -> str:
    """Return `text` without accents, case, ligatures or repeated spaces, for comparing."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    kept = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(kept.casefold().split())


def typographic(text: str) -> str:
    """Return a name as it is shown: with the apostrophe of French typography, which official files do not use."""
    return text.replace("'", "’")


def number(value: int) -> str:
    """Return an integer as French typography writes it: 3 581 843, with no-break spaces."""
    return f"{value:,}".replace(",", "\u202f")


def decimal(value: float, places: int | None = None) -> str:
    """Return a number with a French decimal comma, two significant digits after it at most: 12, 0,28, 1 204,5.

    With `places`, it has so many decimals, as the others of its column.
    """
    if places is None:
        if float(value).is_integer():
            return number(int(value))
        places = 2 if abs(value) < 1 else 1
    return f"{value:,.{places}f}".replace(",", "\u202f").replace(".", ",")


def plural(count: int, singular: str, plural_form: str = "") -> str:
    """Return « 1 pratique » or « 3 pratiques »; zero is singular in French."""
    word = singular if abs(count) < 2 else plural_form or f"{singular}s"  # noqa: PLR2004 - the French plural starts at 2
    return f"{number(count)} {word}"


def namesake(typed: str, known: Iterable[str]) -> str:
    """Return a known name that `typed` seems to shorten or misspell, or an empty string; itself when it is one."""
    by_folded = {fold(name): name for name in known}
    wanted = fold(typed)
    if not wanted or wanted in by_folded:
        return by_folded.get(wanted, "")
    longer = [name for name in by_folded if {*wanted.split()} <= {*name.split()}]
    close = longer or get_close_matches(wanted, by_folded, n=1, cutoff=0.85)
    return by_folded[close[0]] if close else ""


def of(name: str) -> str:
    """Return « de » before a name, as French joins them: « du Barp », « des Landes », « d’Agen », « de Dax »."""
    for article, joined in (("le ", "du "), ("les ", "des ")):
        if name.casefold().startswith(article):
            return f"{joined}{name[len(article) :]}"
    return f"d’{name}" if fold(name[:1]) in set("aeiouyh") else f"de {name}"


def suggestion(value: str, known: Iterable[str]) -> str:
    """Return the known word closest to `value` (accents and case apart), or an empty string."""
    by_folded = {fold(word): word for word in known}
    close = get_close_matches(fold(value), by_folded, n=1, cutoff=0.6)
    return by_folded[close[0]] if close else ""
