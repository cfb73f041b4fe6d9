"""XLSX, GeoPackage and GeoParquet: what their makers write to a file, given in pieces."""

from __future__ import annotations

import io
import json
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from cooperations.downloads.texts import flat_columns, flat_rows
from cooperations.exports import LICENCE, LongSheet, write_long_workbook
from cooperations.features.tables import GEOMETRY, POINTS, arrays_batch, shapes_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cooperations.downloads.covers import Cover
    from cooperations.features.tables import FeatureTable

PIECE = 1 << 18
"""Bytes of a piece that is read from a file."""


def workbook_pieces(table: FeatureTable, cover: Cover) -> Iterator[bytes]:
    """Yield a table as a workbook: the cover, then the rows."""

    def write(path: Path) -> None:
        rows = chain.from_iterable(flat_rows(table, batch) for batch in table.batches())
        write_long_workbook(path, [LongSheet(table.title[:31], flat_columns(table), rows)], cover.lines, cover.day)

    return _from_file(write, "xlsx")


def geopackage_pieces(table: FeatureTable, cover: Cover) -> Iterator[bytes]:
    """Yield a table as a GeoPackage of one layer, described by the cover."""
    import pyogrio  # noqa: PLC0415 - 29 MB of GDAL, and only this format needs it

    areas = table.shapes != POINTS

    def write(path: Path) -> None:
        source = _Source(map(_multiple, table.batches()) if areas else table.batches())
        try:
            pyogrio.write_arrow(
                pa.RecordBatchReader.from_batches(table.schema, source),
                path,
                layer=table.id,
                driver="GPKG",
                geometry_name=GEOMETRY,
                geometry_type="MultiPolygon" if areas else "Point",
                crs="EPSG:4326",
                layer_options={"IDENTIFIER": cover.title, "DESCRIPTION": " ".join(cover.lines)},
                layer_metadata={"LICENCE": LICENCE},
            )
        except Exception:
            if source.failure:
                raise source.failure from None
            raise

    return _from_file(write, "gpkg")


def geoparquet_pieces(table: FeatureTable, cover: Cover) -> Iterator[bytes]:
    """Yield a table as GeoParquet 1.1, one row group per batch; longitude and latitude are OGC:CRS84, its default."""
    column = {"encoding": "WKB", "geometry_types": list(table.shapes)}
    geo = {"version": "1.1.0", "primary_column": GEOMETRY, "columns": {GEOMETRY: column}}
    schema = table.schema.with_metadata({"geo": json.dumps(geo), "metadonnees": json.dumps(cover.lines)})
    held = _Held()
    with pq.ParquetWriter(held, schema, compression="zstd") as writer:
        for batch in table.batches():
            writer.write_batch(batch)
            yield held.taken()
    yield held.taken()


class _Source:
    """Batches whose failure is kept: GDAL, which takes them, only says that it had none."""

    def __init__(self, batches: Iterator[pa.RecordBatch]) -> None:
        self._batches = batches
        self.failure: Exception | None = None

    def __iter__(self) -> Iterator[pa.RecordBatch]:
        try:
            yield from self._batches
        except Exception as failure:
            self.failure = failure
            raise


class _Held(io.RawIOBase):
    """A file that is written at its end only, and whose bytes are taken as they come."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, part: Any) -> int:
        self._parts.append(bytes(part))
        return len(part)

    def taken(self) -> bytes:
        """Return what came since the last time."""
        parts, self._parts = self._parts, []
        return b"".join(parts)


def _multiple(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Return areas that all are multiple ones, as a layer of one kind wants them."""
    areas = [shapely.multipolygons([one]) if one.geom_type == "Polygon" else one for one in shapes_of(batch)]
    kept = [batch.column(name) for name in batch.schema.names[:-1]]
    return arrays_batch(batch.schema, kept, shapely.to_wkb(np.array(areas, dtype=object)))


def _from_file(write: Callable[[Path], None], extension: str) -> Iterator[bytes]:
    with TemporaryDirectory(prefix="cooperations-") as folder:
        path = Path(folder) / f"fichier.{extension}"
        write(path)
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                yield piece
