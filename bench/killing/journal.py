"""What was sent and what was answered, on the disk of who kills."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

SENT, RECEIVED, ACCEPTED = "envoyees", "recues", "acceptees"


@dataclass(frozen=True, slots=True)
class Journal:
    """What was sent, and what was answered: lines of files, written before and after each call."""

    folder: Path

    def write(self, name: str, line: str) -> None:
        """Add a line at once: an append of a short line is whole, or is not there."""
        handle = os.open(self.folder / name, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(handle, f"{line}\n".encode())
        os.close(handle)

    def lines(self, name: str) -> list[str]:
        """Return the lines of a file."""
        path = self.folder / name
        return path.read_text().split("\n")[:-1] if path.is_file() else []

    def unanswered(self) -> list[str]:
        """Return what was sent and had no answer."""
        return sorted({*self.lines(SENT)} - {*self.lines(RECEIVED)})
