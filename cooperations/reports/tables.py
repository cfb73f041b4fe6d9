"""The tables of a report: the same in the PDF, the workbook and the page."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from cooperations import vocabularies as v
from cooperations.coverage.tables import actions_sheet, gaps_sheet, matrix_sheet, place_name
from cooperations.exports import LongSheet, Sheet
from cooperations.figures import territory_bars, type_bars, year_bars
from cooperations.listing import ordered_rows
from cooperations.sheets import period_label, place_label, type_label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cooperations.coverage import Cell
    from cooperations.exports import SheetCell
    from cooperations.figures import Bar
    from cooperations.model import Practice
    from cooperations.reports.content import Change, Report, Seen

ORDER = "type"
PRACTICE_COLUMNS = (
    *("Nom", "Type de pratique", "Lieu", "Précision", "Période", "Statut", "Structures et rôles", "Certitude"),
    *("Relue le", "Source", "Page de la source", "Description", "Identifiant"),
)


def figures(report: Report) -> Sheet:
    """Return the key figures, and their change when a snapshot was compared."""
    columns = ("Chiffre", "Valeur", "Sur", "Précision")
    compared = ("Dans l’instantané", "Changement") if report.before else ()
    width = len(columns) + len(compared)
    return Sheet("Chiffres", (*columns, *compared), tuple(_figure(one)[:width] for one in report.changes))


def matrix(report: Report) -> Sheet:
    """Return the matrix, states in words."""
    return matrix_sheet(report.now.matrix)


def gaps(report: Report) -> Sheet:
    """Return the gaps, the worst first."""
    return gaps_sheet(report.gaps, report.catalogue.gazetteer)


def actions(report: Report) -> Sheet:
    """Return the actions, the first due first."""
    return actions_sheet(report.now.actions, report.catalogue)


def changed(report: Report) -> Sheet:
    """Return what came and went since the snapshot: practices, gaps, actions."""
    rows = tuple(_changed(report.before, report.now)) if report.before else ()
    return Sheet("Changements", ("Ce qui a changé", "Quoi", "Où"), rows)


def practices(report: Report) -> LongSheet:
    """Return the practices, read as they are written: there may be many."""
    return LongSheet("Pratiques", PRACTICE_COLUMNS, practice_rows(report))


def practice_rows(report: Report) -> Iterator[tuple[SheetCell, ...]]:
    """Yield a row per practice, by type, then by name."""
    selection = report.now.selection
    for row in ordered_rows(selection, ORDER):
        practice = selection.catalogue.practices[row]
        yield (
            practice.name,
            type_label(practice),
            place_label(selection.catalogue, practice),
            v.PRECISIONS.label(practice.precision),
            period_label(practice) or None,
            v.STATUSES.label(practice.status),
            _actors(report, practice),
            v.CONFIDENCES.label(practice.confidence),
            practice.checked_on,
            practice.source,
            practice.source_url,
            practice.description,
            practice.id,
        )


def by_type(report: Report) -> Sheet:
    """Return the numbers of the chart by type."""
    rows = tuple((v.PRACTICES.label(bar.code), bar.count) for bar in type_bars(report.now.matrix))
    return Sheet("Par type", ("Type de pratique", "Pratiques"), rows)


def by_territory(report: Report) -> Sheet:
    """Return the numbers of the chart by territory."""
    matrix = report.now.matrix
    return _crossed("Par territoire", "Territoire", territory_bars(matrix, report.now.selection), matrix.leading)


def over_time(report: Report) -> Sheet:
    """Return the numbers of the chart over time."""
    leading = report.now.matrix.leading
    return _crossed("Dans le temps", "Année de début", year_bars(report.now.selection, leading), leading)


def completeness(report: Report) -> Sheet:
    """Return, for what should be known of each practice, of how many it is."""
    selection = report.now.selection
    held = selection.practices
    known = {
        "Territoire": sum(bool(one.territories) for one in held),
        "Point, à l’adresse ou à la commune": selection.by_location["point"],
        "Début ou fin": sum(bool(one.start or one.end) for one in held),
        "Statut": sum(one.status != "inconnu" for one in held),
        "Structures qui prennent part": sum(bool(selection.catalogue.actors(one.id)) for one in held),
        "Page internet de la source": sum(one.source_url is not None for one in held),
    }
    rows = tuple((what, count, len(held), _share(count, len(held))) for what, count in known.items())
    return Sheet("Complétude", ("Ce qui est connu", "Pratiques", "Sur", "Part (%)"), rows)


def confidence(report: Report) -> Sheet:
    """Return how many practices are how certain."""
    held = report.now.selection.practices
    counts = Counter(one.confidence for one in held)
    rows = tuple(
        (one.label, one.definition, counts[one.code], _share(counts[one.code], len(held))) for one in v.CONFIDENCES
    )
    return Sheet("Certitude", ("Certitude", "Ce que cela veut dire", "Pratiques", "Part (%)"), rows)


def sources(report: Report) -> Sheet:
    """Return the sources, the most used first."""
    counts = Counter(one.source for one in report.now.selection.practices)
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return Sheet("Sources", ("Source", "Pratiques"), tuple(ordered))


def _figure(change: Change) -> tuple[SheetCell, ...]:
    figure = change.figure
    difference = None if change.before is None else figure.value - change.before
    return figure.label, figure.value, figure.among, figure.remark or None, change.before, difference


def _crossed(title: str, group: str, bars: Sequence[Bar], codes: Sequence[str]) -> Sheet:
    groups = tuple(dict.fromkeys(bar.group for bar in bars))
    counts = {(bar.group, bar.code): bar.count for bar in bars}
    rows = tuple(_row(one, [counts[one, code] for code in codes]) for one in groups)
    return Sheet(title, (group, *map(v.PRACTICES.label, codes)), rows)


def _row(name: str, numbers: list[int]) -> tuple[SheetCell, ...]:
    return name, *numbers


def _actors(report: Report, practice: Practice) -> str | None:
    held = report.catalogue.actors(practice.id)
    said = "\u00a0; ".join(f"{one.structure.name} ({v.ROLES.label(one.role).lower()})" for one in held)
    return said or None


def _share(count: int, whole: int) -> float | None:
    return round(100 * count / whole, 1) if whole else None


def _changed(before: Seen, now: Seen) -> Iterator[tuple[SheetCell, ...]]:
    for what, these, others in (("Pratique apparue", now, before), ("Pratique disparue", before, now)):
        known = {one.id for one in others.selection.practices}
        for one in these.selection.practices:
            if one.id not in known:
                yield what, one.name, place_label(these.selection.catalogue, one)
    gazetteer = now.selection.catalogue.gazetteer
    for what, cell in _cells_changed(before, now):
        yield what, v.PRACTICES.label(cell.code), gazetteer[cell.key].label
    was_open = {one.id for one in before.actions if one.state not in v.CLOSED_STATES}
    known = {one.id for one in before.actions}
    for action in now.actions:
        place = place_name(action.territory, gazetteer)
        if action.id not in known:
            yield "Action décidée", action.what, place
        if action.state in v.CLOSED_STATES and (action.id in was_open or action.id not in known):
            yield "Action close", action.what, place


def _cells_changed(before: Seen, now: Seen) -> Iterator[tuple[str, Cell]]:
    """Yield the gaps that came or went; one that a group puts beside the subject is not filled."""
    was = {(cell.code, cell.key): cell for cell in before.matrix.leading_cells}
    for cell in now.matrix.leading_cells:
        old = was.get((cell.code, cell.key))
        if old is None or old.is_gap == cell.is_gap:
            continue
        went = "Manque comblé" if cell.count else "Manque écarté, hors sujet"
        yield (went if old.is_gap else "Manque ouvert"), cell
