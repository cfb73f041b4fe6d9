"""The light pages and the embeds, asked as a browser asks them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from cooperations.light import LIGHT_ROUTES
from cooperations.web import ROUTES, middleware

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def light() -> Iterator[TestClient]:
    """Return a client of all our routes, on a database filled from data/."""
    served = Starlette(routes=[*LIGHT_ROUTES, *ROUTES], middleware=middleware())
    with TestClient(served, raise_server_exceptions=False) as opened:
        yield opened
