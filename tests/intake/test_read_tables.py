"""Any table that people send gives its rows, or a sentence that says what to do."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from cooperations.errors import UnreadableFile
from cooperations.intake import raw
from cooperations.intake.office import sheet_names
from cooperations.intake.tables import read_table
from tests.intake.lists import SIMPLE, a_geojson, a_parquet, a_point, a_zip, an_ods, an_xlsx
from tests.making import plain

if TYPE_CHECKING:
    from pathlib import Path

HEADER = ("nom", "siret", "ville")
ROWS = [["Landes Partage", "38786009100033", "Mont-de-Marsan"], ["Arcins Environnement", "39887189700029", "Bègles"]]


@pytest.mark.parametrize(
    ("name", "content", "form"),
    [
        pytest.param("liste.csv", SIMPLE.encode(), "csv", id="UTF-8 and semicolons"),
        pytest.param("liste.csv", SIMPLE.encode("utf-8-sig"), "csv", id="UTF-8 with its mark"),
        pytest.param("liste.csv", SIMPLE.encode("cp1252"), "csv", id="Windows"),
        pytest.param("liste.csv", SIMPLE.encode("mac_roman"), "csv", id="Macintosh"),
        pytest.param("liste.csv", SIMPLE.encode("cp850"), "csv", id="DOS"),
        pytest.param("liste.csv", SIMPLE.encode("utf-16"), "csv", id="UTF-16 with its mark"),
        pytest.param("liste.csv", SIMPLE.encode("utf-16-le"), "csv", id="UTF-16 without its mark"),
        pytest.param("liste.csv", SIMPLE.encode("utf-16-be"), "csv", id="UTF-16 the other way"),
        pytest.param("liste.csv", SIMPLE.replace(";", ",").encode(), "csv", id="commas"),
        pytest.param("liste.tsv", SIMPLE.replace(";", "\t").encode(), "csv", id="tabs"),
        pytest.param("liste.txt", SIMPLE.replace(";", "|").encode(), "csv", id="bars"),
        pytest.param("liste.csv", SIMPLE.replace("\n", "\r\n").encode(), "csv", id="lines of Windows"),
        pytest.param("liste.csv", SIMPLE.replace("\n", "\r").encode(), "csv", id="lines of an old Macintosh"),
        pytest.param("liste.csv", b"sep=;\n" + SIMPLE.encode(), "csv", id="the separator that Excel declares"),
        pytest.param("liste.csv", SIMPLE.replace("\n", ";;\n").encode(), "csv", id="empty columns after the last"),
        pytest.param("liste.csv", an_xlsx([HEADER, *ROWS]), "xlsx", id="a workbook named CSV"),
        pytest.param("liste.ods", an_ods([HEADER, *ROWS]), "ods", id="OpenDocument"),
        pytest.param(
            "liste.parquet",
            a_parquet(
                nom=[row[0] for row in ROWS], siret=[int(row[1]) for row in ROWS], ville=[row[2] for row in ROWS]
            ),
            "parquet",
            id="Parquet with SIRET as numbers",
        ),
        pytest.param(
            "liste.json",
            a_geojson(*((dict(zip(HEADER, row, strict=True)), None) for row in ROWS)),
            "geojson",
            id="GeoJSON without geometry",
        ),
    ],
)
def test_the_same_rows_in_any_format(name: str, content: bytes, form: str) -> None:
    """Whatever wrote the file, its cells are the same texts."""
    table = read_table(name, content)
    assert (table.header, table.frame.to_numpy().tolist(), table.format) == (HEADER, ROWS, form)
    assert (table.issues, table.read) == ((), 2)


def test_a_record_says_the_line_where_it_starts() -> None:
    """A description over three lines moves the following records, as a text editor shows them."""
    table = read_table("a.csv", b'nom,activite\r\nA,"une\r\n\r\nautre"\r\n\r\nB,x\r\n')
    assert table.lines.tolist() == [2, 6]
    assert table.frame["activite"].tolist() == ["une\r\n\r\nautre", "x"]


def test_a_row_of_another_length_is_refused_and_kept_whole() -> None:
    """It is counted, located, and given back as it was."""
    table = read_table("a.csv", b"nom;ville\nA;Pau\nB;Agen;47000;x\nC\nD;Dax;;\n")
    assert table.frame["nom"].tolist() == ["A", "D"]
    assert table.read == 4
    assert [(issue.line, issue.problem) for issue in table.issues] == [
        (3, "4 cellules pour 2 colonnes"),
        (4, "1 cellule pour 2 colonnes"),
    ]
    assert [row.cells for row in table.ragged] == [("B", "Agen", "47000", "x"), ("C",)]


def test_two_columns_of_one_name_are_told_apart() -> None:
    """The second one is renamed, and this is said."""
    table = read_table("a.csv", b"nom;nom;\nA;B;c\n")
    assert table.header == ("nom", "nom (2)")
    assert [plain(issue.problem) for issue in table.notices] == ["deux colonnes portent ce nom"]


def test_a_column_without_a_name_gets_its_rank() -> None:
    """Its cells are not lost."""
    assert read_table("a.csv", b"nom;;ville\nA;B;c\n").header == ("nom", "colonne 2", "ville")


def test_a_header_alone_is_a_table_without_rows() -> None:
    """Nothing is wrong with it: there is nothing to import."""
    table = read_table("a.csv", b"nom;ville\n")
    assert (table.header, table.read, len(table.frame)) == (("nom", "ville"), 0, 0)


def test_nul_bytes_are_removed_and_said() -> None:
    """A damaged export still gives its rows."""
    table = read_table("a.csv", b"nom;ville\nAr\0cins;Pau\n")
    assert table.frame["nom"].tolist() == ["Arcins"]
    assert [issue.line for issue in table.notices] == [2]


def test_our_own_exports_can_be_read_again() -> None:
    """The cover above is skipped, and the apostrophe that disarms a formula is taken away."""
    table = read_table("a.csv", "\ufeff# Rejets. Source : essai.\r\nnom;longitude\r\nA;'-0.5\r\n".encode())
    assert table.frame.to_numpy().tolist() == [["A", "-0.5"]]
    assert table.lines.tolist() == [3]


def test_a_column_alone_has_no_separator() -> None:
    """A list of names is a table too."""
    assert read_table("a.csv", b"nom\nAtelier, Bois\nB\n").frame["nom"].tolist() == ["Atelier, Bois", "B"]


def test_a_sheet_gives_iso_days_and_whole_numbers() -> None:
    """The header stands below a title, on the second sheet."""
    content = an_xlsx(
        [["nom", "code", "jour", "longitude", "oui"], ["A", 40192, date(2020, 12, 1), -0.5, True]], ["Titre"]
    )
    table = read_table("a.xlsx", content)
    assert table.frame.iloc[0].tolist()[:2] == ["A", "40192"]
    assert table.frame["longitude"].tolist() == ["-0.5"]
    assert (table.frame["oui"].tolist(), table.lines.tolist()) == (["oui"], [3])


def test_a_sheet_can_be_chosen() -> None:
    """Its name is proposed when it is mistyped."""
    content = an_xlsx([HEADER, *ROWS])
    assert sheet_names(content) == ("À lire", "Liste")
    assert read_table("a.xlsx", content, sheet="Liste").read == 2
    with pytest.raises(UnreadableFile, match="Vouliez-vous dire"):
        read_table("a.xlsx", content, sheet="liste ")


def test_points_become_two_columns() -> None:
    """A line is said and left out, its row is kept."""
    line = {"type": "LineString", "coordinates": [[0, 44], [0, 45]]}
    content = a_geojson(
        ({"nom": "A", "tri": ["verre", "papier"]}, a_point(-0.5, 43.89)), ({"nom": "B", "plus": {"a": 1}}, line)
    )
    table = read_table("a.geojson", content)
    assert table.header == ("nom", "tri", "plus", "longitude", "latitude")
    assert table.frame.to_numpy().tolist() == [
        ["A", "verre|papier", "", "-0.5", "43.89"],
        ["B", "", '{"a": 1}', "", ""],
    ]
    assert [(issue.line, issue.value) for issue in table.notices] == [(3, "LineString")]


def test_geoparquet_points_become_two_columns(tmp_path: Path) -> None:
    """As geopandas writes them."""
    import geopandas as gpd  # noqa: PLC0415 - slow, for this test alone

    shapes = [shapely.Point(-0.5, 43.89), None]
    gpd.GeoDataFrame({"nom": ["A", "B"]}, geometry=shapes, crs=4326).to_parquet(tmp_path / "a.parquet")
    table = read_table("a.parquet", tmp_path / "a.parquet")
    assert table.frame.to_numpy().tolist() == [["A", "-0.5", "43.89"], ["B", "", ""]]


def test_a_parquet_file_may_hold_days_truths_and_gaps() -> None:
    """Each becomes the text that a person would type."""
    content = a_parquet(
        jour=[date(2020, 1, 2), None], oui=[True, None], note=[1.0, float("nan")], mots=[["a", "b"], None]
    )
    assert read_table("a.parquet", content).frame.to_numpy().tolist() == [["2020-01-02", "oui", "1", "a|b"], [""] * 4]


BOMB = a_zip({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": b" " * 30_000_000})
ENTITIES = an_ods([], '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>')
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
LAUGHTER = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l0 "ha">{LAUGHS}]><sst><si><t>&l9;</t></si></sst>'
SHEET = '<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData></worksheet>'


def laughing(encoding: str) -> bytes:
    """Return a workbook whose texts are a billion laughs."""
    text = LAUGHTER.replace("1.0", f'1.0" encoding="{encoding}') if encoding != "utf-8" else LAUGHTER
    texts = {"xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": SHEET}
    return a_zip({"[Content_Types].xml": "", **texts, "xl/sharedStrings.xml": text.encode(encoding)})


OUTSIDE = a_zip(
    {"[Content_Types].xml": "", "xl/workbook.xml": "", "../../../../tmp/dehors.xml": "x", "/etc/x.xml": "y"}
)
REPEATED = an_ods(
    [],
    '<table:table-row table:number-rows-repeated="1000000">'
    '<table:table-cell office:value-type="string" table:number-columns-repeated="1000"/></table:table-row>',
)
FAR_CELL = a_zip({"[Content_Types].xml": "", "xl/workbook.xml": "", "xl/worksheets/sheet1.xml": '<c r="XFD1048576">'})


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"", "vide", id="an empty file"),
        pytest.param(b"\xef\xbb\xbf\r\n \r\n", "vide", id="blank lines"),
        pytest.param(b"%PDF-1.7 ...", "PDF", id="a PDF"),
        pytest.param(b"\x1f\x8b\x08\x00", "archive", id="gzip"),
        pytest.param(a_zip({"a": "b"}), "archive", id="an archive"),
        pytest.param(b"<!DOCTYPE html><table>", "page internet", id="a page saved as a table"),
        pytest.param(bytes(range(256)) * 4, "pas un fichier de texte", id="a program"),
        pytest.param(b'a;b\n1;"2\n3;4\n5;6\n', "guillemet", id="a quote that nothing closes"),
        pytest.param(b'a;b\n1;"' + b"x\n" * 100_000, "guillemet", id="a quote that swallows the file"),
        pytest.param(BOMB, "Mo", id="a bomb"),
        pytest.param(ENTITIES, "entités", id="an external entity"),
        pytest.param(laughing("utf-8"), "entités", id="a billion laughs"),
        pytest.param(laughing("utf-16"), "entités|endommagé", id="a billion laughs in UTF-16"),
        pytest.param(OUTSIDE, "endommagé", id="an archive that would write elsewhere"),
        pytest.param(REPEATED, "cellules", id="a row repeated without end"),
        pytest.param(FAR_CELL, "cellules", id="a cell at the far end of a sheet"),
        pytest.param(an_xlsx([HEADER])[:-100], "endommagé", id="a workbook cut short"),
        pytest.param(a_parquet(a=[1])[:-20], "endommagé", id="a Parquet file cut short"),
        pytest.param(b'{"type": "FeatureCollection", ', "mal formé", id="JSON cut short"),
        pytest.param(b'{"type": "Topology"}', "collection", id="another JSON"),
        pytest.param(b"[" * 100_000, "mal formé", id="JSON without bottom"),
        pytest.param(
            a_geojson(({"nom": "A"}, None), crs={"properties": {"name": "urn:ogc:def:crs:EPSG::2154"}}),
            "WGS 84",
            id="coordinates in Lambert 93",
        ),
        pytest.param(b";".join([b"a"] * 2000) + b"\n", "trop grande", id="two thousand columns"),
    ],
)
def test_what_is_no_table_is_said(content: bytes, said: str) -> None:
    """One sentence: what is wrong, and what to do."""
    name = "liste.json" if content[:1] in {b"{", b"["} else "liste.csv"
    with pytest.raises(UnreadableFile, match=said) as caught:
        read_table(name, content)
    assert str(caught.value).startswith(f"«\u00a0{name}\u00a0»\u00a0: ")
    assert str(caught.value).endswith((".", "?"))


def test_a_file_over_the_limit_is_not_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Its size is asked first."""
    monkeypatch.setattr("cooperations.intake.tables.MAX_BYTES", 10)
    (tmp_path / "a.csv").write_bytes(b"nom;ville\nA;B\n")
    for content in (tmp_path / "a.csv", b"nom;ville\nA;B\n"):
        with pytest.raises(UnreadableFile, match="limite"):
            read_table("a.csv", content)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    """As any other file that gives nothing."""
    with pytest.raises(UnreadableFile, match="introuvable"):
        read_table("a.csv", tmp_path / "a.csv")


def test_an_archive_that_lies_about_its_sizes_is_refused() -> None:
    """The declared size is small, the content is not."""
    content = an_ods([["nom"], ["A" * 5000]])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        true = archive.getinfo("content.xml").file_size
    lying = content.replace(true.to_bytes(4, "little"), (10).to_bytes(4, "little"))
    with pytest.raises(UnreadableFile, match="endommagé"):
        read_table("a.ods", lying)


VALID = (
    SIMPLE.encode(),
    an_xlsx([HEADER, *ROWS]),
    an_ods([HEADER, *ROWS]),
    a_parquet(nom=["A"]),
    a_geojson(({"nom": "A"}, None)),
)
MAGIC = (
    b"",
    b"PK\x03\x04",
    b"PAR1",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"{",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b'"',
    b"sep=",
)
NAMES = st.sampled_from(["a.csv", "a.xlsx", "a.xls", "a.ods", "a.geojson", "a.json", "a.parquet", "a", ""])


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """Draw a valid file of which a few bytes were changed."""
    content = bytearray(draw(st.sampled_from(VALID)))
    for _ in range(draw(st.integers(1, 6))):
        content[draw(st.integers(0, len(content) - 1))] = draw(st.integers(0, 255))
    return bytes(content)[: draw(st.integers(1, len(content)))]


@given(
    NAMES,
    st.one_of(st.builds(lambda mark, rest: mark + rest, st.sampled_from(MAGIC), st.binary(max_size=300)), damaged()),
)
def test_any_bytes_give_rows_or_a_sentence(name: str, content: bytes) -> None:
    """Never a traceback; and nothing is lost between what is read, kept and refused."""
    try:
        table = read_table(name, content)
    except UnreadableFile:
        return
    assert len(table.lines) == len(table.frame)
    assert table.read == len(table.frame) + len(table.issues)
    assert tuple(table.frame.columns) == table.header
    assert len(set(table.header)) == len(table.header)


@given(
    st.lists(
        st.lists(
            st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0"), max_size=8), min_size=2, max_size=2
        )
    )
)
def test_cells_come_back_as_they_were_written(rows: list[list[str]]) -> None:
    """Separators, quotes and line breaks within cells change nothing (rows of empty cells are no rows)."""
    quoted = "".join(
        ";".join('"' + cell.replace('"', '""') + '"' for cell in row) + "\r\n" for row in [["nom", "ville"], *rows]
    )
    try:
        table = read_table("a.csv", quoted.encode())
    except UnreadableFile as error:
        assert "texte" in error.problem  # noqa: PT017 - a draw of control characters only
        return
    kept = [[raw_cell(cell) for cell in row] for row in rows if "".join(row).strip()]
    assert table.frame.to_numpy().tolist() == kept


def raw_cell(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and cell[1:2] in {"=", "+", "-", "@"} else cell


def test_a_table_too_large_is_refused_before_it_is_built() -> None:
    """The count of cells decides."""
    with pytest.raises(UnreadableFile, match="trop grande"):
        raw.check_size("a.csv", raw.MAX_CELLS, 2)


def test_lone_surrogates_are_no_characters() -> None:
    """JSON can spell them; a database cannot keep them."""
    assert raw.text_column(["a\ud800"]).tolist() == ["a?"]
    assert isinstance(read_table("a.csv", SIMPLE.encode()).lines, np.ndarray)
