"""Proposals and what was decided about them, in the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, Connection, func, insert, select, update

from cooperations.contributions.errors import AlreadyDecided, UnknownProposal
from cooperations.contributions.model import Proposal, ReviewLink
from cooperations.contributions.terms import OPEN_STATES, STATES
from cooperations.decisions import PARIS
from cooperations.sheets import french_date
from cooperations.store.database import repeated
from cooperations.store.history import as_json, remember
from cooperations.store.overlaid import lay, undo
from cooperations.store.tables import PROPOSAL, REVIEW_LINK, REVISION

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from cooperations.contributions.model import Change
    from cooperations.store.database import Database
    from cooperations.store.history import Row

PUBLISHED = ("practice", "structure", "participation", "event")
PRIVATE = ("contact", "consent_text", "consent_on", "token_digest", "account_id")
"""What a revision does not repeat, so that it can be forgotten: it says only that there was some."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a moderator asks of the queue; empty means all."""

    states: tuple[str, ...] = OPEN_STATES
    kinds: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    until: datetime | None = None
    newest_first: bool = False


class Contributions:
    """Proposals. Every method raises StoreUnavailable when the database does not answer."""

    def __init__(self, database: Database) -> None:
        self.database = database

    @repeated
    def propose(self, proposal: Proposal, author: str) -> Proposal:
        """Keep a proposal and return it; one that was already sent under the same token is returned as it is kept."""
        with self.database.transaction(write=True) as connection:
            held = _one(connection, PROPOSAL.c.token_digest == proposal.token_digest)
            if held is None:
                connection.execute(insert(PROPOSAL).values(**dict(proposal)))
                _note(connection, author, None, proposal)
        return held or proposal

    def of_token(self, token_digest: str) -> Proposal:
        """Return the proposal of a private link; raises UnknownProposal."""
        return self._found(PROPOSAL.c.token_digest == token_digest)

    def one(self, proposal_id: str) -> Proposal:
        """Return a proposal; raises UnknownProposal."""
        return self._found(PROPOSAL.c.id == proposal_id)

    @repeated
    def queue(self, wanted: Wanted, page: int, size: int) -> tuple[int, tuple[Proposal, ...]]:
        """Return how many proposals answer, and those of one page, the oldest first unless asked."""
        conditions = _conditions(wanted)
        order = [PROPOSAL.c.recorded_at, PROPOSAL.c.id]
        if wanted.newest_first:
            order = [column.desc() for column in order]  # type: ignore[misc]
        rows = select(PROPOSAL).where(*conditions).order_by(*order).limit(size).offset((page - 1) * size)
        with self.database.transaction() as connection:
            total = connection.scalar(select(func.count()).select_from(PROPOSAL).where(*conditions)) or 0
            found = tuple(Proposal.model_validate(dict(row)) for row in connection.execute(rows).mappings())
        return int(total), found

    @repeated
    def counts(self) -> dict[str, int]:
        """Return how many proposals are in each state."""
        wanted = select(PROPOSAL.c.state, func.count()).group_by(PROPOSAL.c.state)
        with self.database.transaction() as connection:
            return {str(state): int(count) for state, count in connection.execute(wanted)}

    @repeated
    def open_names(self) -> dict[str, str]:
        """Return the names of the proposals that wait, by id."""
        wanted = select(PROPOSAL.c.id, PROPOSAL.c.name).where(PROPOSAL.c.state.in_(OPEN_STATES))
        with self.database.transaction() as connection:
            return {str(one): str(name) for one, name in connection.execute(wanted)}

    @repeated
    def settle(
        self, before: Proposal, after: Proposal, author: str, changes: Sequence[Change] = (), *, undoing: bool = False
    ) -> Proposal:
        """Keep what was decided about a proposal with its changes, or undo them: all of it, or nothing.

        Raise AlreadyDecided when the proposal is no longer `before`, StaleDecision when a record has changed.
        """
        with self.database.transaction(write=True) as connection:
            same = (PROPOSAL.c.id == before.id) & (PROPOSAL.c.version == before.version)
            moved = connection.execute(update(PROPOSAL).where(same).values(**dict(after)))
            if not moved.rowcount:
                raise _already(_one(connection, PROPOSAL.c.id == before.id))
            if undoing:
                undo(connection, before.id, author)
            lay(connection, changes, author, before.id)
            _note(connection, author, before, after)
        return after

    @repeated
    def change(self, changes: Sequence[Change], author: str) -> None:
        """Keep changes that no proposal asked for: a restoration, or a practice confirmed by its source."""
        with self.database.transaction(write=True) as connection:
            lay(connection, changes, author, None)

    @repeated
    def history(self, entity: str, entity_ids: Collection[str], prefix: str = "", part: str = "") -> list[Row]:
        """Return the revisions of records of one kind, oldest first: by ids, or by the beginning or a part of them."""
        named = REVISION.c.entity_id
        alike = named.startswith(prefix, autoescape=True) & named.contains(part, autoescape=True)
        condition = alike if prefix or part else named.in_(list(entity_ids))
        wanted = select(REVISION).where(REVISION.c.entity == entity, condition).order_by(REVISION.c.number)
        with self.database.transaction() as connection:
            return [dict(row) for row in connection.execute(wanted).mappings()]

    @repeated
    def latest(self, count: int, before: int | None = None) -> list[Row]:
        """Return the last revisions of published records, the newest first; those under a number when one is given."""
        older = [] if before is None else [REVISION.c.number < before]
        wanted = select(REVISION).where(REVISION.c.entity.in_(PUBLISHED), *older)
        with self.database.transaction() as connection:
            rows = connection.execute(wanted.order_by(REVISION.c.number.desc()).limit(count)).mappings()
            return [dict(row) for row in rows]

    @repeated
    def ask_review(self, link: ReviewLink, author: str) -> None:
        """Keep a link by which an organisation will confirm a practice."""
        noted = {"entity": "review_link", "entity_id": link.id, "before": None, "after": {"practice": link.practice_id}}
        with self.database.transaction(write=True) as connection:
            connection.execute(insert(REVIEW_LINK).values(**dict(link)))
            remember(connection, author, [noted])

    @repeated
    def review(self, token_digest: str) -> ReviewLink:
        """Return the request of a link; raises UnknownProposal when there is none, or when it has served or expired."""
        today = datetime.now(PARIS).date()
        valid = (REVIEW_LINK.c.token_digest == token_digest) & REVIEW_LINK.c.used_at.is_(None)
        with self.database.transaction() as connection:
            wanted = select(REVIEW_LINK).where(valid, REVIEW_LINK.c.expires_on >= today)
            row = connection.execute(wanted).mappings().one_or_none()
        if row is None:
            raise UnknownProposal
        return ReviewLink.model_validate(dict(row))

    @repeated
    def confirm(self, link: ReviewLink, changes: Sequence[Change], author: str) -> None:
        """Keep what an organisation confirmed, and use its link up; raises UnknownProposal when it is already."""
        unused = (REVIEW_LINK.c.id == link.id) & REVIEW_LINK.c.used_at.is_(None)
        with self.database.transaction(write=True) as connection:
            used = connection.execute(update(REVIEW_LINK).where(unused).values(used_at=datetime.now(UTC)))
            if not used.rowcount:
                raise UnknownProposal
            lay(connection, changes, author, None)

    @repeated
    def _found(self, condition: ColumnElement[bool]) -> Proposal:
        with self.database.transaction() as connection:
            found = _one(connection, condition)
        if found is None:
            raise UnknownProposal
        return found


def _one(connection: Connection, condition: ColumnElement[bool]) -> Proposal | None:
    row = connection.execute(select(PROPOSAL).where(condition)).mappings().one_or_none()
    return None if row is None else Proposal.model_validate(dict(row))


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    among = {PROPOSAL.c.state: wanted.states, PROPOSAL.c.kind: wanted.kinds, PROPOSAL.c.department: wanted.departments}
    conditions: list[ColumnElement[bool]] = [column.in_(values) for column, values in among.items() if values]
    return conditions if wanted.until is None else [*conditions, PROPOSAL.c.recorded_at < wanted.until]


def _already(held: Proposal | None) -> AlreadyDecided | UnknownProposal:
    if held is None:
        return UnknownProposal()
    moment = (held.decided_at or held.recorded_at).astimezone(PARIS)
    return AlreadyDecided(STATES.label(held.state), held.decided_by or "", french_date(moment.date().isoformat()))


def _note(connection: Connection, author: str, before: Proposal | None, after: Proposal) -> None:
    change = {"entity": "proposal", "entity_id": after.id, "before": _gist(before), "after": _gist(after)}
    remember(connection, author, [change])


def _gist(proposal: Proposal | None) -> Row | None:
    """Return what a revision says of a proposal."""
    if proposal is None:
        return None
    said = as_json(dict(proposal)) or {}
    return {name: value for name, value in said.items() if name not in PRIVATE} | {"contact": bool(proposal.contact)}
