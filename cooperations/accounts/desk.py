"""The one place through which people write: the right, the pace, then the store, then the audit log."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cooperations.accounts.pace import take_write
from cooperations.accounts.rights import KEEPER, VISITOR, Person, require
from cooperations.decisions import Action, Draft, Snapshot, Survey, Target
from cooperations.offers.records import ColumnMapping, Correction, ShortList
from cooperations.store.history import traced

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from contextlib import AbstractContextManager

    from cooperations.decisions import D, Decision
    from cooperations.imports import Prepared
    from cooperations.offers.model import Batch
    from cooperations.runtime import Application

RIGHT_OF: dict[type[Decision], str] = {
    **dict.fromkeys((Survey, Target, Action, Draft, Snapshot), "decider_couverture"),
    Correction: "corriger",
    ShortList: "garder_selection",
    ColumnMapping: "importer",
}


@dataclass(frozen=True, slots=True)
class Desk:
    """Who writes, from which address; each method raises NotAllowed or TooManyRequests before anything is kept."""

    app: Application
    person: Person = VISITOR
    address: str = ""

    def admit(self, right: str) -> None:
        """Check the right, and the pace of a write; for what is kept elsewhere."""
        require(self.person, right)
        if self.person != KEEPER:
            take_write(self.address, self.person.account_id)

    @contextmanager
    def acting(self, right: str, action: str, what: str) -> Iterator[None]:
        """Check the right and the pace, then have the audit log tell what is kept inside, in its transaction."""
        self.admit(right)
        with traced(self.person, action, what):
            yield

    def add(self, record: Decision, author: str) -> None:
        """Keep a new decision."""
        self.admit(RIGHT_OF[type(record)])
        with self._traced("ajouter", record):
            self.app.store.add(record, author)

    def replace(self, before: D, after: D, author: str) -> None:
        """Keep `after` instead of `before`; raises StaleDecision too."""
        self.admit(RIGHT_OF[type(before)])
        with self._traced("changer", after):
            self.app.store.replace(before, after, author)

    def remove(self, record: Decision, author: str) -> None:
        """Take a decision back; raises StaleDecision too."""
        self.admit(RIGHT_OF[type(record)])
        with self._traced("retirer", record):
            self.app.store.remove(record, author)

    def correct(self, corrections: Collection[Correction]) -> None:
        """Keep corrections of an offer, all or none."""
        self.admit(RIGHT_OF[Correction])
        with self._traced("ajouter", *corrections):
            self.app.store.lists.correct(corrections)

    def take_back(self, correction: Correction) -> None:
        """Give an offer the value that it had before a correction."""
        self.admit("restaurer")
        with self._traced("restaurer", correction):
            self.app.store.lists.correct([correction])

    def bring_in(self, prepared: Prepared, organisation: str, *, keep_good: bool = False) -> Batch:
        """Keep an import; raises RefusedRows too."""
        from cooperations.imports import keep  # noqa: PLC0415 - reading lists takes DuckDB, 18 MB that few people need

        self.admit("importer")
        with traced(self.person, "importer", f"Batch {prepared.digest}"):
            return keep(self.app, prepared, organisation, keep_good=keep_good)

    def _traced(self, action: str, *records: Decision) -> AbstractContextManager[None]:
        what = ", ".join(f"{type(one).__name__} {one.id}" for one in records)
        return traced(self.person, action, what)
