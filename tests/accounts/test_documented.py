"""What docs/securite.md says of rights is what the table says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cooperations.accounts.documented import DOCUMENT, END, START, is_stale, table_of_rights, write
from cooperations.accounts.rights import RIGHTS

if TYPE_CHECKING:
    from pathlib import Path


def test_the_document_is_fresh() -> None:
    """« python -m cooperations publier » makes it so."""
    assert not is_stale()


def test_a_stale_document_is_seen_and_remade_between_its_marks(tmp_path: Path) -> None:
    """What is around the table stays."""
    path = tmp_path / "securite.md"
    assert not is_stale(path)
    path.write_text(f"avant\n{START}\npérimé\n{END}\naprès\n", "utf-8")
    assert is_stale(path)
    assert write(path)
    assert path.read_text("utf-8") == f"avant\n{START}\n{table_of_rights()}\n{END}\naprès\n"
    assert not write(path)


def test_each_right_has_its_line() -> None:
    """With the code that the code uses."""
    text = DOCUMENT.read_text("utf-8")
    assert all(f"| `{code}` |" in text for code in RIGHTS)
