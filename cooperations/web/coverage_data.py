"""What the matrix and its map ask for: every cell, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cooperations import vocabularies as v
from cooperations.coverage import coverage
from cooperations.coverage.cells import COUNTINGS, SIGNS, in_full, in_words, signed
from cooperations.coverage.denominators import DECIMALS, MEASURES, measured
from cooperations.errors import InvalidParameter
from cooperations.runtime import application
from cooperations.text import decimal
from cooperations.web.answers import answering, tagged_json
from cooperations.web.map_data import read_criteria

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from cooperations.coverage import Cell, Coverage

PARAMETERS = frozenset({"compter", "mesure"})


@answering
def matrix(request: Request) -> Response:
    """Answer the matrix of the criteria: columns are types, lines are territories, cells are states in words."""
    shown = read_coverage(request, PARAMETERS)
    measure = _one_of(request, "mesure", MEASURES.codes)
    return tagged_json(request, matrix_table(shown, measure))


def matrix_table(shown: Coverage, measure: str) -> dict[str, Any]:
    """Return a matrix as its table shows it: columns, states, totals, and lines of cells."""
    return {
        "colonnes": [
            {"code": code, "libelle": v.PRACTICES.label(code), "partie": code not in shown.leading}
            for code in shown.codes
        ],
        "etats": {term.code: [SIGNS[term.code], term.label] for term in v.COVERAGE_STATES},
        "totaux": [shown.totals[code] for code in shown.codes],
        "lignes": [_line(shown, key, measure) for key in shown.keys],
    }


def read_coverage(request: Request, others: frozenset[str]) -> Coverage:
    """Return the matrix that a request's parameters ask for; raises InvalidParameter."""
    opened = application()
    catalogue = opened.catalogue()
    criteria = read_criteria(request, catalogue, others)
    counting = _one_of(request, "compter", COUNTINGS)
    return coverage(catalogue, criteria, opened.decisions(), counting)


def _one_of(request: Request, name: str, values: tuple[str, ...]) -> str:
    value = request.query_params.get(name, values[0])
    if value not in values:
        raise InvalidParameter(name, f"une valeur parmi {', '.join(values)} est attendue")
    return value


def _line(shown: Coverage, key: str, measure: str) -> dict[str, Any]:
    territory = shown.catalogue.gazetteer[key]
    cells = shown.row(key)
    return {
        "cle": key,
        "libelle": territory.name if territory.level == "epci" else territory.label,
        "niveau": territory.level,
        "total": _value(shown, key, shown.key_totals[key], measure),
        "manques": sum(cell.is_gap for cell in cells if cell.code in shown.leading),
        "cases": [_cell(shown, cell, measure) for cell in cells],
    }


def _cell(shown: Coverage, cell: Cell, measure: str) -> dict[str, Any]:
    return {
        "etat": cell.state,
        "nombre": cell.count,
        "valeur": _value(shown, cell.key, cell.count, measure),
        "couvrant": cell.covering,
        "manque": cell.missing or 0,
        "ecartees": cell.hidden,
        "texte": in_words(cell),
        "signature": signed(cell),
        "titre": in_full(cell),
    }


def _value(shown: Coverage, key: str, count: int, measure: str) -> str:
    value = measured(count, shown.catalogue.gazetteer[key], shown.catalogue, measure)
    return "–" if value is None else decimal(value, DECIMALS[measure])
