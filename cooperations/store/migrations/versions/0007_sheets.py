"""What the sheet of a practice says beyond its line of the dataset."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the texts of sheets to practices."""
    for name in ("workings", "benefits", "success"):
        op.add_column("practice", sa.Column(name, sa.Text))
