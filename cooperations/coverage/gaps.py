"""The cells where something is missing, the worst first."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np

from cooperations import vocabularies as v
from cooperations.counts import COUNTED_AS
from cooperations.coverage.denominators import structures_in
from cooperations.coverage.grid import anywhere
from cooperations.coverage.indicators import Context, computed, score
from cooperations.neighbours import METRES_PER_KM
from cooperations.text import number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cooperations.catalogue import Catalogue
    from cooperations.coverage.cells import Cell, Coverage
    from cooperations.criteria import Criteria


@dataclass(frozen=True, slots=True)
class Nearest:
    """The example nearest to a territory: as the crow flies from its middle; `approximate` when a commune's point."""

    practice_id: str
    name: str
    distance_km: float
    approximate: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """A cell without any practice; `score` is 0 to 100.

    `indicators` are 0 to 1 by code, None when one does not apply.
    """

    cell: Cell
    score: float
    indicators: dict[str, float | None]
    nearest: Nearest | None


def gaps(coverage: Coverage) -> list[Gap]:
    """Return the gaps of a matrix, the highest score first; a sub-type is one where its type has an example."""
    missing = {(cell.code, cell.key) for cell in coverage if cell.is_gap}
    ranked = (cell for cell in coverage if cell.is_gap and (v.PRACTICES[cell.code].parent, cell.key) not in missing)
    gazetteer = coverage.catalogue.gazetteer

    def order(one: Gap) -> tuple[float, int, str]:
        territory = gazetteer[one.cell.key]
        return -one.score, -territory.population, territory.label

    return sorted(scored(coverage, ranked), key=order)


def scored(coverage: Coverage, cells: Iterable[Cell]) -> list[Gap]:
    """Return what makes gaps of some cells of a matrix, in their order."""
    territories = {key: coverage.catalogue.gazetteer[key] for key in coverage.keys}
    structures = {key: structures_in(coverage.catalogue, key) for key in coverage.keys}
    examples = _examples(coverage.catalogue, coverage.criteria, coverage.keys)
    largest = max((one.population for one in territories.values()), default=0)
    most = max(structures.values(), default=0)

    def gap(cell: Cell) -> Gap:
        near = examples[cell.code].get(cell.key)
        population = territories[cell.key].population
        values = computed(Context(cell, population, largest, structures[cell.key], most, near))
        return Gap(cell, score(values), values, near)

    return [gap(cell) for cell in cells]


def nearest_in_words(nearest: Nearest | None) -> str:
    """Return « l’exemple le plus proche : Loc’Halle Bio, à 62 km », never in metres: a middle is not an address."""
    if nearest is None:
        return "aucun exemple situé"
    return f"l’exemple le plus proche\u00a0: {nearest.name}, à {distance_in_words(nearest)}"


def distance_in_words(nearest: Nearest) -> str:
    """Return « 62 km », « environ 12 km »."""
    if nearest.distance_km < 1:
        return "moins d’1\u00a0km"
    about = "environ " if nearest.approximate else ""
    return f"{about}{number(round(nearest.distance_km))}\u00a0km"


@lru_cache(maxsize=8)
def _examples(catalogue: Catalogue, criteria: Criteria, keys: tuple[str, ...]) -> dict[str, dict[str, Nearest]]:
    """Return, for each code, the example nearest to each territory; both may be missing."""
    geometry = catalogue.geo.geometry
    rows = np.intersect1d(anywhere(catalogue, criteria).rows, geometry.index, assume_unique=True)
    counted = COUNTED_AS[catalogue.frame["kind"].to_numpy()[rows]].astype(bool)
    territories = [catalogue.gazetteer[key] for key in keys]
    middles = gpd.points_from_xy(
        [one.longitude for one in territories], [one.latitude for one in territories], crs=4326
    ).to_crs(geometry.crs)
    found: dict[str, dict[str, Nearest]] = {code: {} for code in v.PRACTICES.codes}
    for code, held in zip(found, counted.T[:-1], strict=True):
        located = geometry.loc[rows[held]]
        (territory, example), metres = located.sindex.nearest(middles, return_all=False, return_distance=True)
        found[code] = {
            keys[one]: _nearest(catalogue, located.index[other], distance)
            for one, other, distance in zip(territory, example, metres, strict=True)
        }
    return found


def _nearest(catalogue: Catalogue, row: int, metres: float) -> Nearest:
    practice = catalogue.practices[row]
    return Nearest(practice.id, practice.name, round(float(metres) / METRES_PER_KM, 1), practice.precision != "adresse")
