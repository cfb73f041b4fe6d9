"""A backup of the whole database, of one form for all backends: a zip of one JSON line per row, and its manifest.

It is read in one transaction, so it is of one moment, while people go on writing; it is put back in one, too.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Date, MetaData, delete, func, insert, select, text

from cooperations.errors import StoreUnavailable, UnreadableFile
from cooperations.store.account_tables import ACCOUNT
from cooperations.store.history import set_state
from cooperations.store.schema import VERSIONS, forget, head, known_revisions, present, upgrade
from cooperations.store.tables import METADATA, REVISION, STATE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Connection, Table

    from cooperations.store.database import Database

FORM = 1
MANIFEST = "manifeste.json"
CHUNK = 2_000
MOST_LINE = 64_000_000
"""Bytes of a row: a snapshot of a large database is one."""


@dataclass(frozen=True, slots=True)
class Content:
    """A table in a backup: how many rows, and the digest of its file."""

    rows: int
    digest: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself: its form, the schema and the moment of the database, its tables."""

    form: int
    schema: str
    made_at: str
    tables: dict[str, Content]

    @property
    def rows(self) -> int:
        """How many rows the backup has."""
        return sum(table.rows for table in self.tables.values())


class Backups:
    """Whole copies of a database. Every method raises StoreUnavailable when it does not answer."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def save(self, path: Path) -> Manifest:
        """Write a backup beside `path`, then under its name once it is whole."""
        draft = path.with_name(f"{path.name}.partiel")
        with self.database.transaction() as connection, zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
            _check_integrity(connection)
            tables = {table.name: _write(connection, table, archive) for table in _tables(connection)}
            made_at = datetime.now(UTC).replace(microsecond=0).isoformat()
            manifest = Manifest(FORM, present(connection), made_at, tables)
            archive.writestr(MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False, indent=1))
        check(draft)
        draft.replace(path)
        return manifest

    def restore(self, path: Path) -> Manifest:
        """Put a backup back instead of all that the database holds, whole or not at all; raises UnreadableFile."""
        manifest = check(path)
        if manifest.schema not in known_revisions():
            raise UnreadableFile(
                path.name, "elle a été faite par une version plus récente de l’application", "Installer cette version."
            )
        with self.database.transaction(write=True) as connection, zipfile.ZipFile(path) as archive:
            closed = _closed_accounts(connection)
            last = max(_last(connection), 0)
            _prepare(connection, manifest.schema)
            for table in _tables(connection):
                if table.name in manifest.tables:
                    _fill(connection, table, archive)
            if manifest.schema != head():
                upgrade(connection, head())
            _close_again(connection, closed)
            _go_on(connection, last)
        return manifest


def check(path: Path) -> Manifest:
    """Return the manifest of a backup that is whole, each table as it was written; raises UnreadableFile."""
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = _manifest(archive)
            for name, content in manifest.tables.items():
                if _digest(archive, name) != content:
                    raise UnreadableFile(path.name, f"la table « {name} » n’est plus ce qui a été gardé", REMEDY)
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, TypeError) as error:
        raise UnreadableFile(path.name, "ce n’est pas une sauvegarde entière", REMEDY) from error
    return manifest


REMEDY = "En choisir une autre."


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    read = json.loads(archive.read(MANIFEST))
    if read["form"] != FORM:
        raise ValueError(read["form"])
    tables = {str(name): Content(**content) for name, content in read["tables"].items()}
    return Manifest(FORM, str(read["schema"]), str(read["made_at"]), tables)


def _tables(connection: Connection) -> list[Table]:
    """Return the tables as the database has them: a backup of an older schema is put back as it was."""
    found = MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name != VERSIONS]


def _write(connection: Connection, table: Table, archive: zipfile.ZipFile) -> Content:
    digest, rows = hashlib.sha256(), 0
    wanted = select(table).order_by(*table.primary_key.columns)
    with archive.open(_file(table.name), "w", force_zip64=True) as out:
        for some in connection.execution_options(yield_per=CHUNK).execute(wanted).mappings().partitions():
            lines = "".join(f"{json.dumps(dict(row), ensure_ascii=False, default=_plain)}\n" for row in some).encode()
            digest.update(lines)
            out.write(lines)
            rows += len(some)
    return Content(rows, digest.hexdigest())


def _digest(archive: zipfile.ZipFile, name: str) -> Content:
    digest, rows = hashlib.sha256(), 0
    with archive.open(_file(name)) as lines:
        for line in lines:
            digest.update(line)
            rows += 1
    return Content(rows, digest.hexdigest())


def _fill(connection: Connection, table: Table, archive: zipfile.ZipFile) -> None:
    days = [column.name for column in table.columns if isinstance(column.type, Date)]
    with archive.open(_file(table.name)) as lines:
        for some in _chunks(lines, days):
            connection.execute(insert(table), some)


def _chunks(lines: Any, days: list[str]) -> Iterator[list[dict[str, Any]]]:
    some: list[dict[str, Any]] = []
    while line := lines.readline(MOST_LINE):
        row = json.loads(line)
        some.append(row | {name: date.fromisoformat(row[name]) for name in days if row.get(name)})
        if len(some) == CHUNK:
            yield some
            some = []
    if some:
        yield some


def _prepare(connection: Connection, schema: str) -> None:
    """Empty the tables; make those of an older schema when the backup is of one."""
    tables = _tables(connection)
    if schema == present(connection):
        # Emptied, not made again: on PostgreSQL who reads meanwhile goes on seeing what was there.
        for table in reversed(tables):
            connection.execute(delete(table))
        return
    for table in reversed(tables):
        table.drop(connection)
    forget(connection)
    upgrade(connection, schema)


def _check_integrity(connection: Connection) -> None:
    if connection.dialect.name == "sqlite" and connection.scalar(text("PRAGMA quick_check")) != "ok":
        raise StoreUnavailable("La base de données est abîmée : reprendre la dernière sauvegarde.")


def _last(connection: Connection) -> int:
    return int(connection.scalar(select(func.max(REVISION.c.number))) or 0)


def _closed_accounts(connection: Connection) -> dict[str, Any]:
    if present(connection) != head():
        return {}
    wanted = select(ACCOUNT.c.id, ACCOUNT.c.closed_at).where(ACCOUNT.c.closed_at.is_not(None))
    return {str(key): moment for key, moment in connection.execute(wanted)}


def _close_again(connection: Connection, closed: dict[str, Any]) -> None:
    """Close the accounts that were closed since: going back in time must let nobody in again."""
    for key, moment in closed.items():
        connection.execute(ACCOUNT.update().where(ACCOUNT.c.id == key).values(closed_at=moment))


def _go_on(connection: Connection, last: int) -> None:
    """Give the next revision a number after all that ever were, so that each process sees that everything changed."""
    number = max(last, _last(connection)) + 1
    noted = {"made_at": datetime.now(UTC), "author": "restaurer", "entity": "database", "entity_id": "restauration"}
    connection.execute(insert(REVISION).values(number=number, **noted))
    for line, digest in connection.execute(select(STATE.c.id, STATE.c.digest)).all():
        set_state(connection, line, number, digest)
    if connection.dialect.name == "postgresql":
        _number_on(connection)


def _number_on(connection: Connection) -> None:
    """Let the numbers that PostgreSQL gives go on after the last one."""
    for table in METADATA.sorted_tables:
        given = table.autoincrement_column
        if given is not None:
            sequence = func.pg_get_serial_sequence(table.name, given.name)
            highest = select(func.coalesce(func.max(given), 0) + 1).scalar_subquery()
            connection.execute(select(func.setval(sequence, highest, False)))  # noqa: FBT003 - SQL's own order


def _file(name: str) -> str:
    return f"tables/{name}.jsonl"


def _plain(value: Any) -> str:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    raise TypeError(type(value).__name__)
