"""A process that writes through the core, by several threads, until it is killed."""

from __future__ import annotations

import os
import random
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from bench.killing.journal import ACCEPTED, RECEIVED, SENT
from cooperations.accounts.rights import VISITOR, Person
from cooperations.accounts.tokens import new_token
from cooperations.contributions.content import Content
from cooperations.contributions.decide import accept
from cooperations.contributions.sending import Sent, propose
from cooperations.errors import CooperationsError
from cooperations.store import Store

if TYPE_CHECKING:
    from collections.abc import Generator

    from bench.killing.journal import Journal
    from cooperations.catalogue import Catalogue

THREADS = 4
SHORTEST_S, LONGEST_S = 0.02, 0.5
MODERATOR = Person("moderateur", "Banc d’essai", "banc")
VALUES = {"type_pratique": "mutualisation_achats", "description": "Un essai.", "territoires": "commune:47001"}


def core_rounds(url: str, journal: Journal, catalogue: Catalogue) -> Generator[None]:
    """Start a process and kill it, each time that one more is asked."""
    while True:
        _one_kill(url, journal, catalogue)
        yield


def _one_kill(url: str, journal: Journal, catalogue: Catalogue) -> None:
    child = os.fork()
    if child == 0:
        try:
            _serve(url, journal, catalogue)
        finally:
            os._exit(0)
    time.sleep(random.uniform(SHORTEST_S, LONGEST_S))  # noqa: S311 - when to kill is no secret
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def _serve(url: str, journal: Journal, catalogue: Catalogue) -> None:
    store, unanswered = Store(url), journal.unanswered()
    shares = [unanswered[thread::THREADS] for thread in range(THREADS)]
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(lambda tokens: _person(store, catalogue, journal, tokens), shares))


def _person(store: Store, catalogue: Catalogue, journal: Journal, again: list[str]) -> None:
    while True:
        token = again.pop() if again else new_token()
        journal.write(SENT, token)
        content = Content(VALUES | {"nom": f"Essai {token}"}, ())
        made = propose(store, catalogue, VISITOR, Sent("pratique", content, token))
        journal.write(RECEIVED, token)
        if made.is_open and random.random() < 0.3:  # noqa: S311 - some are accepted
            try:
                accept(store, catalogue, MODERATOR, made)
            except CooperationsError:
                continue
            journal.write(ACCEPTED, token)
