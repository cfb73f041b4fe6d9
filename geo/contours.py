"""Outlines: repair, simplification, nesting and points, without any file.

A series of outlines is indexed by INSEE code. Repairs and simplification work in metres, in
Lambert 93 (EPSG:2154) for the metropole; what is published is in longitude and latitude
(EPSG:4326, degrees).
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from shapely import Point, Polygon
from shapely.geometry.base import BaseGeometry

from geo.errors import OutlineError

METRIC_CRS = "EPSG:2154"
WORLD_CRS = "EPSG:4326"

DECIMALS = 5
"""Decimals of a published coordinate: 0.00001° is about 1 m."""

SLIVER_M = 20.0
"""Gaps narrower than this are errors of the source: 11 in France in 2026, all under 60 m²."""

LLIVIA = Point(1.98, 42.465)
"""Llívia (EPSG:4326), the only foreign enclave in France: its hole is nobody's."""

Geometries = NDArray[Any]


def clean(outlines: gpd.GeoSeries, metric_crs: str = METRIC_CRS) -> gpd.GeoSeries:
    """Return the outlines in metres, with neither overlaps nor slivers between neighbours."""
    metric = outlines.to_crs(metric_crs)
    # types-shapely 2.1 does not know this function of shapely 2.2 yet.
    cleaned = shapely.coverage_clean(_shapes(metric), gap_width=SLIVER_M)  # type: ignore[attr-defined]
    return _like(metric, cleaned)


def holes(outlines: gpd.GeoSeries) -> list[Polygon]:
    """Return the holes of the union of the outlines, without the islands inside them."""
    polygons = shapely.get_parts(shapely.coverage_union_all(_shapes(outlines)))
    tree = shapely.STRtree(polygons)
    found = []
    for ring in (ring for polygon in polygons for ring in polygon.interiors):
        islands = tree.query(Polygon(ring), predicate="contains")
        found.append(Polygon(ring, [polygons[island].exterior for island in sorted(islands)]))
    return found


def shared_borders(hole: Polygon, outlines: gpd.GeoSeries) -> pd.Series:
    """Return the length (m) of the border that each touching outline shares with the hole."""
    touching = outlines.iloc[np.sort(outlines.sindex.query(hole, predicate="intersects"))]
    common = shapely.intersection(shapely.boundary(_shapes(touching)), hole.boundary)
    return pd.Series(shapely.length(common), index=touching.index)


def owner_of_hole(borders: pd.Series, incomplete: AbstractSet[str]) -> str:
    """Return the code of the commune that a hole belongs to.

    A neighbour known to miss one of its former communes comes first; else the longest border.
    """
    known = borders[borders.index.isin(list(incomplete))]
    return str((borders if known.empty else known).idxmax())


def fill_holes(
    outlines: gpd.GeoSeries,
    incomplete: AbstractSet[str] = frozenset(),
    unlocated: Mapping[str, BaseGeometry] | None = None,
) -> gpd.GeoSeries:
    """Give each hole of the union to a commune; all in metres, the union loses its holes.

    `incomplete` are the communes that miss a former commune; `unlocated` are the town halls of
    communes without any outline, which become the hole that holds their town hall.
    """
    gains: dict[str, list[BaseGeometry]] = {}
    foreign = gpd.GeoSeries([LLIVIA], crs=WORLD_CRS).to_crs(METRIC_CRS).iloc[0]
    for hole in holes(outlines):
        if not hole.contains(foreign):
            owner = _located_in(hole, unlocated or {}) or owner_of_hole(shared_borders(hole, outlines), incomplete)
            gains.setdefault(owner, []).append(hole)
    return _with_gains(outlines, gains)


def simplify(outlines: gpd.GeoSeries, tolerance_m: float) -> gpd.GeoSeries:
    """Simplify the outlines together (metres), then publish them in rounded degrees.

    The rounding comes last: equal vertices stay equal, so that neighbours still share a border.
    """
    simplified = _like(outlines, shapely.coverage_simplify(_shapes(outlines), tolerance_m))
    degrees = simplified.to_crs(WORLD_CRS)
    published = shapely.orient_polygons(round_coordinates(_shapes(degrees)))
    check(published)
    return _like(degrees, published)


def round_coordinates(shapes: Sequence[BaseGeometry | None] | Geometries) -> Geometries:
    """Round coordinates in degrees; equal vertices give equal vertices."""
    values = np.asarray(shapes, dtype=object)
    rounded: Geometries = shapely.transform(values, lambda pairs: np.round(pairs, DECIMALS))
    return rounded


def check(outlines: Geometries) -> None:
    """Refuse outlines that are invalid, overlap, or do not share their borders exactly."""
    if not shapely.is_valid(outlines).all():
        raise OutlineError("Des contours sont invalides après l’arrondi.")
    if not shapely.coverage_is_valid(outlines):
        raise OutlineError("Des contours voisins ne partagent pas exactement leur limite.")


def select(outlines: gpd.GeoSeries, codes: pd.Index) -> gpd.GeoSeries:
    """Return the outlines of the codes that have one, in the order of the codes."""
    present = codes[codes.isin(outlines.index)]
    return gpd.GeoSeries(_shapes(outlines.loc[present]), index=present, crs=outlines.crs)


def dissolve(outlines: gpd.GeoSeries, keys: pd.Series) -> gpd.GeoSeries:
    """Merge the outlines that have the same key (null keys left out), sorted by key."""
    groups = outlines.groupby(keys.reindex(outlines.index), sort=True)
    merged = {key: shapely.coverage_union_all(_shapes(group)) for key, group in groups}
    oriented = shapely.orient_polygons(list(merged.values()))
    return gpd.GeoSeries(oriented, index=list(merged), crs=outlines.crs)


def representative_points(outlines: gpd.GeoSeries) -> Geometries:
    """Return one rounded point inside each outline (degrees)."""
    return round_coordinates(shapely.point_on_surface(_shapes(outlines)))


def place(outlines: gpd.GeoSeries, halls: gpd.GeoSeries) -> pd.DataFrame:
    """Return `longitude`, `latitude`, `precision_point` for each outline (degrees).

    The town hall when its point is inside, or inside once its lost minus sign is put back;
    else a representative point of the outline.
    """
    shapes = _shapes(outlines)
    given = round_coordinates(_shapes(halls.reindex(outlines.index)))
    mirrored = np.asarray(shapely.points(-shapely.get_x(given), shapely.get_y(given)))
    as_given, as_mirrored = shapely.contains(shapes, given), shapely.contains(shapes, mirrored)
    repaired = np.where(as_given, given, mirrored)
    found = as_given | as_mirrored
    points = np.where(found, repaired, representative_points(outlines))
    precision = np.where(found, "mairie", "representatif")
    return coordinates(points, outlines.index).assign(precision_point=precision)


def coordinates(points: Geometries, index: pd.Index) -> pd.DataFrame:
    """Return the columns `longitude` and `latitude` (degrees) of points."""
    columns = {"longitude": shapely.get_x(points), "latitude": shapely.get_y(points)}
    return pd.DataFrame(columns, index=index)


def _shapes(outlines: pd.Series) -> Geometries:
    return np.asarray(outlines.array, dtype=object)


def _like(outlines: gpd.GeoSeries, shapes: Geometries) -> gpd.GeoSeries:
    return gpd.GeoSeries(shapes, index=outlines.index, crs=outlines.crs)


def _located_in(hole: Polygon, unlocated: Mapping[str, BaseGeometry]) -> str | None:
    return next((code for code, hall in unlocated.items() if hole.contains(hall)), None)


def _with_gains(outlines: gpd.GeoSeries, gains: Mapping[str, Sequence[BaseGeometry]]) -> gpd.GeoSeries:
    shapes = dict(zip(outlines.index, _shapes(outlines), strict=True))
    for code, gained in gains.items():
        own = [shapes[code]] if code in shapes else []
        shapes[code] = shapely.coverage_union_all([*own, *gained])
    codes = sorted(shapes)
    return gpd.GeoSeries([shapes[code] for code in codes], index=codes, crs=outlines.crs)
