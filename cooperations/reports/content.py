"""The content of a report, whatever its format."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING

from cooperations import vocabularies as v
from cooperations.coverage import coverage, gaps
from cooperations.coverage.tables import matching_actions
from cooperations.exports import data_day
from cooperations.figures import Figure, coverage_figures, selection_figures
from cooperations.network import network
from cooperations.reports.past import past_of, why_not_comparable
from cooperations.selection import select
from cooperations.text import number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cooperations.catalogue import Catalogue
    from cooperations.coverage import Coverage, Gap
    from cooperations.criteria import Criteria
    from cooperations.decisions import Action, Decisions
    from cooperations.reports.order import Order
    from cooperations.selection import Selection

COMPARED = frozenset({"pratiques", "types", "departements", "actions", *v.COVERAGE_STATES.codes})
"""The figures that a snapshot can give too."""
MINUS = "\u2212"


@dataclass(frozen=True, slots=True)
class Seen:
    """What criteria show of a state, now or in a snapshot."""

    selection: Selection
    matrix: Coverage
    actions: tuple[Action, ...]

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures of the pages « Carte » and « Couverture »."""
        return *selection_figures(self.selection), *coverage_figures(self.matrix, self.actions)


@dataclass(frozen=True, slots=True)
class Change:
    """A figure and what it was in the snapshot, None when it cannot be told."""

    figure: Figure
    before: int | None = None

    @property
    def words(self) -> str:
        """« +2 », or the same with a minus, or « inchangé »; empty when nothing is compared."""
        if self.before is None:
            return ""
        difference = self.figure.value - self.before
        return f"{'+' if difference > 0 else MINUS}{number(abs(difference))}" if difference else "inchangé"


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that a report says. `day` is the last day of the data: no clock dates it.

    `not_compared` says what of the criteria a snapshot cannot answer, when one was chosen.
    """

    order: Order
    now: Seen
    before: Seen | None
    not_compared: str
    changes: tuple[Change, ...]
    gaps: tuple[Gap, ...]
    day: date
    digest: str

    @property
    def catalogue(self) -> Catalogue:
        """What the report is about."""
        return self.now.selection.catalogue


def report(catalogue: Catalogue, decisions: Decisions, order: Order) -> Report:
    """Return the report of an order; raises AlteredSnapshot."""
    now = seen(catalogue, decisions, order.criteria)
    why = why_not_comparable(order.criteria) if order.since else ""
    past = past_of(order.since, catalogue.gazetteer) if order.since and not why else None
    before = seen(past.catalogue, past.decisions, order.criteria) if past else None
    return Report(
        order,
        now,
        before,
        why,
        _changes(now, before),
        tuple(gaps(now.matrix)),
        last_day(catalogue, decisions),
        digest_of(now, order),
    )


def seen(catalogue: Catalogue, decisions: Decisions, criteria: Criteria) -> Seen:
    """Return what criteria show of a state."""
    actions = matching_actions(decisions.actions, criteria, catalogue.gazetteer)
    return Seen(select(catalogue, criteria), coverage(catalogue, criteria, decisions), actions)


def last_day(catalogue: Catalogue, decisions: Decisions) -> date:
    """Return the last day on which something of the data, or of what groups recorded, was read or written."""
    recorded = (one.recorded_at.date() for one in (*decisions.surveys, *decisions.targets, *decisions.actions))
    return max(data_day(catalogue) if len(catalogue) else date.min, *recorded, date.min)


def digest_of(now: Seen, order: Order) -> str:
    """Return the SHA-256 of the criteria and of all the records that a report reads."""
    digest = sha256()
    for line in _lines(now, order):
        digest.update(line.encode() + b"\n")
    return digest.hexdigest()


def _changes(now: Seen, before: Seen | None) -> tuple[Change, ...]:
    was = {figure.code: figure.value for figure in before.figures} if before else {}
    structures = len(network(now.selection).structures)
    figures = (*now.figures, Figure("structures", "Structures qui prennent part", structures))
    return tuple(Change(one, was.get(one.code, 0) if before and one.code in COMPARED else None) for one in figures)


def _lines(now: Seen, order: Order) -> Iterator[str]:
    yield order.criteria.query_string()
    yield order.since.digest if order.since else ""
    catalogue = now.selection.catalogue
    for practice in sorted(now.selection.practices, key=lambda one: one.id):
        yield practice.model_dump_json(by_alias=True)
        yield "|".join(f"{actor.structure.id} {actor.role}" for actor in catalogue.actors(practice.id))
    yield from sorted(_recorded(now))


def _recorded(now: Seen) -> Iterable[str]:
    for cell in now.matrix:
        yield f"{cell.code} {cell.key} {cell.target} {cell.hidden} {cell.covering}"
        yield from (survey.model_dump_json(by_alias=True) for survey in cell.surveys)
    yield from (action.model_dump_json(by_alias=True) for action in now.actions)
