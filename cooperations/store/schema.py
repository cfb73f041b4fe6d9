"""The schema of the database: one process brings it up to date, and none takes one that it does not know."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cooperations.errors import NewerDatabase

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Connection

    from cooperations.store.database import Database

MIGRATIONS = Path(__file__).with_name("migrations")


def bring_up_to_date(database: Database) -> None:
    """Run the migrations that the database lacks, one process at a time; raises NewerDatabase."""
    with database.transaction() as connection:
        if is_up_to_date(connection):
            # An import that holds the lock keeps nobody from starting.
            return
    from alembic import command  # noqa: PLC0415 - only a start needs it, not each reader of the store

    with database.transaction(write=True) as connection:
        if not is_up_to_date(connection):
            config = _config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def is_up_to_date(connection: Connection) -> bool:
    """Return whether all migrations were run; raises NewerDatabase when one is unknown here."""
    from alembic.migration import MigrationContext  # noqa: PLC0415 - only a start needs it
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - same

    scripts = ScriptDirectory.from_config(_config())
    made = set(MigrationContext.configure(connection).get_current_heads())
    if made - {one.revision for one in scripts.walk_revisions()}:
        raise NewerDatabase
    return made == set(scripts.get_heads())


def _config() -> Config:
    from alembic.config import Config  # noqa: PLC0415 - only a start needs it

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config
