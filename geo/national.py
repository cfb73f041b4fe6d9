"""The departments of the whole of France: to name any of them, and to say which one holds a point."""

from collections.abc import Iterator

import geopandas as gpd
import pandas as pd

from geo import contours
from geo.sources import Sources

TOLERANCE_M = 400
"""Tolerance of the simplification (m); geo/README.md gives what others weigh, and what this one moves."""

ARTICLES = {0: "", 1: "", 2: "le ", 3: "la ", 4: "les ", 5: "l’"}
"""The article of each code TNCC of INSEE: 0 and 1 have none, before a consonant and a vowel."""

OVERSEAS_CRS = {"971": "EPSG:5490", "972": "EPSG:5490", "973": "EPSG:2972", "974": "EPSG:2975", "976": "EPSG:4471"}
"""The legal projection (m) of each overseas department: Lambert 93 stops at the metropole."""


def departments(sources: Sources, metropole: gpd.GeoSeries) -> gpd.GeoDataFrame:
    """Return every department that has an outline, sorted by code: `code_insee`, `nom`, `article`, `code_region`.

    `metropole` are its repaired communes (EPSG:2154, m); what is returned is in EPSG:4326.
    """
    wholes = [contours.dissolve(metropole, sources.communes["departement"]), *_overseas(sources.overseas)]
    shapes = pd.concat([contours.simplify(whole, TOLERANCE_M) for whole in wholes])
    rows = sources.departments.reindex(shapes.index)
    columns = {
        "code_insee": shapes.index,
        "nom": rows["nom"],
        "article": rows["typeLiaison"].map(ARTICLES),
        "code_region": rows["region"],
    }
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=shapes.crs).reset_index(drop=True)


def _overseas(communes: gpd.GeoSeries) -> Iterator[gpd.GeoSeries]:
    """Yield each overseas department, alone and in metres."""
    # Overseas, three digits of the code of a commune are those of its department, not two.
    department = pd.Series(communes.index.str[:3], index=communes.index)
    for code in department.unique():
        own = contours.select(communes, department.index[department == code])
        yield contours.dissolve(contours.clean(own, OVERSEAS_CRS[code]), department)
