"""The tables of accounts: no secret, and no address where it is not needed."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, Text

from cooperations.store.tables import METADATA, Moment

ACCOUNT = Table(
    "account",
    METADATA,
    Column("id", String(36), primary_key=True),
    Column("made_at", Moment, nullable=False),
    Column("organisation", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("address", Text),
    Column("subject", String(64)),
    Column("closed_at", Moment),
)
ACCESS_RULE = Table(
    "access_rule",
    METADATA,
    Column("id", String(36), primary_key=True),
    Column("made_at", Moment, nullable=False),
    Column("kind", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("organisation", Text, nullable=False),
    Column("role", Text, nullable=False),
)
INVITATION = Table(
    "invitation",
    METADATA,
    Column("digest", String(64), primary_key=True),
    Column("id", String(36), nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("organisation", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("address", Text),
    Column("account_id", String(36)),
    Column("used_at", Moment),
)
SESSION = Table(
    "session",
    METADATA,
    Column("digest", String(64), primary_key=True),
    Column("account_id", String(36), nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
)
AUDIT = Table(
    "audit",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("made_at", Moment, nullable=False),
    *(Column(name, Text, nullable=False) for name in ("account_id", "role", "organisation", "action", "what")),
)
Index("ux_account_subject", ACCOUNT.c.subject, unique=True)
Index("ix_session_account_id", SESSION.c.account_id)
