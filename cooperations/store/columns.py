"""Some columns of a table of a million rows, as frames whose texts are in Arrow.

No text becomes a Python object on its way. A reader of its own (ADBC, DuckDB) would bring a second copy of SQLite into
the process, whose locks undo those of the first.
"""

from __future__ import annotations

from io import RawIOBase
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv
from sqlalchemy import Float, select

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Connection, Table

    Columns = dict[str, pa.Array]

BETWEEN, ABSENT = "\x1f", "\x1e"
"""What SQLite sets between the values of a column, and says for none: signs that nobody can read or type."""
SQLITE_ROWS = 20_000
"""Rows that SQLite joins at once: a few megabytes of text for each column."""
POSTGRESQL_BYTES = 16_000_000


def column_frames(connection: Connection, table: Table, names: Sequence[str], chunk: int) -> Iterator[pd.DataFrame]:
    """Yield some columns of all rows, at most `chunk` rows at a time, in no order; days are ISO 8601 texts."""
    read = _from_sqlite if connection.dialect.name == "sqlite" else _from_postgresql
    for columns in read(connection, table, names, chunk):
        yield pd.DataFrame({name: _as_pandas(columns[name]) for name in names})


def _from_sqlite(connection: Connection, table: Table, names: Sequence[str], chunk: int) -> Iterator[Columns]:
    cursor: Any = connection.connection.cursor()
    kinds = _kinds(table, names)
    rows = f"SELECT rowid AS line, {', '.join(names)} FROM {table.name} WHERE rowid > ? ORDER BY rowid LIMIT ?"  # noqa: S608 - our own names
    joined = "".join(f", group_concat({_said(name, kinds[name])}, '{BETWEEN}')" for name in names)
    last, size = -1, min(chunk, SQLITE_ROWS)
    while True:
        cursor.execute(f"SELECT max(line), count(*){joined} FROM ({rows})", (last, size))  # noqa: S608 - our own names
        end, count, *cells = cursor.fetchone()
        if not count:
            return
        columns = {name: _parted(text, kinds[name]) for name, text in zip(names, cells, strict=True)}
        if any(len(column) != count for column in columns.values()):
            values = zip(*(line[1:] for line in cursor.execute(rows, (last, size))), strict=True)
            columns = {name: pa.array(held, kinds[name]) for name, held in zip(names, values, strict=True)}
        yield columns
        last = end


def _kinds(table: Table, names: Sequence[str]) -> dict[str, pa.DataType]:
    """Return the type in Arrow of each column: numbers, and texts, days among them."""
    return {name: pa.float64() if isinstance(table.c[name].type, Float) else pa.large_string() for name in names}


def _said(name: str, kind: pa.DataType) -> str:
    """Return how SQLite says a cell; `quote` gives every digit of a number, where a text would round it."""
    return f"quote({name})" if pa.types.is_floating(kind) else f"coalesce({name}, '{ABSENT}')"


def _parted(text: str, kind: pa.DataType) -> pa.Array:
    parts = pc.list_flatten(pc.split_pattern(pa.array([text], pa.large_string()), BETWEEN))
    absent = "NULL" if pa.types.is_floating(kind) else ABSENT
    held = pc.if_else(pc.equal(parts, absent), None, parts)
    return held if held.type == kind else pc.cast(held, kind)


def _from_postgresql(connection: Connection, table: Table, names: Sequence[str], chunk: int) -> Iterator[Columns]:
    wanted = str(select(*(table.c[name] for name in names)).compile(dialect=connection.dialect))
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f"COPY ({wanted}) TO STDOUT (FORMAT csv)") as copied:
        blocks = iter(copied)
        first = next(blocks, None)
        if first is None:
            return
        reader = csv.open_csv(
            _Copied(chain([first], blocks)),
            csv.ReadOptions(column_names=list(names), block_size=POSTGRESQL_BYTES),
            csv.ParseOptions(newlines_in_values=True),
            csv.ConvertOptions(
                column_types=_kinds(table, names),
                null_values=[""],
                strings_can_be_null=True,
                quoted_strings_can_be_null=False,
            ),
        )
        for batch in reader:
            for start in range(0, len(batch), chunk):
                part = batch.slice(start, chunk)
                yield {name: part.column(name) for name in names}


class _Copied(RawIOBase):
    """What PostgreSQL copies out, as a file."""

    def __init__(self, blocks: Iterator[Any]) -> None:
        self._blocks = blocks
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        parts, held = [self._rest], len(self._rest)
        while held < len(buffer) and (block := next(self._blocks, None)) is not None:
            parts.append(bytes(block))
            held += len(parts[-1])
        whole = b"".join(parts)
        size = min(len(buffer), held)
        buffer[:size], self._rest = whole[:size], whole[size:]
        return size


def _as_pandas(column: pa.Array) -> Any:
    if pa.types.is_floating(column.type):
        return np.asarray(column.to_numpy(zero_copy_only=False))
    return pd.array(column, dtype="str")
