"""Answers kept with their index: made once, compressed once, revalidated for nothing."""

from __future__ import annotations

import gzip
import json
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Event
from typing import TYPE_CHECKING, Any

import brotli
import pytest

from cooperations.web import offers_data, remembered
from cooperations.web.remembered import Answers, tagged
from tests.web.test_offers_data import LINES, MARKS, MARSAN, VIEW

if TYPE_CHECKING:
    from starlette.testclient import TestClient

    from cooperations.offers.directory import Directory
    from cooperations.offers.needs import Need
    from cooperations.offers.search import Found

BODY = b"Mont-de-Marsan " * 200


@pytest.fixture
def searches(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Return the needs that were searched for."""
    asked: list[Any] = []
    search = offers_data.search

    def noted(directory: Directory, need: Need) -> Found:
        asked.append(need)
        return search(directory, need)

    monkeypatch.setattr(offers_data, "search", noted)
    return asked


def test_the_second_viewer_of_a_view_costs_no_search(buyers: TestClient, searches: list[Any]) -> None:
    """Parameters in another order, and another version in the address, are the same view."""
    query = [*VIEW.items(), ("lieu", "commune:40192"), ("rayon", "42")]
    answers = [buyers.get(MARKS, params=query), buyers.get(MARKS, params=[("v", "0"), *reversed(query)])]
    assert len(searches) == 1
    assert answers[0].content == answers[1].content
    held = buyers.get(MARKS, params=query, headers={"if-none-match": answers[0].headers["etag"]})
    assert (held.status_code, held.content, len(searches)) == (304, b"", 1)


def test_the_order_of_values_of_one_name_makes_two_answers(buyers: TestClient) -> None:
    """Of two places the last one holds."""
    one, other = ("lieu", "commune:40192"), ("lieu", "commune:33063")
    found = [buyers.get(LINES, params=pairs).json() for pairs in ([one, other], [other, one])]
    assert found[0] != found[1]


def test_an_error_is_not_kept(buyers: TestClient) -> None:
    """It is worked out, and refused, each time."""
    answers = [buyers.get(MARKS, params=VIEW | {"lieu": "commune:99999"}) for _ in range(2)]
    assert [one.status_code for one in answers] == [400, 400]


def test_a_proxy_may_serve_what_names_the_present_version(buyers: TestClient) -> None:
    """Without the version, or with a former one, it asks again each time."""
    from cooperations.runtime import application  # noqa: PLC0415 - that of the client

    version = application().directory().version
    said = [
        buyers.get(MARKS, params=VIEW | extra).headers["cache-control"] for extra in ({}, {"v": "0-0"}, {"v": version})
    ]
    assert said[:2] == ["no-cache", "no-cache"]
    assert said[2].startswith("public, max-age=")


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        pytest.param("gzip, deflate, br, zstd", "br", id="a browser on https"),
        pytest.param("gzip, deflate", "gzip", id="a browser on http"),
        pytest.param("br;q=0, gzip;q=0.5", "gzip", id="brotli refused"),
        pytest.param("identity", None, id="nothing"),
    ],
)
def test_the_bytes_are_those_that_the_client_reads(buyers: TestClient, accepted: str, encoding: str | None) -> None:
    """The best encoding of those accepted; the tag of any revalidates all."""
    got = buyers.get(LINES, params=MARSAN, headers={"accept-encoding": accepted})
    assert (got.headers.get("content-encoding"), got.headers["vary"]) == (encoding, "Accept-Encoding")
    assert json.loads(got.content)["total"] > 0
    plain = buyers.get(LINES, params=MARSAN, headers={"accept-encoding": "identity"})
    assert got.content == plain.content
    tags = f'"autre", {got.headers["etag"]}'
    again = buyers.get(LINES, params=MARSAN, headers={"accept-encoding": accepted, "if-none-match": tags})
    assert again.status_code == 304


def test_a_copy_is_compressed_once() -> None:
    """And is what was to be said; what fits a packet is left as it is."""
    kept = tagged(BODY)
    (packed, br), (zipped, gz) = kept.encoded("br"), kept.encoded("gzip")
    assert (br, brotli.decompress(packed), gz, gzip.decompress(zipped)) == ("br", BODY, "gzip", BODY)
    assert kept.encoded("br")[0] is packed
    assert tagged(b"{}").encoded("br") == (b"{}", "")


def test_who_asks_meanwhile_waits_for_the_same_answer() -> None:
    """Thirty people who open the same map make one computation."""
    answers, started, made = Answers(), Event(), []

    def slow() -> bytes:
        started.wait(5)
        made.append(1)
        return BODY

    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(answers.get, "vue", slow) for _ in range(8)]
        started.set()
        found = {id(one.result()) for one in asked}
    assert (len(found), len(made)) == (1, 1)


def test_what_is_kept_has_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """The oldest answers leave; one that is too large is given and not kept."""
    monkeypatch.setattr(remembered, "MOST_BYTES", 10_000)
    answers = Answers()
    made: list[str] = []

    def make(name: str, size: int) -> bytes:
        made.append(name)
        return b"x" * size

    for name, size in (("a", 3_000), ("b", 3_000), ("b", 3_000), ("trop", 9_000), ("trop", 9_000), ("a", 3_000)):
        assert len(answers.get(name, partial(make, name, size)).body) == size
    assert made == ["a", "b", "trop", "trop"]
