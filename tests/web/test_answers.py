"""Answers to programs when something goes wrong."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from cooperations.errors import CooperationsError, InvalidParameter, StoreUnavailable, UnknownTerritory
from cooperations.web.answers import answering

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response


def client_of(error: Exception) -> TestClient:
    """Return a client of a route that fails with `error`."""

    @answering
    def failing(_request: Request) -> Response:
        raise error

    return TestClient(Starlette(routes=[Route("/", failing)]))


@pytest.mark.parametrize(
    ("error", "status"),
    [
        pytest.param(InvalidParameter("z", "un nombre est attendu"), 400, id="a wrong parameter"),
        pytest.param(UnknownTerritory("commune:99999"), 404, id="an unknown territory"),
        pytest.param(StoreUnavailable("La base de données ne répond pas."), 503, id="no database"),
    ],
)
def test_our_errors_are_said(error: CooperationsError, status: int) -> None:
    """Each error is its status and its French sentence."""
    answer = client_of(error).get("/")
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json() == {"type": "about:blank", "status": status, "detail": str(error)}


def test_an_unforeseen_error_is_logged_and_not_shown(caplog: pytest.LogCaptureFixture) -> None:
    """The details are for the journal of the server, not for whoever asks."""
    with caplog.at_level(logging.ERROR):
        answer = client_of(ZeroDivisionError("mot de passe")).get("/")
    assert answer.status_code == 500
    assert "mot de passe" not in answer.text
    assert "Le serveur a rencontré une erreur" in answer.json()["detail"]
    assert "mot de passe" in caplog.text
