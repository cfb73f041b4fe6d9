"""What Prometheus reads, and what it never can."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from prometheus_client.parser import text_string_to_metric_families

from cooperations.errors import StoreUnavailable
from cooperations.runtime import application
from cooperations.web.assets import asset_url
from cooperations.web.metrics import METHODS

if TYPE_CHECKING:
    from starlette.testclient import TestClient

Labels = tuple[tuple[str, str], ...]


def samples(client: TestClient) -> dict[tuple[str, Labels], float]:
    """Return each sample by its name and labels, as Prometheus parses them."""
    text = client.get("/metriques").text
    families = text_string_to_metric_families(text)
    return {(one.name, tuple(sorted(one.labels.items()))): one.value for family in families for one in family.samples}


def requests_of(client: TestClient, route: str) -> dict[Labels, float]:
    found = samples(client)
    wanted = ("route", route)
    return {
        labels: value for (name, labels), value in found.items() if name.endswith("requests_total") and wanted in labels
    }


def test_a_request_is_counted_by_route_and_status(client: TestClient) -> None:
    """Under the address that is declared: what was looked for is not in it."""
    route = "/api/collections/{collection}/items/{identifier}"
    before = sum(requests_of(client, route).values())
    client.get("/api/collections/pratiques/items/loc-halle-bio")
    client.get("/api/collections/pratiques/items/jean-dupont")
    counted = requests_of(client, route)
    assert sum(counted.values()) == before + 2
    assert {dict(labels)["status"] for labels in counted} >= {"200", "404"}
    assert "dupont" not in client.get("/metriques").text


def test_the_routes_of_the_map_are_told_from_those_of_the_api(client: TestClient) -> None:
    """The list of the map is not the list of the API, and durations come with both."""
    client.get("/api/carte/liste")
    assert requests_of(client, "/api/carte/liste")
    buckets = [labels for name, labels in samples(client) if name == "cooperations_request_seconds_bucket"]
    assert {dict(labels)["route"] for labels in buckets} >= {"/api/carte/liste", "/metriques"}


def test_what_nobody_declared_makes_no_new_label(client: TestClient) -> None:
    """Whoever invents addresses or methods does not fill the memory."""
    client.get("/metriques")
    before = set(samples(client))
    for number in range(20):
        client.get(f"/nulle-part/{number}")
        client.get(f"/api/nulle-part/{number}")
        client.get(f"/assets/app/nulle-part-{number}/carte.js")
        client.request(f"INVENTE{number}", "/api/collections")
    new = {dict(labels)["route"] for _, labels in set(samples(client)) - before if dict(labels).get("route")}
    assert new <= {"/api", "/api/collections", "/assets/app/{version}", "pages"}
    methods = {dict(labels)["method"] for _, labels in samples(client) if "method" in dict(labels)}
    assert methods <= {*METHODS, "autre"}


def test_what_the_browser_holds_is_a_find(client: TestClient) -> None:
    """A 304 is a find of the browser's cache; the first answer was not."""
    key = ("cooperations_cache_total", (("cache", "navigateur"), ("found", "oui")))
    before = samples(client).get(key, 0)
    first = client.get("/api/carte/liste")
    client.get("/api/carte/liste", headers={"if-none-match": first.headers["etag"]})
    assert samples(client)[key] == before + 1


def test_a_file_that_the_server_keeps_is_a_find(client: TestClient) -> None:
    """The second visitor gets the script of the map from memory."""
    key = ("cooperations_cache_total", (("cache", "memoire"), ("found", "oui")))
    client.get(asset_url("carte.js"))
    before = samples(client).get(key, 0)
    client.get(asset_url("carte.js"))
    assert samples(client)[key] == before + 1


def test_sizes_and_revision_are_those_of_the_data(client: TestClient) -> None:
    """As many practices as the page says."""
    catalogue = application().catalogue()
    found = samples(client)
    assert found[("cooperations_records", (("kind", "pratiques"),))] == len(catalogue) == 19
    assert found[("cooperations_revision", (("kind", "donnees"),))] == catalogue.revision
    assert found[("cooperations_ready", ())] == 1


def test_a_database_that_does_not_answer_is_a_zero(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """The metrics answer all the same: somebody is to be woken up."""

    def fails() -> None:
        raise StoreUnavailable

    monkeypatch.setattr(application(), "catalogue", fails)
    found = samples(client)
    assert found[("cooperations_ready", ())] == 0
    assert not [name for name, _ in found if name == "cooperations_records"]


def test_metrics_can_be_closed(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are nowhere then."""
    monkeypatch.setenv("COOPERATIONS_METRIQUES", "non")
    answer = client.get("/metriques")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


@pytest.mark.parametrize(
    ("shown", "status"),
    [
        pytest.param({}, 401, id="no token"),
        pytest.param({"authorization": "Bearer autre"}, 401, id="another token"),
        pytest.param({"authorization": "Bearer chene"}, 200, id="the token"),
    ],
)
def test_a_token_protects_them(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, shown: dict[str, str], status: int
) -> None:
    """Only who shows it reads them."""
    monkeypatch.setenv("COOPERATIONS_METRIQUES_JETON", "chene")
    assert client.get("/metriques", headers=shown).status_code == status
