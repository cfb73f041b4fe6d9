"""Texts as people read them: no tags, no control characters, no doubled apostrophes; what was lost is said."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

import numpy as np

from cooperations.intake.vector import SPACES, as_column, holds, length, matches, per_value, replaced
from cooperations.model import NAME_LENGTH
from cooperations.offers.model import LABELS_LENGTH, TEXT_LENGTH

if TYPE_CHECKING:
    from cooperations.intake.vector import Mask
    from cooperations.intake.work import Work

TEXTS = (
    "name",
    "trade_name",
    "activity",
    "address",
    "city",
    "labels",
    "subject",
    "place_name",
    "buyer_name",
    "holder_name",
)
LONG = ("activity", "subject")
"""Texts that may have several lines."""
CUT_AT = 50
"""Characters: where the extraction of the SIAE's names stops."""
CONTROLS = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x{9f}\x{ad}\x{200b}-\x{200f}\x{202a}-\x{202e}\x{2028}\x{2029}\x{feff}]"
TAGS_OR_ENTITIES = r"<[a-zA-Z/!][^>]*>|&(?:#[0-9]+|#x[0-9a-fA-F]+|[a-zA-Z]{2,8});"
UNSEEN = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
TAG = re.compile(r"<[a-zA-Z/!][^>]*>")
LOST = "\ufffd"
LIMITS = {"activity": TEXT_LENGTH, "subject": TEXT_LENGTH, "labels": LABELS_LENGTH}


def clean(work: Work) -> None:
    """Clean the texts of all rows, and say each repair; nothing is invented where characters were lost."""
    for attribute in TEXTS:
        if attribute in work.cells and work.filled(attribute).any():
            _without_tags(work, attribute)
            _without_controls(work, attribute)
            _tidy(work, attribute)
            _single_apostrophes(work, attribute)
            _lost_characters(work, attribute)
            _lengths(work, attribute)
    for attribute in ("name", "trade_name"):
        if attribute in work.cells:
            _cut_names(work, attribute)


def untagged(text: str) -> str:
    """Return a text without HTML tags, its entities as characters."""
    return TAG.sub(" ", UNSEEN.sub(" ", html.unescape(text)))


def _without_tags(work: Work, attribute: str) -> None:
    cells = work.cells[attribute]
    where = matches(cells, TAGS_OR_ENTITIES)
    if where.any():
        work.note(
            where, attribute, "le texte contient du code HTML", "Les balises sont retirées, les caractères remis."
        )
        work.cells.loc[where, attribute] = per_value(cells[where], untagged)


def _without_controls(work: Work, attribute: str) -> None:
    where = matches(work.cells[attribute], CONTROLS)
    if where.any():
        work.note(where, attribute, "le texte contient des caractères invisibles", "Ils sont retirés.")
        work.put(attribute, where, replaced(work.cells[attribute], CONTROLS, " "))


def _tidy(work: Work, attribute: str) -> None:
    """Keep one space where there were several; a long text keeps its lines."""
    cells = work.cells[attribute]
    if attribute in LONG:
        cells = replaced(replaced(cells, r"\r\n?", "\n"), r"[ \t\p{Zs}]+", " ")
        cells = replaced(cells, r"\n(?: ?\n)+", "\n\n")
    else:
        cells = replaced(cells, SPACES, " ")
    work.cells[attribute] = cells.str.strip()


def _single_apostrophes(work: Work, attribute: str) -> None:
    where = holds(work.cells[attribute], "''")
    if where.any():
        work.note(where, attribute, "une apostrophe est doublée", "Elle est remise seule.")
        work.put(attribute, where, replaced(work.cells[attribute], "''+", "'"))


def _lost_characters(work: Work, attribute: str) -> None:
    where = holds(work.cells[attribute], LOST)
    if where.any():
        problem = "des caractères ont été perdus avant que ce fichier n’arrive"
        work.note(where, attribute, problem, "Rien n’est mis à leur place ; demander le fichier dans son encodage.")
        work.found("caracteres_perdus", where)


def _lengths(work: Work, attribute: str) -> None:
    """Cut what describes, refuse what names: a name that long is another cell."""
    limit = LIMITS.get(attribute, NAME_LENGTH)
    where: Mask = length(work.cells[attribute]) > limit
    if not where.any():
        return
    if attribute in LIMITS:
        work.note(where, attribute, f"le texte dépasse {limit} caractères", "La fin n’est pas gardée.")
        cut: Any = work.cells[attribute].str.slice(0, limit - 1) + "…"
        work.put(attribute, where, as_column(cut, work.cells[attribute]))
    else:
        work.refuse(where, attribute, f"le texte dépasse {limit} caractères", "Raccourcir ce texte.")


def _cut_names(work: Work, attribute: str) -> None:
    where = np.asarray(length(work.cells[attribute]) == CUT_AT, dtype=bool)
    remedy = "Le donner en entier si la source le connaît ; il est gardé tel quel."
    work.note(where, attribute, f"le nom s’arrête à {CUT_AT} caractères tout juste : il est sans doute coupé", remedy)
    work.found("nom_coupe", where)
