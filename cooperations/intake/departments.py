"""The departments whose outlines are known: all of France when geo/ has them, else the region's and its neighbours."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import geopandas as gpd

    from cooperations.territories import Gazetteer


def departments(gazetteer: Gazetteer) -> gpd.GeoDataFrame:
    """Return code_insee, nom and geometry (WGS 84 degrees) of each known department."""
    national = gazetteer.national_departments
    frame: gpd.GeoDataFrame = gazetteer.departments_frame if national.empty else national
    return frame


def codes_by_name(gazetteer: Gazetteer) -> dict[str, str]:
    """Return name → code of each known department."""
    frame = departments(gazetteer)
    return dict(zip(frame["nom"].tolist(), frame["code_insee"].tolist(), strict=True))
