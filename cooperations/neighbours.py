"""The practices near another one: of the same type, and in the same territory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cooperations.sheets import Line, line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cooperations.catalogue import Catalogue

METRES_PER_KM = 1000
MOST = 6


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A practice and its distance as the crow flies, None when one of the two has no point.

    `approximate` when one of the two points is only that of a commune.
    """

    line: Line
    distance_km: float | None
    approximate: bool


def same_type(catalogue: Catalogue, practice_id: str) -> list[Neighbour]:
    """Return the practices of the same type: same sub-type first, then nearest, those without a distance last."""
    wanted = catalogue.practice(practice_id)
    rows = (row for row, other in enumerate(catalogue.practices) if other.practice_type == wanted.practice_type)
    found = _nearest(catalogue, practice_id, rows)
    found.sort(key=lambda one: catalogue.practice(one.line.id).subtype != wanted.subtype)
    return found[:MOST]


def same_territory(catalogue: Catalogue, practice_id: str) -> list[Neighbour]:
    """Return the nearest practices that share a department, or the whole region, with this one."""
    held = _wide_territories(catalogue, practice_id)
    rows = (row for row, other in enumerate(catalogue.practices) if held & _wide_territories(catalogue, other.id))
    return _nearest(catalogue, practice_id, rows)[:MOST]


def _wide_territories(catalogue: Catalogue, practice_id: str) -> set[str]:
    """Return the departments of a practice, or its own territories when they are wider than one."""
    found: set[str] = set()
    for key in catalogue.practice(practice_id).territories:
        departments = {part for part in catalogue.gazetteer.lineage(key) if part.startswith("departement:")}
        found |= departments or {key}
    return found


def _nearest(catalogue: Catalogue, practice_id: str, rows: Iterable[int]) -> list[Neighbour]:
    own = catalogue.row(practice_id)
    found = [_neighbour(catalogue, own, row) for row in rows if row != own]
    found.sort(key=lambda one: (one.distance_km is None, one.distance_km or 0, one.line.name))
    return found


def _neighbour(catalogue: Catalogue, own: int, row: int) -> Neighbour:
    precise = all(catalogue.practices[one].precision == "adresse" for one in (own, row))
    return Neighbour(line(catalogue, row), distance_km(catalogue, own, row), not precise)


def distance_km(catalogue: Catalogue, one: int, other: int) -> float | None:
    """Return the distance between two rows in EPSG:2154, or None when one has no point."""
    geometry = catalogue.geo.geometry
    if one not in geometry.index or other not in geometry.index:
        return None
    return float(geometry.loc[one].distance(geometry.loc[other])) / METRES_PER_KM
