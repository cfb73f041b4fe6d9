"""The imported lists in the database: offers, awards, their batches and the corrections of people.

A list may have a million rows: they come and go as frames, whose columns are the attributes of their model.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import pandas as pd
from sqlalchemy import Date, bindparam, delete, func, insert, select

from cooperations.errors import StaleLists
from cooperations.offers.model import Award, Batch, Offer
from cooperations.store.columns import column_frames
from cooperations.store.database import repeated
from cooperations.store.history import LISTS_STATE, as_json, remember, set_revision, state_revision
from cooperations.store.tables import BATCH, DECISION_TABLES, IMPORTED_TABLES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from sqlalchemy import Connection, Table

    from cooperations.offers.records import Correction
    from cooperations.store.database import Database
    from cooperations.store.history import Row

I = TypeVar("I", Offer, Award)  # noqa: E741 - the usual letter of a type that is imported


CHUNK = 50_000
MOST_BOUND = 500
"""Values in one IN (…): SQLite takes 32 766 at most, and plans short lists better."""


class Lists:
    """What was imported. Every method raises StoreUnavailable when the database does not answer."""

    def __init__(self, database: Database) -> None:
        self.database = database

    @repeated
    def revision(self) -> int:
        """Return a number that moves with each import and each correction; 0 before the first."""
        with self.database.transaction() as connection:
            return state_revision(connection, LISTS_STATE)

    @repeated
    def held(self, model: type[Offer | Award], source: str) -> pd.DataFrame:
        """Return what an import is compared with: `id`, `digest`, and for offers `siret` and `kind`; one source's."""
        table = IMPORTED_TABLES[model]
        names = [name for name in ("id", "siret", "kind", "digest") if name in table.c]
        wanted = select(*(table.c[name] for name in names)).where(table.c.source == source)
        with self.database.transaction() as connection:
            return pd.DataFrame(connection.execute(wanted).all(), columns=names)

    @repeated
    def take(
        self,
        model: type[Offer | Award],
        added: pd.DataFrame,
        changed: pd.DataFrame,
        batch: Batch,
        compared_with: int | None = None,
    ) -> None:
        """Keep an import, whole or not at all; the frames have the model's attributes and `digest`.

        Raise StaleLists when the revision of the lists is no longer the one that the import was compared with.
        """
        table = IMPORTED_TABLES[model]
        with self.database.transaction(write=True) as connection:
            if compared_with not in {None, state_revision(connection, LISTS_STATE)}:
                raise StaleLists
            changes = list(_replaced(connection, table, changed))
            for frame in (added, changed):
                _insert(connection, table, frame.assign(batch_id=batch.id))
            connection.execute(insert(BATCH), [dict(batch)])
            noted = {"entity": "batch", "entity_id": batch.id, "before": None, "after": as_json(dict(batch))}
            remember(connection, batch.organisation, [noted, *changes])
            set_revision(connection, LISTS_STATE)

    @repeated
    def correct(self, corrections: Collection[Correction]) -> None:
        """Keep the corrections of a person, all or none."""
        if not corrections:
            return
        rows = [dict(one) for one in corrections]
        with self.database.transaction(write=True) as connection:
            connection.execute(insert(DECISION_TABLES[type(next(iter(corrections)))]), rows)
            changes = [
                {"entity": "correction", "entity_id": str(row["id"]), "before": None, "after": as_json(row)}
                for row in rows
            ]
            remember(connection, str(rows[0]["organisation"]), changes)
            set_revision(connection, LISTS_STATE)

    @repeated
    def batches(self) -> tuple[Batch, ...]:
        """Return the imports, the last one first."""
        with self.database.transaction() as connection:
            rows = connection.execute(select(BATCH)).mappings()
            found = [Batch.model_validate(dict(row)) for row in rows]
        return tuple(sorted(found, key=lambda one: one.recorded_at, reverse=True))

    def rows(self, model: type[I], ids: Iterable[str]) -> dict[str, I]:
        """Return whole rows by id; an id that is not held is left out."""
        names = tuple(model.model_fields)
        found = self.cells(model, ids)
        return {one: model.model_validate(dict(zip(names, cells, strict=True))) for one, cells in found.items()}

    @repeated
    def consenting(self, sirets: Sequence[str]) -> list[Offer]:
        """Return the offers of some SIRET whose contact may be published, the latest agreement last."""
        table = IMPORTED_TABLES[Offer]
        agreed = select(table).where(table.c.contact_consent_on.is_not(None)).order_by(table.c.contact_consent_on)
        found: list[Offer] = []
        with self.database.transaction() as connection:
            for start in range(0, len(sirets), MOST_BOUND):
                some = agreed.where(table.c.siret.in_(sirets[start : start + MOST_BOUND]))
                found += [_record(Offer, dict(row)) for row in connection.execute(some).mappings()]
        return found

    def cells(self, model: type[Offer | Award], ids: Iterable[str]) -> dict[str, Sequence[Any]]:
        """Return the values of whole rows by id, days as ISO 8601 texts; an id that is not held is left out."""
        # What may be repeated takes no iterator, which a second try would find empty.
        return self._cells(model, list(dict.fromkeys(ids)))

    @repeated
    def _cells(self, model: type[Offer | Award], wanted: list[str]) -> dict[str, Sequence[Any]]:
        names = tuple(model.model_fields)
        place = names.index("id")
        found: dict[str, Sequence[Any]] = {}
        with self.database.transaction() as connection:
            for start in range(0, len(wanted), MOST_BOUND):
                rows = _rows_of(connection, IMPORTED_TABLES[model], names, wanted[start : start + MOST_BOUND])
                found |= {row[place]: row for row in rows}
        return found

    def awards_of(self, sirens: Iterable[str]) -> list[Award]:
        """Return the contracts awarded to some legal units, the latest first."""
        return self._awards_of(list(dict.fromkeys(sirens)))

    @repeated
    def _awards_of(self, wanted: list[str]) -> list[Award]:
        table = IMPORTED_TABLES[Award]
        found: list[Award] = []
        with self.database.transaction() as connection:
            for start in range(0, len(wanted), MOST_BOUND):
                some = select(table).where(table.c.holder_siren.in_(wanted[start : start + MOST_BOUND]))
                found += [_record(Award, dict(row)) for row in connection.execute(some).mappings()]
        return sorted(found, key=lambda one: (one.notified_on or date.min, one.id), reverse=True)

    def frames(self, model: type[Offer | Award], names: Sequence[str]) -> Iterator[pd.DataFrame]:
        """Yield some columns of all rows, CHUNK rows at a time; texts are in Arrow."""
        with self.database.transaction() as connection:
            yield from column_frames(connection, IMPORTED_TABLES[model], names, CHUNK)

    @repeated
    def by_commune(self) -> dict[str, int]:
        """Return how many structures the lists have in each commune, one per establishment and kind."""
        table = IMPORTED_TABLES[Offer]
        names = (table.c.commune_code, table.c.kind, func.coalesce(table.c.siret, table.c.id).label("structure"))
        once = select(*names).where(table.c.commune_code.is_not(None)).distinct().subquery()
        counted = select(once.c.commune_code, func.count()).group_by(once.c.commune_code)
        with self.database.transaction() as connection:
            return {str(code): int(count) for code, count in connection.execute(counted)}

    @repeated
    def sources(self, model: type[Offer | Award]) -> dict[str, tuple[int, date]]:
        """Return the sources that have rows, each with how many and the day of the latest."""
        table = IMPORTED_TABLES[model]
        wanted = select(table.c.source, func.count(), func.max(table.c.source_date)).group_by(table.c.source)
        with self.database.transaction() as connection:
            rows = connection.execute(wanted.order_by(table.c.source)).all()
        return {str(source): (int(count), day) for source, count, day in rows}


def _rows_of(connection: Connection, table: Table, names: Iterable[str], ids: Sequence[str]) -> Sequence[Sequence[Any]]:
    """Return rows through the driver: SQLAlchemy's own processing takes a third of the time of a page."""
    said = ", ".join(f"CAST({one} AS TEXT)" if isinstance(table.c[one].type, Date) else one for one in names)
    mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"
    asked = f"SELECT {said} FROM {table.name} WHERE id IN ({', '.join([mark] * len(ids))})"  # noqa: S608 - our own names
    return connection.exec_driver_sql(asked, tuple(ids)).all()


def _record(model: type[I], row: Row) -> I:
    return model.model_validate({name: row[name] for name in model.model_fields})


def _insert(connection: Connection, table: Table, frame: pd.DataFrame) -> None:
    """Insert rows through the driver: SQLAlchemy's own processing of each value takes twice the time of the rest."""
    if frame.empty:
        return
    statement = str(insert(table).compile(dialect=connection.dialect))
    for start in range(0, len(frame), CHUNK):
        some = frame.iloc[start : start + CHUNK].reindex(columns=[column.name for column in table.columns])
        rows = list(zip(*(_plain(some[name]) for name in some.columns), strict=True))
        connection.exec_driver_sql(statement, _for_driver(connection, list(some.columns), rows))


def _plain(cells: pd.Series[Any]) -> list[Any]:
    """Return cells as any driver takes them: text, numbers, None; days as ISO 8601."""
    objects = cells.astype(object)
    values: list[Any] = objects.where(objects.notna(), None).tolist()
    return [one.isoformat() if isinstance(one, date) else one for one in values]


def _for_driver(connection: Connection, names: list[str], rows: list[tuple[Any, ...]]) -> list[Any]:
    if connection.dialect.paramstyle in {"pyformat", "named"}:
        return [dict(zip(names, row, strict=True)) for row in rows]
    return rows


def _replaced(connection: Connection, table: Table, changed: pd.DataFrame) -> Iterator[Row]:
    """Take out the rows that changed ones replace, and yield the revisions that say it."""
    if changed.empty:
        return
    ids = changed["id"].tolist()
    before: dict[str, Row] = {}
    for start in range(0, len(ids), MOST_BOUND):
        some = select(table).where(table.c.id.in_(ids[start : start + MOST_BOUND]))
        before |= {row["id"]: as_json(dict(row)) or {} for row in connection.execute(some).mappings()}
    connection.execute(delete(table).where(table.c.id == bindparam("gone")), [{"gone": one} for one in ids])
    for row in _as_rows(changed):
        yield {
            "entity": table.name,
            "entity_id": row["id"],
            "before": before.get(row["id"]),
            "after": as_json(row),
        }


def _as_rows(frame: pd.DataFrame) -> list[Row]:
    """Return a frame as rows, with None for what is missing."""
    objects = frame.astype(object)
    rows: list[Any] = objects.where(objects.notna(), None).to_dict("records")
    return rows
