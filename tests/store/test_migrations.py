"""The migrations against the models."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from cooperations.store import Store
from cooperations.store.engine import open_engine
from cooperations.store.schema import MIGRATIONS, upgrade
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


def test_meetings_of_before_are_kept(url: str) -> None:
    """A database of the migration before the agenda gets its columns; its meetings deal with nothing in particular."""
    engine = open_engine(url)
    cells = {"id": "gt", "name": "GT", "status": "tenu", "description": "…", "source": "…", "extract": "…"}
    with engine.begin() as connection:
        upgrade(connection, "0005")
        names = ", ".join(cells)
        values = ", ".join(f":{name}" for name in cells)
        connection.execute(text(f"INSERT INTO event ({names}, position) VALUES ({values}, 0)"), cells)  # noqa: S608 - our own names
    engine.dispose()
    store = Store(url)
    store.migrate()
    (held,) = store.read()[0].events
    store.close()
    assert (held.id, held.practice_types, held.territories, held.recurrence) == ("gt", (), (), None)
    assert held.cancelled is None
