"""What the map layer asks for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperations import vocabularies as v
from cooperations.criteria import EVERYTHING, Criteria
from cooperations.runtime import application
from cooperations.selection import select
from tests.making import BORDEAUX_METROPOLE, CRITERIA, plain

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.testclient import TestClient

MARKS, SHEETS, TERRITORIES = "/api/carte/marques", "/api/carte/fiches", "/api/territoires"
WORLD = "-180,-90,180,90"


def marks(client: TestClient, criteria: Criteria = EVERYTHING, zoom: int = 9, bbox: str = WORLD) -> dict[str, Any]:
    """Return the marks of a view."""
    answer = client.get(MARKS, params=[("z", str(zoom)), ("bbox", bbox), *criteria.to_query()])
    assert answer.status_code == 200
    return dict(answer.json())


def refused(client: TestClient, address: str, status: int) -> str:
    """Return, in ordinary spaces, what a refusal says."""
    answer = client.get(address)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == status
    return plain(answer.json()["detail"])


def test_the_marks_of_the_minutes(client: TestClient) -> None:
    """The counts that go with the marks are those of the whole selection."""
    answer = marks(client)
    assert answer["total"] == 19
    assert answer["localisation"] == {"point": 7, "territoire": 5, "inconnue": 6, "hors_perimetre": 1}
    assert answer["departements"] == {
        "departement:24": 0,
        "departement:33": 7,
        "departement:40": 3,
        "departement:47": 0,
        "departement:64": 0,
    }
    on_points = [mark for mark in answer["marques"] if not mark["territoire"]]
    assert sum(sum(mark["types"]) for mark in on_points) == 7
    assert {mark["territoire"] for mark in answer["marques"]} >= {"Landes (40)", "Aquitaine (région)", "Vienne (86)"}


def test_a_mark_of_one_practice_names_it(client: TestClient) -> None:
    """Bègles has one practice, at an address: its mark carries its name and is not hollow."""
    (begles,) = [mark for mark in marks(client, zoom=15)["marques"] if mark["ids"] == [ARCINS]]
    assert begles == {
        "lon": -0.54123,
        "lat": 44.80763,
        "types": [1, 0, 0, 0, 0],
        "ids": [ARCINS],
        "bornes": [-0.54123, 44.80763, -0.54123, 44.80763],
        "territoire": "",
        "niveau": "",
        "nom": "Groupement d’ACI pour la métropole de Bordeaux",
        "approche": False,
    }


ARCINS = "groupement-aci-bordeaux-metropole"


def test_a_mark_at_a_town_hall_is_approximate(client: TestClient) -> None:
    """Maisadour is known to its commune only: its mark says so."""
    answer = marks(client, bbox="-0.6,43.8,-0.4,44.0")
    (maisadour,) = [mark for mark in answer["marques"] if not mark["territoire"]]
    assert maisadour["approche"] is True


def test_the_view_changes_marks_and_not_counts(client: TestClient) -> None:
    """Panning to the ocean leaves the totals as they are."""
    answer = marks(client, bbox="-5,44,-4,45")
    assert all(mark["territoire"] for mark in answer["marques"])
    assert (answer["total"], answer["localisation"]["point"]) == (19, 7)


@given(criteria=CRITERIA, zoom=st.integers(0, 22))
def test_marks_and_pages_count_alike(client: TestClient, criteria: Criteria, zoom: int) -> None:
    """The map's data follow the same criteria as the pages, to the last practice."""
    selection = select(application().catalogue(), criteria)
    answer = marks(client, criteria, zoom)
    assert answer["total"] == len(selection) == sum(answer["localisation"].values())
    drawn = sum(sum(mark["types"]) for mark in answer["marques"] if not mark["territoire"])
    assert drawn == answer["localisation"]["point"] == selection.by_location["point"]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        pytest.param(f"bbox={WORLD}", "z", id="no zoom"),
        pytest.param(f"z=&bbox={WORLD}", "z", id="empty zoom"),
        pytest.param(f"z=neuf&bbox={WORLD}", "z", id="zoom in words"),
        pytest.param(f"z=9.5&bbox={WORLD}", "z", id="half a zoom"),
        pytest.param(f"z=-1&bbox={WORLD}", "z", id="zoom under zero"),
        pytest.param(f"z=23&bbox={WORLD}", "z", id="zoom too deep"),
        pytest.param(f"z={'9' * 5000}&bbox={WORLD}", "z", id="zoom of five thousand digits"),
        pytest.param("z=9", "bbox", id="no box"),
        pytest.param("z=9&bbox=1,2,3", "bbox", id="box of three numbers"),
        pytest.param("z=9&bbox=1,2,3,4,5", "bbox", id="box of five numbers"),
        pytest.param("z=9&bbox=a,b,c,d", "bbox", id="box of letters"),
        pytest.param("z=9&bbox=nan,nan,nan,nan", "bbox", id="box of no numbers"),
        pytest.param("z=9&bbox=-180,nan,180,90", "bbox", id="box with one side not a number"),
        pytest.param("z=9&bbox=-inf,-inf,inf,inf", "bbox", id="infinite box"),
        pytest.param("z=9&bbox=-180,-90,1e999,90", "bbox", id="box with one side too far"),
        pytest.param("z=9&bbox=1,43,-1,45", "bbox", id="box from east to west"),
        pytest.param("z=9&bbox=-1,45,1,43", "bbox", id="box from north to south"),
        pytest.param(f"z=9&bbox={WORLD}&type=covoiturage", "type", id="unknown type"),
        pytest.param(f"z=9&bbox={WORLD}&territoire=departement:75", "territoire", id="unknown territory"),
        pytest.param(f"z=9&bbox={WORLD}&portee=partout", "portee", id="unknown reach"),
        pytest.param(f"z=9&bbox={WORLD}&statut=actif", "statut", id="unknown status"),
        pytest.param(f"z=9&bbox={WORLD}&localisation=gps", "localisation", id="unknown location"),
        pytest.param(f"z=9&bbox={WORLD}&q={'a' * 201}", "q", id="text too long"),
        pytest.param(f"z=9&bbox={WORLD}&couleur=rouge", "couleur", id="unknown parameter"),
    ],
)
def test_a_request_that_makes_no_sense_is_refused(client: TestClient, query: str, name: str) -> None:
    """The refusal names the parameter, in French, in the format that programs expect."""
    assert refused(client, f"{MARKS}?{query}", 400).startswith(f"Paramètre « {name} » invalide : ")


@given(
    st.lists(st.tuples(st.sampled_from(["z", "bbox", "type", "territoire", "q", "portee", "id", "v", "x"]), st.text()))
)
def test_no_request_breaks_the_server(client: TestClient, pairs: list[tuple[str, str]]) -> None:
    """Whatever is asked, the answer is an answer or a refusal."""
    query = urlencode([(name, value.encode("utf-8", "replace")) for name, value in pairs])
    for path in (MARKS, SHEETS, TERRITORIES):
        assert client.get(f"{path}?{query}").status_code in {200, 400, 404}


@pytest.mark.parametrize("query", ["z=%FF&bbox=%00", "z=9&bbox=%2C%2C%2C", "&&&=&", "z=9&z=8"])
def test_broken_encodings_are_refused(client: TestClient, query: str) -> None:
    """Bytes that are no text are refused like any other value."""
    assert client.get(f"{MARKS}?{query}").status_code == 400


@pytest.mark.parametrize(
    "address",
    [
        pytest.param(f"{MARKS}?z=9&bbox={WORLD}", id="marks"),
        pytest.param(f"{SHEETS}?id=ptce", id="sheets"),
    ],
)
def test_what_the_browser_has_is_not_sent_again(client: TestClient, address: str) -> None:
    """An answer has a tag; asked again with it, the server says that nothing moved."""
    first = client.get(address)
    assert first.headers["cache-control"] == "no-cache"
    again = client.get(address, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    strong = client.get(address, headers={"if-none-match": first.headers["etag"].removeprefix("W/")})
    assert strong.status_code == 304
    other = client.get(address, headers={"if-none-match": '"autre"'})
    assert (other.status_code, other.content) == (200, first.content)


def test_another_question_has_another_tag(client: TestClient) -> None:
    """Two answers never share a cache entry."""
    tags = {
        client.get(MARKS, params=[("z", "9"), ("bbox", WORLD), *criteria.to_query()]).headers["etag"]
        for criteria in (EVERYTHING, Criteria(statuses=("projet",)), Criteria(territories=("departement:40",)))
    }
    assert len(tags) == 3


def test_sheets_come_in_the_order_asked(client: TestClient) -> None:
    """A popup shows its practices as the mark lists them, with who takes part."""
    market, ptce = client.get(SHEETS, params=[("id", "marche-erdf-landes"), ("id", "ptce")]).json()
    assert (market["id"], market["place"], len(market["acteurs"])) == ("marche-erdf-landes", "Landes (40)", 3)
    assert market["acteurs"][-1] == {"nom": "ERDF", "role": "Acheteur"}
    assert market["address"] == "pratique?id=marche-erdf-landes"
    assert (ptce["acteurs"], ptce["sans_acteur"]) == ([], "Aucune structure nommée.")


def test_every_practice_has_a_sheet(client: TestClient) -> None:
    """All nineteen practices can be opened from the map."""
    ids = [("id", practice.id) for practice in application().catalogue().practices]
    assert len(client.get(SHEETS, params=ids).json()) == 19


def test_an_unknown_sheet_is_said(client: TestClient) -> None:
    """An id that is not there is not found, even beside one that is."""
    said = refused(client, f"{SHEETS}?id=ptce&id=covoiturage", 404)
    assert said == "Aucune pratique n’a l’identifiant « covoiturage »."


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("", id="no id"),
        pytest.param("&".join(["id=ptce"] * 51), id="more than fifty"),
    ],
)
def test_sheets_are_asked_in_reason(client: TestClient, query: str) -> None:
    """One to fifty sheets at a time."""
    assert refused(client, f"{SHEETS}?{query}", 400).startswith("Paramètre « id » invalide : ")


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        pytest.param(
            "mont de marsan", {"cle": "commune:40192", "libelle": "Mont-de-Marsan (commune, 40)"}, id="a town"
        ),
        pytest.param("LANDES", {"cle": "departement:40", "libelle": "Landes (40)"}, id="a department"),
        pytest.param("", {"cle": "region:72", "libelle": "Aquitaine (région)"}, id="nothing typed"),
        pytest.param(
            "bordeaux métropole",
            {"cle": f"epci:{BORDEAUX_METROPOLE}", "libelle": "Bordeaux Métropole (intercommunalité, 33)"},
            id="a metropolis",
        ),
    ],
)
def test_territories_are_suggested(client: TestClient, typed: str, first: dict[str, str]) -> None:
    """Key and label, best first."""
    answer = client.get(TERRITORIES, params={"q": typed})
    assert answer.status_code == 200
    assert answer.json()[0] == first
    assert len(answer.json()) <= 12


def test_homonyms_are_all_suggested(client: TestClient) -> None:
    """The four Montaut come with their departments; what is nowhere comes as nothing."""
    labels = {found["libelle"] for found in client.get(TERRITORIES, params={"q": "montaut"}).json()}
    assert labels == {f"Montaut (commune, {code})" for code in (24, 40, 47, 64)}
    assert client.get(TERRITORIES, params={"q": "xyzzy"}).json() == []


def test_answers_are_small_json(client: TestClient) -> None:
    """The whole of the minutes' practices is a few kilobytes, in UTF-8."""
    answer = client.get(MARKS, params={"z": "9", "bbox": WORLD})
    assert answer.headers["content-type"] == "application/json"
    assert len(answer.content) < 8_000
    assert json.loads(answer.content.decode("utf-8"))["total"] == 19


def test_marks_count_by_the_published_types(client: TestClient) -> None:
    """A mark has one count per type, in the order of the vocabulary."""
    for mark in marks(client)["marques"]:
        assert len(mark["types"]) == len(v.PRACTICE_TYPES.codes)


def test_without_data_the_map_is_unavailable(
    client: TestClient, data_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With no good data from the start the answer is 503, the defects said in French."""
    (data_copy / "evenements.csv").unlink()
    with monkeypatch.context() as patch:
        patch.setenv("COOPERATIONS_DATA", str(data_copy))
        patch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/vide.sqlite3")
        application.cache_clear()
        said = refused(client, f"{MARKS}?z=9&bbox={WORLD}", 503)
        application().store.close()
    application.cache_clear()
    assert said.startswith("evenements.csv : fichier introuvable")
