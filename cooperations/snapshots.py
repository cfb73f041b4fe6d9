"""Snapshots: the state that a meeting saw, kept as canonical JSON, and what changed between two of them.

A state holds no moment of its own and no order: the same data give the same text, and the same SHA-256.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date  # noqa: TC003 - pydantic reads it
from hashlib import sha256
from typing import TYPE_CHECKING, Annotated, ClassVar, Generic, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict

from cooperations import vocabularies as v
from cooperations.coverage import coverage
from cooperations.criteria import EVERYTHING
from cooperations.decisions import Decisions, Snapshot, decide
from cooperations.errors import AlteredSnapshot, UnknownSnapshot
from cooperations.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cooperations.catalogue import Catalogue

DIGEST_SHOWN = 12


class Kept(BaseModel):
    """What a state keeps of a record: the attributes named here. `identified_by` makes it the same in two states."""

    model_config = ConfigDict(frozen=True, from_attributes=True)
    identified_by: ClassVar[tuple[str, ...]] = ("id",)

    @property
    def identity(self) -> tuple[str, ...]:
        """What makes it the same thing in two states."""
        return tuple(getattr(self, name) for name in self.identified_by)


class KeptPractice(Kept):
    """A practice."""

    id: str
    name: str
    practice_type: str
    subtype: str | None
    territories: Annotated[tuple[str, ...], AfterValidator(lambda keys: tuple(sorted(keys)))]
    status: str


class KeptCell(Kept):
    """A cell of the matrix."""

    identified_by: ClassVar[tuple[str, ...]] = ("key", "code")

    code: str
    key: str
    inside: int
    covering: int
    state: str


class KeptSurvey(Kept):
    """A survey."""

    id: str
    practice_code: str
    territory: str
    finding: str
    organisation: str
    day: date
    note: str | None


class KeptTarget(Kept):
    """The target that holds for a cell."""

    identified_by: ClassVar[tuple[str, ...]] = ("territory", "practice_code")

    practice_code: str
    territory: str
    wanted: int


class KeptAction(Kept):
    """An action."""

    id: str
    practice_code: str
    territory: str
    what: str
    owner: str
    meeting: str
    due_on: date
    sheet: str | None
    state: str
    practice_id: str | None

    @property
    def is_closed(self) -> bool:
        """Whether nothing is left to do."""
        return self.state in v.CLOSED_STATES


K = TypeVar("K", bound=Kept)
Sorted = AfterValidator(lambda kept: tuple(sorted(kept, key=lambda one: one.identity)))


class State(Kept):
    """Everything that is compared, whatever the order it came in."""

    practices: Annotated[tuple[KeptPractice, ...], Sorted]
    cells: Annotated[tuple[KeptCell, ...], Sorted]
    surveys: Annotated[tuple[KeptSurvey, ...], Sorted]
    targets: Annotated[tuple[KeptTarget, ...], Sorted]
    actions: Annotated[tuple[KeptAction, ...], Sorted]


@dataclass(frozen=True, slots=True)
class Difference(Generic[K]):
    """What changed among the records of one kind; `changed` are before and after."""

    appeared: tuple[K, ...]
    gone: tuple[K, ...]
    changed: tuple[tuple[K, K], ...]

    def __bool__(self) -> bool:
        return bool(self.appeared or self.gone or self.changed)

    def __iter__(self) -> Iterator[tuple[K, K | None, K | None]]:
        """Yield each record that differs, then what it was and what it is; None where it is not."""
        yield from ((one, None, one) for one in self.appeared)
        yield from ((one, one, None) for one in self.gone)
        yield from ((after, before, after) for before, after in self.changed)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from one state to another."""

    practices: Difference[KeptPractice]
    cells: Difference[KeptCell]
    surveys: Difference[KeptSurvey]
    targets: Difference[KeptTarget]
    actions: Difference[KeptAction]
    practice_names: dict[str, str]

    @property
    def is_empty(self) -> bool:
        """Whether the two states are the same."""
        return not (self.practices or self.cells or self.surveys or self.targets or self.actions)

    @property
    def gaps_opened(self) -> tuple[KeptCell, ...]:
        """The cells that had practices and have none left."""
        return tuple(after for before, after in self.cells.changed if before.inside and not after.inside)

    @property
    def gaps_closed(self) -> tuple[KeptCell, ...]:
        """The cells that had no practice and have some now."""
        return tuple(after for before, after in self.cells.changed if after.inside and not before.inside)

    @property
    def actions_opened(self) -> tuple[KeptAction, ...]:
        """The actions that are new, whatever became of them, or opened again."""
        reopened = (after for before, after in self.actions.changed if before.is_closed and not after.is_closed)
        return (*self.actions.appeared, *reopened)

    @property
    def actions_closed(self) -> tuple[KeptAction, ...]:
        """The actions closed since, with or without a practice."""
        closed = (after for before, after in self.actions.changed if after.is_closed and not before.is_closed)
        return (*(action for action in self.actions.appeared if action.is_closed), *closed)


def state_of(catalogue: Catalogue, decisions: Decisions) -> str:
    """Return all that the coverage page shows and that is compared, as canonical JSON."""
    targets = (
        {"practice_code": code, "territory": key, "wanted": wanted}
        for (code, key), wanted in decisions.target_by_cell.items()
    )
    state = State(
        practices=catalogue.practices,
        cells=coverage(catalogue, EVERYTHING, decisions).cells,
        surveys=decisions.surveys,
        targets=tuple(targets),
        actions=decisions.actions,
    )
    return json.dumps(state.model_dump(mode="json"), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def content_digest(content: str) -> str:
    """Return the SHA-256 of a state."""
    return sha256(content.encode()).hexdigest()


def take(catalogue: Catalogue, decisions: Decisions, name: str, organisation: str) -> Snapshot:
    """Return a new snapshot of the present state, to be added to the store; raises InvalidDecision."""
    content = state_of(catalogue, decisions)
    return decide(Snapshot, name=name, organisation=organisation, digest=content_digest(content), content=content)


def content_of(snapshot: Snapshot) -> str:
    """Return the content of a snapshot; raises AlteredSnapshot when it is not what was kept."""
    if content_digest(snapshot.content) != snapshot.digest:
        raise AlteredSnapshot(snapshot.name)
    return snapshot.content


def compare(before: str, after: str) -> Comparison:
    """Return what changed from one state to another."""
    old, new = State.model_validate_json(before), State.model_validate_json(after)
    return Comparison(
        _difference(old.practices, new.practices),
        _difference(old.cells, new.cells),
        _difference(old.surveys, new.surveys),
        _difference(old.targets, new.targets),
        _difference(old.actions, new.actions),
        {one.id: one.name for one in (*old.practices, *new.practices)},
    )


def _difference(before: Iterable[K], after: Iterable[K]) -> Difference[K]:
    old, new = ({one.identity: one for one in kept} for kept in (before, after))
    return Difference(
        tuple(one for identity, one in new.items() if identity not in old),
        tuple(one for identity, one in old.items() if identity not in new),
        tuple((old[identity], one) for identity, one in new.items() if identity in old and old[identity] != one),
    )


def find(snapshots: Iterable[Snapshot], wanted: str) -> Snapshot:
    """Return the snapshot of this name or id, or whose digest begins so; raises UnknownSnapshot.

    When several hold the same state, it is the last.
    """
    held = tuple(snapshots)
    named = [one for one in held if one.id == wanted or fold(one.name) == fold(wanted)]
    found = named or [one for one in held if wanted and one.digest.startswith(wanted.casefold())]
    digests = {one.digest[:DIGEST_SHOWN] for one in found}
    if len(digests) != 1:
        raise UnknownSnapshot(wanted, sorted(digests))
    return found[-1]
