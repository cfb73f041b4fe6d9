"""What the map and the list of offers ask the server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.making import plain
from tests.structures import HOSTILE

if TYPE_CHECKING:
    from starlette.testclient import TestClient

MARKS, LINES, SHEETS = "/api/offres/marques", "/api/offres/liste", "/api/offres/fiches"
VIEW = {"z": "9", "bbox": "-2,42.7,1.6,45.8"}
MARSAN = {"lieu": "commune:40192"}
LAUNDRY = {"achat": "textile_blanchisserie"}


def answer(client: TestClient, address: str, **query: str) -> Any:
    """Return the JSON of an answer that is one."""
    got = client.get(address, params=query)
    assert got.status_code == 200, got.text
    return got.json()


def names(found: dict[str, Any]) -> list[str]:
    """Return the names of a list, in its order."""
    return [row["nom"] for row in found["lignes"]]


def test_the_list_goes_from_near_to_far_and_says_why(buyers: TestClient) -> None:
    """Around Mont-de-Marsan: its own structures first, each with its reason, Ardits with the call it answered."""
    rows = answer(buyers, LINES, **MARSAN)["lignes"]
    distances = [row["distance_km"] for row in rows]
    assert distances == sorted(distances)
    by_name = {row["nom"]: row for row in rows}
    assert plain(by_name["Recyclerie du Marsan"]["raisons"][0]) == "siège à 1 km"
    assert [plain(one) for one in by_name["Les Jardins du Midou"]["raisons"]][1:] == ["intervient jusqu’à 30 km"]
    assert by_name["Landes Partage"]["raisons"][-1] == "couvre les Landes"
    assert "a déjà répondu en groupement" in by_name["Ardits"]["preuves"][0]["texte"]


@pytest.mark.parametrize(
    ("radius", "included", "left_out"),
    [
        pytest.param("5", "Recyclerie du Marsan", "Ardits", id="5 km: the town alone"),
        pytest.param("30", "Ardits", "Dax Propreté", id="30 km: Villeneuve, not Dax"),
        pytest.param("50", "Dax Propreté", "Les Jardins du Midou", id="50 km around Dax: who goes 30 km stays home"),
    ],
)
def test_the_radius_and_the_own_area_hold_together(
    buyers: TestClient, radius: str, included: str, left_out: str
) -> None:
    """A structure answers when it is near enough for the buyer and the buyer for it."""
    place = "commune:40088" if left_out == "Les Jardins du Midou" else "commune:40192"
    found = names(answer(buyers, LINES, lieu=place, rayon=radius))
    assert included in found
    assert left_out not in found


def test_who_comes_from_farther_is_counted_then_shown(buyers: TestClient) -> None:
    """The workshop of Pau goes everywhere in France: a laundry for Mont-de-Marsan, 70 km away."""
    near = answer(buyers, LINES, **MARSAN, **LAUNDRY)
    assert (names(near), near["plus_loin"]) == ([], 2)
    beyond = answer(buyers, LINES, **MARSAN, **LAUNDRY, loin="oui")
    assert names(beyond) == ["Blanchisserie des Pins", "Les Ateliers du Gave"]
    assert "couvre toute la France" in beyond["lignes"][1]["raisons"]


@pytest.mark.parametrize(
    "query", [{}, MARSAN, MARSAN | {"rayon": "150"}, MARSAN | LAUNDRY | {"loin": "oui"}, {"q": "dax"}, {"q": "zzz"}]
)
def test_the_map_and_the_list_say_the_same_total(buyers: TestClient, query: dict[str, str]) -> None:
    """Totals are equal, and the marks stand for all that has a point."""
    drawn, listed = answer(buyers, MARKS, **VIEW, **query), answer(buyers, LINES, **query)
    totals = ("total", "places", "refusent", "plus_loin", "sans_point")
    assert [drawn[name] for name in totals] == [listed[name] for name in totals]
    world = answer(buyers, MARKS, z="0", bbox="-180,-85,180,85", **query)
    assert sum(sum(mark["types"]) for mark in world["marques"]) == drawn["places"]


def test_nothing_without_a_point_is_lost(buyers: TestClient) -> None:
    """Who cannot be situated is listed without a place, and counted as such with one."""
    found = answer(buyers, LINES, q="nulle part")
    assert names(found) == ["Compagnie de nulle part"]
    assert found["lignes"][0]["longitude"] is None
    near = answer(buyers, LINES, q="nulle part", **MARSAN)
    assert (near["total"], near["sans_point"]) == (0, 1)


def test_an_answer_is_not_sent_twice(buyers: TestClient) -> None:
    """The browser's own copy is enough until something changes."""
    first = buyers.get(LINES, params=MARSAN)
    again = buyers.get(LINES, params=MARSAN, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = buyers.get(LINES, params=MARSAN | {"rayon": "50"}, headers={"if-none-match": first.headers["etag"]})
    assert other.status_code == 200


def test_sheets_come_in_the_order_asked_with_distances(buyers: TestClient) -> None:
    """A popup asks for some structures by id; one that is gone is left out."""
    ids = ["marche-gave", "marche-disparue", "datainclusion-fil-fil-1"]
    got = buyers.get(SHEETS, params=[*(("id", one) for one in ids), ("lieu", "commune:40192")])
    assert [(one["id"], one["distance_km"]) for one in got.json()] == [
        ("marche-gave", pytest.approx(69, abs=3)),
        ("datainclusion-fil-fil-1", pytest.approx(1.5, abs=1)),
    ]


def test_what_people_wrote_stays_text(buyers: TestClient) -> None:
    """Markup put in a name by a correction is given as it is, in JSON, for the browser to show as text."""
    got = buyers.get(LINES, params={"categorie": "ACI", "lieu": "commune:33063"})
    assert got.headers["content-type"] == "application/json"
    assert HOSTILE in names(got.json())
    row = next(one for one in got.json()["lignes"] if one["nom"] == HOSTILE)
    assert row["corrige"] == ["CRESS d’essai"]


def test_a_contact_is_given_only_with_its_consent(buyers: TestClient) -> None:
    """The gardeners agreed; the laundry gave an address without agreeing, and it is nowhere."""
    got = buyers.get(SHEETS, params=[("id", "marche-midou"), ("id", "marche-pins")])
    assert [one["courriel"] for one in got.json()] == ["contact@midou.example", ""]
    assert "secret@" not in got.text


@pytest.mark.parametrize("address", [LINES, MARKS])
@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("lieu", "commune:99999", id="a commune unheard of"),
        pytest.param("lieu", "point:200,45", id="a point off the earth"),
        pytest.param("lieu", "point:nan,45", id="a point that is no number"),
        pytest.param("rayon", "0", id="no radius"),
        pytest.param("rayon", "-5", id="a negative radius"),
        pytest.param("rayon", "3000", id="a radius beyond France"),
        pytest.param("achat", "armes", id="a purchase family that does not exist"),
        pytest.param("categorie", "SARL", id="a kind that does not exist"),
        pytest.param("famille", "x", id="a legal family that does not exist"),
        pytest.param("prestation", "x", id="a service that does not exist"),
        pytest.param("type", "covoiturage", id="a practice type that does not exist"),
        pytest.param("loin", "peut-etre", id="neither yes nor nothing"),
        pytest.param("q", "x" * 500, id="a text without end"),
        pytest.param("couleur", "rouge", id="a parameter unheard of"),
    ],
)
def test_what_makes_no_sense_is_refused_in_french(buyers: TestClient, address: str, name: str, value: str) -> None:
    """A program is told which parameter is wrong, and never answered by an empty list."""
    got = buyers.get(address, params=VIEW | {name: value} if address == MARKS else {name: value})
    assert got.status_code == 400
    assert got.headers["content-type"] == "application/problem+json"
    assert f"« {name} »" in plain(got.json()["detail"])


@pytest.mark.parametrize(
    ("address", "query", "name"),
    [
        pytest.param(LINES, {"page": "0"}, "page", id="pages count from 1"),
        pytest.param(LINES, {"page": "deux"}, "page", id="a page that is a word"),
        pytest.param(MARKS, {"bbox": VIEW["bbox"]}, "z", id="a view without a zoom"),
        pytest.param(SHEETS, {}, "id", id="no id"),
        pytest.param(SHEETS, {"id": ["a"] * 500}, "id", id="too many ids"),
    ],
)
def test_what_each_route_needs_is_said(buyers: TestClient, address: str, query: dict[str, Any], name: str) -> None:
    """A page, a view, ids: each is checked where it is used."""
    got = buyers.get(address, params=query)
    assert got.status_code == 400
    assert f"« {name} »" in plain(got.json()["detail"])


def test_a_page_too_far_is_the_last_one(buyers: TestClient) -> None:
    """A list that grew shorter since the link was made still shows something."""
    last = answer(buyers, LINES, page="999")
    assert last["page"] == last["pages"] == 2
    assert last["lignes"]


def test_without_any_list_the_structures_of_the_data_answer(client: TestClient) -> None:
    """Before the first import, the structures that data/ describes are there."""
    found = answer(client, LINES, **MARSAN)
    assert "Maisadour" in names(found)
