"""OGC API – Features: the landing page leads everywhere, pages are walked to the end, nonsense is said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from cooperations.criteria import Criteria
from cooperations.runtime import application
from cooperations.selection import select
from tests.making import plain

if TYPE_CHECKING:
    from starlette.testclient import TestClient

COLLECTIONS = ("pratiques", "structures", "territoires", "agenda")


def links(body: dict[str, Any], rel: str) -> list[str]:
    return [one["href"].replace("http://testserver", "") for one in body["links"] if one["rel"] == rel]


def walked(client: TestClient, address: str) -> list[dict[str, Any]]:
    """Return all the features from a page on, following the links."""
    features: list[dict[str, Any]] = []
    following = [address]
    while following:
        body = client.get(following[0]).json()
        features += body["features"]
        following = links(body, "next")
    return features


def test_the_landing_page_leads_everywhere(client: TestClient) -> None:
    """Each link of the landing page, of the collections and of their items answers under /api."""
    landing = client.get("/api/").json()
    for one in landing["links"]:
        assert client.get(one["href"]).status_code == 200, one
    (data,) = links(landing, "data")
    for collection in client.get(data).json()["collections"]:
        for one in collection["links"]:
            assert client.get(one["href"]).status_code == 200, one


def test_the_last_slash_may_be_left_out(client: TestClient) -> None:
    """QGIS asks the address as people write it, and a page instead of JSON tells it nothing."""
    bare = client.get("/api", follow_redirects=False)
    assert (bare.status_code, bare.json()) == (200, client.get("/api/").json())
    assert client.post("/api").status_code == 405


def test_the_parts_of_the_standard_are_named(client: TestClient) -> None:
    """A client that looks for Core, OpenAPI 3.0 and GeoJSON finds them."""
    said = client.get("/api/conformance").json()["conformsTo"]
    assert {one.rsplit("/", 1)[-1] for one in said} == {"core", "oas30", "geojson"}


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_pages_are_walked_to_the_end_without_a_gap(client: TestClient, collection: str) -> None:
    """Seven at a time or all at once, the same features come, each once."""
    address = f"/api/collections/{collection}/items"
    limit = 1000 if collection == "territoires" else 7
    features = walked(client, f"{address}?limit={limit}")
    ids = [one["id"] for one in features]
    assert len(ids) == len(set(ids)) == client.get(f"{address}?limit=1").json()["numberMatched"]


def test_a_page_holds_when_its_last_feature_goes(client: TestClient) -> None:
    """The link to the next page names an id, which need not exist any more."""
    whole = [one["id"] for one in walked(client, "/api/collections/pratiques/items")]
    gone = f"{whole[4]}-zz"
    after = client.get(f"/api/collections/pratiques/items?apres={gone}").json()["features"]
    assert [one["id"] for one in after] == whole[5:]


@pytest.mark.parametrize(
    ("query", "criteria"),
    [
        pytest.param("", Criteria(), id="everything"),
        pytest.param("type=groupement_acteurs", Criteria(("groupement_acteurs",)), id="a type"),
        pytest.param("territoire=departement:40", Criteria(territories=("departement:40",)), id="the Landes"),
        pytest.param(
            "territoire=departement:40&portee=couvrant",
            Criteria(territories=("departement:40",), reach="couvrant"),
            id="what covers the Landes",
        ),
        pytest.param("localisation=point&q=bio", Criteria(locations=("point",), text="bio"), id="a text, by a point"),
    ],
)
def test_filters_are_those_of_the_pages(client: TestClient, query: str, criteria: Criteria) -> None:
    """The same practices as the map's list, under the same parameters."""
    found = {one["id"] for one in walked(client, f"/api/collections/pratiques/items?{query}")}
    assert found == {practice.id for practice in select(application().catalogue(), criteria).practices}


def test_practices_without_a_point_are_there_without_geometry(client: TestClient) -> None:
    """Nothing disappears: RFC 7946 has a null geometry for what has no place."""
    features = walked(client, "/api/collections/pratiques/items")
    assert sum(one["geometry"] is None for one in features) == 12
    assert len(features) == 19


@pytest.mark.parametrize(
    ("query", "said"),
    [
        pytest.param("limit=0", "limit", id="no feature at all"),
        pytest.param("limit=beaucoup", "limit", id="a word for a number"),
        pytest.param("bbox=1,2,3", "bbox", id="three sides"),
        pytest.param("bbox=0,45,1,44", "bbox", id="the north below the south"),
        pytest.param("bbox=nan,0,1,1", "bbox", id="not a number"),
        pytest.param("datetime=hier", "datetime", id="a word for a day"),
        pytest.param("datetime=2020/2019", "datetime", id="years alone"),
        pytest.param("datetime=2020-02-01/2020-01-01", "datetime", id="backwards"),
        pytest.param("datetime=../..", "datetime", id="open on both sides"),
        pytest.param("type=groupement", "type", id="an unknown code"),
        pytest.param("couleur=bleu", "couleur", id="an unknown parameter"),
    ],
)
def test_nonsense_is_said_with_the_parameter(client: TestClient, query: str, said: str) -> None:
    """A 400 in French, with the name and what was expected; never a 500."""
    answer = client.get(f"/api/collections/pratiques/items?{query}")
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert f"« {said} »" in plain(answer.json()["detail"])


def test_more_than_the_most_gives_the_most(client: TestClient) -> None:
    """The standard wants no error for a limit that is too high."""
    assert client.get("/api/collections/territoires/items?limit=50000").json()["numberReturned"] == 1000


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        pytest.param("2016-07-12", True, id="the day of the meeting"),
        pytest.param("2016-07-01/2016-07-31", True, id="its month"),
        pytest.param("../2016-07-11", False, id="until the eve"),
        pytest.param("2016-07-13/..", False, id="from the morrow"),
    ],
)
def test_a_meeting_is_found_by_its_day(client: TestClient, period: str, *, expected: bool) -> None:
    """The meeting of 12 July 2016 is in the intervals that hold its day."""
    ids = [one["id"] for one in walked(client, f"/api/collections/agenda/items?datetime={period}")]
    assert ("gt-2016-07-12" in ids) is expected


def test_a_box_holds_what_is_in_it(client: TestClient) -> None:
    """Around Bordeaux there is Loc’Halle Bio, and nothing of the Landes."""
    found = {one["id"] for one in walked(client, "/api/collections/pratiques/items?bbox=-0.7,44.7,-0.4,45")}
    assert "loc-halle-bio" in found
    assert "marche-erdf-landes" not in found


def test_an_unchanged_page_is_not_sent_again(client: TestClient) -> None:
    """A second viewer with the ETag gets a 304 without a body."""
    first = client.get("/api/collections/pratiques/items")
    again = client.get("/api/collections/pratiques/items", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_other_sites_may_read(client: TestClient) -> None:
    """A browser of another origin may read the answer."""
    answer = client.get("/api/collections", headers={"origin": "https://example.org"})
    assert answer.headers["access-control-allow-origin"] == "*"


def test_coverage_has_every_cell(client: TestClient) -> None:
    """Eight columns for five departments, zeros and states included."""
    cells = client.get("/api/couverture").json()["cellules"]
    assert len(cells) == 8 * 5
    assert {"type", "territoire", "etat", "pratiques"} == set(cells[0])
    assert {
        "type": "groupement_acteurs",
        "territoire": "departement:24",
        "etat": "non_enquete",
        "pratiques": 0,
    } in cells


def test_proximity_says_the_reason(client: TestClient) -> None:
    """Near Mont-de-Marsan, Landes Partage comes with its distance and what it did."""
    found = client.get("/api/proximite?lieu=commune:40192&rayon=20").json()
    one = next(row for row in found["structures"] if row["nom"] == "Landes Partage")
    assert one["raisons"] == ["siège à 2\u00a0km"]
    assert "groupement" in one["preuves"][0]["texte"]


def test_health_and_readiness(client: TestClient) -> None:
    """A proxy learns whether to send visitors."""
    assert client.get("/api/health").json() == {"etat": "ok"}
    assert client.get("/api/ready").json()["pratiques"] == 19
