"""Counts by practice type and by territory, with the zero cells that a GROUP BY would not return."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from cooperations import vocabularies as v
from cooperations.selection import NO_ROWS

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

    from cooperations.catalogue import Catalogue, Rows
    from cooperations.selection import Selection

    Counts = npt.NDArray[np.int64]

TOTAL = "total"
_CODES = v.PRACTICES.codes
COUNTED_AS = np.array(
    [[code in {term.code, term.parent} for code in _CODES] + [True] for term in v.PRACTICES], dtype=np.int64
)
"""The most precise code of a practice → every code that counts it, then the total."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the count table and the filter that shows what it counts, as query parameters."""

    key: str
    label: str
    filter: tuple[tuple[str, str], ...]


def columns(selection: Selection) -> tuple[Column, ...]:
    """Return the departments, then what is not in one department: each practice is in at least one column."""
    gazetteer = selection.catalogue.gazetteer
    region = gazetteer.perimeter
    return (
        *(Column(d.key, d.label, (("territoire", d.key),)) for d in gazetteer.departments),
        Column(region.key, "Région entière", (("territoire", region.key), ("portee", "entier"))),
        Column("inconnue", v.LOCATION_GROUPS.label("inconnue"), (("localisation", "inconnue"),)),
        Column("hors_perimetre", v.LOCATION_GROUPS.label("hors_perimetre"), (("localisation", "hors_perimetre"),)),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """Rows in groups that may share some, laid flat so that one pass counts them all: `cells` are group × code."""

    rows: Rows
    cells: Rows
    size: int


def grouped(catalogue: Catalogue, groups: Iterable[Rows]) -> Groups:
    """Return groups of rows, ready for `tally`."""
    held = tuple(groups)
    rows = np.concatenate((NO_ROWS, *held))
    group = np.repeat(np.arange(len(held)), [len(one) for one in held])
    return Groups(rows, group * len(_CODES) + catalogue.frame["kind"].to_numpy()[rows], len(held))


def tally(selection: Selection, groups: Groups) -> Counts:
    """Return how many selected practices each group holds: a line per group, a column per code, then the total."""
    selected = np.zeros(len(selection.catalogue), dtype=np.bool_)
    selected[selection.rows] = True
    cells = np.bincount(groups.cells[selected[groups.rows]], minlength=groups.size * len(_CODES))
    return np.asarray(cells.reshape(groups.size, len(_CODES)) @ COUNTED_AS)


def count_matrix(selection: Selection) -> pd.DataFrame:
    """Return counts, one row per type and sub-type and one column per territory, margins named `total`.

    A practice over two departments is counted in both, and once in the margin.
    """
    keys = tuple(column.key for column in columns(selection))
    counts = tally(selection, _column_groups(selection.catalogue, keys))
    return pd.DataFrame(counts.T, index=pd.Index([*_CODES, TOTAL], name="type"), columns=[*keys, TOTAL])


def cell(matrix: pd.DataFrame, code: str, key: str) -> int:
    """Return one count of a matrix, by type code and column key."""
    return int(matrix.to_numpy()[matrix.index.get_loc(code), matrix.columns.get_loc(key)])


def count_by_territory(selection: Selection, keys: Iterable[str]) -> dict[str, int]:
    """Return how many selected practices are in each territory, zeros included."""
    wanted = tuple(keys)
    counts = tally(selection, _territory_groups(selection.catalogue, wanted))
    return dict(zip(wanted, counts[:, -1].tolist(), strict=True))


# Catalogues never change: their groups are kept. The least used leave, so a former catalogue does too.
@lru_cache(maxsize=8)
def _column_groups(catalogue: Catalogue, keys: tuple[str, ...]) -> Groups:
    return grouped(catalogue, (*(_column_rows(catalogue, key) for key in keys), np.arange(len(catalogue))))


@lru_cache(maxsize=8)
def _territory_groups(catalogue: Catalogue, keys: tuple[str, ...]) -> Groups:
    return grouped(catalogue, (catalogue.inside.get(key, NO_ROWS) for key in keys))


def _column_rows(catalogue: Catalogue, key: str) -> Rows:
    if key in v.LOCATION_GROUPS:
        return np.flatnonzero(catalogue.frame["location"].to_numpy() == v.LOCATION_GROUPS.codes.index(key))
    return (catalogue.exactly if key.startswith("region:") else catalogue.inside).get(key, NO_ROWS)
