"""Files as an office suite reads them."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from cooperations.criteria import EVERYTHING, Criteria
from cooperations.exports import LONGEST_CELL, Sheet, cover_lines, data_day, to_csv, to_xlsx
from tests.making import a_catalogue, a_practice, plain

if TYPE_CHECKING:
    from cooperations.catalogue import Catalogue
    from cooperations.exports import SheetCell
    from cooperations.territories import Gazetteer

DAY = date(2026, 11, 23)
COVER = ("Plan d’actions.", "Filtres : Tous les types ; Landes (40).")


def a_sheet(*cells: SheetCell) -> Sheet:
    """Return a table of one row."""
    return Sheet("Essai", tuple(f"Colonne {number}" for number in range(len(cells))), (cells,))


def csv_rows(content: bytes) -> list[list[str]]:
    """Return the rows that French Excel sees."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def xlsx_rows(content: bytes, title: str) -> list[list[Any]]:
    """Return the rows of a worksheet, as an office suite reads them."""
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(title).to_python(skip_empty_area=False)


def test_the_cover_says_what_the_file_is(catalogue: Catalogue) -> None:
    """Somebody who is sent the file alone knows what it counts, when, whence, and what may be done with it."""
    lines = cover_lines("Matrice", Criteria(territories=("departement:40",)), catalogue, DAY)
    words = plain(" ".join(lines))
    assert lines[0] == "Matrice."
    assert "Filtres : Tous les types ; Landes (40)." in words
    assert "Export du 23 novembre 2026 ; données relues le" in words
    assert "CRESS Aquitaine, 12 juillet 2016" in words
    assert "Licence Ouverte 2.0" in words
    assert lines[-1] == catalogue.gazetteer.perimeter.attribution


def test_the_data_are_as_old_as_their_last_reading(gazetteer: Gazetteer) -> None:
    """The latest of the days on which practices were read against their sources."""
    days = ("2016-07-12", "2026-10-01", "2020-02-29")
    made_up = [a_practice(f"essai-{day}", date_verification=day) for day in days]
    catalogue = a_catalogue(gazetteer, made_up)
    assert data_day(catalogue) == date(2026, 10, 1)
    assert "relues le 1er octobre 2026" in " ".join(cover_lines("Essai", EVERYTHING, catalogue, DAY))


def test_a_csv_begins_as_french_excel_wants_it() -> None:
    """The mark of UTF-8 first, or Excel would read « Ã© »; then the cover, alone on its line and in its cell."""
    content = to_csv(a_sheet("Bègles"), COVER)
    assert content.startswith(b"\xef\xbb\xbf# Plan")
    first, header, row = csv_rows(content)
    assert [plain(cell) for cell in first] == ["# Plan d’actions. Filtres : Tous les types, Landes (40)."]
    assert (header, row) == (["Colonne 0"], ["Bègles"])


@given(text=st.text())
def test_whatever_was_searched_the_cover_is_one_line(text: str) -> None:
    """Quotes, semicolons and line breaks of a search do not cut the first line, nor hide its « # »."""
    content = to_csv(a_sheet("Bègles"), (*COVER, f"« {text} »"))
    first, *rest = csv_rows(content)
    assert len(first) == 1
    assert rest == [["Colonne 0"], ["Bègles"]]
    assert content.decode("utf-8-sig").startswith("# Plan")


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        pytest.param(12.5, "12,5", id="a decimal comma"),
        pytest.param(-0.5, "-0,5", id="a number below zero is not a formula"),
        pytest.param(3_581_843, "3581843", id="no space among thousands, or it would be a text"),
        pytest.param(0, "0", id="zero is a number"),
        pytest.param(None, "", id="nothing is an empty cell"),
        pytest.param(date(2027, 1, 14), "2027-01-14", id="an ISO day, which no country reads otherwise"),
        pytest.param('Dax ; « Landes »\net "alentours"', 'Dax ; « Landes »\net "alentours"', id="any text"),
    ],
)
def test_a_csv_cell_opens_right(cell: SheetCell, written: str) -> None:
    """Numbers and days are those that French Excel recognises; texts come back as they were."""
    assert csv_rows(to_csv(a_sheet(cell), COVER))[2] == [written]


HOSTILE = [
    pytest.param("=cmd|' /C calc'!A0", id="a command"),
    pytest.param("+1", id="a plus"),
    pytest.param("-1", id="a minus"),
    pytest.param("@SUM(A1:A9)", id="an at sign"),
    pytest.param("\t=1+1", id="a tab before"),
    pytest.param("\r=1+1", id="a carriage return before"),
    pytest.param("\n=1+1", id="a line feed before"),
    pytest.param('=HYPERLINK("https://exemple.fr";"Voir")', id="a link"),
]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_starts_a_formula_in_a_csv(text: str) -> None:
    """An apostrophe makes a text of it, in a header as well."""
    sheet = Sheet("Essai", (text,), ((text,),))
    assert csv_rows(to_csv(sheet, COVER))[1:] == [[f"'{text}"], [f"'{text}"]]


@pytest.mark.parametrize("text", [*HOSTILE, pytest.param("https://exemple.fr", id="an address")])
def test_no_text_starts_a_formula_in_a_workbook(text: str) -> None:
    """A workbook says which cells are texts: they come back as they were, and no formula or link is in it."""
    content = to_xlsx([Sheet("Essai", (text,), ((text,),))], (text,), DAY)
    assert xlsx_rows(content, "Essai") == [[text], [text]]
    with ZipFile(io.BytesIO(content)) as parts:
        pages = b"".join(parts.read(name) for name in parts.namelist() if "/worksheets/" in name)
    assert b"<f>" not in pages
    assert b"<hyperlink" not in pages


def test_a_workbook_has_real_days_and_numbers() -> None:
    """They can be sorted and summed; what is not known is empty, not zero."""
    content = to_xlsx([a_sheet("Pau", 3, 12.5, date(2027, 1, 14), None, 0)], COVER, DAY)
    _, row = xlsx_rows(content, "Essai")
    assert row == ["Pau", 3.0, 12.5, date(2027, 1, 14), "", 0.0]


def test_a_workbook_opens_on_what_must_be_read() -> None:
    """The cover is the first worksheet, one line a row."""
    content = to_xlsx([a_sheet("Pau")], COVER, DAY)
    assert CalamineWorkbook.from_filelike(io.BytesIO(content)).sheet_names == ["À lire", "Essai"]
    assert [row[0] for row in xlsx_rows(content, "À lire")] == list(COVER)


@pytest.mark.parametrize("write", [lambda sheet: to_csv(sheet, COVER), lambda sheet: to_xlsx([sheet], COVER, DAY)])
def test_the_same_table_gives_the_same_bytes(write: Any) -> None:
    """Two exports of the same state can be compared, whenever they are made."""
    assert write(a_sheet("Pau", 3, None)) == write(a_sheet("Pau", 3, None))


def test_an_empty_table_is_a_header() -> None:
    """No action yet: the file opens, and says what it would hold."""
    empty = Sheet("Actions", ("Rencontre", "Échéance"), ())
    assert csv_rows(to_csv(empty, COVER))[1:] == [["Rencontre", "Échéance"]]
    assert xlsx_rows(to_xlsx([empty], COVER, DAY), "Actions") == [["Rencontre", "Échéance"]]


@pytest.mark.parametrize(
    ("length", "kept"), [(LONGEST_CELL, LONGEST_CELL), (LONGEST_CELL + 1, LONGEST_CELL)], ids=["fits", "one too many"]
)
def test_a_text_too_long_for_a_cell_is_cut_and_shows_it(length: int, kept: int) -> None:
    """An office suite would refuse the workbook; an ellipsis says that there was more."""
    (cell,) = xlsx_rows(to_xlsx([a_sheet("é" * length)], COVER, DAY), "Essai")[1]
    assert len(cell) == kept
    assert cell.endswith("…") is (length > kept)


@given(text=st.text(st.characters(codec="utf-8"), max_size=30))
def test_any_text_gives_a_workbook_that_opens(text: str) -> None:
    """Control characters too: the text is read again as it was."""
    content = to_xlsx([a_sheet(text, 1)], (text,), DAY)
    assert xlsx_rows(content, "Essai")[1] == [text, 1.0]
