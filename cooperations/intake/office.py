"""XLSX, XLS and ODS → a raw table, through calamine, once the archive is known to be harmless."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from python_calamine import CalamineWorkbook

from cooperations.errors import UnreadableFile
from cooperations.intake.raw import MAX_CELLS, MAX_UNPACKED, RawTable, check_size, table_of
from cooperations.text import number, suggestion

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

WORST_RATIO = 200
"""Sheets of repeated cells compress about 50 times; a bomb, 1 000 times."""
SMALL = 20 * 1024 * 1024
"""Unpacked bytes under which the ratio says nothing."""
CHUNK = 1 << 20
CELL_REFERENCE = re.compile(rb'<(?:\w+:)?c [^>]*?r="([A-Z]{1,3})(\d{1,7})"')
DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
REPEATS = re.compile(
    rb"<table:table-row\b([^>]*)>|<table:(?:covered-)?table-cell\b([^>]*)>",
)
ROWS_REPEATED = re.compile(rb'number-rows-repeated="(\d{1,9})"')
COLUMNS_REPEATED = re.compile(rb'number-columns-repeated="(\d{1,9})"')
DAMAGED = "L’ouvrir dans un tableur, puis l’enregistrer de nouveau."

Cell = int | float | str | bool | time | date | datetime | timedelta


def read_workbook(file: str, content: bytes, form: str, sheet: str | None = None) -> RawTable:
    """Return the table of the sheet named `sheet`, else of the first one that holds a table.

    `form` is xlsx, xls or ods. Whole numbers lose their « .0 », days are ISO. Raises UnreadableFile for what is
    damaged, protected by a password, too large once unpacked, or without a table.
    """
    if form != "xls":
        _check_archive(file, content, form)
    try:
        return _read(file, content, form, sheet)
    except UnreadableFile:
        raise
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # a panic of the Rust reader is no Exception
        protected = "assword" in type(error).__name__
        problem = "le classeur est protégé par un mot de passe" if protected else "le classeur est endommagé"
        remedy = "L’enregistrer sans mot de passe." if protected else DAMAGED
        raise UnreadableFile(file, problem, remedy) from error


def _read(file: str, content: bytes, form: str, wanted: str | None) -> RawTable:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    if wanted is not None and wanted not in book.sheet_names:
        hint = suggestion(wanted, book.sheet_names)
        remedy = f"Vouliez-vous dire « {hint} » ?" if hint else f"Ses feuilles sont : {', '.join(book.sheet_names)}."
        raise UnreadableFile(file, f"aucune feuille ne s’appelle « {wanted} »", remedy)
    names = [wanted] if wanted is not None else book.sheet_names
    sheets = [_rows(file, book.get_sheet_by_name(name)) for name in names]
    chosen = next((rows for rows in sheets if _top(rows, 2) is not None), None)
    chosen = chosen or next((rows for rows in sheets if _top(rows, 1) is not None), [])
    top = _top(chosen, 2) or _top(chosen, 1) or 0
    return table_of(file, ((at, cells) for at, cells in enumerate(chosen, 1) if at > top - 1), form)


def _rows(file: str, sheet: CalamineSheet) -> list[list[str]]:
    check_size(file, sheet.total_height, 1)
    return [[text_of(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]


def _top(rows: list[list[str]], width: int) -> int | None:
    """Return the number of the first row with at least `width` cells: the header stands below a sheet's titles."""
    return next((at for at, cells in enumerate(rows, 1) if sum(bool(cell.strip()) for cell in cells) >= width), None)


def text_of(cell: object) -> str:
    """Return a typed cell as text: whole numbers without « .0 », ISO days, « oui » and « non »."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "oui" if cell else "non"
    if isinstance(cell, float):
        return f"{cell:.0f}" if cell.is_integer() else repr(cell) if cell == cell else ""  # noqa: PLR0124 - NaN
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


def _check_archive(file: str, content: bytes, form: str) -> None:
    """Raise UnreadableFile for an archive that lies about its sizes, unpacks to too much, or declares entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_sizes(file, archive, len(content))
            for member in archive.infolist():
                _check_member(file, archive, member, form)
    except UnreadableFile:
        raise
    except Exception as error:  # zipfile lets struct, zlib and codec errors through
        raise UnreadableFile(file, "le classeur est endommagé", DAMAGED) from error


def _check_sizes(file: str, archive: zipfile.ZipFile, packed: int) -> None:
    unpacked = sum(member.file_size for member in archive.infolist())
    if unpacked > MAX_UNPACKED or (unpacked > SMALL and unpacked > WORST_RATIO * packed):
        size = number(unpacked // CHUNK)
        raise UnreadableFile(file, f"une fois décompressé, il ferait {size} Mo", "Enregistrer la liste en CSV.")


def _check_member(file: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo, form: str) -> None:
    """Unpack a member for nothing: its true size is checked by its CRC, its declarations and its extent are seen."""
    if not member.filename.endswith((".xml", ".rels")):
        return
    text = archive.read(member)
    if any(mark in text for mark in DECLARATIONS):
        raise UnreadableFile(file, "le classeur déclare des entités XML", DAMAGED)
    sheet = member.filename.startswith("xl/worksheets/") if form == "xlsx" else member.filename == "content.xml"
    if sheet and (cells := _extent(text) if form == "xlsx" else _repeated(text)) > MAX_CELLS:
        problem = f"une feuille s’étend sur {number(cells)} cellules"
        raise UnreadableFile(file, problem, "Supprimer les cellules vides autour du tableau, ou enregistrer en CSV.")


def _extent(text: bytes) -> int:
    """Return how many cells the rectangle around the cells of an XLSX sheet holds."""
    columns, rows = {b"A"}, 1
    for column, row in CELL_REFERENCE.findall(text):
        columns.add(column)
        rows = max(rows, int(row))
    return max(_column_number(column) for column in columns) * rows


def _column_number(letters: bytes) -> int:
    at = 0
    for letter in letters:
        at = at * 26 + letter - ord("A") + 1
    return at


def _repeated(text: bytes) -> int:
    """Return how many cells with a value the repetitions of an ODS sheet stand for."""
    cells, times = 0, 1
    for row, cell in REPEATS.findall(text):
        if cell:
            cells += times * _times(COLUMNS_REPEATED, cell) if b"value-type" in cell else 0
        else:
            times = _times(ROWS_REPEATED, row)
    return cells


def _times(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    found = pattern.search(attributes)
    return int(found.group(1)) if found else 1


def sheet_names(content: bytes) -> tuple[str, ...]:
    """Return the names of the sheets of a workbook that `read_workbook` reads, for a page that lets one be chosen."""
    return tuple(CalamineWorkbook.from_filelike(io.BytesIO(content)).sheet_names)
