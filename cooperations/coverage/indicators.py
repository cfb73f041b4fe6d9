"""Why a gap matters: small indicators, 0 to 1 each, and the score that they make together."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from cooperations.coverage.cells import Cell
    from cooperations.coverage.gaps import Nearest

FARTHEST_KM = 100
"""About the way from one prefecture of Aquitaine to the next: farther is no more of a gap."""
NOBODY_LOOKED = 0.5
"""Nothing is known of the cell: halfway between « nothing there » and « something there »."""


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of a gap; the largest and the most are among the territories shown."""

    cell: Cell
    population: int
    largest_population: int
    structures: int
    most_structures: int
    nearest: Nearest | None


@dataclass(frozen=True, slots=True)
class Indicator:
    """One reason to look at a gap: `compute` returns 0 to 1, or None when it does not apply."""

    code: str
    label: str
    explanation: str
    compute: Callable[[Context], float | None]


def _population(gap: Context) -> float | None:
    return _share(gap.population, gap.largest_population)


def _structures(gap: Context) -> float | None:
    return _share(gap.structures, gap.most_structures)


def _distance(gap: Context) -> float | None:
    return min(1.0, gap.nearest.distance_km / FARTHEST_KM) if gap.nearest else None


def _uncovered(gap: Context) -> float:
    return 0.0 if gap.cell.covering else 1.0


def _searched(gap: Context) -> float:
    return 1.0 if gap.cell.state == "rien_trouve" else NOBODY_LOOKED


def _target(gap: Context) -> float | None:
    return _share(gap.cell.missing or 0, gap.cell.target or 0)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


INDICATORS = (
    Indicator(
        "population",
        "Population sans exemple",
        "Population du territoire, rapportée à celle du plus peuplé des territoires affichés.",
        _population,
    ),
    Indicator(
        "structures",
        "Structures qui pourraient coopérer",
        "Structures situées dans le territoire (celles des listes importées, ou du jeu de données quand aucune ne "
        "l’est), rapportées au territoire affiché qui en a le plus. "
        "Laissé de côté quand aucune structure n’est située dans les territoires affichés.",
        _structures,
    ),
    Indicator(
        "distance",
        "Éloignement de l’exemple le plus proche",
        "Distance à vol d’oiseau entre le milieu du territoire et l’exemple le plus proche du même type, "
        "rapportée à 100\u00a0km, et 1 au-delà. Laissé de côté quand aucun exemple n’est situé.",
        _distance,
    ),
    Indicator(
        "sans_couverture",
        "Rien non plus à une échelle plus large",
        "1 quand aucune pratique ne vaut pour un territoire plus vaste qui contient celui-ci, 0 sinon.",
        _uncovered,
    ),
    Indicator(
        "recherche",
        "Cherché, rien trouvé",
        "1 quand une organisation a cherché sans rien trouver, 0,5 quand personne n’a encore cherché.",
        _searched,
    ),
    Indicator(
        "objectif",
        "Écart à l’objectif",
        "Part de l’objectif du groupe qui reste à atteindre. Laissé de côté quand aucun objectif n’est fixé.",
        _target,
    ),
)

SCORE_EXPLANATION = (
    "Le score va de 0 à 100\u00a0: c’est la moyenne des indicateurs qui s’appliquent, tous de même poids. "
    "Plus il est élevé, plus le manque mérite d’être regardé\u00a0; il aide à choisir, il ne décide pas."
)


def computed(gap: Context) -> dict[str, float | None]:
    """Return the value of every indicator, by code."""
    return {indicator.code: indicator.compute(gap) for indicator in INDICATORS}


def score(values: dict[str, float | None]) -> float:
    """Return 100 × the mean of the indicators that apply, to one decimal."""
    return round(100 * fmean(value for value in values.values() if value is not None), 1)
