"""The tables of docs/securite.md, made from the one table of rights; a test says when they are stale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cooperations.accounts.rights import RIGHTS, ROLES
from cooperations.settings import ROOT

if TYPE_CHECKING:
    from pathlib import Path

DOCUMENT = ROOT / "docs" / "securite.md"
START, END = "<!-- droits, par publier -->", "<!-- fin des droits -->"


def table_of_rights() -> str:
    """Return who may do what, as Markdown."""
    roles = "\n".join(f"- **{role.label}** : {role.definition}" for role in ROLES)
    head = f"| action | code | {' | '.join(role.label.lower() for role in ROLES)} | réglage |"
    lines = [
        f"| {right.label} | `{right.code}` | {' | '.join(_marks(right.least))} | {_setting(right.setting)} |"
        for right in RIGHTS.values()
    ]
    return "\n".join((roles, "", head, f"|---|---|{'---|' * len(ROLES.codes)}---|", *lines))


def is_stale(path: Path = DOCUMENT) -> bool:
    """Return whether the document is there, and says something else than the table of rights."""
    return path.is_file() and written(path.read_text("utf-8")) != path.read_text("utf-8")


def write(path: Path = DOCUMENT) -> bool:
    """Make the document say what the table of rights says; return whether it had to change."""
    if not is_stale(path):
        return False
    path.write_text(written(path.read_text("utf-8")), "utf-8")
    return True


def written(text: str) -> str:
    """Return a document with the present table between its marks."""
    before, _, rest = text.partition(START)
    return f"{before}{START}\n{table_of_rights()}\n{END}{rest.partition(END)[2]}"


def _marks(least: str) -> list[str]:
    rank = ROLES.codes.index(least)
    return ["oui" if position >= rank else "–" for position in range(len(ROLES.codes))]


def _setting(name: str) -> str:
    return f"`{name}` : `oui` (défaut), `membres` ou `non`" if name else ""
