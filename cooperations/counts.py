"""Counts by practice type and by territory, with the zero cells that a GROUP BY would not return."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from cooperations import vocabularies as v
from cooperations.selection import NO_ROWS

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

    from cooperations.catalogue import Rows
    from cooperations.selection import Selection

TOTAL = "total"


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


def count_matrix(selection: Selection) -> pd.DataFrame:
    """Return counts, one row per type and sub-type and one column per territory, margins named `total`.

    A practice over two departments is counted in both, and once in the margin.
    """
    terms = v.PRACTICES.codes
    membership = np.column_stack([_term_mask(selection, code) for code in terms] + [np.ones(len(selection), np.bool_)])
    cells = {column.key: membership[_column_mask(selection, column.key)].sum(axis=0) for column in columns(selection)}
    cells[TOTAL] = membership.sum(axis=0)
    return pd.DataFrame(cells, index=pd.Index([*terms, TOTAL], name="type")).astype(np.int64)


def cell(matrix: pd.DataFrame, code: str, key: str) -> int:
    """Return one count of a matrix, by type code and column key."""
    return int(matrix.to_numpy()[matrix.index.get_loc(code), matrix.columns.get_loc(key)])


def count_by_territory(selection: Selection, keys: Iterable[str]) -> dict[str, int]:
    """Return how many selected practices are in each territory, zeros included."""
    inside = selection.catalogue.inside
    return {key: int(np.isin(selection.rows, inside.get(key, NO_ROWS)).sum()) for key in keys}


def _term_mask(selection: Selection, code: str) -> npt.NDArray[np.bool_]:
    name, vocabulary = ("type", v.PRACTICE_TYPES) if code in v.PRACTICE_TYPES else ("subtype", v.PRACTICE_SUBTYPES)
    positions = selection.catalogue.frame[name].to_numpy()[selection.rows]
    return np.asarray(positions == vocabulary.codes.index(code))


def _column_mask(selection: Selection, key: str) -> npt.NDArray[np.bool_]:
    catalogue = selection.catalogue
    if key in v.LOCATION_GROUPS:
        return np.asarray(catalogue.frame["location"].to_numpy()[selection.rows] == v.LOCATION_GROUPS.codes.index(key))
    held: Rows = (catalogue.exactly if key.startswith("region:") else catalogue.inside).get(key, NO_ROWS)
    return np.isin(selection.rows, held)
