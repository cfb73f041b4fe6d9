"""Tables as files for an office suite: CSV and XLSX, each with a cover that says what is in it.

Cells come from outside: none may start a formula, whoever opens the file.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from xlsxwriter import Workbook

from cooperations.criteria import criteria_in_words
from cooperations.sheets import french_date

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from cooperations.catalogue import Catalogue
    from cooperations.criteria import Criteria

SOURCE = "compte rendu du groupe de travail de la CRESS Aquitaine, 12 juillet 2016, et sources publiques"
LICENCE = "Licence Ouverte 2.0"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
LONGEST_CELL = 32_767
"""What a cell of a workbook holds at most, in characters."""
WIDEST_COLUMN = 420
"""In pixels."""

SheetCell = str | int | float | date | None


@dataclass(frozen=True)
class Sheet:
    """A table to take away. `title` names a worksheet: 31 characters at most, letters and spaces."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[SheetCell, ...], ...]


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


def to_csv(sheet: Sheet, cover: Iterable[str]) -> bytes:
    """Return a table as French Excel opens it: UTF-8 with its mark, semicolons, decimal commas, ISO days.

    The cover is a first line that begins with « # ». An apostrophe goes before a text that would start a formula.
    """
    out = io.StringIO()
    out.write(f"# {_one_cell(cover)}\r\n")
    csv.writer(out, delimiter=";").writerows([_as_text(cell) for cell in row] for row in (sheet.columns, *sheet.rows))
    return out.getvalue().encode("utf-8-sig")


def to_xlsx(sheets: Iterable[Sheet], cover: tuple[str, ...], day: date) -> bytes:
    """Return a workbook dated `day`: the cover, then one worksheet per table, with real days and numbers.

    The same input gives the same bytes.
    """
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties(
            {
                "title": cover[0],
                "subject": "Coopérations économiques de l’ESS",
                "comments": "\n".join(cover[1:]),
                "created": datetime.combine(day, time()),
            }
        )
        _write_cover(book, cover)
        for sheet in sheets:
            _write_table(book, sheet)
    return out.getvalue()


def _one_cell(cover: Iterable[str]) -> str:
    """Return lines as one, without what would make a reader of CSV quote or cut it."""
    line = " ".join(" ".join(cover).splitlines())
    return re.sub(r"\s*;", ",", line.replace('"', "”"))


def _as_text(cell: SheetCell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return str(cell).replace(".", ",")
    if isinstance(cell, str) and cell.startswith(FORMULA_STARTS):
        return f"'{cell}"
    return str(cell)


def _write_cover(book: Workbook, cover: tuple[str, ...]) -> None:
    page = book.add_worksheet("À lire")
    page.set_column(0, 0, 100)
    wrapped, title = book.add_format({"text_wrap": True}), book.add_format({"text_wrap": True, "bold": True})
    for row, line in enumerate(cover):
        _write_cell(page, row, 0, line, wrapped if row else title)


def _write_table(book: Workbook, sheet: Sheet) -> None:
    page = book.add_worksheet(sheet.title)
    bold, days = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "dd/mm/yyyy"})
    for column, name in enumerate(sheet.columns):
        _write_cell(page, 0, column, name, bold)
    for number, cells in enumerate(sheet.rows, 1):
        for column, cell in enumerate(cells):
            _write_cell(page, number, column, cell, days if isinstance(cell, date) else None)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
    page.autofit(WIDEST_COLUMN)


def _write_cell(page: Worksheet, row: int, column: int, cell: SheetCell, style: Format | None) -> None:
    if isinstance(cell, str):
        page.write_string(row, column, cell if len(cell) <= LONGEST_CELL else f"{cell[: LONGEST_CELL - 1]}…", style)
    elif isinstance(cell, date):
        page.write_datetime(row, column, cell, style)
    elif cell is not None:
        page.write_number(row, column, cell, style)
