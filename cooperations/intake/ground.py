"""The outlines that points are held against, in metres (EPSG:2154), and the names that communes go by.

Far from metropolitan France the projection stretches lengths: there, tolerances in metres are only approximate.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from pyproj import Transformer

from cooperations.intake.departments import departments
from cooperations.intake.vector import per_value
from cooperations.text import fold

if TYPE_CHECKING:
    import geopandas as gpd

    from cooperations.intake.vector import Column, Mask, Numbers, Objects
    from cooperations.territories import Gazetteer

METRES = 2154
DEGREES = 4326
TO_METRES = Transformer.from_crs(DEGREES, METRES, always_xy=True)
SPELLED = {"st": "saint", "ste": "sainte"}
CEDEX = re.compile(r"\bcedex\b.*")
ARTICLE_LAST = re.compile(r"(.*?) ?\((le|la|les|l) ?\)")


@dataclass(frozen=True, eq=False)
class Outlines:
    """Shapes of one level in EPSG:2154, prepared, by code."""

    rank: dict[str, int]
    shapes: Objects

    def at(self, codes: Column[Any]) -> np.ndarray[Any, np.dtype[np.int64]]:
        """Return the rank of each code, -1 for those whose outline is not known."""
        return per_value(codes, lambda code: self.rank.get(code, -1)).astype(np.int64)

    def far(self, ranks: Any, x: Numbers, y: Numbers, tolerance: float) -> Mask:
        """Return which points (metres) are farther than `tolerance` metres from their shape; unknown ones are not."""
        away: Mask = np.zeros(len(ranks), dtype=bool)
        known = (ranks >= 0) & np.isfinite(x) & np.isfinite(y)
        away[known] = ~shapely.intersects_xy(self.shapes[ranks[known]], x[known], y[known])
        if tolerance and away.any():
            points = shapely.points(x[away], y[away])
            away[away] = ~shapely.dwithin(self.shapes[ranks[away]], points, tolerance)
        return away

    def held(self, x: Numbers, y: Numbers) -> Mask:
        """Return which points (metres) are in one of the shapes."""
        inside: Mask = np.zeros(len(x), dtype=bool)
        inside[shapely.STRtree(self.shapes).query(shapely.points(x, y), predicate="intersects")[0]] = True
        return inside

    def distances(self, ranks: Any, x: Numbers, y: Numbers) -> Numbers:
        """Return how far each point (metres) is from its shape, in metres."""
        return np.asarray(shapely.distance(self.shapes[ranks], shapely.points(x, y)), dtype=float)


@dataclass(frozen=True, eq=False)
class Ground:
    """All that a region knows of its places, computed once per gazetteer.

    `by_post` and `by_department` give the communes of « code|folded name »; `points` the commune's own point, in
    degrees; `post_codes` those of the region.
    """

    departments: Outlines
    communes: Outlines
    by_post: dict[str, str]
    by_department: dict[str, str]
    points: dict[str, tuple[float, float]]
    labels: dict[str, str]
    post_codes: frozenset[str]
    perimeter: frozenset[str]


@lru_cache(maxsize=2)
def ground_of(gazetteer: Gazetteer) -> Ground:
    """Return what a gazetteer's points are held against."""
    frame = gazetteer.communes_frame
    codes = frame["code_insee"].tolist()
    names = [plain_name(name) for name in frame["nom"].tolist()]
    posts = [text.split("|") for text in frame["codes_postaux"].tolist()]
    by_post = [(f"{post}|{name}", code) for code, name, held in zip(codes, names, posts, strict=True) for post in held]
    owners = frame["code_departement"].tolist()
    places = zip(frame["longitude"].tolist(), frame["latitude"].tolist(), strict=True)
    return Ground(
        departments=_outlines(departments(gazetteer)),
        communes=_outlines(frame),
        by_post=_unique(by_post),
        by_department=_unique(
            [(f"{owner}|{name}", code) for owner, name, code in zip(owners, names, codes, strict=True)]
        ),
        points=dict(zip(codes, places, strict=True)),
        labels=dict(zip(codes, frame["nom"].tolist(), strict=True)),
        post_codes=frozenset(post for held in posts for post in held),
        perimeter=frozenset(gazetteer.perimeter.department_codes),
    )


def plain_name(name: str) -> str:
    """Return a name of commune as one spelling: no accents, no apostrophe, « saint » in full, no « CEDEX 2 »."""
    told = fold(name).replace("'", " ")
    told = CEDEX.sub("", told) if "cedex" in told else told
    turned = ARTICLE_LAST.fullmatch(told.strip()) if told.endswith(")") else None
    told = f"{turned[2]} {turned[1]}" if turned else told
    return " ".join(SPELLED.get(word, word) for word in told.split())


def _unique(pairs: list[tuple[str, str]]) -> dict[str, str]:
    """Return the pairs of the keys that name one commune alone."""
    held: dict[str, set[str]] = {}
    for key, code in pairs:
        held.setdefault(key, set()).add(code)
    return {key: next(iter(codes)) for key, codes in held.items() if len(codes) == 1}


def _outlines(frame: gpd.GeoDataFrame) -> Outlines:
    shapes = np.asarray(frame.geometry.to_crs(METRES).to_numpy(), dtype=object)
    shapely.prepare(shapes)
    return Outlines({code: at for at, code in enumerate(frame["code_insee"].tolist())}, shapes)
