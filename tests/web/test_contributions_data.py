"""What forms and feed readers ask for: near names, the feed of changes, and the same in JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

import feedparser
import pytest

from cooperations.contributions.decide import accept
from tests.contributions.proposing import MODERATOR, a_correction, proposed
from tests.structures import application_with

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from starlette.testclient import TestClient

    from cooperations.runtime import Application


@pytest.fixture
def changed(tmp_path: Path) -> Iterator[Application]:
    """Return an application where a correction was accepted."""
    with application_with(tmp_path, {}) as app:
        accept(app.store, app.catalogue(), MODERATOR, proposed(app, a_correction("loc-halle-bio", statut="terminee")))
        yield app


def test_near_names_are_answered_while_somebody_types(client: TestClient) -> None:
    """With where they lead; nothing for a name that is too short or new; an over-long one is refused."""
    (first, *_) = client.get("/api/contributions/proches", params={"nom": "loc halle b"}).json()
    assert (first["nom"], first["adresse"]) == ("Loc’Halle Bio", "pratique?id=loc-halle-bio")
    assert client.get("/api/contributions/proches", params={"nom": "lo"}).json() == []
    assert client.get("/api/contributions/proches", params={"nom": "x" * 301}).status_code == 400
    structures = client.get("/api/contributions/proches", params={"nom": "landes partag", "sujet": "structure"}).json()
    assert structures[0]["nom"] == "Landes Partage"


@pytest.mark.usefixtures("changed")
def test_the_feed_says_what_changed_and_who(client: TestClient) -> None:
    """Read by a feed reader, under an ETag; contributors' words are never HTML."""
    answer = client.get("/fil/changements.atom")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    read = feedparser.parse(answer.content)
    assert (read.bozo, read.entries[0].title) == (False, "Pratique\u00a0: Loc’Halle Bio")
    assert "→ Terminée" in read.entries[0].summary
    again = client.get("/fil/changements.atom", headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.usefixtures("changed")
def test_the_api_says_the_same(client: TestClient) -> None:
    """As many as asked, the newest first."""
    (last,) = client.get("/api/changements", params={"limit": 1}).json()["changements"]
    assert (last["par"], last["sujet"], last["id"]) == ("CRESS Aquitaine (modérateur)", "practice", "loc-halle-bio")
    for wrong in ("0", "501", "-1", "tous", "1e9", "²"):
        assert client.get("/api/changements", params={"limit": wrong}).status_code == 400
