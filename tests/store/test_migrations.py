"""The migrations against the models."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from cooperations.store import Store
from cooperations.store.engine import open_engine
from cooperations.store.schema import MIGRATIONS
from cooperations.store.tables import METADATA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine


@pytest.fixture
def migrated(url: str) -> Iterator[Engine]:
    """Return a database of each backend as the migrations leave it."""
    store = Store(url)
    store.migrate()
    store.close()
    engine = open_engine(url)
    yield engine
    engine.dispose()


def test_migrations_make_what_the_models_say(migrated: Engine) -> None:
    """Changing the model without a migration is found out: tables, columns, types, nullability."""
    with migrated.begin() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, METADATA) == []


def test_the_database_is_at_the_last_migration(migrated: Engine) -> None:
    """There is one line of migrations, and a start goes to its end."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    (head,) = ScriptDirectory.from_config(config).get_heads()
    with migrated.begin() as connection:
        assert MigrationContext.configure(connection).get_current_revision() == head
