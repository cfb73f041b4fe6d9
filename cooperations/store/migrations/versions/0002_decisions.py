"""What working groups record: surveys, targets, actions, drafts, snapshots."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create the tables of decisions."""
    _create("survey", *_cell(), _text("finding"), _text("organisation"), _day("day"), _text("note", required=False))
    _create("target", *_cell(), sa.Column("wanted", sa.Integer, nullable=False), _text("organisation"))
    _create(
        "action",
        *_cell(),
        *(_text(name) for name in ("what", "owner", "meeting")),
        _day("due_on"),
        _text("sheet", required=False),
        _text("state"),
        _text("practice_id", required=False),
        _day("closed_on", required=False),
        _text("note", required=False),
    )
    _create("draft", *_cell(), _text("name"), _text("organisation"), _text("note", required=False))
    _create("snapshot", *(_text(name) for name in ("name", "organisation", "digest", "content")))


def _create(name: str, *columns: sa.Column[Any]) -> None:
    key = sa.PrimaryKeyConstraint("id", name=f"pk_{name}")
    op.create_table(name, _text("id"), sa.Column("recorded_at", sa.String(32), nullable=False), *columns, key)


def _text(name: str, *, required: bool = True) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=not required)


def _day(name: str, *, required: bool = True) -> sa.Column[Any]:
    return sa.Column(name, sa.Date, nullable=not required)


def _cell() -> list[sa.Column[str]]:
    return [_text("practice_code"), _text("territory")]
