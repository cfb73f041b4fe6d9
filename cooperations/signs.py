"""A colour and a shape for each practice type: neither is ever the only sign.

Colours are told apart by people who see fewer of them, and keep 3:1 against both map backgrounds and white paper.
"""

from __future__ import annotations

from dataclasses import dataclass


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
