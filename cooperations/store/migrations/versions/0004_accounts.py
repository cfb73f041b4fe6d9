"""Accounts, what gives one, their sessions, and the audit log."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Create the tables of accounts."""
    _create(
        "account",
        _id(),
        _moment("made_at"),
        *_texts("organisation", "role"),
        _text("address"),
        _digest("subject"),
        _moment("closed_at", required=False),
    )
    _create("access_rule", _id(), _moment("made_at"), *_texts("kind", "value", "organisation", "role"))
    _create(
        "invitation",
        _digest("digest", required=True),
        _id(),
        *(_moment(name) for name in ("made_at", "expires_at")),
        *_texts("organisation", "role"),
        _text("address"),
        sa.Column("account_id", sa.String(36)),
        _moment("used_at", required=False),
        key="digest",
    )
    _create(
        "session",
        _digest("digest", required=True),
        sa.Column("account_id", sa.String(36), nullable=False),
        *(_moment(name) for name in ("made_at", "expires_at")),
        key="digest",
    )
    number = sa.Column("number", sa.Integer, primary_key=True, autoincrement=True)
    named = ("account_id", "role", "organisation", "action", "what")
    _create("audit", number, _moment("made_at"), *_texts(*named), key="number")
    op.create_index("ux_account_subject", "account", ["subject"], unique=True)
    op.create_index("ix_session_account_id", "session", ["account_id"])


def _create(name: str, *columns: sa.Column[Any], key: str = "id") -> None:
    op.create_table(name, *columns, sa.PrimaryKeyConstraint(key, name=f"pk_{name}"))


def _id() -> sa.Column[str]:
    return sa.Column("id", sa.String(36), nullable=False)


def _digest(name: str, *, required: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(64), nullable=not required)


def _moment(name: str, *, required: bool = True) -> sa.Column[str]:
    return sa.Column(name, sa.String(32), nullable=not required)


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text)
