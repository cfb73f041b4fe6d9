"""Meetings that come again: the dates that are cancelled, and why."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the column; no date of a meeting that was kept before is cancelled."""
    op.add_column("event", sa.Column("cancelled", sa.Text))
