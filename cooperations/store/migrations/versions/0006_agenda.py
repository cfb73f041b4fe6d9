"""Meetings: what they deal with, where they are, and how often they come again."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the columns; a meeting that was kept before deals with no type and no territory in particular."""
    for name in ("practice_types", "territories"):
        op.add_column("event", sa.Column(name, sa.JSON))
    for name in ("commune_code", "recurrence"):
        op.add_column("event", sa.Column(name, sa.Text))
    for name in ("longitude", "latitude"):
        op.add_column("event", sa.Column(name, sa.Float))
    held = sa.table("event", sa.column("practice_types", sa.JSON), sa.column("territories", sa.JSON))
    op.execute(held.update().values(practice_types=[], territories=[]))
