"""What an import found, gathered: one line per kind of defect, with how many rows and an example."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cooperations.errors import DataIssue


@dataclass(frozen=True, slots=True)
class Summary:
    """A kind of defect: its column, how many times it was met, the first one, and what was done or is to be done."""

    column: str
    problem: str
    remedy: str
    count: int
    example: DataIssue


def gathered(issues: Iterable[DataIssue]) -> list[Summary]:
    """Return issues by column and problem, the most frequent first."""
    groups: dict[tuple[str, str], list[DataIssue]] = defaultdict(list)
    for issue in issues:
        groups[issue.column, issue.problem].append(issue)
    found = [Summary(column, problem, held[0].remedy, len(held), held[0]) for (column, problem), held in groups.items()]
    return sorted(found, key=lambda one: (-one.count, one.column, one.problem))
