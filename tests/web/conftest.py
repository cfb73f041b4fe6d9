"""The routes, asked as a browser asks them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from cooperations.decisions import decide
from cooperations.offers.records import Correction
from cooperations.runtime import application
from cooperations.web import ROUTES, middleware
from tests.structures import FILES, HOSTILE, application_with

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cooperations.runtime import Application


@pytest.fixture(scope="session")
def client() -> Iterator[TestClient]:
    """Return a client of the routes, on a database filled from data/."""
    served = Starlette(routes=ROUTES, middleware=middleware())
    with TestClient(served, raise_server_exceptions=False) as opened:
        yield opened


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Application]:
    """Return an application of the module's own, that holds our small lists, one name of which was corrected."""
    with application_with(tmp_path_factory.mktemp("offres"), FILES) as app:
        made = decide(
            Correction, offer_id="marche-fils", attribute="name", value=HOSTILE, organisation="CRESS d’essai", note=None
        )
        app.store.lists.correct([made])
        yield app


@pytest.fixture(scope="module")
def buyers(lists: Application) -> Iterator[TestClient]:
    """Return a client of the routes, on our small lists."""
    assert application() is lists
    with TestClient(Starlette(routes=ROUTES, middleware=middleware()), raise_server_exceptions=False) as opened:
        yield opened
