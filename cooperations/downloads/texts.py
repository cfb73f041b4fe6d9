"""CSV and GeoJSON, which are written as they are read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import shapely

from cooperations.exports import OPEN, csv_text
from cooperations.features.tables import GEOMETRY, POINTS, properties_of, shapes_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

    from cooperations.downloads.covers import Cover
    from cooperations.features.tables import FeatureTable

COORDINATES = ("longitude", "latitude")


def csv_pieces(table: FeatureTable, _cover: Cover) -> Iterator[bytes]:
    """Yield a table as CSV: UTF-8, commas, decimal points. It has no cover: programs would take it for the header."""
    yield csv_text([flat_columns(table)], OPEN).encode()
    for batch in table.batches():
        yield csv_text(flat_rows(table, batch), OPEN).encode()


def geojson_pieces(table: FeatureTable, cover: Cover) -> Iterator[bytes]:
    """Yield a table as a FeatureCollection (RFC 7946); its members `name` and `metadonnees` are the cover."""
    head = {"type": "FeatureCollection", "name": table.id, "metadonnees": cover.lines}
    yield f'{_json(head)[:-1]},"features":['.encode()
    comma = ""
    for batch in table.batches():
        shapes = shapely.to_geojson(shapes_of(batch))
        features = [
            f'\n{{"type":"Feature","id":{_json(row["id"])},"geometry":{shape or "null"},"properties":{_json(row)}}}'
            for row, shape in zip(properties_of(batch), shapes, strict=True)
        ]
        yield (comma + ",".join(features)).encode()
        comma = ","
    yield b"\n]}\n"


def flat_columns(table: FeatureTable) -> tuple[str, ...]:
    """Return the names of the columns of a table without geometries: points have coordinates in their place."""
    names = tuple(name for name in table.schema.names if name != GEOMETRY)
    return (*names, *COORDINATES) if table.shapes == POINTS else names


def flat_rows(table: FeatureTable, batch: pa.RecordBatch) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a batch, without geometries."""
    columns = [column.to_pylist() for column in batch.drop_columns([GEOMETRY]).columns]
    if table.shapes == POINTS:
        points = shapes_of(batch)
        columns += [[None if shapely.is_missing(point) else point.x for point in points]]
        columns += [[None if shapely.is_missing(point) else point.y for point in points]]
    return zip(*columns, strict=True)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
