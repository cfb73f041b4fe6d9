"""The records of data/, their revisions, and the state of the store."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the first tables."""
    _create_practice()
    _create_structure()
    _create_participation()
    _create_event()
    _create_history()


def _text(name: str, *, required: bool = True, key: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=not required, primary_key=key)


def _point() -> list[sa.Column[float]]:
    return [sa.Column("longitude", sa.Float), sa.Column("latitude", sa.Float)]


def _position() -> sa.Column[int]:
    return sa.Column("position", sa.Integer, nullable=False)


def _create_practice() -> None:
    op.create_table(
        "practice",
        _text("id", key=True),
        _text("name"),
        _text("practice_type"),
        _text("subtype", required=False),
        sa.Column("subtype_deduced", sa.Boolean, nullable=False),
        _text("description"),
        sa.Column("territories", sa.JSON),
        _text("precision"),
        _text("place", required=False),
        *_point(),
        _text("start", required=False),
        _text("end", required=False),
        _text("status"),
        _text("source"),
        _text("source_url", required=False),
        _text("extract"),
        _text("confidence"),
        sa.Column("checked_on", sa.Date, nullable=False),
        _text("remark", required=False),
        _position(),
        sa.PrimaryKeyConstraint("id", name="pk_practice"),
    )


def _create_structure() -> None:
    optional = ("kind", "siret", "activity", "address", "post_code", "commune_code")
    op.create_table(
        "structure",
        _text("id", key=True),
        _text("name"),
        _text("family"),
        *(_text(name, required=False) for name in optional),
        *_point(),
        _text("website", required=False),
        sa.Column("in_working_group", sa.Boolean, nullable=False),
        _text("source"),
        _text("confidence"),
        sa.Column("checked_on", sa.Date, nullable=False),
        _text("remark", required=False),
        _position(),
        sa.PrimaryKeyConstraint("id", name="pk_structure"),
    )


def _create_participation() -> None:
    op.create_table(
        "participation",
        _text("practice_id", key=True),
        _text("structure_id", key=True),
        _text("role", key=True),
        sa.Column("role_deduced", sa.Boolean, nullable=False),
        _text("source"),
        _text("remark", required=False),
        _position(),
        sa.PrimaryKeyConstraint("practice_id", "structure_id", "role", name="pk_participation"),
    )


def _create_event() -> None:
    op.create_table(
        "event",
        _text("id", key=True),
        _text("name"),
        sa.Column("starts_at", sa.String(32)),
        sa.Column("ends_at", sa.String(32)),
        *(_text(name, required=False) for name in ("period", "place", "organiser_id")),
        *(_text(name) for name in ("status", "description", "source", "extract")),
        _position(),
        sa.PrimaryKeyConstraint("id", name="pk_event"),
    )


def _create_history() -> None:
    op.create_table(
        "revision",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("made_at", sa.String(32), nullable=False),
        *(_text(name) for name in ("author", "entity", "entity_id")),
        sa.Column("before", sa.JSON),
        sa.Column("after", sa.JSON),
        sa.PrimaryKeyConstraint("number", name="pk_revision"),
    )
    op.create_table(
        "state",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_state"),
    )
