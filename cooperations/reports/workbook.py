"""A report as a workbook: one worksheet per table, real days and numbers."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from cooperations.exports import write_long_workbook
from cooperations.reports import tables
from cooperations.reports.steps import silent
from cooperations.reports.words import cover_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cooperations.exports import LongSheet, Sheet
    from cooperations.reports.content import Report
    from cooperations.reports.steps import Say

MOST_SHEETS = 13


def as_workbook(report: Report, say: Say = silent) -> bytes:
    """Return a report as XLSX; practices are written row by row, however many there are."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "rapport.xlsx"
        write_long_workbook(path, _said(_sheets(report), say), cover_lines(report), report.day)
        return path.read_bytes()


def _said(sheets: Iterator[Sheet | LongSheet], say: Say) -> Iterator[Sheet | LongSheet]:
    for number, sheet in enumerate(sheets):
        say(number / MOST_SHEETS, f"{sheet.title}…")
        yield sheet


def _sheets(report: Report) -> Iterator[Sheet | LongSheet]:
    yield tables.figures(report)
    if report.before:
        yield tables.changed(report)
    for table in (
        *(tables.matrix, tables.gaps, tables.actions, tables.practices, tables.by_type, tables.by_territory),
        *(tables.over_time, tables.completeness, tables.confidence, tables.sources),
    ):
        yield table(report)
