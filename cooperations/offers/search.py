"""Who is near and comes there: the buyer's radius and the structure's own area, tested together.

Distances are as the crow flies, in EPSG:2154.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from cooperations import vocabularies as v
from cooperations.offers.model import EVERYWHERE
from cooperations.offers.needs import YES, place_of
from cooperations.offers.proofs import sirens_of_practices
from cooperations.offers.terms import SERVICES
from cooperations.projection import to_metres
from cooperations.purchases import PURCHASE_FAMILIES, SEPARATOR
from cooperations.text import fold

if TYPE_CHECKING:
    import numpy.typing as npt

    from cooperations.catalogue import Rows
    from cooperations.offers.directory import Directory
    from cooperations.offers.needs import Need, Place
    from cooperations.selection import Mask

    Metres = npt.NDArray[np.float32]

NEAREST = 50
ROUNDED_M = 1.0
"""More than what a northing loses as a number of 32 bits."""


@dataclass(frozen=True, slots=True)
class Found:
    """What answers a need, nearest first; without a place, in the order of the index and without distances.

    `unserved` are near, meet the filters, and say that they do not come to the place; `farther` are seated beyond
    the radius and say that they come. `without_point` meet the filters, and cannot be situated.
    """

    rows: Rows
    distances_km: npt.NDArray[np.floating[Any]]
    place: Place | None
    unserved: int = 0
    farther: int = 0
    without_point: int = 0

    def __len__(self) -> int:
        return len(self.rows)


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
        return _anywhere(directory, need)
    rows, metres = _within(directory, need, place)
    served = _serves(directory, rows, metres, place)
    farther, farther_metres = _farther(directory, need, place)
    unserved = len(rows) - int(served.sum())
    rows, metres = rows[served], metres[served]
    if need.beyond == YES:
        rows, metres = np.concatenate((rows, farther)), np.concatenate((metres, farther_metres))
    order = np.lexsort((rows, metres))
    nowhere = slice(directory.located, len(directory))
    unplaced = len(_asked(directory, need, nowhere))
    return Found(rows[order], metres[order] / 1000.0, place, unserved, len(farther), unplaced)


def search_nearest(directory: Directory, need: Need, limit: int = NEAREST) -> Found:
    """Return the `limit` nearest of what `search` finds within the radius, without the counts."""
    place = place_of(need, directory.catalogue.gazetteer)
    if place is None:
        found = _anywhere(directory, need)
        return Found(found.rows[:limit], found.distances_km[:limit], None)
    rows, metres = _within(directory, need, place)
    served = _serves(directory, rows, metres, place)
    rows, metres = rows[served], metres[served]
    if len(rows) > limit:
        # All those as far as the last one, of which `search` shows the first rows.
        first = metres <= np.partition(metres, limit - 1)[limit - 1]
        rows, metres = rows[first], metres[first]
    order = np.lexsort((rows, metres))[:limit]
    return Found(rows[order], metres[order] / 1000.0, place)


def _anywhere(directory: Directory, need: Need) -> Found:
    rows = _asked(directory, need, slice(0, len(directory)))
    located = int((rows < directory.located).sum())
    order = np.argsort(directory.name_rank[rows])
    return Found(rows[order], np.full(len(rows), np.nan), None, without_point=len(rows) - located)


def _within(directory: Directory, need: Need, place: Place) -> tuple[Rows, Metres]:
    """Return the rows that meet the filters within the buyer's radius, and their distances."""
    _, north = to_metres(place.longitude, place.latitude)
    reach = need.radius_m + ROUNDED_M
    band = slice(*np.searchsorted(directory.north[: directory.located], (north - reach, north + reach)).tolist())
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
