"""A defect of a file, told so that a person can go and repair it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DataIssue:
    """One defect of one file, located so that a person can go and repair it.

    `line` counts from 1 with the header as line 1; it is 0 when the whole file is at fault.
    """

    file: str
    line: int
    column: str
    value: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        """Return the issue as one French sentence: where, what, what to do."""
        place = ", ".join(
            part
            for part in (
                self.file,
                f"ligne {self.line}" if self.line else "",
                f"colonne « {self.column} »" if self.column else "",
            )
            if part
        )
        value = f" (valeur : « {self.value} »)" if self.value else ""
        return f"{place} : {self.problem}{value}. {self.remedy}"
