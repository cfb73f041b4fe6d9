"""What a count is compared with: raw counts never rank territories."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from cooperations.coverage.cells import Cell
from cooperations.errors import InvalidParameter
from cooperations.vocabularies import Term, Vocabulary

if TYPE_CHECKING:
    from cooperations.catalogue import Catalogue
    from cooperations.territories import Territory

MEASURES = Vocabulary(
    "mesure",
    (
        Term("nombre", "Nombre de pratiques", "Combien de pratiques, sans les rapporter à rien."),
        Term(
            "pour_100000_habitants",
            "Pour 100 000 habitants",
            "Le nombre de pratiques, rapporté à la population municipale du territoire.",
        ),
        Term(
            "pour_100_structures",
            "Pour 100 structures",
            "Le nombre de pratiques, rapporté aux structures dont la commune est dans le territoire\u00a0: celles des "
            "listes importées, ou du jeu de données quand aucune ne l’est.",
        ),
    ),
)
DECIMALS = {"nombre": 0, "pour_100000_habitants": 2, "pour_100_structures": 1}
"""How many decimals of a measure mean something."""


def measured(cell: Cell | int, territory: Territory, catalogue: Catalogue, measure: str) -> float | None:
    """Return a cell, or a count, in a measure of MEASURES; None when what it is compared with is not known.

    Raises InvalidParameter.
    """
    count = cell.count if isinstance(cell, Cell) else cell
    if measure == "nombre":
        return float(count)
    if measure == "pour_100000_habitants":
        return per_100k_inhabitants(count, territory.population)
    if measure == "pour_100_structures":
        return per_100_structures(count, structures_in(catalogue, territory.key))
    raise InvalidParameter("mesure", f"une valeur parmi {', '.join(MEASURES.codes)} est attendue")


def per_100k_inhabitants(count: int, population: int) -> float | None:
    """Return a count for 100 000 inhabitants; None when nobody lives there or the population is not known."""
    return _per(100_000, count, population)


def per_100_structures(count: int, structures: int) -> float | None:
    """Return a count for 100 structures; None when none is known there."""
    return _per(100, count, structures)


def structures_in(catalogue: Catalogue, key: str) -> int:
    """Return how many structures have their commune in a territory: those of lists, else those of data/."""
    return _structures(catalogue)[key]


def _per(unit: int, count: int, among: int) -> float | None:
    return unit * count / among if among > 0 else None


@lru_cache(maxsize=2)
def _structures(catalogue: Catalogue) -> Counter[str]:
    by_commune = catalogue.listed or Counter(
        one.commune_code for one in catalogue.structures.values() if one.commune_code
    )
    counts: Counter[str] = Counter()
    for code, count in by_commune.items():
        if f"commune:{code}" in catalogue.gazetteer:
            counts.update(dict.fromkeys(catalogue.gazetteer.lineage(f"commune:{code}"), count))
    return counts
