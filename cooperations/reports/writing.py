"""The formats of a report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cooperations.errors import InvalidParameter
from cooperations.reports.page import as_page
from cooperations.reports.paper import as_paper
from cooperations.reports.workbook import as_workbook

if TYPE_CHECKING:
    from collections.abc import Callable

    from cooperations.reports.content import Report
    from cooperations.reports.steps import Say


@dataclass(frozen=True, slots=True)
class Format:
    """A format of files, and who it is for."""

    extension: str
    name: str
    media_type: str
    purpose: str
    write: Callable[[Report, Say], bytes]


FORMATS = {
    one.extension: one
    for one in (
        Format("pdf", "PDF", "application/pdf", "à imprimer, à envoyer", as_paper),
        Format(
            "xlsx",
            "XLSX",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "toutes les lignes, pour un tableur",
            as_workbook,
        ),
        Format("html", "HTML", "text/html; charset=utf-8", "à lire à l’écran, d’un seul fichier", as_page),
    )
}


def format_of(extension: str) -> Format:
    """Return the format of an extension; raises InvalidParameter."""
    try:
        return FORMATS[extension.lower().removeprefix(".")]
    except KeyError:
        raise InvalidParameter("format", f"une extension parmi {', '.join(FORMATS)} est attendue") from None


def file_name(report: Report, extension: str) -> str:
    """Return « rapport-40-2026-11-23.pdf »: where, and the day of the data."""
    codes = [key.partition(":")[2] for key in report.order.criteria.territories]
    where = "-".join(codes[:3]) or report.catalogue.gazetteer.perimeter.code
    return f"rapport-{where}-{report.day.isoformat()}.{extension}"
