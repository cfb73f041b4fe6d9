"""A report as sections of words, pictures and tables: what its PDF and its page both show.

Long lists stop at a number of lines, and say so: the workbook has them all.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from cooperations import vocabularies as v
from cooperations.coverage.cells import SIGNS, signed
from cooperations.coverage.gaps import distance_in_words
from cooperations.reports import tables, words
from cooperations.text import decimal, number, plural

if TYPE_CHECKING:
    from cooperations.coverage import Cell
    from cooperations.exports import Sheet, SheetCell
    from cooperations.reports.content import Report

MOST_LINES = 1_000
WHOLE_LIST = "le classeur (XLSX) du même rapport les a toutes"
STATES = (
    "● et un nombre\u00a0: au moins une pratique. ∅\u00a0: cherché, rien trouvé (par qui, quand). ?\u00a0: non "
    "enquêté, on ne sait pas. —\u00a0: hors sujet (pourquoi). 0\u00a0: les filtres écartent les pratiques de la case. "
    "«\u00a0+1 couvrant\u00a0»\u00a0: une pratique vaut pour un territoire plus vaste, sans se situer ici."
)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of texts; `numbers` are the columns set to the right, `widths` their shares, `totals` its last line."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    numbers: tuple[int, ...] = ()
    totals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report. `drawn` names some of `pictures`; `wide` asks for a page on its side."""

    name: str
    title: str
    texts: tuple[str, ...] = ()
    drawn: tuple[str, ...] = ()
    table: Table | None = None
    notes: tuple[str, ...] = ()
    wide: bool = False


def sections(report: Report) -> tuple[Section, ...]:
    """Return the sections, in their order."""
    changed = (_changed(report),) if report.before else ()
    return (
        _where(report),
        _by_type(report),
        _over_time(report),
        *changed,
        _matrix(report),
        _gaps(report),
        _actions(report),
        _practices(report),
        _quality(report),
        _confidence(report),
        _sources(report),
        Section("methode", "Méthode", words.METHOD),
    )


def text(cell: SheetCell) -> str:
    """Return a cell in French: « 1 204,5 », « 12/07/2016 »."""
    if cell is None:
        return ""
    if isinstance(cell, bool | str):
        return str(cell)
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    return decimal(cell) if isinstance(cell, float) else number(cell)


def table(sheet: Sheet, widths: tuple[int, ...]) -> Table:
    """Return a sheet as texts, its columns of numbers set to the right."""
    rows = tuple(tuple(map(text, row)) for row in sheet.rows[:MOST_LINES])
    numbers = (
        column for column in range(len(sheet.columns)) if sheet.rows and isinstance(sheet.rows[0][column], int | float)
    )
    return Table(sheet.columns, rows, widths, tuple(numbers))


def _where(report: Report) -> Section:
    sheet = tables.by_territory(report)
    widths = (3, *([2] * (len(sheet.columns) - 1)))
    placed = report.now.selection.by_location
    said = (
        f"{plural(placed['point'], 'pratique')} à l’adresse ou à la commune, {number(placed['territoire'])} à "
        f"l’échelle d’un territoire, {number(placed['inconnue'])} sans territoire connu, "
        f"{number(placed['hors_perimetre'])} hors de la région."
    )
    drawn = ("repartition",) if len(report.now.selection) else ()
    return Section("territoires", "Où", (said,), ("territoires", *drawn), table(sheet, widths))


def _by_type(report: Report) -> Section:
    drawn = ("types",) if len(report.now.selection) else ()
    return Section("types", "Par type de pratique", (), drawn, table(tables.by_type(report), (4, 1)))


def _over_time(report: Report) -> Section:
    sheet, held = tables.over_time(report), report.now.selection.practices
    undated = sum(one.start is None for one in held)
    said = f"{plural(undated, 'pratique')} sur {number(len(held))} sans date de début connue."
    if not sheet.rows:
        return Section("temps", "Dans le temps", (said,))
    return Section("temps", "Dans le temps", (said,), ("temps",), table(sheet, (1, *([2] * (len(sheet.columns) - 1)))))


def _changed(report: Report) -> Section:
    sheet, title = tables.changed(report), "Ce qui a changé depuis l’instantané"
    said = f"Comparé à {words.comparison(report)}."
    if not sheet.rows:
        return Section("changements", title, (said, "Rien n’a changé pour ces critères."))
    return Section("changements", title, (said,), table=table(sheet, (2, 4, 3)), notes=_cut(len(sheet.rows), "ligne"))


def _matrix(report: Report) -> Section:
    matrix, gazetteer = report.now.matrix, report.catalogue.gazetteer
    rows = tuple(
        (gazetteer[key].name, *(_cell(cell) for cell in matrix.row(key)), number(matrix.key_totals[key]))
        for key in matrix.keys
    )
    columns = ("Territoire", *map(v.PRACTICES.label, matrix.codes), "Toutes")
    totals = (*(number(matrix.totals[code]) for code in matrix.codes), number(len(report.now.selection)))
    widths = (3, *([2] * len(matrix.codes)), 1)
    drawn = Table(columns, rows, widths, (len(columns) - 1,), ("Nombre sur la carte", *totals))
    return Section("matrice", "Couverture\u00a0: la matrice", (STATES,), table=drawn, wide=True)


def _cell(cell: Cell) -> str:
    said = number(cell.count) if cell.state == "couvert" else ""
    label = "" if cell.state in {"couvert", "filtre"} else v.COVERAGE_STATES.label(cell.state).lower()
    covering = f"+{number(cell.covering)} couvrant{'s' if cell.covering > 1 else ''}" if cell.covering else ""
    who = signed(cell)
    first = " ".join(part for part in (SIGNS[cell.state], said, label) if part)
    return "\n".join(part for part in (first, who, covering) if part)


def _gaps(report: Report) -> Section:
    if not report.gaps:
        return Section(
            "manques", "Manques", ("Aucun manque ici\u00a0: chaque case a une pratique, ou est hors sujet.",)
        )
    gazetteer = report.catalogue.gazetteer
    rows = tuple(
        (
            *(number(rank), v.PRACTICES.label(gap.cell.code), gazetteer[gap.cell.key].name),
            *(v.COVERAGE_STATES.label(gap.cell.state), decimal(gap.score, 1)),
            *((gap.nearest.name, distance_in_words(gap.nearest)) if gap.nearest else ("aucun exemple situé", "")),
        )
        for rank, gap in enumerate(report.gaps[:MOST_LINES], 1)
    )
    columns = ("Rang", "Type de pratique", "Territoire", "État", "Score", "Exemple le plus proche", "Distance")
    said = f"{plural(len(report.gaps), 'case')} sans exemple, du manque le plus pressant au moins pressant."
    drawn = Table(columns, rows, (3, 8, 8, 5, 3, 9, 6), (0, 4, 6))
    return Section("manques", "Manques", (said,), table=drawn, notes=_cut(len(report.gaps), "case"))


def _actions(report: Report) -> Section:
    sheet = tables.actions(report)
    if not sheet.rows:
        return Section("actions", "Actions", ("Aucune action n’est ouverte ni close pour ces critères.",))
    rows = tuple(
        (f"{row[0]}\n{text(row[1])}", *map(text, row[2:6]), "\n".join(text(part) for part in row[7:9] if part))
        for row in sheet.rows[:MOST_LINES]
    )
    columns = ("Rencontre", "Quoi", "Responsable", "Type de pratique", "Territoire", "État")
    drawn = Table(columns, rows, (5, 8, 5, 6, 5, 5))
    return Section("actions", "Actions", table=drawn, notes=_cut(len(sheet.rows), "action"))


def _practices(report: Report) -> Section:
    count = len(report.now.selection)
    if not count:
        return Section("pratiques", "Liste des pratiques", ("Aucune pratique ne répond à ces critères.",))
    shown = islice(tables.practice_rows(report), MOST_LINES)
    rows = tuple(
        (*map(text, row[:3]), "\n".join(text(part) for part in (row[5], row[4]) if part), text(row[6]), text(row[7]))
        for row in shown
    )
    columns = ("Nom", "Type de pratique", "Lieu", "Statut et période", "Structures et rôles", "Certitude")
    said = f"{plural(count, 'pratique')}, par type, puis par nom."
    drawn = Table(columns, rows, (8, 8, 6, 5, 8, 5))
    return Section("pratiques", "Liste des pratiques", (said,), table=drawn, notes=_cut(count, "pratique"))


def _quality(report: Report) -> Section:
    said = "De combien de pratiques chaque fait est connu. Ce qui manque n’est jamais deviné."
    return Section("completude", "Complétude", (said,), table=table(tables.completeness(report), (4, 1, 1, 1)))


def _confidence(report: Report) -> Section:
    return Section("certitude", "Certitude", (), table=table(tables.confidence(report), (2, 5, 1, 1)))


def _sources(report: Report) -> Section:
    sheet = tables.sources(report)
    if not sheet.rows:
        return Section("sources", "Sources", ("Aucune pratique, donc aucune source.",))
    return Section("sources", "Sources", table=table(sheet, (6, 1)), notes=_cut(len(sheet.rows), "source"))


def _cut(count: int, what: str) -> tuple[str, ...]:
    if count <= MOST_LINES:
        return ()
    return (f"Les {number(MOST_LINES)} premières, sur {plural(count, what)}\u00a0: {WHOLE_LIST}.",)
