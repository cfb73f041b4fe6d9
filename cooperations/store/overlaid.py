"""Writing accepted changes over the records, and reading one record under its changes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection, insert, or_, select, update

from cooperations.contributions.errors import StillUsed
from cooperations.contributions.model import Change
from cooperations.contributions.overlay import ENTITIES, laid_over, values_of
from cooperations.errors import StaleDecision
from cooperations.store.history import RECORDS_STATE, remember, set_revision
from cooperations.store.tables import CHANGE, RECORD_TABLES, STATE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cooperations.contributions.model import Values
    from cooperations.model import Record
    from cooperations.store.history import Row

_ACTIVE = CHANGE.c.undone_at.is_(None)


def active_changes(connection: Connection) -> list[Change]:
    """Return every change that holds, oldest first."""
    return _changes(connection)


def _changes(connection: Connection, *only: object) -> list[Change]:
    wanted = select(CHANGE.c.entity, CHANGE.c.entity_id, CHANGE.c.given).where(_ACTIVE, *only)  # type: ignore[arg-type]
    rows = connection.execute(wanted.order_by(CHANGE.c.number))
    return [Change(entity, entity_id, given) for entity, entity_id, given in rows]


def shown(connection: Connection, entity: str, entity_id: str) -> Values | None:
    """Return a record as it is shown, under its changes; None when there is none."""
    model = ENTITIES[entity]
    table = RECORD_TABLES[model]
    keys = zip(table.primary_key, entity_id.split("/"), strict=True)
    row = connection.execute(select(table).where(*(column == part for column, part in keys))).mappings().one_or_none()
    held = None if row is None else model.model_validate({name: row[name] for name in model.model_fields})
    some = _changes(connection, CHANGE.c.entity == entity, CHANGE.c.entity_id == entity_id)
    record: Record | None = laid_over(model, held, some) if some else held
    return None if record is None else values_of(record)


def lay(connection: Connection, changes: Iterable[Change], author: str, proposal_id: str | None) -> None:
    """Keep changes, each with its revision; raises StaleDecision when a record is not what it was decided on."""
    revisions = [_lay(connection, change, author, proposal_id) for change in changes]
    _moved(connection, author, revisions)


def _lay(connection: Connection, change: Change, author: str, proposal_id: str | None) -> Row:
    before = shown(connection, change.entity, change.entity_id)
    if change.sure and before != change.before:
        raise StaleDecision
    named = {"entity": change.entity, "entity_id": change.entity_id}
    stamp = {"made_at": datetime.now(UTC), "author": author, "proposal_id": proposal_id}
    connection.execute(insert(CHANGE).values(given=change.given, **named, **stamp))
    return named | {"before": before, "after": shown(connection, change.entity, change.entity_id)}


def undo(connection: Connection, proposal_id: str, author: str) -> None:
    """Take back the changes of a proposal; raises StillUsed when other records name one of its structures."""
    mine = CHANGE.c.proposal_id == proposal_id
    wanted = select(CHANGE.c.entity, CHANGE.c.entity_id).where(_ACTIVE, mine).distinct()
    keys = [(str(entity), str(entity_id)) for entity, entity_id in connection.execute(wanted)]
    before = {key: shown(connection, *key) for key in keys}
    gone = {"undone_at": datetime.now(UTC), "undone_by": author}
    connection.execute(update(CHANGE).where(_ACTIVE, mine).values(**gone))
    after = {key: shown(connection, *key) for key in keys}
    for entity, entity_id in keys:
        if entity == "structure" and after[entity, entity_id] is None:
            _check_unused(connection, entity_id)
    named = [{"entity": entity, "entity_id": entity_id} for entity, entity_id in keys]
    states = [{"before": before[key], "after": after[key]} for key in keys]
    _moved(connection, author, [one | state for one, state in zip(named, states, strict=True)])


def _check_unused(connection: Connection, structure_id: str) -> None:
    links = RECORD_TABLES[ENTITIES["participation"]]
    events = RECORD_TABLES[ENTITIES["event"]]
    held = connection.scalar(select(links.c.practice_id).where(links.c.structure_id == structure_id).limit(1))
    organised = connection.scalar(select(events.c.id).where(events.c.organiser_id == structure_id).limit(1))
    named = or_(
        (CHANGE.c.entity == "participation") & CHANGE.c.entity_id.like(f"%/{structure_id}/%"),
        CHANGE.c.entity == "event",
    )
    laid = any(
        change.entity == "participation" or (change.given or {}).get("organiser_id") == structure_id
        for change in _changes(connection, named)
    )
    if held or organised or laid:
        raise StillUsed(structure_id)


def _moved(connection: Connection, author: str, revisions: list[Row]) -> None:
    """Keep the revisions, and tell every reader; the digest of data/ stays, since data/ did not move."""
    if not revisions:
        return
    remember(connection, author, revisions)
    digest = connection.scalar(select(STATE.c.digest).where(STATE.c.id == RECORDS_STATE)) or ""
    set_revision(connection, RECORDS_STATE, str(digest))
