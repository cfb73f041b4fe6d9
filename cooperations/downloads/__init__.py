"""A filtered set as a file: GeoJSON, CSV, XLSX, GeoPackage, GeoParquet, in pieces, whatever its size."""

from cooperations.downloads.covers import Cover, practices_cover, structures_cover, territories_cover
from cooperations.downloads.formats import FORMATS, Format

__all__ = ["FORMATS", "Cover", "Format", "practices_cover", "structures_cover", "territories_cover"]
