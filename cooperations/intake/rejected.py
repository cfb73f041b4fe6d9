"""The refused rows given back as a file: corrected in a spreadsheet, it is imported again as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cooperations.exports import Sheet, to_csv
from cooperations.text import plural

if TYPE_CHECKING:
    from cooperations.errors import DataIssue
    from cooperations.intake.work import Intake

ADDED = ("ligne", "colonne", "valeur", "raison", "que faire")
"""The columns that tell why; an import ignores them, whatever profile reads the file."""
BETWEEN = " · "


def rejected(intake: Intake) -> bytes:
    """Return the refused rows as CSV (UTF-8 with its mark, semicolons), with why and what to do.

    Several defects of a row are in the same cells, separated by « · ». A row with too many or too few cells gives what
    fits the columns, and the whole of it under « valeur ».
    """
    sheet = rejected_sheet(intake)
    cover = (
        f"Lignes refusées de {intake.raw.file} : {plural(len(sheet.rows), 'ligne')}.",
        "Corriger les cellules, puis importer ce fichier : les cinq dernières colonnes sont ignorées.",
    )
    return to_csv(sheet, cover)


def rejected_sheet(intake: Intake) -> Sheet:
    """Return the refused rows as a table: the file's own columns, then why they were refused."""
    by_line: dict[int, list[DataIssue]] = {}
    for issue in intake.refusals:
        by_line.setdefault(issue.line, []).append(issue)
    original = tuple(name for name in intake.raw.header if name not in ADDED)
    at = {int(line): row for row, line in enumerate(intake.raw.lines)}
    ragged = {row.line: row.cells for row in intake.raw.ragged}
    frame = intake.raw.frame[list(original)]
    rows = []
    for line, issues in sorted(by_line.items()):
        whole = ragged.get(line)
        cells = frame.iloc[at[line]].tolist() if whole is None else _fitted(whole, len(original))
        rows.append((*cells, *_why(line, issues, whole)))
    return Sheet("Lignes refusées", (*original, *ADDED), tuple(rows))


def _why(line: int, issues: list[DataIssue], whole: tuple[str, ...] | None) -> tuple[str, ...]:
    values = BETWEEN.join(issue.value for issue in issues) if whole is None else " | ".join(whole)
    told = ((issue.column, issue.problem, issue.remedy) for issue in issues)
    columns, problems, remedies = (BETWEEN.join(dict.fromkeys(parts)) for parts in zip(*told, strict=True))
    return str(line), columns, values, problems, remedies


def _fitted(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    return (*cells[:width], *[""] * (width - len(cells)))
