"""Some columns of a table of a million rows, as frames whose texts are in Arrow.

SQLite's own cursor gives values as they are; SQLAlchemy's rows would take as long again. A reader of its own (ADBC,
DuckDB) would bring a second copy of SQLite into the process, whose locks undo those of the first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa
from sqlalchemy import Float, String, select

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from sqlalchemy import Connection, Select, Table
    from sqlalchemy.types import TypeEngine

    Rows = Sequence[Sequence[Any]]

FETCHED = 5_000
"""Rows that become Arrow at once: more of them are more objects for the garbage collector to walk through."""


def column_frames(connection: Connection, table: Table, names: Collection[str], chunk: int) -> Iterator[pd.DataFrame]:
    """Yield some columns of all rows, about `chunk` rows at a time, in no order."""
    wanted = select(*(table.c[name] for name in names))
    size = min(chunk, FETCHED)
    is_sqlite = connection.dialect.name == "sqlite"
    parts = _from_cursor(connection, wanted, size) if is_sqlite else _from_result(connection, wanted, size)
    held: list[list[Any]] = []
    for rows in parts:
        columns = zip(names, zip(*rows, strict=True), strict=True)
        held.append([_column(table.c[name].type, values) for name, values in columns])
        if len(held) * size >= chunk:
            yield _frame(names, held)
            held = []
    if held:
        yield _frame(names, held)


def _from_cursor(connection: Connection, wanted: Select[Any], size: int) -> Iterator[Rows]:
    cursor = connection.connection.cursor()
    cursor.execute(str(wanted.compile(dialect=connection.dialect)))
    while rows := cursor.fetchmany(size):
        yield rows


def _from_result(connection: Connection, wanted: Select[Any], size: int) -> Iterator[Rows]:
    yield from connection.execution_options(yield_per=size).execute(wanted).partitions()


def _column(kind: TypeEngine[Any], values: tuple[Any, ...]) -> Any:
    if isinstance(kind, String):
        return pa.array(values, pa.large_string())
    return pa.array(values, pa.float64()) if isinstance(kind, Float) else pd.Series(values, dtype=object)


def _frame(names: Collection[str], parts: list[list[Any]]) -> pd.DataFrame:
    return pd.DataFrame({name: _joined(list(held)) for name, held in zip(names, zip(*parts, strict=True), strict=True)})


def _joined(parts: list[Any]) -> Any:
    if isinstance(parts[0], pd.Series):
        return pd.concat(parts, ignore_index=True)
    whole = pa.concat_arrays(parts)
    if pa.types.is_floating(whole.type):
        return np.asarray(whole.to_numpy(zero_copy_only=False))
    return pd.array(whole, dtype="str")
