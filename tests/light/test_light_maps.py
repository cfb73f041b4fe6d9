"""The maps without Streamlit: one page for everybody, and what the criteria of an address mean."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING, Any

import pytest

from cooperations.light import maps
from tests.making import plain

if TYPE_CHECKING:
    from starlette.testclient import TestClient

EVERY_MAP = sorted(maps.MAPS)
LANDES = "territoire=departement%3A40"


def summary(light: TestClient, address: str) -> dict[str, Any]:
    answer = light.get(address)
    assert answer.status_code == 200
    said: dict[str, Any] = answer.json()
    return said


@pytest.mark.parametrize("path", EVERY_MAP)
def test_one_page_serves_everybody_and_a_cache_may_keep_it(light: TestClient, path: str) -> None:
    """Whatever the criteria, the same bytes under the same tag, compressed, without a cookie; then nothing at all."""
    bare, asked = light.get(path), light.get(f"{path}?{LANDES}&type=inconnu")
    assert bare.status_code == 200
    assert bare.content == asked.content
    assert bare.headers["cache-control"] == "public, max-age=300"
    assert bare.headers["content-encoding"] == "br"
    assert "set-cookie" not in bare.headers
    for other in ("identity", "gzip"):
        answer = light.get(path, headers={"accept-encoding": other})
        assert (answer.content, answer.headers.get("content-encoding", "identity")) == (bare.content, other)
    again = light.get(path, headers={"if-none-match": asked.headers["etag"], "accept": "text/html"})
    assert (again.status_code, again.content) == (304, b"")
    assert "frame-ancestors" in again.headers["content-security-policy"]


@pytest.mark.parametrize("path", EVERY_MAP)
def test_every_process_renders_the_same_page(light: TestClient, path: str) -> None:
    """Folium names its elements at random; ours have names of their own, so that copies of the server agree."""
    before = light.get(path).text
    maps._render.cache_clear()  # noqa: SLF001 - as another process would
    assert light.get(path).text == before


@pytest.mark.parametrize("path", EVERY_MAP)
def test_a_page_runs_its_own_scripts_and_no_other(light: TestClient, path: str) -> None:
    """Each inline script is named by its digest; every file comes from this server."""
    answer = light.get(path)
    policy = answer.headers["content-security-policy"]
    inline = re.findall(r"<script>(.*?)</script>", answer.text, re.DOTALL)
    assert len(inline) == 2
    for script in inline:
        assert base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() in policy
    files = re.findall(r"(?:src|href)=\"([^\"]+)\"", answer.text)
    assert all(file.startswith("/") for file in files)
    assert "streamlit" not in answer.text.casefold()
    (script,) = re.findall(r"<script src=\"([^\"]*)\"", answer.text)
    (style,) = re.findall(r"<link rel=\"stylesheet\" href=\"([^\"]*)\"", answer.text)
    for address, word in ((script, "L.cooperations.legere ="), (style, "url(/assets/leaflet/")):
        file = light.get(address)
        assert word in file.text
        assert "immutable" in file.headers["cache-control"]
    assert light.get("/assets/ensemble/autrefois/legere.js").headers["cache-control"] == "no-cache"
    assert light.get("/assets/ensemble/autrefois/secret.js").status_code == 404


def test_the_page_says_its_language_and_what_to_do_without_javascript(light: TestClient) -> None:
    """Who has no JavaScript is sent to the table, which needs none."""
    text = light.get("/carte-legere").text
    assert '<html lang="fr"' in text
    assert "<h1>Coopérations économiques de l’ESS en Aquitaine</h1>" in text
    assert '<a href="/integrer/matrice">' in text.partition("<noscript>")[2]


@pytest.mark.parametrize(
    ("query", "total", "chips"),
    [
        ("", 19, []),
        (LANDES, 3, ["Landes (40)"]),
        ("type=achats_inter_ess&q=ardits", 0, ["Achats inter-ESS", "« ardits »"]),
    ],
)
def test_a_summary_says_what_the_map_shows(light: TestClient, query: str, total: int, chips: list[str]) -> None:
    """Its count is that of the marks; each filter is said, with the address that does without it."""
    said = summary(light, f"/api/carte/resume?{query}")
    marks = light.get(f"/api/carte/marques?z=7&bbox=-5,42,3,46&{query}").json()
    assert marks["total"] == total
    assert plain(said["comptes"]).startswith(f"{total} pratique")
    assert [plain(chip["texte"]) for chip in said["criteres"]] == chips
    assert said["couche"]["requete"] == query
    assert bool(said["vide"]) == (total == 0)
    assert "Licence Ouverte 2.0" in said["source"]


def test_removing_a_filter_keeps_the_others(light: TestClient) -> None:
    """Without its territory, the search has no reach left either."""
    said = summary(light, f"/api/carte/resume?q=bio&{LANDES}&portee=couvrant")
    without = {plain(chip["texte"]): chip["sans"] for chip in said["criteres"]}
    assert without["Landes (40)"] == "q=bio"


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("typ=x", "Ignoré dans l’adresse : « typ=x » (ce paramètre n’existe pas ; vouliez-vous dire « type » ?)."),
        ("territoire=departement:99", "Ignoré dans l’adresse : « territoire=departement:99 » (ce territoire n’est"),
        ("territoire=commune:33409", "Converti : "),
        ("q=<script>alert(1)</script>&type=<b>", "« type=<b> »"),
    ],
)
def test_what_makes_no_sense_in_an_address_is_said(light: TestClient, query: str, sentence: str) -> None:
    """A link that somebody mistyped still shows a map, and says what it left out."""
    (notice,) = summary(light, f"/api/carte/resume?{query}")["avis"]
    assert sentence in plain(notice)


def test_parameters_of_the_pages_are_passed_over(light: TestClient) -> None:
    """The address of the application's page works as it is copied: order, page and colours are its own."""
    assert summary(light, "/api/carte/resume?tri=lieu&page=2&couleurs=oui")["avis"] == []
    assert summary(light, "/api/offres/resume?retenues=ardits&page=2")["avis"] == []


def test_a_summary_is_not_sent_twice(light: TestClient) -> None:
    """Who holds it already is told so."""
    first = light.get("/api/carte/resume")
    assert light.get("/api/carte/resume", headers={"if-none-match": first.headers["etag"]}).status_code == 304


def test_offers_are_summed_up_around_a_place(light: TestClient) -> None:
    """The place and the radius are one filter; without a place, the page says how to choose one."""
    here = summary(light, "/api/offres/resume?lieu=commune:40192&rayon=10")
    assert [plain(chip["texte"]) for chip in here["criteres"]] == ["10 km autour de Mont-de-Marsan (commune, 40)"]
    assert "les plus proches d’abord" in here["comptes"]
    assert here["couche"]["lieu"] == [-0.49978, 43.89348]
    anywhere = summary(light, "/api/offres/resume")
    assert "Un clic sur la carte" in anywhere["comptes"]
    (notice,) = summary(light, "/api/offres/resume?lieu=point:x")["avis"]
    assert "Ignoré dans l’adresse" in notice
