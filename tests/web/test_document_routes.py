"""The sheets as files that a browser or a program asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from cooperations.web import ROUTES, documents
from cooperations.web.api.limit import forget_clients
from tests.offers.offering import ARDITS, an_offer, kept_rows
from tests.pdf import Read
from tests.structures import application_with

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cooperations.catalogue import Catalogue


@pytest.fixture(autouse=True)
def _anew() -> Iterator[None]:
    documents.forget_documents()
    forget_clients()
    yield
    forget_clients()


def test_a_practice_comes_as_an_accessible_sheet(client: TestClient, catalogue: Catalogue) -> None:
    """With its name as title, what the page says, and a code that leads back to it."""
    answer = client.get("/fiches/pratique/marche-erdf-landes.pdf")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert 'filename="fiche-marche-erdf-landes.pdf"' in answer.headers["content-disposition"]
    read = Read(answer.content)
    assert read.claims_accessibility
    assert read.title == catalogue.practice("marche-erdf-landes").name
    for said in ("Ardits, co-traitant", "ERDF, acheteur", "Landes (40)", "Licence Ouverte 2.0", "page 1 sur 1"):
        assert said in read.text
    assert any("pratique?id=marche-erdf-landes" in one for one in read.alternatives)


def test_what_is_held_is_not_made_again(
    client: TestClient, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tag answers without a document, and the second client gets the bytes of the first."""
    first = client.get("/fiches/type/groupement_acteurs.pdf")
    held = {"if-none-match": first.headers["etag"]}
    assert client.get("/fiches/type/groupement_acteurs.pdf", headers=held).status_code == 304
    monkeypatch.setattr(documents, "printer", None)
    assert client.get("/fiches/type/groupement_acteurs.pdf").content == first.content
    assert len(catalogue) == 19


def test_the_booklet_follows_the_filters_of_the_address(client: TestClient) -> None:
    """Two addresses are two tags; a filter that makes no sense is said."""
    landes = client.get("/fiches/livret.pdf?territoire=departement:40")
    assert landes.status_code == 200
    assert "Projet Mutualité Landes" in Read(landes.content).bookmarks
    other = client.get("/fiches/livret.pdf?territoire=departement:47")
    assert other.headers["etag"] != landes.headers["etag"]
    assert client.get("/fiches/livret.pdf?territoir=departement:40").status_code == 400


@pytest.mark.parametrize("address", ["pratique/nulle-part", "type/nulle_part", "pratique/..%2Fx"])
def test_what_does_not_exist_is_said(client: TestClient, address: str) -> None:
    """As a problem, not as an empty document."""
    assert client.get(f"/fiches/{address}.pdf").status_code == 404


def test_documents_count_against_the_limit(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """One weighs as several requests to the API; the tag costs nothing."""
    monkeypatch.setenv("COOPERATIONS_API_LIMITE", "7/minute")
    first = client.get("/fiches/pratique/loc-halle-bio.pdf")
    assert first.status_code == 200
    refused = client.get("/fiches/pratique/cap-solidaire.pdf")
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) > 0
    held = {"if-none-match": first.headers["etag"]}
    assert client.get("/fiches/pratique/loc-halle-bio.pdf", headers=held).status_code == 304


def test_a_contact_that_is_erased_leaves_the_sheets(tmp_path: Path) -> None:
    """With its agreement it is on the sheet; erased, no copy of the document is served any more."""
    reached = {"email": "contact@ardits.example", "contact_consent_on": "2026-03-02"}
    with application_with(tmp_path, {}) as app, TestClient(Starlette(routes=ROUTES)) as opened:
        kept_rows(app.store, an_offer("siae-1", siret=ARDITS, **reached))
        first = opened.get("/fiches/pratique/marche-erdf-landes.pdf")
        assert "contact@ardits.example" in Read(first.content).text
        app.store.personal.erase("contact@ardits.example")
        again = opened.get("/fiches/pratique/marche-erdf-landes.pdf", headers={"if-none-match": first.headers["etag"]})
        assert again.status_code == 200
        assert "ardits.example" not in Read(again.content).text
