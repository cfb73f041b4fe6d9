"""The whole of data/, read and checked: a `Dataset`, or a `DatasetError` with every issue."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cooperations.dataset import checks
from cooperations.dataset.reader import R, Table, columns, read_table
from cooperations.errors import DataIssue, DatasetError
from cooperations.model import RECORDS, Event, Participation, Practice, Record, Structure

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cooperations.territories import Gazetteer


@dataclass(frozen=True, slots=True)
class Dataset:
    """The published records, consistent with each other and with geo/.

    `digest` is the SHA-256 of the files they were read from.
    """

    practices: tuple[Practice, ...]
    structures: tuple[Structure, ...]
    participations: tuple[Participation, ...]
    events: tuple[Event, ...]
    digest: str

    def records(self) -> Iterator[tuple[type[Record], tuple[Record, ...]]]:
        """Yield each record type with its records, in the order of their links."""
        yield Practice, self.practices
        yield Structure, self.structures
        yield Participation, self.participations
        yield Event, self.events


def load_dataset(folder: Path, gazetteer: Gazetteer) -> Dataset:
    """Read data/ whole; raises DatasetError with all the issues of all the files."""
    practices = read_table(folder / Practice.file_name, Practice)
    structures = read_table(folder / Structure.file_name, Structure)
    participations = read_table(folder / Participation.file_name, Participation)
    events = read_table(folder / Event.file_name, Event)
    tables: tuple[Table[Any], ...] = (practices, structures, participations, events)
    issues = [issue for table in tables for issue in table.issues]
    issues += [issue for table, model in zip(tables, RECORDS, strict=True) for issue in _duplicates(table, model)]
    issues += checks.check_territories(practices, gazetteer)
    issues += checks.check_structure_places(structures, gazetteer)
    issues += checks.check_events(events, gazetteer)
    for table, word in ((practices, "pratique"), (structures, "structure")):
        if not table.ids and not table.issues:
            issues.append(DataIssue(table.file, 0, "", "", f"aucune {word}", "Ajouter au moins une ligne."))
    if _knows_its_ids(practices) and _knows_its_ids(structures):
        issues += checks.check_links(participations, events, practices.ids, structures.ids)
    if issues:
        raise DatasetError(sorted(issues, key=lambda issue: (issue.file, issue.line)))
    return Dataset(
        _records(practices), _records(structures), _records(participations), _records(events), digest_of(folder)
    )


def digest_of(folder: Path) -> str:
    """Return the SHA-256 of the data files of `folder`, names included."""
    digest = hashlib.sha256()
    for model in RECORDS:
        path = folder / model.file_name
        digest.update(model.file_name.encode() + b"\0" + (path.read_bytes() if path.is_file() else b""))
    return digest.hexdigest()


def _records(table: Table[R]) -> tuple[R, ...]:
    return tuple(row.record for row in table.rows)


def _knows_its_ids(table: Table[Any]) -> bool:
    """Return whether a link to a missing id is a defect of its own, and not the echo of one of this table."""
    return bool(table.ids) and not any(issue.column in {"", "id"} for issue in table.issues)


def _duplicates(table: Table[Any], model: type[Record]) -> Iterator[DataIssue]:
    names = dict(zip(model.model_fields, columns(model), strict=True))
    key = model.primary_key
    attributes = tuple(name for name, alias in names.items() if alias in key)
    return checks.check_unique(table, attributes, tuple(names[name] for name in attributes))
