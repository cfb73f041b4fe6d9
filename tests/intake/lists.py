"""Small lists with the defects of the real ones, at real places of Aquitaine, in every format people send."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from pyarrow import parquet
from xlsxwriter import Workbook

if TYPE_CHECKING:
    from collections.abc import Iterable

SIMPLE = "nom;siret;ville\nLandes Partage;38786009100033;Mont-de-Marsan\nArcins Environnement;39887189700029;Bègles\n"


def an_xlsx(rows: Iterable[Iterable[Any]], above: Iterable[str] = ()) -> bytes:
    """Return a workbook whose first sheet holds only a title, and whose second one holds the rows."""
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True, "default_date_format": "dd/mm/yyyy"}) as book:
        book.add_worksheet("À lire").write(0, 0, "Une liste d’essai")
        page = book.add_worksheet("Liste")
        lines = [*([one] for one in above), *rows]
        for at, row in enumerate(lines):
            page.write_row(at, 0, row)
    return out.getvalue()


def an_ods(rows: Iterable[Iterable[str]], content: str = "") -> bytes:
    """Return the smallest OpenDocument workbook that holds texts; `content` replaces its XML."""
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    names = "".join(
        f'xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{one}:1.0" ' for one in ("office", "table", "text")
    )
    sheet = f'<table:table table:name="Liste">{cells}</table:table>'
    body = f"<office:body><office:spreadsheet>{sheet}</office:spreadsheet></office:body>"
    xml = (
        content
        or f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names}>{body}</office:document-content>'
    )
    return a_zip(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": xml,
            "META-INF/manifest.xml": "<manifest/>",
        }
    )


def a_zip(members: dict[str, str | bytes]) -> bytes:
    """Return an archive; the first member is stored, as OpenDocument wants its type."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for at, (name, text) in enumerate(members.items()):
            archive.writestr(name, text, zipfile.ZIP_DEFLATED if at else zipfile.ZIP_STORED)
    return out.getvalue()


def a_geojson(*features: tuple[dict[str, Any], Any], **more: Any) -> bytes:
    """Return a collection of (properties, geometry)."""
    held = [{"type": "Feature", "properties": cells, "geometry": shape} for cells, shape in features]
    return json.dumps({"type": "FeatureCollection", "features": held} | more).encode()


def a_point(longitude: float, latitude: float) -> dict[str, Any]:
    """Return the geometry of a point."""
    return {"type": "Point", "coordinates": [longitude, latitude]}


def a_parquet(**columns: list[Any]) -> bytes:
    """Return a Parquet file of these columns."""
    out = io.BytesIO()
    parquet.write_table(pa.table(columns), out)
    return out.getvalue()
