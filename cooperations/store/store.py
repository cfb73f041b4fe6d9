"""Reading and writing the records and the decisions, with a revision for every change."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import Connection, Table, delete, insert, select, update

from cooperations.contributions.overlay import applied
from cooperations.dataset import Dataset
from cooperations.decisions import (
    Action,
    D,
    Decision,
    Decisions,
    Draft,
    Snapshot,
    Survey,
    Target,
    age,
)
from cooperations.errors import StaleDecision
from cooperations.model import Event, Participation, Practice, Record, Structure
from cooperations.store.accounts import Accounts
from cooperations.store.backup import Backups
from cooperations.store.contributions import Contributions
from cooperations.store.database import Database, repeated
from cooperations.store.history import (
    RECORDS_STATE,
    Row,
    as_json,
    remember,
    set_revision,
    set_state,
    state_revision,
)
from cooperations.store.lists import Lists
from cooperations.store.overlaid import active_changes
from cooperations.store.personal import Personal
from cooperations.store.schema import bring_up_to_date
from cooperations.store.tables import DECISION_TABLES, RECORD_TABLES, REVISION, STATE
from cooperations.store.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import ColumnElement

R = TypeVar("R", bound=Record)


class Store:
    """The records in a database. Every method raises StoreUnavailable when it does not answer."""

    def __init__(self, url: str) -> None:
        self.database = Database(url)
        self.versions = Watch(self.database)
        """What others, and ourselves, have changed."""

    @repeated
    def migrate(self) -> None:
        """Bring the schema up to date; of processes that start together one does it, and the others wait.

        Raise NewerDatabase for a schema that this code does not know, and StoreBusy after a wait of half a minute.
        """
        bring_up_to_date(self.database)

    @repeated
    def revision(self) -> int:
        """Return the number of the last revision of the records, 0 for a store that was never filled."""
        with self.database.transaction() as connection:
            return state_revision(connection)

    @repeated
    def digest(self) -> str:
        """Return the digest of the dataset that was loaded last, or an empty string."""
        with self.database.transaction() as connection:
            return str(connection.scalar(select(STATE.c.digest).where(STATE.c.id == RECORDS_STATE)) or "")

    @repeated
    def read(self) -> tuple[Dataset, int]:
        """Return all records under the changes that were accepted, in the order of their files, and their revision."""
        with self.database.transaction() as connection:
            wanted = select(STATE.c.revision, STATE.c.digest).where(STATE.c.id == RECORDS_STATE)
            state = connection.execute(wanted).one_or_none()
            revision, digest = state or (0, "")
            dataset = Dataset(
                _read(connection, Practice),
                _read(connection, Structure),
                _read(connection, Participation),
                _read(connection, Event),
                digest,
            )
            return applied(dataset, active_changes(connection)), revision

    @repeated
    def load(self, dataset: Dataset, author: str) -> int:
        """Make the store hold `dataset`, whole or not at all; return how many records changed."""
        with self.database.transaction(write=True) as connection:
            changes = [change for model, records in dataset.records() for change in _sync(connection, model, records)]
            remember(connection, author, changes)
            if changes:
                set_revision(connection, RECORDS_STATE, dataset.digest)
            else:
                # Decisions recorded since do not move the records.
                set_state(connection, RECORDS_STATE, state_revision(connection), dataset.digest)
        return len(changes)

    @cached_property
    def contributions(self) -> Contributions:
        """The proposals, and what was decided about them."""
        return Contributions(self.database)

    @cached_property
    def lists(self) -> Lists:
        """The imported lists."""
        return Lists(self.database)

    @cached_property
    def accounts(self) -> Accounts:
        """Who may come in."""
        return Accounts(self.database)

    @cached_property
    def backups(self) -> Backups:
        """Whole copies of the database."""
        return Backups(self.database)

    @cached_property
    def personal(self) -> Personal:
        """What is known of a person by an address."""
        return Personal(self.database)

    @repeated
    def recorded(self, model: type[D]) -> tuple[D, ...]:
        """Return everything of one kind that people recorded, oldest first."""
        with self.database.transaction() as connection:
            return _recorded(connection, model)

    @repeated
    def decisions(self) -> Decisions:
        """Return everything that groups recorded, oldest first."""
        with self.database.transaction() as connection:
            return Decisions(
                _recorded(connection, Survey),
                _recorded(connection, Target),
                _recorded(connection, Action),
                _recorded(connection, Draft),
                _recorded(connection, Snapshot),
            )

    def add(self, record: Decision, author: str) -> None:
        """Keep a new decision; like its change or removal, it does not move the revision of the records."""
        self._change(record, author, after=record)

    def replace(self, before: D, after: D, author: str) -> None:
        """Keep `after` instead of `before`; raises StaleDecision when something else is kept by now."""
        self._change(before, author, before=before, after=after)

    def remove(self, record: Decision, author: str) -> None:
        """Take back a decision recorded by mistake; raises StaleDecision when it is gone or changed."""
        self._change(record, author, before=record)

    @repeated
    def revisions(self) -> list[Row]:
        """Return every revision, oldest first: who, when, what, before, after."""
        with self.database.transaction() as connection:
            return [dict(row) for row in connection.execute(select(REVISION).order_by(REVISION.c.number)).mappings()]

    def close(self) -> None:
        """Give back all connections."""
        self.database.engine.dispose()

    @repeated
    def _change(
        self, record: Decision, author: str, *, before: Decision | None = None, after: Decision | None = None
    ) -> None:
        table = DECISION_TABLES[type(record)]
        change = {"entity": table.name, "entity_id": record.id, "before": _gist(before), "after": _gist(after)}
        with self.database.transaction(write=True) as connection:
            if before is not None:
                _take_out(connection, before)
            if after is not None:
                connection.execute(insert(table), [dict(after)])
            remember(connection, author, [change])


def _read(connection: Connection, model: type[R]) -> tuple[R, ...]:
    table = RECORD_TABLES[model]
    rows = connection.execute(select(table).order_by(table.c.position)).mappings()
    return tuple(model.model_validate({name: row[name] for name in model.model_fields}) for row in rows)


def _recorded(connection: Connection, model: type[D]) -> tuple[D, ...]:
    rows = connection.execute(select(DECISION_TABLES[model])).mappings()
    return tuple(sorted((model.model_validate(dict(row)) for row in rows), key=age))


def _take_out(connection: Connection, record: Decision) -> None:
    table = DECISION_TABLES[type(record)]
    held = connection.execute(select(table).where(table.c.id == record.id).with_for_update()).mappings().one_or_none()
    if held is None or as_json(dict(held)) != as_json(dict(record)):
        raise StaleDecision
    connection.execute(delete(table).where(table.c.id == record.id))


def _gist(record: Decision | None) -> Row | None:
    """Return what a revision says of a decision; a snapshot's content is not kept twice."""
    if isinstance(record, Snapshot):
        return {"name": record.name, "digest": record.digest}
    return as_json(dict(record)) if record else None


def _sync(connection: Connection, model: type[Record], records: tuple[Record, ...]) -> Iterator[Row]:
    table = RECORD_TABLES[model]
    held = {_key(table, row): row for row in map(dict, connection.execute(select(table)).mappings())}
    wanted = {_key(table, row): row for row in map(_row, records, range(len(records)))}
    for key in held.keys() - wanted.keys():
        connection.execute(delete(table).where(*_is(table, held[key])))
    new = [row for key, row in wanted.items() if key not in held]
    if new:
        connection.execute(insert(table), new)
    for key in sorted(held.keys() | wanted.keys()):
        before, after = as_json(held.get(key)), as_json(wanted.get(key))
        moved = before and after and held[key]["position"] != wanted[key]["position"]
        if before and after and (moved or before != after):
            connection.execute(update(table).where(*_is(table, wanted[key])).values(wanted[key]))
        if before != after:
            yield {"entity": table.name, "entity_id": "/".join(key), "before": before, "after": after}


def _row(record: Record, position: int) -> Row:
    values = {name: list(value) if isinstance(value, tuple) else value for name, value in record}
    return {**values, "position": position}


def _key(table: Table, row: Row) -> tuple[str, ...]:
    return tuple(row[column.name] for column in table.primary_key)


def _is(table: Table, row: Row) -> list[ColumnElement[bool]]:
    return [column == row[column.name] for column in table.primary_key]
