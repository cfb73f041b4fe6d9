"""How a service is asked: once, in turn, in time, and without believing it."""

from __future__ import annotations

import json
import socket
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pytest

from cooperations.errors import LiveSourceUnavailable
from cooperations.live.client import CLOCK, LIMITS, USER_AGENT, Client, Clock, Limits, Service
from tests.live import server as troubles
from tests.live.documented import geocoded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.live.server import LiveServer, Trouble

EXCUSE = "La recherche ne répond pas."
QUESTION = {"q": "Captieux", "limit": "5"}
ANSWER = geocoded(QUESTION)[1]
IMPATIENT = replace(LIMITS, read_s=1, whole_body_s=1)


@dataclass(slots=True)
class Watch:
    """A clock that only sleeping moves, and what was slept."""

    time: float = 1000
    slept: float = 0

    def now(self) -> float:
        """Return the time, in seconds."""
        return self.time

    def sleep(self, seconds: float) -> None:
        """Move the clock."""
        self.time += seconds
        self.slept += seconds

    def clock(self) -> Clock:
        """Return what a client takes."""
        return Clock(self.now, self.sleep)


@contextmanager
def asking(
    url: str, limits: Limits = LIMITS, clock: Clock = CLOCK, per_second: int = 1000
) -> Iterator[Client[dict[str, Any]]]:
    """Give a client of `url` that takes any JSON object, and close it."""
    client = Client(Service(url, per_second, EXCUSE), json.loads, limits, clock)
    try:
        yield client
    finally:
        client.close()


def test_people_wait_as_little_as_was_decided() -> None:
    """Two seconds to connect, four for an answer: past that, choosing in a list is quicker."""
    assert (LIMITS.connect_s, LIMITS.read_s) == (2, 4)


def test_a_service_is_told_who_asks(server: LiveServer) -> None:
    """Its keepers can find whom to write to."""
    with asking(server.addresses_url) as client:
        assert client.ask(QUESTION) == ANSWER
    assert server.asked[0].headers["user-agent"] == USER_AGENT
    assert USER_AGENT.startswith("cooperations-ess/")


def test_the_same_question_is_asked_once_an_hour(server: LiveServer) -> None:
    """The second answer comes from memory, in whatever order the question is put; an hour later it is asked again."""
    watch = Watch()
    with asking(server.addresses_url, clock=watch.clock()) as client:
        assert client.ask(QUESTION) == client.ask(dict(reversed(QUESTION.items())))
        assert len(server.asked) == 1
        watch.sleep(LIMITS.kept_s + 1)
        client.ask(QUESTION)
    assert len(server.asked) == 2


def test_memory_is_bounded(server: LiveServer) -> None:
    """A long day of questions does not fill the machine."""
    with asking(server.addresses_url, replace(LIMITS, kept_answers=2)) as client:
        for place in ("Captieux", "Mont-de-Marsan", "Lucmau", "Captieux"):
            client.ask({"q": place})
    assert len(server.asked) == 4


@pytest.mark.parametrize(
    ("trouble", "times"),
    [
        pytest.param(troubles.too_slow, 1, id="too slow"),
        pytest.param(troubles.dripping, 1, id="byte by byte"),
        pytest.param(troubles.too_many("0"), 2, id="429 for ever"),
        pytest.param(troubles.broken, 2, id="500 for ever"),
        pytest.param(troubles.cut, 2, id="connection cut"),
        pytest.param(troubles.unknown, 1, id="404"),
        pytest.param(troubles.a_page, 1, id="a page in HTML"),
        pytest.param(troubles.huge, 1, id="a huge body"),
        pytest.param(troubles.elsewhere, 1, id="a redirect to another host"),
        pytest.param(troubles.next_door, 1, id="a redirect on the same host"),
    ],
)
def test_a_failure_is_said_and_never_kept(server: LiveServer, trouble: Trouble, times: int) -> None:
    """What passes is asked twice, the rest once; then people are told; and the next question is asked anew."""
    server.will_always(trouble)
    with asking(server.addresses_url, IMPATIENT, Clock(CLOCK.now, lambda _: None)) as client:
        with pytest.raises(LiveSourceUnavailable, match=EXCUSE):
            client.ask(QUESTION)
        assert len(server.asked) == times
        server.forget()
        assert client.ask(QUESTION) == ANSWER
        assert len(server.asked) == 1


@pytest.mark.parametrize(
    "trouble",
    [
        pytest.param(troubles.too_many("1"), id="429 then good"),
        pytest.param(troubles.broken, id="500 then good"),
        pytest.param(troubles.cut, id="cut then good"),
    ],
)
def test_a_passing_failure_is_not_seen(server: LiveServer, trouble: Trouble) -> None:
    """It is asked once more, a moment later, and nobody knows."""
    server.will(trouble)
    watch = Watch()
    with asking(server.addresses_url, clock=watch.clock()) as client:
        assert client.ask(QUESTION) == ANSWER
    assert len(server.asked) == 2
    assert watch.slept > 0


def test_nobody_there_is_said_too() -> None:
    """A connection refused is a service that does not answer."""
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    with (
        asking(f"http://127.0.0.1:{port}/search", clock=Watch().clock()) as client,
        pytest.raises(LiveSourceUnavailable, match=EXCUSE),
    ):
        client.ask(QUESTION)


@pytest.mark.parametrize(
    ("retry_after", "least", "most"),
    [
        pytest.param("2", 2, 2, id="seconds"),
        pytest.param("0", 0, 1, id="at once"),
        pytest.param("Tue, 12 Jul 2016 09:00:00 GMT", 0, 1, id="a date gone by"),
        pytest.param("", 5, 5, id="nothing said"),
        pytest.param("bientôt".encode().decode("latin-1"), 5, 5, id="nonsense"),
    ],
)
def test_the_wait_asked_for_is_waited(server: LiveServer, retry_after: str, least: float, most: float) -> None:
    """A 429 says how long to stay away; without it, it is the Géoplateforme’s five seconds."""
    server.will(troubles.too_many(retry_after))
    watch = Watch()
    with asking(server.addresses_url, clock=watch.clock()) as client:
        client.ask(QUESTION)
    assert least - 0.001 <= watch.slept <= most + 0.001


@pytest.mark.parametrize("retry_after", ["30", "Thu, 01 Jan 2099 00:00:00 GMT", "9" * 400])
def test_a_long_wait_is_kept_without_waiting(server: LiveServer, retry_after: str) -> None:
    """People are told at once, nobody asks meanwhile, whatever the question, and it ends within a minute."""
    server.will(troubles.too_many(retry_after))
    watch = Watch()
    with asking(server.addresses_url, clock=watch.clock()) as client:
        for question in (QUESTION, {"q": "Lucmau"}):
            with pytest.raises(LiveSourceUnavailable):
                client.ask(question)
        assert watch.slept < 1
        assert len(server.asked) == 1
        watch.sleep(60)
        assert client.ask(QUESTION) == ANSWER


def test_no_second_holds_more_than_the_limit(server: LiveServer) -> None:
    """Eleven questions at three a second: none of the moments of asking has three others less than a second away."""
    watch = Watch()
    moments = []
    with asking(server.addresses_url, clock=watch.clock(), per_second=3) as client:
        for number in range(11):
            client.ask({"q": f"{number} Rue Gambetta"})
            moments.append(watch.now())
    assert len(server.asked) == 11
    assert all(later - earlier > 1 for earlier, later in zip(moments, moments[3:], strict=False))
    assert watch.slept < 4


def test_asking_again_takes_a_turn_too(server: LiveServer) -> None:
    """A service that fails is not asked faster than one that works."""
    server.will_always(troubles.broken)
    watch = Watch()
    with asking(server.addresses_url, clock=watch.clock(), per_second=1) as client:
        for _ in range(2):
            with pytest.raises(LiveSourceUnavailable):
                client.ask(QUESTION)
    assert len(server.asked) == 4
    assert watch.slept > 3


def test_a_turn_that_does_not_come_is_given_up(server: LiveServer) -> None:
    """In a crowd, people are told rather than kept waiting."""
    watch = Watch()
    with asking(server.addresses_url, replace(LIMITS, turn_s=0.5), watch.clock(), per_second=1) as client:
        client.ask(QUESTION)
        with pytest.raises(LiveSourceUnavailable):
            client.ask({"q": "Lucmau"})
    assert len(server.asked) == 1


def test_many_threads_share_a_client(server: LiveServer) -> None:
    """Each gets the answer to its own question, and the limit holds for all of them together."""
    questions = [{"q": f"{number} Rue Gambetta"} for number in range(8)] * 4
    started = time.monotonic()
    with asking(server.addresses_url, per_second=20) as client, ThreadPoolExecutor(16) as threads:
        answers = list(threads.map(client.ask, questions))
    passed = time.monotonic() - started
    assert [answer["query"] for answer in answers] == [question["q"] for question in questions]
    asked = Counter(request.query_params["q"] for request in server.asked)
    assert len(asked) == 8
    assert asked.total() <= 20 * (1 + passed)
