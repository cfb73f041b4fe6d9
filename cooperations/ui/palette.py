"""The signs of practice types and of sectors, and their legends."""

from __future__ import annotations

from cooperations.offers.terms import SECTORS
from cooperations.signs import SIGNS, Sign
from cooperations.vocabularies import PRACTICE_TYPES

__all__ = ["SECTOR_SIGNS", "SIGNS", "Sign", "legend", "sector_legend"]

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
