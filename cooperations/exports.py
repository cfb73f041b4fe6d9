"""Tables as files for an office suite: CSV and XLSX, each with a cover that says what is in it.

Cells come from outside: none may start a formula, whoever opens the file.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import chain, count, islice
from typing import TYPE_CHECKING

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range_abs

from cooperations.criteria import criteria_in_words
from cooperations.sheets import french_date

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from cooperations.catalogue import Catalogue
    from cooperations.criteria import Criteria

SOURCE = "compte rendu du groupe de travail de la CRESS Aquitaine, 12 juillet 2016, et sources publiques"
LICENCE = "Licence Ouverte 2.0"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
LONGEST_CELL = 32_767
"""What a cell of a workbook holds at most, in characters."""
WIDEST_CHARACTERS = 60
MOST_ROWS = 1_048_575
"""What a worksheet holds, its header apart."""
YES_NO = ("non", "oui")
_TEXTS_ARE_TEXTS = {"strings_to_formulas": False, "strings_to_urls": False}

SheetCell = str | int | float | bool | date | None


@dataclass(frozen=True)
class Sheet:
    """A table to take away. `title` names a worksheet: 31 characters at most, letters and spaces."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[SheetCell, ...], ...]


@dataclass(frozen=True)
class LongSheet:
    """A table that is read as it is written, once, since it may not fit in memory."""

    title: str
    columns: tuple[str, ...]
    rows: Iterable[tuple[SheetCell, ...]]


def data_day(catalogue: Catalogue) -> date:
    """Return the day on which the data were last read against their sources."""
    return max(practice.checked_on for practice in catalogue.practices)


def cover_lines(title: str, criteria: Criteria, catalogue: Catalogue, day: date) -> tuple[str, ...]:
    """Return what a file says of itself: what it is, its filters, the days, the source, the licence."""
    return (
        f"{title}.",
        f"Filtres : {criteria_in_words(criteria, catalogue.gazetteer)}.",
        f"Export du {french_date(day.isoformat())} ; données relues le {french_date(data_day(catalogue).isoformat())}.",
        f"Source : {SOURCE}.",
        f"Licence : {LICENCE}.",
        catalogue.gazetteer.perimeter.attribution,
    )


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a CSV file separates cells and writes decimals."""

    delimiter: str
    decimal: str


OFFICE, OPEN = Dialect(";", ","), Dialect(",", ".")
"""What French Excel opens by itself; what programs, and data/, expect."""


def csv_text(rows: Iterable[Iterable[SheetCell]], dialect: Dialect) -> str:
    """Return rows as CSV: ISO days, « oui » and « non »; an apostrophe goes before what would start a formula."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=dialect.delimiter)
    writer.writerows([_as_text(cell, dialect.decimal) for cell in row] for row in rows)
    return out.getvalue()


def to_csv(sheet: Sheet, cover: Iterable[str]) -> bytes:
    """Return a table as French Excel opens it: UTF-8 with its mark, semicolons, decimal commas.

    The cover is a first line that begins with « # ».
    """
    rows = csv_text((sheet.columns, *sheet.rows), OFFICE)
    return f"# {_one_cell(cover)}\r\n{rows}".encode("utf-8-sig")


def to_xlsx(sheets: Iterable[Sheet], cover: tuple[str, ...], day: date) -> bytes:
    """Return a workbook dated `day`: the cover, then one worksheet per table, with real days and numbers.

    The same input gives the same bytes.
    """
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True, **_TEXTS_ARE_TEXTS}) as book:
        begin_workbook(book, cover, day)
        for sheet in sheets:
            _write_rows(book, sheet.title, sheet.columns, sheet.rows)
    return out.getvalue()


def write_long_workbook(path: Path, sheets: Iterable[Sheet | LongSheet], cover: tuple[str, ...], day: date) -> None:
    """Write a workbook as `to_xlsx`, row by row; when a worksheet is full another one follows, numbered."""
    settings = {"constant_memory": True, "tmpdir": str(path.parent), **_TEXTS_ARE_TEXTS}
    with Workbook(str(path), settings) as book:
        begin_workbook(book, cover, day)
        for sheet in sheets:
            _write_parts(book, sheet)


def begin_workbook(book: Workbook, cover: tuple[str, ...], day: date) -> None:
    """Give a workbook its properties and its cover."""
    book.set_properties(
        {
            "title": cover[0],
            "subject": "Coopérations économiques de l’ESS",
            "comments": "\n".join(cover[1:]),
            "created": datetime.combine(day, time()),
        }
    )
    _write_cover(book, cover)


def _one_cell(cover: Iterable[str]) -> str:
    """Return lines as one, without what would make a reader of CSV quote or cut it."""
    line = " ".join(" ".join(cover).splitlines())
    return re.sub(r"\s*;", ",", line.replace('"', "”"))


def _as_text(cell: SheetCell, decimal: str) -> str:
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
    if cell is None:
        return ""
    if isinstance(cell, float):
        return str(cell).replace(".", decimal)
    return YES_NO[cell] if isinstance(cell, bool) else str(cell)


def _write_cover(book: Workbook, cover: tuple[str, ...]) -> None:
    page = book.add_worksheet("À lire")
    page.set_column(0, 0, 100)
    wrapped, title = book.add_format({"text_wrap": True}), book.add_format({"text_wrap": True, "bold": True})
    for row, line in enumerate(cover):
        _write_cell(page, row, 0, line, wrapped if row else title)


def _write_parts(book: Workbook, sheet: Sheet | LongSheet) -> None:
    rows = iter(sheet.rows)
    for number in count(1):
        part = islice(rows, MOST_ROWS)
        first = next(part, None)
        if first is None and number > 1:
            break
        title = sheet.title if number == 1 else f"{sheet.title} {number}"
        _write_rows(book, title, sheet.columns, chain([first] if first else [], part))


def _write_rows(book: Workbook, title: str, columns: Iterable[str], rows: Iterable[Iterable[SheetCell]]) -> None:
    page = book.add_worksheet(title)
    bold, days = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "dd/mm/yyyy"})
    last, widest = (0, 0), defaultdict[int, int](int)
    for number, cells in enumerate(chain([columns], rows)):
        for column, cell in enumerate(cells):
            style = bold if number == 0 else days if isinstance(cell, date) else None
            _write_cell(page, number, column, cell, style)
            widest[column] = max(widest[column], len(str(cell)) if cell is not None else 0)
        last = (number, max(last[1], column))
    for column, width in widest.items():
        page.set_column(column, column, min(WIDEST_CHARACTERS, width + 3))
    page.freeze_panes(1, 0)
    page.repeat_rows(0)
    page.autofilter(0, 0, *last)
    _name(book, title, last)


def _name(book: Workbook, title: str, last: tuple[int, int]) -> None:
    """Name a table and its header row, so that formulas, and readers of screens, find them."""
    name = re.sub(r"\W+", "_", title)
    book.define_name(f"Tableau_{name}", f"='{title}'!{xl_range_abs(0, 0, *last)}")
    book.define_name(f"Entetes_{name}", f"='{title}'!{xl_range_abs(0, 0, 0, last[1])}")


def _write_cell(page: Worksheet, row: int, column: int, cell: SheetCell, style: Format | None) -> None:
    if isinstance(cell, str):
        page.write_string(row, column, cell if len(cell) <= LONGEST_CELL else f"{cell[: LONGEST_CELL - 1]}…", style)
    elif isinstance(cell, date):
        page.write_datetime(row, column, cell, style)
    elif isinstance(cell, bool):
        page.write_string(row, column, YES_NO[cell], style)
    elif cell is not None:
        page.write_number(row, column, cell, style)
