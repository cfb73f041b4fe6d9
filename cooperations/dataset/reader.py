"""One CSV file → records with their line numbers, or the list of what is wrong with it."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pydantic import ValidationError

from cooperations.errors import DataIssue
from cooperations.model import Record
from cooperations.text import suggestion

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pydantic_core import ErrorDetails

R = TypeVar("R", bound=Record)
LONGEST_VALUE_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Row(Generic[R]):
    """A record and the line of the file where it starts."""

    line: int
    record: R


@dataclass(frozen=True, slots=True)
class Table(Generic[R]):
    """What one file gave: the rows that are right, the issues of the others, and the ids of all of them."""

    file: str
    rows: tuple[Row[R], ...]
    issues: tuple[DataIssue, ...]
    ids: frozenset[str] = frozenset()


class _UnusableFile(Exception):
    """The file as a whole cannot be read."""

    def __init__(self, line: int, problem: str, remedy: str, value: str = "", column: str = "") -> None:
        self.parts = (line, column, value, problem, remedy)
        super().__init__(problem)


def read_table(path: Path, model: type[R]) -> Table[R]:
    """Read one UTF-8 CSV file of `model` rows; never raises for what the file contains."""
    try:
        cells = list(_cells(_decode(path), columns(model), model.later_columns))
    except _UnusableFile as fault:
        return Table(path.name, (), (DataIssue(path.name, *fault.parts),))
    rows, issues = [], []
    for line, values in cells:
        if isinstance(values, DataIssue):
            issues.append(values)
            continue
        try:
            rows.append(Row(line, model.model_validate(values)))
        except ValidationError as error:
            issues.extend(issues_of(path.name, line, error))
    ids = frozenset(values.get("id", "").strip() for _, values in cells if isinstance(values, dict))
    return Table(path.name, tuple(rows), tuple(_with_file(issue, path.name) for issue in issues), ids - {""})


def columns(model: type[Record]) -> tuple[str, ...]:
    """Return the published column names of `model`, in their order."""
    return tuple(str(field.alias) for field in model.model_fields.values())


def _decode(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise _UnusableFile(
            0, "fichier introuvable ou illisible", "Remettre le fichier à sa place dans data/."
        ) from error
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        before, after = raw[: error.start].splitlines()[-1:], raw[error.start :].splitlines()[0]
        shown = (b"".join(before)[-10:] + after[:10]).decode("cp1252", "replace")
        remedy = "Enregistrer le fichier en UTF-8 (dans un tableur : « CSV UTF-8 »)."
        raise _UnusableFile(line, "le fichier n’est pas en UTF-8", remedy, shown.strip()) from error
    if not text.strip():
        raise _UnusableFile(0, "fichier vide", "Remettre au moins la ligne des noms de colonnes.")
    return text


def _cells(
    text: str, expected: tuple[str, ...], later: frozenset[str]
) -> Iterator[tuple[int, dict[str, str] | DataIssue]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [name.strip() for name in next(reader)]
        _check_header(header, expected, later)
        start = reader.line_num + 1
        for values in reader:
            if any(value.strip() for value in values):
                yield start, _row(start, header, values)
            start = reader.line_num + 1
    except csv.Error as error:
        remedy = "Vérifier les guillemets de cette ligne."
        raise _UnusableFile(reader.line_num, f"ligne illisible ({error})", remedy) from error


def _row(line: int, header: list[str], values: list[str]) -> dict[str, str] | DataIssue:
    if len(values) == len(header):
        return dict(zip(header, values, strict=True))
    problem = f"{len(values)} valeurs pour {len(header)} colonnes"
    return DataIssue("", line, "", "", problem, "Mettre entre guillemets les valeurs qui contiennent une virgule.")


def _check_header(header: list[str], expected: tuple[str, ...], later: frozenset[str]) -> None:
    if len(header) == 1 and ";" in header[0]:
        raise _UnusableFile(
            1, "colonnes séparées par des points-virgules", "Enregistrer avec la virgule comme séparateur."
        )
    for name in header:
        if header.count(name) > 1:
            raise _UnusableFile(1, "colonne en double", "Garder une seule colonne de ce nom.", column=name)
        if name not in expected:
            hint = suggestion(name, expected)
            remedy = f"Vouliez-vous dire « {hint} » ?" if hint else "Retirer cette colonne."
            raise _UnusableFile(1, "colonne inconnue", remedy, column=name)
    for name in expected:
        if name not in header and name not in later:
            raise _UnusableFile(1, "colonne absente", "Ajouter la colonne, même vide.", column=name)


def issues_of(file: str, line: int, error: ValidationError) -> Iterator[DataIssue]:
    """Yield the defects of one record in French, each with its column and what to do."""
    for detail in error.errors():
        context: dict[str, Any] = detail.get("ctx", {})
        column = str(detail["loc"][0]) if detail["loc"] else context.get("column", "")
        problem, remedy = _in_french(detail)
        yield DataIssue(file, line, column, context.get("value") or _shown(detail), problem, remedy)


def _in_french(detail: ErrorDetails) -> tuple[str, str]:
    context: dict[str, Any] = detail.get("ctx", {})
    if detail["type"] == "cell":
        return context["problem"], context["remedy"]
    if detail["type"] == "missing":
        return "valeur obligatoire absente", "Remplir cette cellule."
    if detail["type"] == "string_too_long":
        return f"texte de plus de {context['max_length']} caractères", "Raccourcir ce texte."
    return "valeur refusée", "Voir la définition de la colonne dans data/README.md."


def _shown(detail: ErrorDetails) -> str:
    text = str(detail["input"]) if detail["loc"] and detail["type"] != "missing" else ""
    return text if len(text) <= LONGEST_VALUE_SHOWN else f"{text[:LONGEST_VALUE_SHOWN]}…"


def _with_file(issue: DataIssue, file: str) -> DataIssue:
    return issue if issue.file else DataIssue(file, issue.line, issue.column, issue.value, issue.problem, issue.remedy)
