"""Who is near and comes there: the buyer's radius and the structure's own area, tested together.

Distances are as the crow flies, in EPSG:2154.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from cooperations import vocabularies as v
from cooperations.offers.model import EVERYWHERE
from cooperations.offers.needs import YES, place_of
from cooperations.offers.proofs import sirens_of_practices
from cooperations.offers.terms import SERVICES
from cooperations.projection import to_metres
from cooperations.purchases import PURCHASE_FAMILIES, SEPARATOR
from cooperations.pyramid import Pyramid, on_curve
from cooperations.text import fold

if TYPE_CHECKING:
    import numpy.typing as npt

    from cooperations.catalogue import Rows
    from cooperations.offers.directory import Directory
    from cooperations.offers.needs import Need, Place
    from cooperations.selection import Mask

    Metres = npt.NDArray[np.float32]

NEAREST = 50
FEW = 4
"""Putting the first rows in order is worth setting them apart when they are fewer than one in FEW."""
NO_METRES: Metres = np.empty(0, dtype=np.float32)
ROUNDED_M = 1.0
"""More than what a northing loses as a number of 32 bits."""


@dataclass(frozen=True, eq=False)
class Found:
    """What answers a need: counts, order and points are worked out when they are asked for.

    `near` are within the radius and come to the place, `near_metres` away from it; without a place they are all, and
    not measured. `unserved` are near, meet the filters, and say that they do not come to the place.
    """

    directory: Directory
    need: Need
    place: Place | None
    near: Rows
    near_metres: Metres | None = None
    unserved: int = 0

    def __len__(self) -> int:
        return len(self.members)

    @property
    def members(self) -> Rows:
        """The rows, in no order."""
        return self._members[0]

    @cached_property
    def rows(self) -> Rows:
        """The rows: nearest first, or in alphabetical order without a place."""
        members, key = self._members
        return np.asarray(members[np.lexsort((members, key))])

    @cached_property
    def distances_km(self) -> npt.NDArray[np.floating[Any]]:
        """How far they are, in the same order; NaN without a place."""
        return self._km(np.sort(self._members[1]))

    @cached_property
    def farther(self) -> int:
        """How many are seated beyond the radius and say that they come."""
        return len(self._far[0])

    @cached_property
    def without_point(self) -> int:
        """How many meet the filters and cannot be situated."""
        return len(_asked(self.directory, self.need, slice(self.directory.located, len(self.directory))))

    @cached_property
    def placed(self) -> int:
        """How many of them have a point."""
        return int(np.count_nonzero(self.members < self.directory.located))

    @cached_property
    def points(self) -> Pyramid:
        """Those that have a point, ready to be drawn."""
        directory = self.directory
        index = replace(directory.index, in_order=lambda rows: np.lexsort((rows, self._key(rows))))
        return Pyramid(index, on_curve(directory.curve, self.members, len(directory)))

    def part(self, start: int, stop: int) -> tuple[Rows, npt.NDArray[np.floating[Any]]]:
        """Return some of `rows`, and their distances, without putting them all in order when they are the first."""
        members, key = self._members
        if stop * FEW < len(members):
            first = key <= np.partition(key, stop)[stop]
            members, key = members[first], key[first]
        order = np.lexsort((members, key))[start:stop]
        return members[order], self._km(key[order])

    def _km(self, key: npt.NDArray[Any]) -> npt.NDArray[np.floating[Any]]:
        return key / 1000.0 if self.place else np.full(len(key), np.nan)

    def _key(self, rows: Rows) -> npt.NDArray[Any]:
        """Return what rows are put in order by."""
        if self.place is None:
            return self.directory.name_rank[rows]
        return np.sqrt(_squares(self.directory, rows, self.place))

    @cached_property
    def _far(self) -> tuple[Rows, Metres]:
        return _farther(self.directory, self.need, self.place) if self.place else (self.near[:0], NO_METRES)

    @cached_property
    def _members(self) -> tuple[Rows, npt.NDArray[Any]]:
        """The rows in no order, and what puts them in order."""
        if self.place is None or self.near_metres is None:
            return self.near, self._key(self.near)
        if self.need.beyond != YES:
            return self.near, self.near_metres
        rows, metres = self._far
        return np.concatenate((self.near, rows)), np.concatenate((self.near_metres, metres))


def search(directory: Directory, need: Need) -> Found:
    """Return all the offers that answer a need; raises UnknownTerritory or InvalidParameter.

    The last answers are kept with the index: a map asks for the same ones at each move.
    """
    with directory.lock:
        kept: Found | None = directory.answers.get(need)
    if kept is None:
        kept = _search(directory, need)
        with directory.lock:
            directory.answers[need] = kept
    return kept


def _search(directory: Directory, need: Need) -> Found:
    place = place_of(need, directory.catalogue.gazetteer)
    if place is None:
        return Found(directory, need, None, _asked(directory, need, slice(0, len(directory))))
    rows, metres = _within(directory, need, place)
    served = _serves(directory, rows, metres, place)
    unserved = len(rows) - int(np.count_nonzero(served))
    return Found(directory, need, place, rows[served], metres[served], unserved)


def search_nearest(directory: Directory, need: Need, limit: int = NEAREST) -> Found:
    """Return the `limit` nearest of what `search` finds within the radius."""
    found = _search(directory, replace(need, beyond=""))
    rows, kilometres = found.part(0, limit)
    metres = np.asarray(1000 * kilometres, dtype=np.float32) if found.place else None
    return Found(directory, found.need, found.place, rows, metres)


def _within(directory: Directory, need: Need, place: Place) -> tuple[Rows, Metres]:
    """Return the rows that meet the filters within the buyer's radius, and their distances."""
    _, north = to_metres(place.longitude, place.latitude)
    reach = need.radius_m + ROUNDED_M
    # In the type of what is searched, which would be copied whole into another one.
    ends = np.array((north - reach, north + reach), np.float32)
    band = slice(*np.searchsorted(directory.north[: directory.located], ends).tolist())
    squares = _squares(directory, band, place)
    near = np.flatnonzero(_is_near(squares, need))
    kept = near[_meets(directory, need, near + band.start)]
    return kept + band.start, np.sqrt(squares[kept])


def _farther(directory: Directory, need: Need, place: Place) -> tuple[Rows, Metres]:
    """Return the rows beyond the radius whose own area reaches the place, and their distances."""
    declared = directory.with_area
    squares = _squares(directory, declared, place)
    beyond = ~_is_near(squares, need)
    rows, metres = declared[beyond], np.sqrt(squares[beyond])
    reached = _serves(directory, rows, metres, place)
    rows, metres = rows[reached], metres[reached]
    kept = _meets(directory, need, rows)
    return rows[kept], metres[kept]


def _squares(directory: Directory, rows: Rows | slice, place: Place) -> Metres:
    """Return the squares of the distances of some rows to a place."""
    east, north = to_metres(place.longitude, place.latitude)
    squares: Metres = (directory.east[rows] - np.float32(east)) ** 2
    squares += (directory.north[rows] - np.float32(north)) ** 2
    return squares


def _is_near(squares: Metres, need: Need) -> Mask:
    """Return which are within the buyer's radius; the one rule, so that nobody is on both sides of it, or on none."""
    return np.asarray(squares <= np.float32(need.radius_m) ** 2)


def _serves(directory: Directory, rows: Rows, metres: Metres, place: Place) -> Mask:
    """Return which rows come to the place: those that say nothing, and those whose own area holds it."""
    radius = directory.radius_m[rows]
    in_area = _reached_areas(directory, place)[directory.area[rows]]
    silent = np.isnan(radius) & (directory.area[rows] == directory.no_area)
    with np.errstate(invalid="ignore"):
        return np.asarray(silent | in_area | (metres <= radius))


def _reached_areas(directory: Directory, place: Place) -> Mask:
    """Return which of the distinct declared areas hold the place."""
    wanted = {*place.keys, EVERYWHERE}
    return np.array([bool(wanted & set(area.split(SEPARATOR))) for area in directory.area_keys], dtype=np.bool_)


def _asked(directory: Directory, need: Need, part: slice) -> Rows:
    rows = np.arange(len(directory))[part]
    return rows[_meets(directory, need, rows)]


def _meets(directory: Directory, need: Need, rows: Rows) -> Mask:
    """Return which of some rows meet the filters other than the place; the text is looked at last, it costs most."""
    kept = np.ones(len(rows), dtype=np.bool_)
    if need.purchase_families:
        kept &= (directory.purchases[rows] & _bits(need.purchase_families, PURCHASE_FAMILIES)) != 0
    if need.services:
        kept &= (directory.services[rows] & _bits(need.services, SERVICES)) != 0
    if need.kinds:
        kept &= _among(directory.kind[rows], need.kinds, v.KINDS)
    if need.families:
        kept &= _among(directory.family[rows], need.families, v.FAMILIES)
    if need.practice_types:
        kept &= np.isin(directory.siren[rows], sirens_of_practices(directory.catalogue, need.practice_types))
    for word in fold(need.text).split():
        kept[kept] &= directory.texts.iloc[rows[kept]].str.contains(word, regex=False).to_numpy(dtype=np.bool_)
    return kept


def _bits(codes: tuple[str, ...], vocabulary: v.Vocabulary) -> int:
    return sum(1 << vocabulary.codes.index(code) for code in codes)


def _among(values: npt.NDArray[np.int8], codes: tuple[str, ...], vocabulary: v.Vocabulary) -> Mask:
    wanted = np.zeros(len(vocabulary.codes) + 1, dtype=np.bool_)
    wanted[[vocabulary.codes.index(code) for code in codes]] = True
    return wanted[values]
