"""Parquet and CSV files of any size, as DuckDB scans them: only the columns asked for, as text, in the file's order."""

from __future__ import annotations

import csv
import glob
import re
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb

from cooperations.errors import UnreadableFile
from cooperations.text import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

LONGEST_HEADER = 1 << 16
ARCHIVES = (b"PK", b"\x1f\x8b")
"""How ZIP and gzip files begin."""


@dataclass(frozen=True, slots=True)
class ScannedFile:
    """A file, the table function that scans it, its columns in lower case with their types, and its rows.

    `rows` is None for a CSV, which does not say it.
    """

    path: Path
    scan: str
    types: Mapping[str, str]
    rows: int | None

    def select(self, columns: Mapping[str, str], widths: Mapping[str, int]) -> str:
        """Return the query of `columns` (our name → the file's) as text; one that the file does not have is NULL.

        `widths` are the lengths of codes: where a file keeps them as numbers, their zeros at the start come back.
        """
        cells = (f"{self._text(column, widths.get(name))} AS {name}" for name, column in columns.items())
        return f"SELECT {', '.join(cells)} FROM {self.scan}"  # noqa: S608 - our own names

    def _text(self, column: str, width: int | None) -> str:
        kept = self.types.get(column.lower())
        if kept is None:
            return "CAST(NULL AS VARCHAR)"
        if kept == "VARCHAR" or width is None:
            return f"CAST({column} AS VARCHAR)"
        digits = f"CAST(TRY_CAST({column} AS BIGINT) AS VARCHAR)"
        return f"lpad({digits}, CAST(greatest({width}, length({digits})) AS INTEGER), '0')"

    def require(self, *columns: str) -> None:
        """Raise UnreadableFile, which names them, when some of `columns` are missing."""
        missing = [column for column in columns if column.lower() not in self.types]
        if missing:
            said = plural(len(missing), "colonne manque", "colonnes manquent")
            shown = ", ".join(f"« {column} »" for column in missing)
            problem = f"ce n’est pas le fichier attendu, {said} : {shown}"
            raise UnreadableFile(self.path.name, problem, "Le télécharger à nouveau, avec toutes ses colonnes.")


def scanned(path: Path) -> ScannedFile:
    """Describe a Parquet or CSV file from its first bytes, whatever its name.

    Raises UnreadableFile: no such file, an archive, a damaged Parquet, a header that is not UTF-8.
    """
    with readable(path):
        with path.open("rb") as content:
            start = content.readline(LONGEST_HEADER)
        if start.startswith(ARCHIVES):
            raise UnreadableFile(path.name, "c’est une archive", "La décompresser, puis donner ce qu’elle contient.")
        return _parquet(path) if start.startswith(b"PAR1") else _csv(path, start.decode("utf-8-sig"))


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """Raise UnreadableFile for what goes wrong while `path` is read."""
    try:
        yield
    except OSError as error:
        raise UnreadableFile(path.name, "le fichier ne s’ouvre pas", "Vérifier qu’il existe encore.") from error
    except duckdb.OutOfMemoryException as error:
        problem = "la mémoire accordée ne suffit pas"
        raise UnreadableFile(path.name, problem, "En accorder davantage, ou demander moins de départements.") from error
    except (duckdb.Error, UnicodeDecodeError, csv.Error) as error:
        line = re.search(r"Line: (\d+)", str(error))
        problem = f"le contenu est abîmé, ou n’est pas en UTF-8{f' (ligne {line[1]})' if line else ''}"
        raise UnreadableFile(path.name, problem, "Le télécharger à nouveau, ou l’enregistrer en UTF-8.") from error


def quoted(text: str) -> str:
    """Return `text` as a SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def _parquet(path: Path) -> ScannedFile:
    scan = f"read_parquet({_literal(path)})"
    with duckdb.connect() as connection:
        rows = connection.sql(f"SELECT * FROM {scan} LIMIT 0")  # noqa: S608 - a quoted path
        types = {name.lower(): str(kept) for name, kept in zip(rows.columns, rows.types, strict=True)}
        counted = connection.sql(f"SELECT num_rows FROM parquet_file_metadata({_literal(path)})")  # noqa: S608 - same
        return ScannedFile(path, scan, types, int(counted.fetchall()[0][0]))


def _csv(path: Path, header: str) -> ScannedFile:
    """Describe a CSV by its header: nothing is guessed from the rows, where codes would lose their zeros."""
    delimiter = max(",;\t|", key=header.count)
    names = [name or f"colonne {rank}" for rank, name in enumerate(next(csv.reader([header], delimiter=delimiter), []))]
    columns = ", ".join(f"{quoted(name)}: 'VARCHAR'" for name in names)
    dialect = f"""auto_detect = false, header = true, delim = {quoted(delimiter)}, quote = '"', escape = '"'"""
    scan = f"read_csv({_literal(path)}, columns = {{{columns}}}, {dialect})"
    return ScannedFile(path, scan, dict.fromkeys((name.lower() for name in names), "VARCHAR"), None)


def _literal(path: Path) -> str:
    return quoted(glob.escape(str(path)))
