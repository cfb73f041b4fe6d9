"""What a legal category of INSEE says of a structure of the social economy: its family, and sometimes its kind.

Source: INSEE, « Catégories juridiques », level III. Forms: SARL (54), SA (55 and 56), civil companies (65),
agricultural cooperatives (63), banks (51, 61, 6595, 6596).
"""

from __future__ import annotations

import re

PERSON_LEVELS = ("1", "2")
"""Levels I of what is not a legal entity: a person, and persons together."""

_SA_ENDS = ("32", "43", "47", "51", "52", "53", "54", "55", "58", "59", "60")
_COOPERATIVES = frozenset(
    (
        *("5203", "5307", "5309", "6100", "6316", "6317", "6318", "6595", "6596"),
        *("5432", "5443", "5451", "5453", "5454", "5455", "5458", "5459", "5460"),
        *(f"{form}{end}" for form in ("55", "56") for end in _SA_ENDS),
        *("6532", "6543", "6551", "6554", "6558", "6560"),
    )
)
_FAMILIES = {"51": "cooperative", "64": "mutuelle", "82": "mutuelle", "92": "association", "93": "fondation"}
_FAMILIES_OF_LEVEL_I = {
    **dict.fromkeys(("5", "6"), "societe_commerciale_ess"),
    **dict.fromkeys(("4", "7"), "acteur_public"),
}
_KINDS = {"5458": "SCOP", "5558": "SCOP", "5658": "SCOP", "6220": "GIE", "9222": "AI"}
_UNION_END = "59"
"""A union of cooperatives may have the word SCOP in its name without being one."""
_WORD = re.compile(r"\b(SCOP|SCIC)\b", re.IGNORECASE)


def legal_family(category: str, name: str = "") -> str:
    """Return the code of FAMILIES for the legal category and the name of a unit flagged as of the social economy."""
    if category in _COOPERATIVES or legal_kind(category, name) in {"SCOP", "SCIC"}:
        return "cooperative"
    return _FAMILIES.get(category[:2]) or _FAMILIES_OF_LEVEL_I.get(category[:1], "inconnue")


def legal_kind(category: str, name: str = "") -> str | None:
    """Return the code of KINDS that a legal category says, or that the name of a company says, else None.

    No category says SCIC, nor SCOP for a company by simplified shares (5710): only the word in the name does.
    """
    word = _WORD.search(name) if category.startswith("5") and not category.endswith(_UNION_END) else None
    return word[1].upper() if word else _KINDS.get(category)
