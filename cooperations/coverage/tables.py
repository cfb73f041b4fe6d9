"""The tables that are exported: the matrix, the gaps, the actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cooperations import vocabularies as v
from cooperations.coverage.cells import in_words
from cooperations.coverage.denominators import DECIMALS, per_100k_inhabitants
from cooperations.coverage.indicators import INDICATORS
from cooperations.errors import UnknownPractice
from cooperations.exports import Sheet
from cooperations.selection import select

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cooperations.catalogue import Catalogue
    from cooperations.coverage.cells import Coverage
    from cooperations.coverage.gaps import Gap
    from cooperations.criteria import Criteria
    from cooperations.decisions import Action
    from cooperations.exports import SheetCell
    from cooperations.territories import Gazetteer


def matrix_sheet(coverage: Coverage) -> Sheet:
    """Return the matrix, states in words; the last row counts what meets the criteria anywhere."""
    whole = len(select(coverage.catalogue, coverage.criteria))
    totals = (coverage.totals[code] for code in coverage.codes)
    return Sheet(
        "Matrice",
        (
            *("Territoire", "Code INSEE ou SIREN", "Population"),
            *map(v.PRACTICES.label, coverage.codes),
            *("Toutes pratiques", "Pour 100 000 habitants"),
        ),
        (
            *(_matrix_row(coverage, key) for key in coverage.keys),
            ("Nombre sur la carte", None, None, *totals, whole, None),
        ),
    )


def gaps_sheet(gaps: Iterable[Gap], gazetteer: Gazetteer) -> Sheet:
    """Return the gaps in their order, with what makes their score and the nearest example."""
    return Sheet(
        "Manques",
        (
            *("Rang", "Territoire", "Type de pratique", "État", "Score sur 100"),
            *(one.label for one in INDICATORS),
            *("Exemple le plus proche", "Distance (km)", "Distance approchée"),
        ),
        tuple(_gap_row(rank, gap, gazetteer) for rank, gap in enumerate(gaps, 1)),
    )


def actions_sheet(actions: Iterable[Action], catalogue: Catalogue) -> Sheet:
    """Return the actions, the first due first."""
    ordered = sorted(actions, key=lambda one: (one.due_on, one.meeting, one.recorded_at))
    return Sheet(
        "Actions",
        (
            *("Rencontre", "Échéance", "Quoi", "Responsable", "Type de pratique", "Territoire"),
            *("Fiche à écrire", "État", "Pratique qui a comblé le manque", "Saisie le"),
        ),
        tuple(_action_row(action, catalogue) for action in ordered),
    )


def matching_actions(actions: Iterable[Action], criteria: Criteria, gazetteer: Gazetteer) -> tuple[Action, ...]:
    """Return the actions of the types and within the territories of `criteria`; no other filter applies to them."""
    types, territories = criteria.practice_types, criteria.territories
    return tuple(
        action
        for action in actions
        if (not types or {action.practice_code, v.PRACTICES[action.practice_code].parent} & {*types})
        and (not territories or _is_within(action.territory, territories, gazetteer))
    )


def _matrix_row(coverage: Coverage, key: str) -> tuple[SheetCell, ...]:
    territory, count = coverage.catalogue.gazetteer[key], coverage.key_totals[key]
    rate = per_100k_inhabitants(count, territory.population)
    known = (territory.label, territory.code, territory.population)
    return (*known, *map(in_words, coverage.row(key)), count, rate and round(rate, DECIMALS["pour_100000_habitants"]))


def _gap_row(rank: int, gap: Gap, gazetteer: Gazetteer) -> tuple[SheetCell, ...]:
    cell, near = gap.cell, gap.nearest
    values = (gap.indicators[one.code] for one in INDICATORS)
    example = (near.name, round(near.distance_km, 1), "oui" if near.approximate else "non") if near else (None,) * 3
    return (
        *(rank, gazetteer[cell.key].label, v.PRACTICES.label(cell.code), in_words(cell), gap.score),
        *(value if value is None else round(value, 3) for value in values),
        *example,
    )


def _action_row(action: Action, catalogue: Catalogue) -> tuple[SheetCell, ...]:
    return (
        *(action.meeting, action.due_on, action.what, action.owner),
        *(v.PRACTICES.label(action.practice_code), place_name(action.territory, catalogue.gazetteer)),
        *(action.sheet, v.ACTION_STATES.label(action.state), filled_by(action, catalogue)),
        action.recorded_at.date(),
    )


def place_name(key: str, gazetteer: Gazetteer) -> str:
    """Return the name of a territory; its key when geo/ lost it since: the action stays."""
    return gazetteer[key].label if key in gazetteer else key


def _is_within(key: str, outers: Iterable[str], gazetteer: Gazetteer) -> bool:
    return key in gazetteer and any(gazetteer.within(key, outer) for outer in outers)


def filled_by(action: Action, catalogue: Catalogue) -> str | None:
    """Return the name of the practice that filled the gap; its id when the data lost it since."""
    try:
        return catalogue.practice(action.practice_id).name if action.practice_id else None
    except UnknownPractice:
        return action.practice_id
