"""Bringing a list in: read and checked first, shown, then kept whole or not at all."""

from __future__ import annotations

import hashlib
import json
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from uuid import uuid4

from cooperations.decisions import PARIS
from cooperations.errors import DataIssue, InvalidDecision, RefusedRows, StaleLists, UnknownColumns
from cooperations.intake import Guided, Intake, Plan, plan, read, signature
from cooperations.intake.stock import read_stock
from cooperations.offers.model import Batch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import pandas as pd

    from cooperations.offers.records import ColumnMapping
    from cooperations.runtime import Application

    Progress = Callable[[float, str], None]

SIRENE = "sirene"
SIRENE_MARKS = {"siret", "etatAdministratifEtablissement"}
"""The columns by which a SIRENE stock is known."""
MOST_COMPARISONS, LONGEST_NAME = 5, 60
"""How often an import is compared again with lists that others keep changing."""


@dataclass(frozen=True)
class Order:
    """What somebody asks to import: a file by its name and content, how to read it, and the day of its facts.

    `units` is INSEE's file of legal units, that goes with a SIRENE stock; `departments` limit such a stock.
    """

    name: str
    content: bytes | Path
    source_date: date
    profile: str | None = None
    mapping: Guided | None = None
    units: Path | None = None
    departments: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Prepared:
    """A file read and checked, and what importing it would change at a revision of the lists; nothing is kept yet."""

    order: Order
    intake: Intake
    plan: Plan
    digest: str
    revision: int

    @property
    def changes(self) -> int:
        """How many rows would be added or changed."""
        return len(self.plan.added) + len(self.plan.changed)


def prepare(app: Application, order: Order, on_progress: Progress | None = None) -> Prepared:
    """Read and check a file, and compare it with what is held.

    Raises UnreadableFile, UnknownColumns, InvalidParameter or StoreUnavailable.
    """
    try:
        intake = _read(app, order, on_progress)
    except UnknownColumns as error:
        if order.profile or not set(error.header) >= SIRENE_MARKS:
            raise
        intake = _read(app, replace(order, profile=SIRENE), on_progress)
    revision = app.store.lists.revision()
    return Prepared(order, intake, plan(intake, _held(app, intake)), _digest(order.content), revision)


def keep(app: Application, prepared: Prepared, organisation: str, *, keep_good: bool = False) -> Batch:
    """Keep an import, whole; raises RefusedRows when rows are refused and the good ones were not asked for alone."""
    if not organisation.strip():
        remedy = "Nommer l’organisation qui importe."
        raise InvalidDecision([DataIssue("Import", 0, "organisation", "", "l’organisation manque", remedy)])
    if prepared.intake.refused and not keep_good:
        raise RefusedRows(prepared.intake.refused)
    current = prepared
    for _ in range(MOST_COMPARISONS):
        with suppress(StaleLists):
            return _kept(app, current, organisation.strip())
        # Somebody imported since: what is held now says what changes.
        current = compared(app, prepared)
    raise StaleLists


def compared(app: Application, prepared: Prepared) -> Prepared:
    """Return an import compared with what the lists hold now."""
    revision = app.store.lists.revision()
    return replace(prepared, plan=plan(prepared.intake, _held(app, prepared.intake)), revision=revision)


def _kept(app: Application, prepared: Prepared, organisation: str) -> Batch:
    now = prepared.plan
    batch = _batch(prepared, now, organisation)
    added, changed = (rows.assign(digest=now.digests[rows.index]) for rows in (now.added, now.changed))
    app.store.lists.take(prepared.intake.profile.model, added, changed, batch, prepared.revision)
    return batch


def known_mapping(mappings: Iterable[ColumnMapping], header: Sequence[str]) -> ColumnMapping | None:
    """Return the last mapping kept for a file with these columns, or None."""
    wanted = signature(header)
    return next((one for one in reversed(tuple(mappings)) if one.signature == wanted), None)


def guided(kept: ColumnMapping) -> Guided:
    """Return a kept mapping as the import takes it."""
    return Guided(json.loads(kept.columns), kept.source, kept.source_label)


def today() -> date:
    """Return the present day in France."""
    return datetime.now(PARIS).date()


def _read(app: Application, order: Order, on_progress: Progress | None) -> Intake:
    if order.profile == SIRENE:
        with _as_file(order) as file:
            return read_stock(
                file,
                order.units,
                app.gazetteer,
                source_date=order.source_date,
                departments=order.departments,
                on_progress=on_progress,
            )
    return read(
        order.name,
        order.content,
        app.gazetteer,
        profile=order.profile,
        mapping=order.mapping,
        source_date=order.source_date,
        on_progress=on_progress,
    )


@contextmanager
def _as_file(order: Order) -> Iterator[Path]:
    """Give the content as a file, which DuckDB reads without taking it whole into memory."""
    if isinstance(order.content, Path):
        yield order.content
        return
    with TemporaryDirectory() as folder:
        # A name comes from outside: only its last part, without what a file system takes for something else.
        file = Path(folder) / (Path(order.name).name.replace("\0", "").strip(". ")[-LONGEST_NAME:] or "liste")
        file.write_bytes(order.content)
        yield file


def _held(app: Application, intake: Intake) -> pd.DataFrame:
    sources = intake.accepted["source"].unique().tolist() or [intake.profile.code]
    return app.store.lists.held(intake.profile.model, str(sources[0]))


def _batch(prepared: Prepared, counts: Plan, organisation: str) -> Batch:
    return Batch(
        id=str(uuid4()),
        recorded_at=datetime.fromisoformat(datetime.now(PARIS).isoformat()),
        organisation=organisation,
        file=prepared.order.name,
        file_digest=prepared.digest,
        profile=prepared.intake.profile.code,
        read=counts.read,
        added=len(counts.added),
        changed=len(counts.changed),
        unchanged=counts.unchanged,
        refused=counts.refused,
    )


def _digest(content: bytes | Path) -> str:
    if isinstance(content, bytes):
        return hashlib.sha256(content).hexdigest()
    with content.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
