"""Proposals, the changes that were accepted, and the requests to check a practice again."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Create the tables of contributions, and the index that reads the history of one record."""
    op.create_table(
        "proposal",
        *_texts("id", "kind", "about", "name", "content", "token_digest", "state"),
        *_optional("target_id", "territory", "department", "organisation", "account_id", "contact", "consent_text"),
        *_optional("reply", "decided_by", "result_id"),
        _moment("recorded_at", required=True),
        _moment("consent_on"),
        _moment("decided_at"),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_proposal"),
        sa.UniqueConstraint("token_digest", name="uq_proposal_token_digest"),
    )
    op.create_index("ix_proposal_queue", "proposal", ["state", "recorded_at", "id"])
    op.create_table(
        "change",
        sa.Column("number", sa.Integer, autoincrement=True, nullable=False),
        _moment("made_at", required=True),
        *_texts("author", "entity", "entity_id"),
        sa.Column("given", sa.JSON),
        *_optional("proposal_id", "undone_by"),
        _moment("undone_at"),
        sa.PrimaryKeyConstraint("number", name="pk_change"),
    )
    op.create_index("ix_change_entity", "change", ["entity", "entity_id"])
    op.create_table(
        "review_link",
        *_texts("id", "practice_id", "organisation", "token_digest"),
        _moment("recorded_at", required=True),
        sa.Column("expires_on", sa.Date, nullable=False),
        _moment("used_at"),
        sa.PrimaryKeyConstraint("id", name="pk_review_link"),
    )
    op.create_index("ix_review_link_token_digest", "review_link", ["token_digest"])
    op.create_index("ix_revision_entity", "revision", ["entity", "entity_id"])


def _texts(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _optional(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text) for name in names]


def _moment(name: str, *, required: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.String(32), nullable=not required)
