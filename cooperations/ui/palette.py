"""A colour and a shape for each practice type: neither is ever the only sign.

Colours are told apart by people who see fewer of them, and keep 3:1 against both map backgrounds.
"""

from __future__ import annotations

from dataclasses import dataclass

from cooperations.offers.terms import SECTORS
from cooperations.vocabularies import PRACTICE_TYPES


@dataclass(frozen=True, slots=True)
class Sign:
    """How a practice type is drawn; `character` is the shape in running text."""

    colour: str
    shape: str
    character: str


SIGNS: dict[str, Sign] = {
    "groupement_acteurs": Sign("#1f74b8", "rond", "●"),
    "mutualisation_achats": Sign("#c77700", "carre", "■"),
    "achats_responsables_prives_hors_ess": Sign("#9a5cc0", "losange", "◆"),
    "achats_responsables_publics": Sign("#2c8c55", "triangle", "▲"),
    "achats_inter_ess": Sign("#cf3f63", "hexagone", "⬢"),
}


SECTOR_SIGNS: dict[str, Sign] = {
    "insertion": Sign("#1f74b8", "rond", "●"),
    "handicap": Sign("#c77700", "carre", "■"),
    "cooperative": Sign("#2c8c55", "triangle", "▲"),
    "association": Sign("#9a5cc0", "losange", "◆"),
    "autre": Sign("#6b7a83", "hexagone", "⬢"),
}
"""The same, for the sectors of structures."""


def sector_legend() -> list[tuple[str, str, str, str]]:
    """Return code, label, colour and shape of each sector, in order."""
    return [(term.code, term.label, SECTOR_SIGNS[term.code].colour, SECTOR_SIGNS[term.code].shape) for term in SECTORS]


def legend() -> list[tuple[str, str, str, str]]:
    """Return code, label, colour and shape of each type, in order; little, since each rerun sends it."""
    return [(term.code, term.label, SIGNS[term.code].colour, SIGNS[term.code].shape) for term in PRACTICE_TYPES]
