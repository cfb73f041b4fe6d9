"""Parquet → a raw table; a GeoParquet's points become longitude and latitude (WGS 84)."""

from __future__ import annotations

import json
from typing import Any

import pyarrow as pa
import shapely
from pyarrow import parquet

from cooperations.errors import UnreadableFile
from cooperations.intake.features import POINT, cell_of
from cooperations.intake.raw import MAX_UNPACKED, RawTable, check_size, frame_table

DAMAGED = "L’exporter de nouveau, ou donner un CSV."


def read_parquet(file: str, content: bytes) -> RawTable:
    """Return the rows of a Parquet file as text; raises UnreadableFile when it is damaged or too large."""
    try:
        opened = parquet.ParquetFile(pa.BufferReader(content))
        check_size(file, opened.metadata.num_rows, opened.metadata.num_columns)
        _check_unpacked(file, opened.metadata)
        return _table(file, opened.read())
    except UnreadableFile:
        raise
    except Exception as error:  # pyarrow raises its own errors, OSError, ValueError and more for damaged files
        raise UnreadableFile(file, "le fichier Parquet est endommagé", DAMAGED) from error


def _check_unpacked(file: str, metadata: Any) -> None:
    unpacked = sum(metadata.row_group(at).total_byte_size for at in range(metadata.num_row_groups))
    if unpacked > MAX_UNPACKED:
        raise UnreadableFile(file, "le fichier Parquet est trop grand une fois décompressé", "Le couper.")


def _table(file: str, table: Any) -> RawTable:
    geometry = json.loads((table.schema.metadata or {}).get(b"geo", b"{}")).get("primary_column", "")
    columns: dict[str, list[str]] = {}
    for name in table.column_names:
        if name == geometry:
            columns |= _points(table[name])
        else:
            columns[" ".join(str(name).split())] = _cells(table[name])
    return frame_table(file, columns, table.num_rows, "parquet")


def _cells(column: Any) -> list[str]:
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        return list(column.fill_null("").to_pylist())
    if pa.types.is_integer(column.type):
        return list(column.cast(pa.string()).fill_null("").to_pylist())
    return [cell_of(value) for value in column.to_pylist()]


def _points(column: Any) -> dict[str, list[str]]:
    shapes = shapely.from_wkb(column.to_pylist())
    kept = [
        shape if shape is not None and shape.geom_type == "Point" and not shape.is_empty else None for shape in shapes
    ]
    axes = {POINT[0]: shapely.get_x, POINT[1]: shapely.get_y}
    return {name: ["" if one is None else repr(float(axis(one))) for one in kept] for name, axis in axes.items()}
