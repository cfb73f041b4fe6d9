"""The read index: every practice in memory, ready to be filtered, counted and drawn.

Rows are positions in `practices`. `x` and `y` are integer Web Mercator positions (EPSG:3857) on a
world of 2**30 units a side, y downwards; a row without a point holds -1 in both.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd

from cooperations import vocabularies as v
from cooperations.errors import UnknownPractice
from cooperations.mercator import NOWHERE, to_world
from cooperations.periods import first_day, last_day
from cooperations.pyramid import curve
from cooperations.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    import numpy.typing as npt

    from cooperations.dataset import Dataset
    from cooperations.model import Practice, Structure
    from cooperations.territories import Gazetteer

    Rows = npt.NDArray[np.intp]


OPEN_START, OPEN_END = 0, 2**31 - 1
"""The days, counted as `date.toordinal` does, of what has no known start or end: it is in every period."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A structure in its role in one practice."""

    structure: Structure
    role: str
    role_deduced: bool
    remark: str | None


@dataclass(frozen=True, slots=True)
class Point:
    """Where a practice is drawn: WGS 84 degrees."""

    longitude: float
    latitude: float


class Catalogue:
    """The records of one revision of the store, indexed once and never changed."""

    def __init__(
        self, dataset: Dataset, gazetteer: Gazetteer, revision: int, listed: Callable[[], Mapping[str, int]] = dict
    ) -> None:
        self.gazetteer = gazetteer
        self.revision = revision
        self._listed = listed
        self.digest = dataset.digest
        self.practices = dataset.practices
        self.structures = {structure.id: structure for structure in dataset.structures}
        self.events = dataset.events
        self._row_by_id = {practice.id: row for row, practice in enumerate(self.practices)}
        self._actors = _actors(dataset, self.structures)
        self.points = tuple(point_of(practice, gazetteer) for practice in self.practices)
        self.frame = self._build_frame()
        self.exactly, self.inside = _memberships(self.practices, gazetteer)

    def __len__(self) -> int:
        return len(self.practices)

    @property
    def version(self) -> str:
        """What the address of an answer names the catalogue by."""
        return str(self.revision)

    def row(self, practice_id: str) -> int:
        """Return the row of a practice; raises UnknownPractice."""
        try:
            return self._row_by_id[practice_id]
        except KeyError:
            raise UnknownPractice(practice_id) from None

    def practice(self, practice_id: str) -> Practice:
        """Return a practice; raises UnknownPractice."""
        return self.practices[self.row(practice_id)]

    def actors(self, practice_id: str) -> tuple[Actor, ...]:
        """Return the structures that take part in a practice, in the order of ROLES, then by name."""
        return self._actors.get(practice_id, ())

    @cached_property
    def listed(self) -> Mapping[str, int]:
        """How many structures imported lists have in each commune, by INSEE code; counted when first asked for."""
        return self._listed()

    @cached_property
    def geo(self) -> gpd.GeoDataFrame:
        """The practices that have a point, in EPSG:2154 (metres), indexed by row."""
        rows = np.flatnonzero(self.frame["x"].to_numpy() != NOWHERE)
        points = [self.points[row] for row in rows]
        geometry = gpd.points_from_xy([p.longitude for p in points if p], [p.latitude for p in points if p], crs=4326)
        return gpd.GeoDataFrame({"id": [self.practices[row].id for row in rows]}, geometry=geometry, index=rows).to_crs(
            2154
        )

    @cached_property
    def curve(self) -> Rows:
        """The rows that have a point, along the curve that cuts the map into cells."""
        return curve(self.frame["x"].to_numpy(), self.frame["y"].to_numpy())

    def _build_frame(self) -> pd.DataFrame:
        worlds = [to_world(p.longitude, p.latitude) if p else (NOWHERE, NOWHERE) for p in self.points]
        return pd.DataFrame(
            {
                "type": _positions((p.practice_type for p in self.practices), v.PRACTICE_TYPES),
                "subtype": _positions((p.subtype for p in self.practices), v.PRACTICE_SUBTYPES),
                "kind": _positions((p.subtype or p.practice_type for p in self.practices), v.PRACTICES),
                "status": _positions((p.status for p in self.practices), v.STATUSES),
                "location": _positions(map(location_group, self.practices, self.points), v.LOCATION_GROUPS),
                "x": np.fromiter((x for x, _ in worlds), np.int32, len(worlds)),
                "y": np.fromiter((y for _, y in worlds), np.int32, len(worlds)),
                "first": _days((first_day(p.start) for p in self.practices), OPEN_START),
                "last": _days((last_day(p.end) for p in self.practices), OPEN_END),
                "text": pd.Series([self._searched(practice) for practice in self.practices], dtype="str"),
            }
        )

    def _searched(self, practice: Practice) -> str:
        labels = (v.PRACTICE_TYPES.label(practice.practice_type), v.PRACTICE_SUBTYPES.label(practice.subtype))
        structures = [actor.structure for actor in self.actors(practice.id)]
        actors = (structure.name for structure in structures)
        keys = [*practice.territories, *(f"commune:{s.commune_code}" for s in structures if s.commune_code)]
        places = (self.gazetteer[key].name for key in keys)
        told = (text for text in (practice.place, practice.workings, practice.benefits, practice.success) if text)
        return fold(" ".join((practice.name, practice.description, *told, *labels, *actors, *places)))


def point_of(practice: Practice, gazetteer: Gazetteer) -> Point | None:
    """Return where a practice is drawn: its own point, or that of its only commune, or nowhere."""
    if practice.longitude is not None and practice.latitude is not None:
        return Point(practice.longitude, practice.latitude)
    if practice.precision == "commune" and len(practice.territories) == 1:
        commune = gazetteer[practice.territories[0]]
        return Point(commune.longitude, commune.latitude)
    return None


def location_group(practice: Practice, point: Point | None) -> str:
    """Return the code of the location group; each practice is in exactly one."""
    if practice.precision in {"hors_perimetre", "inconnue"}:
        return practice.precision
    return "point" if point else "territoire"


def _positions(codes: Iterable[str | None], vocabulary: v.Vocabulary) -> npt.NDArray[np.int8]:
    position = {code: index for index, code in enumerate(vocabulary.codes)}
    return np.array([position[code] if code else -1 for code in codes], dtype=np.int8)


def _days(days: Iterable[date | None], unknown: int) -> npt.NDArray[np.int32]:
    return np.array([day.toordinal() if day else unknown for day in days], dtype=np.int32)


def _actors(dataset: Dataset, structures: dict[str, Structure]) -> dict[str, tuple[Actor, ...]]:
    found: dict[str, list[Actor]] = defaultdict(list)
    for link in dataset.participations:
        actor = Actor(structures[link.structure_id], link.role, link.role_deduced, link.remark)
        found[link.practice_id].append(actor)
    order = v.ROLES.codes.index
    return {
        key: tuple(sorted(actors, key=lambda a: (order(a.role), fold(a.structure.name))))
        for key, actors in found.items()
    }


def _memberships(practices: tuple[Practice, ...], gazetteer: Gazetteer) -> tuple[dict[str, Rows], dict[str, Rows]]:
    exactly: dict[str, list[int]] = defaultdict(list)
    inside: dict[str, dict[int, None]] = defaultdict(dict)
    for row, practice in enumerate(practices):
        for key in practice.territories:
            exactly[key].append(row)
            for container in gazetteer.lineage(key):
                inside[container][row] = None
    return _as_arrays(exactly), _as_arrays(inside)


def _as_arrays(groups: dict[str, list[int]] | dict[str, dict[int, None]]) -> dict[str, Rows]:
    return {key: np.fromiter(rows, np.intp, len(rows)) for key, rows in groups.items()}
