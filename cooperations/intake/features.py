"""GeoJSON → a raw table: the properties, and the longitude and latitude of each point (WGS 84)."""

from __future__ import annotations

import json
from typing import Any

from cooperations.errors import DataIssue, UnreadableFile
from cooperations.intake.office import text_of
from cooperations.intake.raw import RawTable, frame_table

WGS_84 = ("CRS84", "EPSG::4326", "EPSG:4326")
POINT = ("longitude", "latitude")
A_COLLECTION = "Donner une « FeatureCollection » de points."


def read_geojson(file: str, text: str) -> RawTable:
    """Return one row per feature; raises UnreadableFile for what is no collection of features in WGS 84.

    Only points give coordinates: the other geometries are said and left out, the row is kept.
    """
    features = _features(file, _parse(file, text))
    properties = [_flat(feature.get("properties")) for feature in features]
    names = dict.fromkeys(name for cells in properties for name in cells)
    columns = {name: [cells.get(name, "") for cells in properties] for name in names}
    points = [_point(feature.get("geometry")) for feature in features]
    if any(points):
        for axis, name in enumerate(POINT):
            columns[name] = [point[axis] if point else "" for point in points]
    table = frame_table(file, columns, len(features), "geojson")
    return RawTable(**{**vars(table), "notices": _other_geometries(file, features)})


def _parse(file: str, text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise UnreadableFile(file, f"le JSON est mal formé, ligne {line}", "Exporter de nouveau la couche.") from error


def _features(file: str, found: Any) -> list[dict[str, Any]]:
    features = found.get("features") if isinstance(found, dict) else None
    if not isinstance(features, list) or not features or not all(isinstance(one, dict) for one in features):
        raise UnreadableFile(file, "ce JSON n’est pas une collection d’objets géographiques", A_COLLECTION)
    crs = json.dumps(found.get("crs") or "CRS84")
    if not any(name in crs for name in WGS_84):
        remedy = "Exporter la couche en WGS 84 (EPSG:4326)."
        raise UnreadableFile(file, "les coordonnées ne sont pas en longitude et latitude WGS 84", remedy)
    return features


def _flat(properties: Any) -> dict[str, str]:
    cells = properties if isinstance(properties, dict) else {}
    return {" ".join(str(name).split()) or "propriété": cell_of(value) for name, value in cells.items()}


def cell_of(value: Any) -> str:
    """Return a value as one cell: a list of texts becomes « a|b », what is nested its JSON."""
    if isinstance(value, list | tuple) and all(isinstance(one, str) for one in value):
        return "|".join(value)
    if isinstance(value, dict | list | tuple):
        return json.dumps(value, ensure_ascii=False, default=str)
    return text_of(value)


def _point(geometry: Any) -> tuple[str, str] | None:
    if not isinstance(geometry, dict) or geometry.get("type") != "Point":
        return None
    pair = geometry.get("coordinates")
    if not isinstance(pair, list) or len(pair) < len(POINT):
        return None
    longitude, latitude = (text_of(value) if isinstance(value, int | float) else "" for value in pair[:2])
    return (longitude, latitude) if longitude and latitude else None


def _other_geometries(file: str, features: list[dict[str, Any]]) -> tuple[DataIssue, ...]:
    problem, remedy = "cet objet n’est pas un point", "La ligne est gardée sans coordonnées."
    shapes = ((at, feature.get("geometry")) for at, feature in enumerate(features, 2))
    kinds = ((at, shape.get("type")) for at, shape in shapes if isinstance(shape, dict))
    return tuple(DataIssue(file, at, "geometry", str(kind), problem, remedy) for at, kind in kinds if kind != "Point")
