"""French text on paper: spaces that do not break, the apostrophe, and no sign that commands the layout."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

NARROW, WIDE = "\u202f", "\u00a0"
UNTOUCHED = "link"
"""The keys of a content whose text is an address: it is left as it is."""
_RULES = (
    (re.compile(r"(?<=\S) (?=[;!?%€](?:\s|$|[.,)»]))"), NARROW),
    (re.compile(r"(?<=\S) (?=:(?:\s|$))"), WIDE),
    (re.compile(r"(?<=«) "), WIDE),
    (re.compile(r" (?=»)"), WIDE),
    (re.compile(r"(?<=\d) (?=\d{3}(?!\d))"), NARROW),
    (re.compile(r"(?<=\w) (?=\(\d[\dAB]\d?\))"), WIDE),
    (re.compile(r"(?:(?<=\b\d)|(?<=\b\d\d)) (?=[^\W\d_])"), WIDE),
    (re.compile(r"(?<=\bn°) (?=\d)"), WIDE),
    (re.compile(r"(?<=[^\W\d_])'(?=[^\W_])"), "’"),
)
_CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]")
"""Control signs, the end of a line apart."""
_COMMANDS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\u00ad]")
"""Signs without a drawing that turn or cut the text around them."""


def french(text: str) -> str:
    """Return a text as French typography sets it, its words unchanged."""
    shown = unicodedata.normalize("NFC", _COMMANDS.sub("", _CONTROLS.sub(" ", text)))
    for pattern, replacement in _RULES:
        shown = pattern.sub(replacement, shown)
    return shown


def set_in_french(content: Any) -> Any:
    """Return a content with every text set in French, addresses apart."""
    if isinstance(content, str):
        return french(content)
    if isinstance(content, dict):
        return {key: value if key == UNTOUCHED else set_in_french(value) for key, value in content.items()}
    return [set_in_french(one) for one in content] if isinstance(content, (list, tuple)) else content
