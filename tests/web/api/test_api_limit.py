"""Who asks too often is told when to come back; nobody else waits for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from cooperations.web import ROUTES, middleware
from cooperations.web.api.limit import client_of, forget_clients

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

COLLECTIONS = "/api/collections"


@pytest.fixture
def asking(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], TestClient]]:
    """Return clients by address, of an API that takes three requests a minute from each."""
    monkeypatch.setenv("COOPERATIONS_API_LIMITE", "3/minute")
    forget_clients()
    served = Starlette(routes=ROUTES, middleware=middleware())
    yield lambda address: TestClient(served, client=(address, 50000))
    forget_clients()


def test_the_fourth_request_of_a_minute_is_refused(asking: Callable[[str], TestClient]) -> None:
    """In French, with the seconds to wait, and readable by another site; another address does not wait."""
    client = asking("192.0.2.1")
    assert [client.get(COLLECTIONS).status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = client.get(COLLECTIONS, headers={"origin": "https://landes.example"})
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.headers["access-control-allow-origin"] == "*"
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert refused.json()["detail"].startswith("Trop de requêtes\u00a0: recommencer dans ")
    assert asking("192.0.2.2").get(COLLECTIONS).status_code == 200


def test_one_home_does_not_change_its_address_to_ask_more(asking: Callable[[str], TestClient]) -> None:
    """The addresses of one IPv6 network are one client."""
    statuses = [asking(f"2001:db8:0:1::{number}").get(COLLECTIONS).status_code for number in range(1, 5)]
    assert statuses == [200, 200, 200, 429]
    assert asking("2001:db8:0:2::1").get(COLLECTIONS).status_code == 200


def test_nobody_takes_another_address_by_saying_so(asking: Callable[[str], TestClient]) -> None:
    """A header that no trusted proxy wrote changes nothing."""
    client = asking("192.0.2.3")
    statuses = [client.get(COLLECTIONS, headers={"x-forwarded-for": f"198.51.100.{n}"}).status_code for n in range(4)]
    assert statuses == [200, 200, 200, 429]


def test_a_trusted_proxy_says_for_whom_it_asks(asking: Callable[[str], TestClient]) -> None:
    """One on this machine, whatever way the socket writes its address: each of its visitors is a client."""
    proxy = asking("::ffff:127.0.0.1")
    for visitor in ("198.51.100.1", "198.51.100.2"):
        said = {"x-forwarded-for": visitor}
        statuses = [proxy.get(COLLECTIONS, headers=said).status_code for _ in range(4)]
        assert statuses == [200, 200, 200, 429]


def test_a_visitor_does_not_speak_for_a_trusted_proxy(asking: Callable[[str], TestClient]) -> None:
    """What the visitor wrote before the proxy's own word is not believed."""
    proxy = asking("127.0.0.1")
    said = [{"x-forwarded-for": f"203.0.113.{number}, 198.51.100.3"} for number in range(4)]
    assert [proxy.get(COLLECTIONS, headers=one).status_code for one in said] == [200, 200, 200, 429]


def test_links_are_under_the_address_of_the_proxy(asking: Callable[[str], TestClient]) -> None:
    """Behind a proxy that speaks TLS they begin with https."""
    body = asking("::ffff:127.0.0.1").get(COLLECTIONS, headers={"x-forwarded-proto": "https"}).json()
    assert body["links"][0]["href"].startswith("https://")


def test_a_file_counts_for_more(asking: Callable[[str], TestClient], monkeypatch: pytest.MonkeyPatch) -> None:
    """Two files are forty requests."""
    monkeypatch.setenv("COOPERATIONS_API_LIMITE", "45/minute")
    client = asking("192.0.2.4")
    address = f"{COLLECTIONS}/pratiques/telecharger.csv"
    assert [client.get(address).status_code for _ in range(3)] == [200, 200, 429]


def test_pages_and_proxies_do_not_wait(asking: Callable[[str], TestClient]) -> None:
    """The map asks at each move, a proxy every few seconds."""
    client = asking("192.0.2.5")
    for address in ("/api/health", "/api/ready", "/api/territoires?q=dax", "/api/carte/liste"):
        assert {client.get(address).status_code for _ in range(5)} == {200}, address


def test_a_wrong_limit_is_an_error_and_no_open_door(
    asking: Callable[[str], TestClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The API says which setting is wrong."""
    monkeypatch.setenv("COOPERATIONS_API_LIMITE", "souvent")
    answer = asking("192.0.2.6").get(COLLECTIONS)
    assert answer.status_code == 500
    assert "COOPERATIONS_API_LIMITE" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        pytest.param("192.0.2.1", "192.0.2.1", id="IPv4"),
        pytest.param("2001:db8:0:1:2:3:4:5", "2001:db8:0:1::/64", id="a home"),
        pytest.param("testclient", "testclient", id="no address"),
    ],
)
def test_a_client_is_its_address(host: str, expected: str) -> None:
    """Or its network."""
    assert client_of({"client": (host, 1)}) == expected


def test_a_client_without_an_address_is_one() -> None:
    """Behind a Unix socket."""
    assert client_of({"client": None}) == ""
