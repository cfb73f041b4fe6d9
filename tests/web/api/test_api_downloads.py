"""Files to take away, read back by the clients that people have: GDAL, an office suite, Arrow."""

from __future__ import annotations

import csv
import io
import json
import re
import tempfile
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import geopandas as gpd
import pyarrow.parquet as pq
import pyogrio
import pytest
from python_calamine import CalamineWorkbook
from starlette.requests import Request

from cooperations import exports
from cooperations.criteria import from_query
from cooperations.downloads import FORMATS
from cooperations.features import practices, structures
from cooperations.offers.needs import need_from_query
from cooperations.offers.search import search
from cooperations.runtime import application
from cooperations.selection import select
from cooperations.web.api import downloads
from tests.making import plain
from tests.structures import FORMULA

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.testclient import TestClient

    from cooperations.runtime import Application

PRACTICES, STRUCTURES, TERRITORIES = (
    f"/api/collections/{name}/telecharger" for name in ("pratiques", "structures", "territoires")
)
CRITERIA = ("", "type=groupement_acteurs", "territoire=departement:33&portee=couvrant", "q=insertion", "q=zzz")
NEEDS = ("", "lieu=commune:40192&rayon=50", "lieu=commune:40192&rayon=20&achat=espaces_verts", "categorie=ESAT")


def pairs(query: str) -> list[tuple[str, str]]:
    return [(name, value) for name, _, value in (part.partition("=") for part in query.split("&") if part)]


def got(client: TestClient, address: str) -> bytes:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return answer.content


def ids_in(frame: gpd.GeoDataFrame) -> list[str]:
    """Return the ids of what was read; an empty GeoJSON has no column at all."""
    return list(frame["id"]) if len(frame) else []


def as_frame(content: bytes, extension: str, folder: Path) -> gpd.GeoDataFrame:
    """Return what GDAL, or geopandas for GeoParquet, reads of a file."""
    path = folder / f"lu.{extension}"
    path.write_bytes(content)
    named = {"X_POSSIBLE_NAMES": "longitude", "Y_POSSIBLE_NAMES": "latitude"} if extension == "csv" else {}
    read: gpd.GeoDataFrame = gpd.read_parquet(path) if extension == "parquet" else gpd.read_file(path, **named)
    return read


def worksheets(content: bytes) -> dict[str, list[list[Any]]]:
    """Return the rows of each worksheet, as an office suite reads them."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


@pytest.mark.parametrize("query", CRITERIA)
@pytest.mark.parametrize("extension", ["geojson", "csv", "gpkg", "parquet"])
def test_gdal_reads_the_practices_of_the_page(client: TestClient, tmp_path: Path, extension: str, query: str) -> None:
    """The same practices at the same points, in degrees; a CSV says no reference system, its columns are degrees."""
    catalogue = application().catalogue()
    expected = select(catalogue, from_query(pairs(query), catalogue.gazetteer)[0])
    read = as_frame(got(client, f"{PRACTICES}.{extension}?{query}"), extension, tmp_path)
    assert ids_in(read) == sorted(practice.id for practice in expected.practices)
    if not len(expected):
        return
    if extension != "csv":
        assert read.crs.to_epsg() == 4326 or read.crs.to_string() == "OGC:CRS84"
    points = {one: (point.x, point.y) for one, point in zip(read["id"], read.geometry, strict=True) if point}
    drawn = {catalogue.practices[row].id: catalogue.points[row] for row in expected.rows}
    assert points == {one: (point.longitude, point.latitude) for one, point in drawn.items() if point}


@pytest.mark.parametrize("query", NEEDS)
@pytest.mark.parametrize("extension", list(FORMATS))
def test_every_format_has_the_structures_of_the_page(
    buyers: TestClient, lists: Application, tmp_path: Path, extension: str, query: str
) -> None:
    """Those that answer the need, each once, whatever reads them; a corrected name is the corrected one."""
    directory = lists.directory()
    expected = directory.ids(search(directory, need_from_query(pairs(query), lists.gazetteer)[0]).rows)
    content = got(buyers, f"{STRUCTURES}.{extension}?{query}")
    if extension == "xlsx":
        header, *rows = worksheets(content)["Structures"]
        assert [row[header.index("id")] for row in rows] == sorted(expected)
    else:
        assert list(as_frame(content, extension, tmp_path)["id"]) == sorted(expected)


def test_areas_come_with_their_outlines(client: TestClient, tmp_path: Path) -> None:
    """The departments, as multiple polygons that are valid; in CSV they have a point."""
    known = {one.key for one in application().gazetteer if one.level == "departement"}
    read = as_frame(got(client, f"{TERRITORIES}.gpkg?niveau=departement"), "gpkg", tmp_path)
    assert set(read["id"]) == known
    assert set(read.geom_type) == {"MultiPolygon"}
    assert read.geometry.is_valid.all()
    rows = csv.DictReader(io.StringIO(got(client, f"{TERRITORIES}.csv?niveau=departement").decode()))
    assert {row["id"] for row in rows if float(row["latitude"]) > 40} == known


@pytest.mark.parametrize("collection", ["pratiques", "structures", "territoires?niveau=epci"])
def test_geojson_says_what_the_items_say(buyers: TestClient, collection: str) -> None:
    """One feature is the same feature, page by page or all at once."""
    name, _, query = collection.partition("?")
    items = buyers.get(f"/api/collections/{name}/items?limit=1000&{query}").json()["features"]
    assert json.loads(got(buyers, f"/api/collections/{name}/telecharger.geojson?{query}"))["features"] == items


def test_a_box_and_a_period_filter_files_too(client: TestClient) -> None:
    """Around Bordeaux there is Loc’Halle Bio; the cover of the file says where was looked."""
    body = json.loads(got(client, f"{PRACTICES}.geojson?bbox=-0.7,44.7,-0.4,45&datetime=2000-01-01/.."))
    assert "loc-halle-bio" in {one["id"] for one in body["features"]}
    said = plain(" ".join(body["metadonnees"]))
    assert "Cadre : -0.7, 44.7, -0.4, 45 (degrés)." in said
    assert "Période : à partir du 1er janvier 2000." in said


@pytest.mark.parametrize("extension", ["xlsx", "geojson", "gpkg", "parquet"])
def test_a_file_alone_says_what_it_is(client: TestClient, tmp_path: Path, extension: str) -> None:
    """Its filters, its licence and the day, wherever the format has a place for them."""
    content = got(client, f"{PRACTICES}.{extension}?territoire=departement:40")
    path = tmp_path / f"lu.{extension}"
    path.write_bytes(content)
    if extension == "xlsx":
        cover = " ".join(row[0] for row in worksheets(content)["À lire"])
    elif extension == "geojson":
        cover = " ".join(json.loads(content)["metadonnees"])
    elif extension == "gpkg":
        cover = str(pyogrio.read_info(path)["layer_metadata"]["DESCRIPTION"])
    else:
        cover = " ".join(json.loads(pq.read_schema(path).metadata[b"metadonnees"]))
    said = plain(cover)
    assert "Pratiques de coopération. Filtres : Tous les types ; Landes (40)." in said
    assert "Licence Ouverte 2.0" in said
    assert "Export du" in said


def test_the_name_of_a_file_has_the_day(client: TestClient) -> None:
    """Two files of two days do not take each other's place in a folder."""
    named = client.get(f"{PRACTICES}.gpkg").headers["content-disposition"]
    assert re.fullmatch(r'attachment; filename="pratiques-\d{4}-\d{2}-\d{2}\.gpkg"', named)


def test_no_cell_is_a_formula(buyers: TestClient) -> None:
    """A name that begins with « = » is a text for the office suite, and for GDAL it is the name itself."""
    rows = list(csv.DictReader(io.StringIO(got(buyers, f"{STRUCTURES}.csv").decode())))
    assert f"'{FORMULA}" in {row["nom"] for row in rows}
    book = got(buyers, f"{STRUCTURES}.xlsx")
    header, *sheet = worksheets(book)["Structures"]
    assert FORMULA in {row[header.index("nom")] for row in sheet}
    with ZipFile(io.BytesIO(book)) as parts:
        assert not any(b"<f>" in parts.read(name) for name in parts.namelist() if "worksheets" in name)


@pytest.mark.parametrize("extension", list(FORMATS))
def test_a_contact_without_consent_is_in_no_file(buyers: TestClient, tmp_path: Path, extension: str) -> None:
    """The laundry gave no consent; the gardens did."""
    content = got(buyers, f"{STRUCTURES}.{extension}")
    said = repr(worksheets(content)) if extension == "xlsx" else str(as_frame(content, extension, tmp_path).to_csv())
    assert "secret@pins.example" not in said
    assert "contact@midou.example" in said


def test_a_long_file_comes_in_batches(buyers: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three features at a time, the same ones; each batch is a row group, and a full worksheet is followed by one."""
    whole = list(as_frame(got(buyers, f"{STRUCTURES}.parquet"), "parquet", tmp_path)["id"])
    monkeypatch.setattr(structures, "BATCH", 3)
    monkeypatch.setattr(exports, "MOST_ROWS", 10)
    for extension in ("geojson", "csv", "gpkg", "parquet"):
        content = got(buyers, f"{STRUCTURES}.{extension}")
        assert list(as_frame(content, extension, tmp_path)["id"]) == whole
    assert pq.ParquetFile(tmp_path / "lu.parquet").num_row_groups == -(-len(whole) // 3)
    sheets = worksheets(got(buyers, f"{STRUCTURES}.xlsx"))
    ids = [row[0] for name, rows in sheets.items() if name.startswith("Structures") for row in rows[1:]]
    assert list(sheets)[:3] == ["À lire", "Structures", "Structures 2"]
    assert ids == whole


def test_no_file_is_left_behind(client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is made on disk goes once it is given."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    for extension in FORMATS:
        got(client, f"{PRACTICES}.{extension}")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("extension", list(FORMATS))
def test_an_import_meanwhile_is_said_instead_of_an_incomplete_file(
    buyers: TestClient, lists: Application, monkeypatch: pytest.MonkeyPatch, extension: str
) -> None:
    """A structure that the index holds and the database does not any more: 503, and no file."""
    monkeypatch.setattr(lists.store.lists, "cells", lambda *_: {})
    answer = buyers.get(f"{STRUCTURES}.{extension}")
    assert answer.status_code == 503
    assert "ont changé" in answer.json()["detail"]


@pytest.mark.parametrize("extension", ["xlsx", "gpkg"])
def test_a_file_that_nobody_waits_for_is_not_made(
    buyers: TestClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, extension: str
) -> None:
    """The client left after the first batch: the second one is not read, and nothing stays on the disk."""
    read: list[int] = []

    async def gone(_request: object) -> bool:
        read.append(1)
        return len(read) > 1

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(structures, "BATCH", 3)
    monkeypatch.setattr(Request, "is_disconnected", gone)
    buyers.get(f"{STRUCTURES}.{extension}")
    assert len(read) == 2
    assert list(tmp_path.iterdir()) == []


def test_a_third_big_file_waits(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two are being made: the next client is told when to come back, and what does not wait."""
    monkeypatch.setattr(downloads, "BIG", 0)
    monkeypatch.setattr(downloads, "AT_ONCE", BoundedSemaphore(1))
    with downloads.AT_ONCE:
        answer = client.get(f"{PRACTICES}.gpkg")
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "60")
        assert client.get(f"{PRACTICES}.csv").status_code == 200
    assert client.get(f"{PRACTICES}.gpkg").status_code == 200


def test_an_unchanged_file_is_not_made_again(client: TestClient) -> None:
    """Its tag is of the data and the filters."""
    first = client.get(f"{PRACTICES}.gpkg")
    again = client.get(f"{PRACTICES}.gpkg", headers={"if-none-match": first.headers["etag"]})
    other = client.get(f"{PRACTICES}.gpkg?q=bio", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content, other.status_code) == (304, b"", 200)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        pytest.param(f"{PRACTICES}.shp", "extension", id="a format that there is not"),
        pytest.param(f"{PRACTICES}.csv?limit=10", "limit", id="a page of a file"),
        pytest.param(f"{PRACTICES}.csv?type=rien", "type", id="an unknown code"),
        pytest.param(f"{PRACTICES}.csv?bbox=-200,0,1,1", "bbox", id="beyond the world"),
        pytest.param(f"{PRACTICES}.csv?bbox=0,-95,1,1", "bbox", id="below the pole"),
        pytest.param(f"{PRACTICES}.csv?datetime=2020-01-01blabla", "datetime", id="a day and a half"),
        pytest.param(f"{STRUCTURES}.gpkg?lieu=ici", "lieu", id="an unknown place"),
        pytest.param(f"{STRUCTURES}.gpkg?rayon=0", "rayon", id="no radius"),
        pytest.param(f"{TERRITORIES}.gpkg?niveau=canton", "niveau", id="an unknown level"),
        pytest.param("/api/collections/pratiques/items?f=xml", "f", id="a format of items"),
        pytest.param(f"/api/collections/pratiques/items?limit={10**30}0x", "limit", id="a number that is none"),
        pytest.param(
            "/api/collections/territoires/items?" + "&".join(["niveau=epci"] * 101), "niveau", id="too many values"
        ),
    ],
)
def test_nonsense_about_a_file_is_said_with_the_parameter(client: TestClient, address: str, said: str) -> None:
    """A 400 in French that says what was expected."""
    answer = client.get(address)
    assert answer.status_code == 400, answer.text
    assert f"Paramètre « {said} » invalide : " in plain(answer.json()["detail"])
    assert "inattendue" not in answer.json()["detail"]


def test_batches_follow_the_ids(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Practices too, one at a time."""
    monkeypatch.setattr(practices, "BATCH", 1)
    ids = [one["id"] for one in json.loads(got(client, f"{PRACTICES}.geojson"))["features"]]
    assert ids == sorted(practice.id for practice in application().catalogue().practices)
