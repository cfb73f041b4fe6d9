"""The formats of downloads: their extension, their name, their media type, how they are written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cooperations.downloads.tables import geopackage_pieces, geoparquet_pieces, workbook_pieces
from cooperations.downloads.texts import csv_pieces, geojson_pieces

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cooperations.downloads.covers import Cover
    from cooperations.features.tables import FeatureTable


@dataclass(frozen=True, slots=True)
class Format:
    """A format of files; `on_disk` when a file must be whole before its first byte is given."""

    extension: str
    name: str
    media_type: str
    pieces: Callable[[FeatureTable, Cover], Iterator[bytes]]
    on_disk: bool = False


FORMATS = {
    one.extension: one
    for one in (
        Format("geojson", "GeoJSON", "application/geo+json", geojson_pieces),
        Format("csv", "CSV", "text/csv; charset=utf-8", csv_pieces),
        Format(
            "xlsx",
            "XLSX",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            workbook_pieces,
            on_disk=True,
        ),
        Format("gpkg", "GeoPackage", "application/geopackage+sqlite3", geopackage_pieces, on_disk=True),
        Format("parquet", "GeoParquet", "application/vnd.apache.parquet", geoparquet_pieces),
    )
}
