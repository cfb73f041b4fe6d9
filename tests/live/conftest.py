"""The two services, as documented, on this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cooperations.live.addresses import addresses_client
from cooperations.live.companies import companies_client
from tests.live.server import LiveServer

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def _running() -> Iterator[LiveServer]:
    """Keep one server for all tests."""
    with LiveServer() as server:
        yield server


@pytest.fixture
def server(_running: LiveServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[LiveServer]:
    """Return the server, where all is well; live sources point to it, and are off."""
    monkeypatch.setenv("NO_PROXY", "*")
    monkeypatch.setenv("COOPERATIONS_ADRESSES_URL", _running.addresses_url)
    monkeypatch.setenv("COOPERATIONS_ENTREPRISES_URL", _running.companies_url)
    yield _running
    addresses_client(_running.addresses_url).close()
    companies_client(_running.companies_url).close()
    addresses_client.cache_clear()
    companies_client.cache_clear()
    _running.forget()


@pytest.fixture
def online(server: LiveServer, monkeypatch: pytest.MonkeyPatch) -> LiveServer:
    """Return the server, with live sources turned on."""
    monkeypatch.setenv("COOPERATIONS_EN_LIGNE", "oui")
    return server
