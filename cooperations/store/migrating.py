"""The schema of a database: which one it has, which ones are known, and how it gets another."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import delete, table

if TYPE_CHECKING:
    from alembic.config import Config
    from alembic.script import ScriptDirectory
    from sqlalchemy import Connection

VERSIONS = "alembic_version"
MIGRATIONS = Path(__file__).with_name("migrations")


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Bring the schema up to a revision."""
    from alembic import command  # noqa: PLC0415 - only a start needs it, not each reader of the store

    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def present(connection: Connection) -> str:
    """Return the revision of a database's schema."""
    from alembic.migration import MigrationContext  # noqa: PLC0415 - same

    return str(MigrationContext.configure(connection).get_current_revision() or "")


def forget(connection: Connection) -> None:
    """Say that a database has no schema: its tables were taken away."""
    connection.execute(delete(table(VERSIONS)))


def head() -> str:
    """Return the last revision that is known here."""
    return str(_scripts().get_current_head() or "")


def known_revisions() -> set[str]:
    """Return every revision that is known here."""
    return {script.revision for script in _scripts().walk_revisions()}


def _scripts() -> ScriptDirectory:
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - same

    return ScriptDirectory.from_config(_config())


def _config() -> Config:
    from alembic.config import Config  # noqa: PLC0415 - same

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config
