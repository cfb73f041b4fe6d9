"""The ids of an index in their own order: who has an id, which comes after one, without a table of a million keys."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd


class Identifiers:
    """Ids that all differ, by row."""

    def __init__(self, ids: pd.Series[str]) -> None:
        held = _arrow(ids)
        self.order: npt.NDArray[np.int32] = _order(held)
        self._sorted = held.take(pa.array(self.order))
        self._ranks = range(len(held))

    @cached_property
    def ranks(self) -> npt.NDArray[np.int32]:
        """The position of each row in the order of ids."""
        return _inverse(self.order)

    def row(self, one: str) -> int | None:
        """Return the row of an id, or None."""
        rank = bisect_left(self._ranks, one, key=self._at)
        return int(self.order[rank]) if rank < len(self.order) and self._at(rank) == one else None

    def of(self, rows: npt.NDArray[np.intp]) -> list[str]:
        """Return the ids of some rows."""
        found: list[str] = self._sorted.take(pa.array(self.ranks[rows])).to_pylist()
        return found

    def rank_after(self, one: str) -> int:
        """Return the position of the first id after one, which need not be held any more."""
        return bisect_right(self._ranks, one, key=self._at)

    def _at(self, rank: int) -> str:
        return str(self._sorted[rank].as_py())


def ranks_of(texts: pd.Series[str]) -> npt.NDArray[np.int32]:
    """Return the position of each text in the order of texts; equal ones keep the order of the rows."""
    return _inverse(_order(_arrow(texts)))


def _inverse(order: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
    ranks = np.empty(len(order), dtype=np.int32)
    ranks[order] = np.arange(len(order), dtype=np.int32)
    return ranks


def _arrow(texts: pd.Series[str]) -> Any:
    held = pa.array(texts, type=pa.large_string(), from_pandas=True)
    return held.combine_chunks() if isinstance(held, pa.ChunkedArray) else held


def _order(texts: Any) -> npt.NDArray[np.int32]:
    return np.asarray(pc.array_sort_indices(texts)).astype(np.int32)
