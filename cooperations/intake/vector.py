"""Whole columns of text at once: comparing, replacing, folding, checking keys of digits.

Columns are pandas series of dtype « str »; what they give back has the same rows in the same order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Callable

Column = pd.Series
Mask = np.ndarray[Any, np.dtype[np.bool_]]
Numbers = np.ndarray[Any, np.dtype[np.float64]]
Objects = np.ndarray[Any, np.dtype[np.object_]]

SIRET_LENGTH = 14
SIREN_LENGTH = 9
LA_POSTE = "356000000"
SPACES = r"[\s\p{Z}]{2,}|[\t\n\v\f\r\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}]"
"""Runs of spaces, and each space that is not the plain one."""
LIGATURES = {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "’": "'", "ß": "ss"}


def matches(column: Column[Any], pattern: str) -> Mask:
    """Return where `pattern` (of RE2) is found in the cells."""
    found: Mask = _numpy(pc.match_substring_regex(_arrow(column), pattern))
    return found


def holds(column: Column[Any], text: str) -> Mask:
    """Return where `text` is found in the cells."""
    found: Mask = _numpy(pc.match_substring(_arrow(column), text))
    return found


def replaced(column: Column[Any], pattern: str, by: str) -> Column[Any]:
    """Return the cells with all that `pattern` (of RE2) finds replaced."""
    cells = _arrow(column)
    some = pc.match_substring_regex(cells, pattern)
    if not pc.any(some).as_py():  # finding costs less than rewriting, and most lists need no repair
        return column
    repaired = pc.replace_substring_regex(cells.filter(some), pattern, by)
    return _series(pc.replace_with_mask(cells, some, repaired), column)


def length(column: Column[Any]) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Return how many characters each cell has."""
    return np.asarray(_numpy(pc.utf8_length(_arrow(column))), dtype=np.int64)


def folded(column: Column[Any]) -> Column[Any]:
    """Return the cells without accents, case, ligatures or repeated spaces, as `text.fold` does one by one."""
    cells = pc.replace_substring(_arrow(column), "-", " ")
    beyond = pc.invert(pc.string_is_ascii(cells))
    if pc.any(beyond).as_py():  # half of the names of real lists are plain ASCII: the rest is for the others
        cells = pc.replace_with_mask(cells, beyond, _unaccented(cells.filter(beyond)))
    cells = pc.utf8_lower(cells)
    return replaced(_series(pc.utf8_trim_whitespace(cells), column), SPACES, " ")


def _unaccented(cells: Any) -> Any:
    for ligature, plain in LIGATURES.items():
        cells = pc.replace_substring(cells, ligature, plain)
    return pc.replace_substring_regex(pc.utf8_normalize(cells, "NFKD"), r"\p{Mn}+", "")


def per_value(column: Column[Any], function: Callable[[str], Any]) -> Objects:
    """Return `function` of each cell, called once per different cell."""
    codes, values = pd.factorize(column)
    results = np.empty(len(values), dtype=object)
    results[:] = [function(value) for value in values.tolist()]
    return results[codes] if len(values) else np.empty(len(column), dtype=object)


def pair_per_value(column: Column[Any], function: Callable[[str], tuple[str, str]]) -> tuple[Objects, Objects]:
    """Return the two texts that `function` says of each cell, called once per different cell."""
    codes, values = pd.factorize(column)
    told = np.array([function(value) for value in values.tolist()], dtype=object).reshape(-1, 2)
    return told[codes, 0], told[codes, 1]


def as_column(values: Any, like: Column[Any]) -> Column[Any]:
    """Return values as a column of text with the rows of `like`."""
    return pd.Series(values, index=like.index, dtype="str")


def texts_or_none(column: Column[Any]) -> Objects:
    """Return the cells as Python texts, None for the empty ones."""
    cells = _arrow(column)
    held: Objects = _numpy(pc.if_else(pc.equal(cells, ""), pa.scalar(None, cells.type), cells))
    return held


def luhn_is_right(column: Column[Any], size: int = SIRET_LENGTH) -> Mask:
    """Return where cells of exactly `size` digits satisfy the key of a SIREN or SIRET, as `fields.luhn_is_valid`."""
    right = np.zeros(len(column), dtype=bool)
    shaped = matches(column, rf"^[0-9]{{{size}}}$")
    if not shaped.any():
        return right
    held = column[shaped]
    digits = np.array(held.tolist(), dtype=f"S{size}").view(np.uint8).reshape(-1, size).astype(np.int16) - ord("0")
    doubled = digits * (1 + (np.arange(size)[::-1] % 2))
    key = (doubled - 9 * (doubled > 9)).sum(axis=1) % 10 == 0  # noqa: PLR2004 - Luhn
    post_office = _numpy(pc.starts_with(_arrow(held), LA_POSTE)) & (digits.sum(axis=1) % 5 == 0)
    right[shaped] = key | (post_office & (size == SIRET_LENGTH))
    return right


def numbers(column: Column[Any]) -> tuple[Numbers, Mask]:
    """Return decimal numbers, with a point or a comma, NaN for an empty cell; and where a cell is no number."""
    cells = replaced(replaced(column, r"[\s\p{Z}']", ""), ",", ".")
    plain = matches(cells, r"^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,2})?$")
    values = np.full(len(cells), np.nan)
    if plain.any():
        values[plain] = cells[plain].astype("float64").to_numpy()
    return values, np.asarray(~plain & (column != "").to_numpy(), dtype=bool)


def first_of(keys: Column[Any], among: Mask) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Return for each row the position of the first row of `among` with the same key, or -1."""
    codes, values = pd.factorize(keys)
    first = np.full(len(values) + 1, -1, dtype=np.int64)
    at = np.flatnonzero(among)[::-1]
    first[codes[at]] = at
    return np.asarray(first[codes], dtype=np.int64)


def _arrow(column: Column[Any]) -> Any:
    cells = pa.array(column.array)
    return cells.combine_chunks() if isinstance(cells, pa.ChunkedArray) else cells


def _numpy(cells: Any) -> Any:
    return cells.to_numpy(zero_copy_only=False)


def _series(cells: Any, like: Column[Any]) -> Column[Any]:
    return pd.Series(cells, index=like.index, dtype="str")
