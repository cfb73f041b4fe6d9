"""What is wrong with a database whose writers were killed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sqlalchemy import Connection, create_engine, select, text

from bench.killing.journal import ACCEPTED, RECEIVED, SENT
from cooperations.accounts.tokens import digest
from cooperations.store import Store
from cooperations.store.tables import REVISION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.killing.journal import Journal


def check(url: str, journal: Journal) -> list[str]:
    """Return what was lost, doubled, or done by half, and what the database says of itself."""
    store = Store(url)
    held, _ = store.read()
    store.close()
    engine = create_engine(url)
    with engine.connect() as connection:
        found = [
            *_of_proposals(connection, journal),
            *_of_decisions(connection, journal, {practice.id for practice in held.practices}),
            *_of_the_base(connection),
        ]
    engine.dispose()
    return found


def _of_proposals(connection: Connection, journal: Journal) -> Iterator[str]:
    digests = Counter(connection.scalars(text("SELECT token_digest FROM proposal")))
    answered, sent = {*map(digest, journal.lines(RECEIVED))}, {*map(digest, journal.lines(SENT))}
    yield from (f"lost: {one}" for one in answered - digests.keys())
    yield from (f"unknown: {one}" for one in digests.keys() - sent)
    yield from (f"twice: {one}" for one, count in digests.items() if count > 1)
    revisions = select(REVISION.c.entity_id, REVISION.c.before).where(REVISION.c.entity == "proposal")
    noted = Counter(one for one, before in connection.execute(revisions) if before is None)
    held = {str(one) for one in connection.scalars(text("SELECT id FROM proposal"))}
    yield from (f"no trace, or two: {one}" for one in held | noted.keys() if noted[one] != 1)


def _of_decisions(connection: Connection, journal: Journal, published: set[str]) -> Iterator[str]:
    rows = connection.execute(text("SELECT token_digest, id, state, result_id FROM proposal")).all()
    laid = set(connection.scalars(text("SELECT proposal_id FROM change WHERE undone_at IS NULL")))
    states = {token: state for token, _, state, _ in rows}
    yield from (f"half accepted: {one}" for _, one, state, _ in rows if (state == "acceptee") != (one in laid))
    accepted = [result for _, _, state, result in rows if state == "acceptee"]
    yield from (f"not published: {one}" for one in accepted if one not in published)
    yield from (f"acceptance lost: {one}" for one in journal.lines(ACCEPTED) if states.get(digest(one)) != "acceptee")


def _of_the_base(connection: Connection) -> Iterator[str]:
    if connection.dialect.name == "sqlite":
        for pragma in ("integrity_check", "foreign_key_check"):
            said = [str(row[0]) for row in connection.execute(text(f"PRAGMA {pragma}")).all()]
            if said not in ([], ["ok"]):
                yield f"{pragma}: {said}"
