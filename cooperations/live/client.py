"""One polite HTTP client: it waits its turn, gives up in time, believes nothing, and keeps good answers for an hour."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from threading import Lock
from typing import TYPE_CHECKING, Generic, TypeVar

import httpx2
from cachetools import TTLCache
from pydantic import BaseModel, ConfigDict
from pyrate_limiter import Duration, InMemoryBucket, Rate, RateItem
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_random

from cooperations.errors import LiveSourcesOff, LiveSourceUnavailable
from cooperations.settings import LiveSettings, read_live_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Answer = TypeVar("Answer")
_Question = tuple[tuple[str, str], ...]

# The API Recherche d’entreprises asks to be told who calls; a header holds ASCII only.
USER_AGENT = "cooperations-ess/0.1 (carte des cooperations de l'ESS en Aquitaine)"
# How long the Géoplateforme refuses everything after a 429: https://adresse.data.gouv.fr/outils/api-doc/adresse
USUAL_PAUSE_S = 5.0
LONGEST_PAUSE_S = 60.0


class Documented(BaseModel):
    """What a service is documented to send: other fields are dropped unread, another shape is a ValueError."""

    # Errors end in logs, and what was refused may name people.
    model_config = ConfigDict(
        strict=True,
        frozen=True,
        extra="ignore",
        allow_inf_nan=False,
        str_max_length=1000,
        hide_input_in_errors=True,
    )


@dataclass(frozen=True, slots=True)
class Service:
    """A web address, how many times a second it may be asked, and what to tell people when it gives nothing."""

    url: str
    per_second: int
    excuse: str


@dataclass(frozen=True, slots=True)
class Limits:
    """How long anything is waited for, in seconds; how much is read, in bytes; how many answers are kept."""

    connect_s: float = 2
    read_s: float = 4
    whole_body_s: float = 8
    turn_s: float = USUAL_PAUSE_S
    body_bytes: int = 1_000_000
    kept_s: float = 3600
    kept_answers: int = 256


@dataclass(frozen=True, slots=True)
class Clock:
    """What the time is and how it passes, in seconds."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


LIMITS = Limits()
CLOCK = Clock()


class _Useless(Exception):
    """The service answered, and nothing can be done with what it said."""


class _Passing(_Useless):
    """The same, for a moment: asking once more may do."""


class Client(Generic[Answer]):
    """Asks one service, for all the threads of a process.

    `read` turns the body of an answer into what is returned and kept, so it should give what nobody can change.
    It raises ValueError when the body is not what is documented. Each process counts its own turns.
    """

    def __init__(
        self, service: Service, read: Callable[[bytes], Answer], limits: Limits = LIMITS, clock: Clock = CLOCK
    ) -> None:
        self._service, self._read, self._limits, self._clock = service, read, limits, clock
        self._lock = Lock()
        self._kept: TTLCache[_Question, Answer] = TTLCache(limits.kept_answers, limits.kept_s, timer=clock.now)
        self._turns = InMemoryBucket([Rate(service.per_second, Duration.SECOND)])
        self._shut_until = -math.inf
        self._http = httpx2.Client(
            headers={"user-agent": USER_AGENT, "accept": "application/json"},
            timeout=httpx2.Timeout(limits.read_s, connect=limits.connect_s),
            follow_redirects=False,
        )
        # A time-out is not asked again: the person has waited enough.
        self._twice = Retrying(
            stop=stop_after_attempt(2),
            wait=wait_random(0.2, 0.6),
            retry=retry_if_exception_type((_Passing, httpx2.NetworkError, httpx2.RemoteProtocolError)),
            sleep=clock.sleep,
            reraise=True,
        )

    def ask(self, question: Mapping[str, str]) -> Answer:
        """Return the answer to `question` (the parameters of the query), asked now or within the hour.

        Raise LiveSourceUnavailable, and keep nothing, when there is none that can be used.
        """
        asked = tuple(sorted(question.items()))
        with self._lock:
            kept = self._kept.get(asked)
        if kept is not None:
            return kept
        try:
            answer = self._read(self._twice(self._fetch, asked))
        except (httpx2.HTTPError, httpx2.InvalidURL, ValueError, _Useless) as error:
            raise LiveSourceUnavailable(self._service.excuse) from error
        with self._lock:
            self._kept[asked] = answer
        return answer

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def _fetch(self, asked: _Question) -> bytes:
        self._take_a_turn()
        too_late = self._clock.now() + self._limits.whole_body_s
        with self._http.stream("GET", self._service.url, params=dict(asked)) as response:
            self._check(response)
            return self._body(response, too_late)

    def _check(self, response: httpx2.Response) -> None:
        status = response.status_code
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            self._shut_until = self._clock.now() + _retry_after(response.headers.get("retry-after", ""))
        if status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise _Passing(status)
        if status != HTTPStatus.OK:
            raise _Useless(status)

    def _body(self, response: httpx2.Response, too_late: float) -> bytes:
        body = bytearray()
        for chunk in response.iter_bytes():
            body += chunk
            if len(body) > self._limits.body_bytes or self._clock.now() > too_late:
                raise _Useless
        return bytes(body)

    def _take_a_turn(self) -> None:
        """Wait for the service's door to open and for a turn; refuse when that takes too long."""
        too_late = self._clock.now() + self._limits.turn_s
        while pause := self._pause():
            if self._clock.now() + pause > too_late:
                raise _Useless
            self._clock.sleep(pause)

    def _pause(self) -> float:
        """Return how long to wait before trying for a turn, in seconds: 0 when it is taken."""
        with self._lock:
            now = self._clock.now()
            if now < self._shut_until:
                return self._shut_until - now
            turn = RateItem("", math.floor(now * 1000))
            self._turns.leak(turn.timestamp)
            return 0 if self._turns.put(turn) else 0.05


def switched_on() -> LiveSettings:
    """Return the settings of the live sources; raise LiveSourcesOff unless they are turned on."""
    settings = read_live_settings()
    if not settings.enabled:
        raise LiveSourcesOff
    return settings


def _retry_after(header: str) -> float:
    """Return a Retry-After in seconds, from seconds or a date (RFC 9110, 10.2.3), between nothing and a minute."""
    if header.isdecimal():
        return min(float(header), LONGEST_PAUSE_S)
    try:
        seconds = parsedate_to_datetime(header).timestamp() - time.time()
    except ValueError:
        return USUAL_PAUSE_S
    return min(max(seconds, 0.0), LONGEST_PAUSE_S)
