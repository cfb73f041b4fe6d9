"""What the pages are run on: an application of the test's own, without lists or with ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.structures import FILES, application_with

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cooperations.runtime import Application


@pytest.fixture
def no_list(tmp_path: Path) -> Iterator[Application]:
    """Return an application into which nothing was imported."""
    with application_with(tmp_path, {}) as app:
        yield app


@pytest.fixture
def lists(tmp_path: Path) -> Iterator[Application]:
    """Return an application that holds our small lists."""
    with application_with(tmp_path, FILES) as app:
        yield app
