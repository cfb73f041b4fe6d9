"""What can go wrong with the file of a report."""

from __future__ import annotations

from cooperations.errors import CooperationsError


class UnwritableFile(CooperationsError):
    """A file cannot be written where it was asked for; what was there stays."""

    def __init__(self, path: object, why: str) -> None:
        super().__init__(f"«\u00a0{path}\u00a0» ne peut pas être écrit\u00a0: {why}.")
