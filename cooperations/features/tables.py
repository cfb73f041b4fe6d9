"""Features as columns, a batch at a time: what pages of items and files to take away are made of.

Geometries are WKB, in WGS 84 degrees, longitude first; absent for what has no place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import orjson
import pyarrow as pa
import shapely

from cooperations.tableschema import table_type

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from shapely.geometry.base import BaseGeometry

    from cooperations.features.window import Feature
    from cooperations.model import Record

GEOMETRY = "geometry"
BATCH = 10_000
"""Features in one batch: what is in memory at once, whatever is asked."""
POINTS, AREAS = ("Point",), ("Polygon", "MultiPolygon")
_TYPES = {"number": pa.float64(), "integer": pa.int64(), "boolean": pa.bool_(), "date": pa.date32()}


@dataclass(frozen=True, slots=True)
class FeatureTable:
    """Features of one kind in the order of their ids, which `batches` reads as it goes, never all at once.

    `shapes` are the kinds of geometry that there may be.
    """

    id: str
    title: str
    schema: pa.Schema
    shapes: tuple[str, ...]
    total: int
    batches: Callable[[], Iterator[pa.RecordBatch]]


def column_types(model: type[Record], without: Collection[str] = ()) -> dict[str, pa.DataType]:
    """Return the published columns of a model, with their types."""
    fields = model.model_fields.items()
    return {
        str(info.alias): _TYPES.get(table_type(info).type, pa.string()) for name, info in fields if name not in without
    }


def schema_of(types: dict[str, pa.DataType]) -> pa.Schema:
    """Return the schema of columns that have a geometry beside them."""
    return pa.schema([*types.items(), (GEOMETRY, pa.binary())])


def batch_of(
    schema: pa.Schema, rows: Sequence[dict[str, Any]], geometries: Sequence[BaseGeometry | None]
) -> pa.RecordBatch:
    """Return rows of properties and their geometries as one batch."""
    names = schema.names[:-1]
    columns = [[row[name] for row in rows] for name in names]
    return arrays_batch(schema, columns, shapely.to_wkb(np.array(geometries, dtype=object)))


def arrays_batch(schema: pa.Schema, columns: Iterable[Sequence[Any]], geometries: Any) -> pa.RecordBatch:
    """Return columns, in the order of a schema, and geometries in WKB as one batch."""
    cells = (*columns, geometries)
    arrays = [pa.array(held, field.type) for held, field in zip(cells, schema, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def shapes_of(batch: pa.RecordBatch) -> Any:
    """Return the geometries of a batch, as an array of shapely's."""
    return shapely.from_wkb(batch.column(GEOMETRY).to_numpy(zero_copy_only=False))


def properties_of(batch: pa.RecordBatch) -> list[dict[str, Any]]:
    """Return the properties of a batch as JSON holds them: days are texts."""
    plain = pa.schema([(field.name, _plain(field.type)) for field in batch.schema if field.name != GEOMETRY])
    properties: list[dict[str, Any]] = batch.drop_columns([GEOMETRY]).cast(plain).to_pylist()
    return properties


def features_of(batch: pa.RecordBatch) -> list[Feature]:
    """Return a batch as GeoJSON features."""
    shapes = shapely.to_geojson(shapes_of(batch))
    return [
        {"type": "Feature", "id": row["id"], "geometry": orjson.loads(shape) if shape else None, "properties": row}
        for row, shape in zip(properties_of(batch), shapes, strict=True)
    ]


def _plain(kind: pa.DataType) -> pa.DataType:
    return pa.string() if pa.types.is_temporal(kind) else kind
