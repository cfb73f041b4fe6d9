"""The rows of one file on their way in: their cells, what is refused, what is said, what was found."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from cooperations.errors import DataIssue
from cooperations.intake.raw import LONGEST_SHOWN
from cooperations.intake.vector import as_column
from cooperations.offers.terms import FINDINGS
from cooperations.purchases import SEPARATOR

if TYPE_CHECKING:
    from cooperations.intake.profiles import Profile
    from cooperations.intake.raw import RawTable
    from cooperations.intake.vector import Column, Mask, Numbers, Objects


class Work:
    """What the checks share while they work; each one reads `cells` and changes them in place.

    `cells` holds one column of text per attribute, '' when empty. What is no text goes beside: `numbers` (NaN when
    missing), `days` (None when missing). A refused row stays there, so that all of its defects are said.
    """

    def __init__(self, raw: RawTable, profile: Profile) -> None:
        self.raw, self.profile = raw, profile
        self.cells = profile.map(raw)
        self.names = profile.names(raw.header)
        self.lines = raw.lines
        self.refused: Mask = np.zeros(len(self.cells), dtype=bool)
        self.numbers: dict[str, Numbers] = {}
        self.days: dict[str, Objects] = {}
        self.findings: dict[str, Mask] = {}
        self.refusals: list[DataIssue] = list(raw.issues)
        self.notices: list[DataIssue] = list(raw.notices)

    def __len__(self) -> int:
        return len(self.cells)

    @property
    def kept(self) -> Mask:
        """Which rows nothing has refused yet."""
        return ~self.refused

    def filled(self, attribute: str) -> Mask:
        """Return which rows have a cell there."""
        return np.asarray(self.cells[attribute] != "", dtype=bool)

    def name_of(self, attribute: str) -> str:
        """Return the file's own column for an attribute, else the one that we publish."""
        fields = self.profile.model.model_fields
        return self.names.get(attribute) or str(fields[attribute].alias if attribute in fields else attribute)

    def put(self, attribute: str, where: Mask, values: Any) -> None:
        """Set the cells of an attribute in some rows; `values` is one text, or one per row of the whole."""
        if where.any():
            new = values if isinstance(values, str) else as_column(values, self.cells[attribute])
            self.cells[attribute] = self.cells[attribute].mask(where, new)

    def refuse(self, where: Mask, attribute: str, problem: Any, remedy: Any, shown: Any = None) -> None:
        """Refuse rows, one issue each; what is said is one text, one per row, or made from the row's rank."""
        self.refusals += self._issues(where, attribute, problem, remedy, shown)
        self.refused |= where

    def note(self, where: Mask, attribute: str, problem: Any, remedy: Any, shown: Any = None) -> None:
        """Say something of rows that are not refused for it, one notice each."""
        self.notices += self._issues(where, attribute, problem, remedy, shown)

    def found(self, code: str, where: Mask) -> None:
        """Remember a finding of the vocabulary FINDINGS for some rows."""
        self.findings[code] = self.findings.get(code, np.zeros(len(self), dtype=bool)) | where

    def say(self, attribute: str, problem: str, remedy: str) -> None:
        """Say something of the whole file, once."""
        self.notices.append(DataIssue(self.raw.file, 0, self.name_of(attribute), "", problem, remedy))

    def told_findings(self) -> Column[Any]:
        """Return the findings of each row, separated by « | », in the order of the vocabulary."""
        told = pd.Series("", index=self.cells.index, dtype="str")
        for code in FINDINGS.codes:
            where = self.findings.get(code)
            if where is not None and where.any():
                more = told.where(told == "", told + SEPARATOR) + code
                told = told.mask(where, more)
        return told

    def _issues(self, where: Mask, attribute: str, problem: Any, remedy: Any, shown: Any) -> list[DataIssue]:
        at = np.flatnonzero(where)
        if not len(at):
            return []
        values = self.cells[attribute] if shown is None and attribute in self.cells else "" if shown is None else shown
        name = self.name_of(attribute)
        told = zip(_each(values, at), _each(problem, at), _each(remedy, at), self.lines[at].tolist(), strict=True)
        return [DataIssue(self.raw.file, line, name, _short(value), why, what) for value, why, what, line in told]


def _each(values: Any, at: Any) -> list[str]:
    if callable(values):
        return [values(one) for one in at.tolist()]
    if isinstance(values, str):
        return [values] * len(at)
    return [str(value) for value in np.asarray(values, dtype=object)[at]]


def _short(value: str) -> str:
    return value if len(value) <= LONGEST_SHOWN else f"{value[:LONGEST_SHOWN]}…"


@dataclass(frozen=True, eq=False)
class Intake:
    """What came of a file.

    `accepted` has exactly the attributes of the profile's model, None where nothing is known, and `lines` the line of
    each of its rows. Each refused row has at least one issue in `refusals`; `len(accepted) + refused == read`.
    """

    profile: Profile
    raw: RawTable
    accepted: pd.DataFrame
    lines: np.ndarray[Any, np.dtype[np.int64]]
    refusals: tuple[DataIssue, ...]
    notices: tuple[DataIssue, ...]
    read: int
    findings: dict[str, int] = field(default_factory=dict)

    @property
    def refused(self) -> int:
        """How many rows are refused."""
        return len({issue.line for issue in self.refusals})

    @property
    def sirets_of_several_kinds(self) -> int:
        """How many SIRET stand in several accepted rows of different kinds, which is legitimate."""
        if "kind" not in self.accepted:
            return 0
        kinds = self.accepted.dropna(subset=["siret"]).groupby("siret")["kind"].nunique(dropna=False)
        return int((kinds > 1).sum())
