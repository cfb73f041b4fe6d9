"""French typography in what people read: no sign that follows a no-break space begins a line."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest

from cooperations.settings import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BREAKABLE = re.compile(r"(^|[\w)’*”]) [:;?!»](?=[\s.,)]|$)|« ")
READ = (
    *(ROOT / "cooperations" / "agenda").glob("*.py"),
    *(ROOT / "cooperations" / "accounts").glob("*.py"),
    *(ROOT / "cooperations" / "contributions").glob("*.py"),
    *(ROOT / "cooperations" / "ui" / "agenda").glob("*.py"),
    *(ROOT / "cooperations" / "ui" / "contributing").glob("*.py"),
    *(ROOT / "cooperations" / "ui" / "moderating").glob("*.py"),
    *(ROOT / "cooperations" / "ui" / "coverage").glob("*.py"),
    *(ROOT / "cooperations" / "ui" / "offers").glob("*.py"),
    *(ROOT / "cooperations" / "ui" / "importing").glob("*.py"),
    *(ROOT / "cooperations" / "coverage").glob("*.py"),
    *(ROOT / "cooperations" / "documents").glob("*.py"),
    *(ROOT / "cooperations" / "downloads").glob("*.py"),
    *(ROOT / "cooperations" / "features").glob("*.py"),
    *(ROOT / "cooperations" / "web" / "api").glob("*.py"),
    *(
        ROOT / "cooperations" / f"{name}.py"
        for name in ("cancellations", "changes", "decisions", "errors", "meeting", "recurrence", "sheets")
    ),
)
SCRIPTS = [
    ROOT / "cooperations" / "web" / "assets" / name
    for name in (
        "agenda.js",
        "agenda_carte.js",
        "mois.js",
        "matrice.js",
        "couverture.js",
        "offres.js",
        "offres_carte.js",
        "autour.js",
        "brouillon.js",
        "proches.js",
    )
]


def texts(path: Path) -> Iterator[str]:
    """Yield the text constants of a module, f-strings in pieces, docstrings left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value


@pytest.mark.parametrize("path", READ, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_high_punctuation_follows_a_no_break_space(path: Path) -> None:
    """Before a colon, a semicolon, a question or exclamation mark and a closing quote; after an opening one."""
    assert [text for text in texts(path) if BREAKABLE.search(text)] == []


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_scripts_do_too(path: Path) -> None:
    """In their text constants, which are between quotes."""
    found = re.findall(r'"([^"\n]*)"', path.read_text(encoding="utf-8"))
    assert [text for text in found if re.search(r"(^|\w) [:;?!»](\s|$)|« ", text)] == []
