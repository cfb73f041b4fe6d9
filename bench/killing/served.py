"""The served application, killed while people send its form and a moderator accepts what they sent."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import subprocess
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from websockets.exceptions import WebSocketException

from bench.killing.journal import ACCEPTED, RECEIVED, SENT
from bench.killing.people import Person
from bench.server import ROOT, free_port, wait_healthy
from cooperations.accounts.entering import Asked, exchange, invite
from cooperations.accounts.rights import KEEPER
from cooperations.accounts.tokens import LEAST_FILLING_S, digest, new_token
from cooperations.store import Store

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from bench.killing.journal import Journal
    from cooperations.catalogue import Catalogue

PEOPLE, AGAIN = 8, 4
"""People at once, and how many of them send again what had no answer."""
APART_S, AFTER_S, LONGEST_S = 1.0, 0.3, 20.0
"""Over how long they press; how long after one of the answers the kill comes, at most, and after their first press."""
FAILED = (OSError, EOFError, WebSocketException, TimeoutError)


def served_rounds(url: str, journal: Journal, _catalogue: Catalogue) -> Generator[None]:
    """Start the application and kill it, each time that one more is asked."""
    session = _moderator(url)
    with _nursery(url) as nursery:
        while True:
            asyncio.run(_one_kill(nursery, url, journal, session))
            yield


def _moderator(url: str) -> str:
    """Return the session of somebody who was invited to moderate."""
    store = Store(url)
    link = invite(store.accounts, KEEPER, Asked("Banc d’essai", "moderateur"))
    _, session = exchange(store.accounts, link.rpartition("/")[2])
    store.close()
    return session


@contextmanager
def _nursery(url: str) -> Iterator[subprocess.Popen[str]]:
    command, variables = [sys.executable, "-m", "bench.killing.nursery"], os.environ | {"DATABASE_URL": url}
    pipe, null = subprocess.PIPE, subprocess.DEVNULL
    with subprocess.Popen(command, cwd=ROOT, env=variables, stdin=pipe, stdout=pipe, stderr=null, text=True) as nursery:
        try:
            yield nursery
        finally:
            nursery.terminate()


def _born(nursery: subprocess.Popen[str], port: int) -> int:
    if nursery.stdin is None or nursery.stdout is None:
        raise BrokenPipeError
    nursery.stdin.write(f"{port}\n")
    nursery.stdin.flush()
    return int(nursery.stdout.readline())


async def _one_kill(nursery: subprocess.Popen[str], base: str, journal: Journal, session: str) -> None:
    port = free_port()
    server, address = _born(nursery, port), f"http://127.0.0.1:{port}"
    try:
        wait_healthy(address)
        again = random.sample(waiting, min(AGAIN, len(waiting))) if (waiting := journal.unanswered()) else []
        tokens = [*again, *(new_token() for _ in range(PEOPLE - len(again)))]
        ready, answers = asyncio.Event(), asyncio.Semaphore(0)
        people = [asyncio.create_task(_propose(address, journal, one, (ready, answers))) for one in tokens]
        people.append(asyncio.create_task(_decide(address, base, journal, session)))
        await ready.wait()
        await _moment(answers)
    finally:
        os.kill(server, signal.SIGKILL)
    await asyncio.gather(*people)


async def _moment(answers: asyncio.Semaphore) -> None:
    """Wait for some of the answers, none or all but one, and a moment more."""
    with suppress(TimeoutError):
        async with asyncio.timeout(LONGEST_S):
            for _ in range(random.randrange(PEOPLE)):  # noqa: S311 - when to kill is no secret
                await answers.acquire()
    await asyncio.sleep(random.uniform(0, AFTER_S))  # noqa: S311


async def _propose(address: str, journal: Journal, token: str, said: tuple[asyncio.Event, asyncio.Semaphore]) -> None:
    """Take the draft back after a reload, wait as long as a person, send; the receipt is the answer."""
    person, (ready, answers) = Person(address, "contribuer"), said
    try:
        await person.open()
        await person.take_back(token)
        await asyncio.sleep(LEAST_FILLING_S + 0.1)
        ready.set()
        await asyncio.sleep(random.uniform(0, APART_S))  # noqa: S311 - not all at once
        journal.write(SENT, token)
        await person.press("Envoyer la proposition")
        if any(token in said for said in person.told):
            journal.write(RECEIVED, token)
            answers.release()
    except FAILED:
        pass
    finally:
        ready.set()
        await person.close()


async def _decide(address: str, base: str, journal: Journal, session: str) -> None:
    """Accept one proposal after the other, until the server is gone."""
    waiting = sorted({*journal.lines(RECEIVED)} - {*journal.lines(ACCEPTED)})
    store = Store(base)
    try:
        for token in random.sample(waiting, len(waiting)):
            proposal = store.contributions.of_token(digest(token))
            if proposal.is_open:
                await _accept(Person(address, "moderation", f"proposition={proposal.id}", session), journal, token)
    except FAILED:
        pass
    finally:
        store.close()


async def _accept(moderator: Person, journal: Journal, token: str) -> None:
    try:
        await moderator.open()
        await moderator.press("Accepter")
        if any("Acceptée" in said for said in moderator.told):
            journal.write(ACCEPTED, token)
    finally:
        await moderator.close()
