"""What other sites show in a frame: the matrix as a table, one practice as a card, and who may show them."""

from __future__ import annotations

import csv
from html import unescape
from typing import TYPE_CHECKING

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from cooperations.errors import StoreUnavailable
from cooperations.light import LIGHT_ROUTES, embeds
from cooperations.runtime import application
from cooperations.web import middleware
from tests.making import plain

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.requests import Request

HOSTILE = "Ardits ${window.PIEGE=1}`</script><img src=x onerror=window.PIEGE=1>"
SETTING = "COOPERATIONS_SITES_AUTORISES"
EMBEDS = ("/integrer/carte", "/integrer/offres", "/integrer/matrice", "/integrer/pratique?id=loc-halle-bio")
POLICY = "content-security-policy"


def ancestors(answer: Response) -> str:
    """Return who may frame an answer."""
    return str(answer.headers[POLICY]).partition("frame-ancestors ")[2]


def test_the_matrix_says_every_cell_in_words(light: TestClient) -> None:
    """The table of the embed says what the matrix of the page says, types only."""
    answer = light.get("/integrer/matrice")
    text = plain(unescape(answer.text))
    said = light.get("/api/couverture/matrice").json()
    leading = [position for position, column in enumerate(said["colonnes"]) if not column["partie"]]
    for line in said["lignes"]:
        row = text.partition(f'<th scope="row">{plain(line["libelle"])}</th>')[2].partition("</tr>")[0]
        cells = [cell.partition("</td>")[0] for cell in row.split("<td")[1:]]
        assert len(cells) == len(leading)
        for cell, position in zip(cells, leading, strict=True):
            assert cell.endswith(plain(line["cases"][position]["texte"]))
    assert answer.headers["cache-control"] == "public, max-age=60"
    assert "<script" not in answer.text


def test_the_matrix_follows_its_criteria_and_says_what_it_ignored(light: TestClient) -> None:
    """Types choose the columns; a way of counting that does not exist is said, and not used."""
    text = plain(light.get("/integrer/matrice?type=achats_inter_ess&compter=partout&type=achat").text)
    assert text.count('<th scope="col">') == 2
    assert "Filtres : Achats inter-ESS." in text
    assert "« compter=partout » (une valeur parmi ici, couvrant est attendue)" in text
    assert "« type=achat » (ce code n’existe pas" in text
    assert "Pratiques situées dans le territoire" in text
    covering = light.get("/integrer/matrice?compter=couvrant").text
    assert "Pratiques qui couvrent le territoire" in covering
    assert 'href="/couverture?compter=couvrant"' in covering


def test_a_practice_is_a_card_with_its_source(light: TestClient) -> None:
    """Its actors, what is known of it, where it comes from, and the way to its page."""
    text = plain(light.get("/integrer/pratique?id=maisadour-fermiers-landes").text)
    for words in ("Maisadour", "Acheteur", "Achats responsables privés hors ESS", "Licence Ouverte 2.0"):
        assert words in text
    assert 'href="/pratique?id=maisadour-fermiers-landes"' in text


@pytest.mark.parametrize("query", ["", "?id=", "?id=nulle-part", "?id=<script>alert(1)</script>"])
def test_a_practice_that_is_not_there_is_said_and_not_kept(light: TestClient, query: str) -> None:
    """The sentence is in French, its text is escaped, and no cache holds it."""
    answer = light.get(f"/integrer/pratique{query}")
    assert answer.status_code == 404
    assert "Aucune pratique n’a l’identifiant" in answer.text
    assert "<script" not in answer.text
    assert answer.headers["cache-control"] == "no-store"


def test_a_failure_is_never_an_empty_matrix(light: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the database is silent the page says so, with a status that no cache keeps; details stay in the log."""

    def silent(*_: object) -> None:
        raise StoreUnavailable("La base ne répond pas.")

    monkeypatch.setattr(embeds, "coverage", silent)
    answer = light.get("/integrer/matrice")
    assert (answer.status_code, answer.headers["cache-control"]) == (503, "no-store")
    assert "La base ne répond pas." in answer.text
    monkeypatch.setattr(embeds, "coverage", lambda *_: 1 / 0)
    answer = light.get("/integrer/matrice")
    assert answer.status_code == 500
    assert "notée dans son journal" in answer.text
    assert "division" not in answer.text


def test_hostile_names_are_text(data_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name made to be run is shown as it is written."""
    practices = data_copy / "pratiques.csv"
    rows = list(csv.reader(practices.read_text(encoding="utf-8").splitlines()))
    with practices.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [one, HOSTILE, *rest[1:]] if one == "marche-erdf-landes" else [one, *rest] for one, *rest in rows if one
        )
    monkeypatch.setenv("COOPERATIONS_DATA", str(data_copy))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'app.sqlite3'}")
    application.cache_clear()
    try:
        with TestClient(Starlette(routes=LIGHT_ROUTES)) as opened:
            text = opened.get("/integrer/pratique?id=marche-erdf-landes").text
        assert "<img" not in text
        assert HOSTILE in unescape(text)
    finally:
        application().store.close()
        application.cache_clear()


@pytest.mark.parametrize("path", EMBEDS)
@pytest.mark.parametrize(
    ("sites", "allowed"),
    [
        ("", "*"),
        ("*", "*"),
        ("aucun", "'self'"),
        (
            "https://www.landes.example, https://*.cress.example/",
            "'self' https://www.landes.example https://*.cress.example",
        ),
    ],
    ids=["by default", "any", "nobody", "two"],
)
def test_embeds_say_who_may_frame_them(
    light: TestClient, monkeypatch: pytest.MonkeyPatch, path: str, sites: str, allowed: str
) -> None:
    """The list of the setting, and nothing else; X-Frame-Options knows no list, so it is not sent."""
    monkeypatch.setenv(SETTING, sites)
    answer = light.get(path)
    assert ancestors(answer) == allowed
    assert "x-frame-options" not in answer.headers


@pytest.mark.parametrize("path", EMBEDS)
def test_a_list_that_makes_no_sense_opens_nothing(
    light: TestClient, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    """The embed says which setting to repair, to ourselves only."""
    monkeypatch.setenv(SETTING, "landes.example")
    answer = light.get(path)
    assert answer.status_code == 500
    assert SETTING in answer.text
    assert ancestors(answer) == "'self'"


def test_all_other_pages_are_framed_by_ourselves_only() -> None:
    """The pages of Streamlit and their components, whatever the list says; what is no page is left as it is."""

    def page(_request: Request) -> Response:
        return HTMLResponse("<p>Bonjour</p>")

    def data(_request: Request) -> Response:
        return JSONResponse({})

    client = TestClient(Starlette(routes=[Route("/", page), Route("/data", data)], middleware=middleware()))
    answer = client.get("/", headers={"accept": "text/html"})
    assert ancestors(answer) == "'self'"
    assert answer.headers["x-frame-options"] == "SAMEORIGIN"
    assert POLICY not in client.get("/data").headers
