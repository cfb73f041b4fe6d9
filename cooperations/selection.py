"""The practices that meet some criteria: the one set that map, list, table and figures all read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, reduce
from typing import TYPE_CHECKING

import numpy as np

from cooperations import vocabularies as v
from cooperations.catalogue import OPEN_END, OPEN_START
from cooperations.periods import first_day, last_day
from cooperations.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

    from cooperations.catalogue import Catalogue, Rows
    from cooperations.criteria import Criteria
    from cooperations.model import Practice

    Mask = npt.NDArray[np.bool_]

NO_ROWS: Rows = np.empty(0, np.intp)


@dataclass(frozen=True)
class Selection:
    """The rows of a catalogue that meet criteria, ascending."""

    catalogue: Catalogue
    criteria: Criteria
    rows: Rows

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def practices(self) -> tuple[Practice, ...]:
        """The selected practices, in the order of the data."""
        return tuple(self.catalogue.practices[row] for row in self.rows)

    @cached_property
    def by_location(self) -> dict[str, int]:
        """How many practices are in each location group; their sum is the selection's length."""
        positions = self.catalogue.frame["location"].to_numpy()[self.rows]
        counts = np.bincount(positions, minlength=len(v.LOCATION_GROUPS.codes)).tolist()
        return dict(zip(v.LOCATION_GROUPS.codes, counts, strict=True))

    @property
    def without_point(self) -> int:
        """How many have no precise location, those outside the perimeter apart."""
        return self.by_location["territoire"] + self.by_location["inconnue"]


def select(catalogue: Catalogue, criteria: Criteria) -> Selection:
    """Return the practices that meet `criteria`."""
    masks = [
        _types(catalogue, criteria.practice_types),
        _coded(catalogue, "status", criteria.statuses, v.STATUSES),
        _coded(catalogue, "location", criteria.locations, v.LOCATION_GROUPS),
        _territories(catalogue, criteria.territories, criteria.reach),
        _text(catalogue, criteria.text),
        _period(catalogue, criteria),
    ]
    asked = [mask for mask in masks if mask is not None]
    whole = np.ones(len(catalogue), dtype=np.bool_)
    return Selection(catalogue, criteria, np.flatnonzero(reduce(np.logical_and, asked, whole)))


def territory_rows(catalogue: Catalogue, key: str, reach: str) -> Rows:
    """Return the rows that a territory holds, in the sense of `reach` (see vocabularies.REACHES)."""
    if reach == "entier":
        return catalogue.exactly.get(key, NO_ROWS)
    held = catalogue.inside.get(key, NO_ROWS)
    if reach == "couvrant":
        wider = (catalogue.exactly.get(parent, NO_ROWS) for parent in catalogue.gazetteer[key].parents)
        return np.unique(np.concatenate((held, *wider)))
    return held


def _types(catalogue: Catalogue, codes: tuple[str, ...]) -> Mask | None:
    types = _coded(catalogue, "type", tuple(code for code in codes if code in v.PRACTICE_TYPES), v.PRACTICE_TYPES)
    subtypes = _coded(
        catalogue, "subtype", tuple(code for code in codes if code in v.PRACTICE_SUBTYPES), v.PRACTICE_SUBTYPES
    )
    if types is None or subtypes is None:
        return subtypes if types is None else types
    return types | subtypes


def _coded(catalogue: Catalogue, column: str, codes: tuple[str, ...], vocabulary: v.Vocabulary) -> Mask | None:
    if not codes:
        return None
    wanted = [vocabulary.codes.index(code) for code in codes]
    return np.isin(catalogue.frame[column].to_numpy(), wanted)


def _territories(catalogue: Catalogue, keys: Iterable[str], reach: str) -> Mask | None:
    rows = [territory_rows(catalogue, key, reach) for key in keys]
    if not rows:
        return None
    mask = np.zeros(len(catalogue), dtype=np.bool_)
    mask[np.concatenate(rows)] = True
    return mask


def _period(catalogue: Catalogue, criteria: Criteria) -> Mask | None:
    start, end = first_day(criteria.start), last_day(criteria.end)
    if start is None and end is None:
        return None
    begins, ends = (catalogue.frame[column].to_numpy() for column in ("first", "last"))
    from_day, to_day = start.toordinal() if start else OPEN_START, end.toordinal() if end else OPEN_END
    return np.asarray((begins <= to_day) & (ends >= from_day))


def _text(catalogue: Catalogue, text: str) -> Mask | None:
    words = fold(text).split()
    if not words:
        return None
    haystack = catalogue.frame["text"]
    found = (haystack.str.contains(word, regex=False).to_numpy(dtype=np.bool_) for word in words)
    return np.asarray(reduce(np.logical_and, found))
