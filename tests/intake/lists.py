"""Small lists with the defects of the real ones, at real places of Aquitaine, in every format people send."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from pyarrow import parquet
from xlsxwriter import Workbook

from cooperations.intake import Profile, take
from cooperations.intake.raw import frame_table
from cooperations.offers.model import Offer
from tests.making import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cooperations.errors import DataIssue
    from cooperations.intake import Intake
    from cooperations.territories import Gazetteer

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


DAY = date(2020, 12, 1)
"""The day of the tests' lists."""
MONT_DE_MARSAN_POINT = ("-0.4976", "43.8937")
EVERYTHING = Profile(
    code="essai",
    label="Liste d’essai",
    source_label="Un essai, Licence Ouverte 2.0",
    model=Offer,
    columns={name: (name,) for name in (*Offer.model_fields, "geocoding_score")},
    required=("name",),
)
"""A list whose columns are our own attributes."""
LANDES_PARTAGE = {
    "source_key": "1",
    "name": "Landes Partage",
    "kind": "ACI",
    "family": "association",
    "siret": "38786009100033",
    "address": "5 rue des Cordeliers",
    "post_code": "40000",
    "city": "Mont-de-Marsan",
    "department_code": "40",
}
"""A row that nothing is wrong with, and that has no point."""


def came_of(gazetteer: Gazetteer, *rows: dict[str, str], profile: Profile = EVERYTHING) -> Intake:
    """Return what comes of rows given by attribute; a cell that no row has is no column of the file."""
    names = dict.fromkeys(name for row in rows for name in row)
    columns = {name: [row.get(name, "") for row in rows] for name in names}
    return take(frame_table("essai.csv", columns, len(rows), "csv"), profile, gazetteer, source_date=DAY)


def a_row(key: str = "1", **cells: str) -> dict[str, str]:
    """Return the row of a structure at Mont-de-Marsan with its own key and no SIRET, changed by `cells`."""
    return LANDES_PARTAGE | {"siret": "", "source_key": key} | cells


def said(issues: Iterable[DataIssue]) -> list[tuple[int, str, str]]:
    """Return the line, column and problem of issues, with ordinary spaces."""
    return [(issue.line, issue.column, plain(issue.problem)) for issue in issues]


def only(intake: Intake) -> dict[str, Any]:
    """Return the one accepted row."""
    (row,) = intake.accepted.to_dict("records")
    return {str(name): value for name, value in row.items()}
