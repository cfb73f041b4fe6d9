"""What the database holds about an address, wherever it is, and taking it out."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, String, cast, delete, func, or_, select, update

from cooperations.accounts.model import now
from cooperations.offers.model import Offer
from cooperations.store.account_tables import ACCESS_RULE, ACCOUNT, INVITATION, SESSION
from cooperations.store.database import Database, repeated
from cooperations.store.history import remember
from cooperations.store.tables import IMPORTED_TABLES, METADATA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Column, ColumnElement, Connection, Table

    from cooperations.store.history import Row

ERASED = "[effacé]"
OFFER = IMPORTED_TABLES[Offer]
GOES_WITH: dict[str, tuple[str, tuple[str, ...]]] = {
    OFFER.name: ("email", ("phone", "contact_consent_on")),
    "proposal": ("contact", ("consent_text", "consent_on")),
    INVITATION.name: ("address", ()),
}
"""By table, the column that holds a person's address, and what goes with it."""


class Personal:
    """What is known of a person by an address. Every method raises StoreUnavailable when it does not answer."""

    def __init__(self, database: Database) -> None:
        self.database = database

    @repeated
    def held(self, address: str) -> dict[str, list[Row]]:
        """Return every row of every table that has the address in a text, by table."""
        with self.database.transaction() as connection:
            found = {table.name: list(_rows(connection, table, address)) for table in METADATA.sorted_tables}
        return {name: rows for name, rows in found.items() if rows}

    @repeated
    def erase(self, address: str) -> dict[str, int]:
        """Take the address out of everywhere, and what goes with it; return how many rows changed, by table."""
        with self.database.transaction(write=True) as connection:
            changed = {
                table.name: _erase(connection, table, address)
                for table in METADATA.sorted_tables
                if table.name not in {ACCESS_RULE.name, ACCOUNT.name}
            }
            changed[ACCESS_RULE.name] = _count(
                connection, delete(ACCESS_RULE).where(*_is(ACCESS_RULE.c.value, address))
            )
            changed[ACCOUNT.name] = _close(connection, address)
            done = {name: count for name, count in changed.items() if count}
            # Never the address: what was erased is not to be read in the history.
            noted = {"entity": "person", "entity_id": ERASED, "before": None, "after": done}
            remember(connection, "donnees-personnelles", [noted] if done else [])
        return done


def _texts(table: Table) -> list[Column[Any]]:
    return [one for one in table.columns if isinstance(one.type, (String, JSON)) and not one.primary_key]


def _has(column: Column[Any], address: str) -> ColumnElement[bool]:
    kept = cast(column, String) if isinstance(column.type, JSON) else column
    # Written in JSON, some signs of an address are escaped: both forms are looked for.
    written = {address, json.dumps(address)[1:-1]}
    return or_(*(func.lower(kept).contains(one.casefold(), autoescape=True) for one in written))


def _is(column: Column[Any], address: str) -> tuple[ColumnElement[bool]]:
    return (func.lower(column) == address.casefold(),)


def _rows(connection: Connection, table: Table, address: str) -> Iterator[Row]:
    columns = _texts(table)
    if not columns:
        return
    wanted = select(table).where(or_(*(_has(column, address) for column in columns)))
    pattern = _pattern(address)
    for row in connection.execute(wanted).mappings():
        if any(pattern.search(json.dumps(row[column.name], default=str, ensure_ascii=False)) for column in columns):
            yield dict(row)


def _erase(connection: Connection, table: Table, address: str) -> int:
    pattern, changed = _pattern(address), 0
    for row in list(_rows(connection, table, address)):
        values = {column.name: _without(row[column.name], pattern) for column in _texts(table)}
        held, others = GOES_WITH.get(table.name, ("", ()))
        if held and pattern.search(row[held] or ""):
            values |= dict.fromkeys((held, *others))
        key = [column == row[column.name] for column in table.primary_key]
        connection.execute(update(table).where(*key).values(values))
        changed += 1
    return changed


def _close(connection: Connection, address: str) -> int:
    """Close the accounts of an address: nothing says any more whose they were."""
    ids = list(connection.scalars(select(ACCOUNT.c.id).where(*_is(ACCOUNT.c.address, address))))
    connection.execute(delete(SESSION).where(SESSION.c.account_id.in_(ids)))
    values = {"address": None, "subject": None, "closed_at": func.coalesce(ACCOUNT.c.closed_at, now().isoformat())}
    return _count(connection, update(ACCOUNT).where(ACCOUNT.c.id.in_(ids)).values(values))


def _count(connection: Connection, statement: Any) -> int:
    return int(connection.execute(statement).rowcount)


def _pattern(address: str) -> re.Pattern[str]:
    """Return what finds a whole address: « l@a.fr » is not in « paul@a.fr », nor in « l@a.fr.example »."""
    return re.compile(rf"(?<![\w.+%-]){re.escape(address)}(?![\w-]|\.\w)", re.IGNORECASE)


def _without(value: Any, pattern: re.Pattern[str]) -> Any:
    if isinstance(value, str):
        return pattern.sub(ERASED, value)
    if isinstance(value, dict):
        return {key: _without(one, pattern) for key, one in value.items()}
    return [_without(one, pattern) for one in value] if isinstance(value, list) else value
