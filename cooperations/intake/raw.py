"""A table as somebody sent it: its header, its cells as text, the line where each record starts."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from cooperations.errors import DataIssue, UnreadableFile
from cooperations.text import plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

MAX_BYTES = 100 * 1024 * 1024
"""The largest file that is read, in bytes; a SIRENE stock, larger, goes through its own profile."""
MAX_UNPACKED = 8 * MAX_BYTES
"""What a compressed file may become, in bytes."""
MAX_CELLS = 60_000_000
"""What a table may hold: about 8 bytes a cell before any text."""
MAX_COLUMNS = 1000
LONGEST_SHOWN = 80


@dataclass(frozen=True, slots=True)
class RaggedRow:
    """A record whose number of cells is not that of the header."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class RawTable:
    """What a file holds, before anything is made of it.

    `frame` has the columns of `header`, all text, an empty cell being ''. `lines` gives for each of its rows the line
    of the file where it starts, the header being on line 1 when nothing is above it; for a sheet, the row number; for
    GeoJSON and Parquet, the rank of the record plus 1. `issues` are the records that are not in `frame` (see `ragged`),
    `notices` what was said and changed nothing.
    """

    file: str
    header: tuple[str, ...]
    frame: pd.DataFrame
    lines: np.ndarray[Any, np.dtype[np.int64]]
    issues: tuple[DataIssue, ...] = ()
    notices: tuple[DataIssue, ...] = ()
    ragged: tuple[RaggedRow, ...] = ()
    format: str = "csv"
    encoding: str = ""

    @property
    def read(self) -> int:
        """How many records the file holds, refused ones included."""
        return len(self.frame) + len(self.ragged)


def table_of(file: str, records: Iterable[tuple[int, list[str]]], form: str, encoding: str = "") -> RawTable:
    """Return the table of numbered `records`, the first one being the header; raises UnreadableFile without any."""
    filled = ((line, cells) for line, cells in records if "".join(cells).strip())
    top = next(filled, None)
    if top is None:
        raise UnreadableFile(file, "le fichier est vide", "Donner un fichier avec une ligne de noms de colonnes.")
    return _table(file, top, list(filled), (form, encoding))


def frame_table(file: str, columns: dict[str, list[str]], rows: int, form: str) -> RawTable:
    """Return the table of named columns of `rows` cells each, numbered from 2."""
    check_size(file, rows, len(columns))
    frame = pd.DataFrame({name: text_column(cells) for name, cells in columns.items()}, index=range(rows))
    return RawTable(file, tuple(columns), frame, np.arange(2, rows + 2), format=form, encoding="utf-8")


def check_size(file: str, rows: int, columns: int) -> None:
    """Raise UnreadableFile for a table that the memory should not be asked for."""
    if columns > MAX_COLUMNS or rows * columns > MAX_CELLS:
        size = f"{plural(rows, 'ligne')} et {plural(columns, 'colonne')}"
        raise UnreadableFile(file, f"la table est trop grande ({size})", "Garder les colonnes utiles, ou la couper.")


def text_column(cells: Sequence[str]) -> pd.Series[Any]:
    """Return cells as a column of text; a lone surrogate, which is no character, becomes U+FFFD."""
    try:
        return pd.Series(cells, dtype="str")
    except UnicodeEncodeError:
        return pd.Series([cell.encode("utf-8", "replace").decode() for cell in cells], dtype="str")


def _table(
    file: str, top: tuple[int, list[str]], records: list[tuple[int, list[str]]], kind: tuple[str, str]
) -> RawTable:
    line, names = top
    width = max((at for at, name in enumerate(names, 1) if name.strip()), default=0)
    check_size(file, len(records), width)
    named = names[:width]
    whole = [(at, cells[:width]) for at, cells in records if _fits(cells, width)]
    ragged = tuple(RaggedRow(at, tuple(cells)) for at, cells in records if not _fits(cells, width))
    header, notices = _header(file, line, named)
    columns = list(zip(*(cells for _, cells in whole), strict=True)) or [()] * width
    frame = pd.DataFrame({name: text_column(cells) for name, cells in zip(header, columns, strict=True)})
    lines = np.array([at for at, _ in whole], dtype=np.int64)
    issues = tuple(_ragged_issue(file, row, width) for row in ragged)
    return RawTable(file, header, frame, lines, issues, tuple(notices), ragged, *kind)


def _fits(cells: list[str], width: int) -> bool:
    """Return whether a record has the header's cells, and at most empty ones after them."""
    return len(cells) == width or (len(cells) > width and not "".join(cells[width:]).strip())


def _header(file: str, line: int, names: list[str]) -> tuple[tuple[str, ...], list[DataIssue]]:
    """Return names that are all different and none empty, and a notice for each one that had to change."""
    header: list[str] = []
    notices = []
    for at, raw in enumerate(names, 1):
        name = " ".join(raw.split()) or f"colonne {at}"
        unique = next(one for one in _spellings(name) if one not in header)
        if unique != name:
            remedy = f"La seconde est lue comme « {unique} » ; vérifier laquelle est la bonne."
            notices.append(DataIssue(file, line, name, "", "deux colonnes portent ce nom", remedy))
        header.append(unique)
    return tuple(header), notices


def _spellings(name: str) -> Iterator[str]:
    yield name
    for again in count(2):
        yield f"{name} ({again})"


def _ragged_issue(file: str, row: RaggedRow, width: int) -> DataIssue:
    shown = " | ".join(row.cells)
    shown = shown if len(shown) <= LONGEST_SHOWN else f"{shown[:LONGEST_SHOWN]}…"
    problem = f"{plural(len(row.cells), 'cellule')} pour {plural(width, 'colonne')}"
    remedy = "Mettre entre guillemets les cellules qui contiennent le séparateur, ou compléter la ligne."
    return DataIssue(file, row.line, "", shown, problem, remedy)
