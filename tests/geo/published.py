"""Reading the published layers, and measuring their outlines."""

from pathlib import Path

import geopandas as gpd
import shapely
from pyproj import Geod

GEO = Path(__file__).parents[2] / "geo"
GEOD = Geod(ellps="GRS80")


def read(layer: str) -> gpd.GeoDataFrame:
    return gpd.read_parquet(GEO / f"{layer}.parquet")


def area_km2(shape: shapely.Geometry) -> float:
    """Return the geodesic area (km²) of an outline in degrees."""
    return abs(GEOD.geometry_area_perimeter(shapely.orient_polygons(shape))[0]) / 1e6


def count_holes(shape: shapely.Geometry) -> int:
    return sum(len(part.interiors) for part in shapely.get_parts(shape))
