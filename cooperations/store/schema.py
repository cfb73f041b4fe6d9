"""The schema of the database: one process brings it up to date, and none takes one that it does not know."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import delete, table

from cooperations.errors import NewerDatabase

if TYPE_CHECKING:
    from alembic.config import Config
    from alembic.script import ScriptDirectory
    from sqlalchemy import Connection

    from cooperations.store.database import Database

VERSIONS = "alembic_version"
MIGRATIONS = Path(__file__).with_name("migrations")


def bring_up_to_date(database: Database) -> None:
    """Run the migrations that the database lacks, one process at a time; raises NewerDatabase."""
    with database.transaction() as connection:
        if is_up_to_date(connection):
            # An import that holds the lock keeps nobody from starting.
            return
    with database.transaction(write=True) as connection:
        if not is_up_to_date(connection):
            upgrade(connection)


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Bring the schema up to a revision."""
    from alembic import command  # noqa: PLC0415 - only a start needs it, not each reader of the store

    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def is_up_to_date(connection: Connection) -> bool:
    """Return whether all migrations were run; raises NewerDatabase when one is unknown here."""
    made = present(connection)
    if made and made not in known_revisions():
        raise NewerDatabase
    return made == head()


def present(connection: Connection) -> str:
    """Return the revision of a database's schema, or an empty string before the first."""
    from alembic.migration import MigrationContext  # noqa: PLC0415 - only a start needs it

    return str(MigrationContext.configure(connection).get_current_revision() or "")


def head() -> str:
    """Return the last revision that is known here."""
    return str(_scripts().get_current_head() or "")


def known_revisions() -> set[str]:
    """Return every revision that is known here."""
    return {script.revision for script in _scripts().walk_revisions()}


def forget(connection: Connection) -> None:
    """Say that a database has no schema: its tables were taken away."""
    connection.execute(delete(table(VERSIONS)))


def _scripts() -> ScriptDirectory:
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - only a start needs it

    return ScriptDirectory.from_config(_config())


def _config() -> Config:
    from alembic.config import Config  # noqa: PLC0415 - only a start needs it

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config
