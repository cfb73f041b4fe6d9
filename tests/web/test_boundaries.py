"""Boundaries for the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from shapely.geometry import shape

from cooperations.web.boundaries import departments_url

if TYPE_CHECKING:
    from starlette.testclient import TestClient

    from cooperations.territories import Gazetteer


def test_departments_are_served_for_ever(client: TestClient) -> None:
    """The address changes with the content, so that the browser never asks twice."""
    answer = client.get(departments_url())
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/geo+json"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert departments_url() == departments_url()


def test_aquitaine_and_its_neighbours_are_drawn(client: TestClient, gazetteer: Gazetteer) -> None:
    """Twelve departments of Nouvelle-Aquitaine, five of them in the perimeter, in WGS 84."""
    features = client.get(departments_url()).json()["features"]
    inside = {one["properties"]["code_insee"] for one in features if one["properties"]["dans_perimetre"]}
    assert len(features) == 12
    assert inside == set(gazetteer.perimeter.department_codes)
    for one in features:
        west, south, east, north = shape(one["geometry"]).bounds
        assert -2 < west < east < 3
        assert 42 < south < north < 48
        assert west < one["properties"]["longitude"] < east
        assert south < one["properties"]["latitude"] < north
        assert set(one["properties"]) == {"code_insee", "nom", "dans_perimetre", "longitude", "latitude"}


def test_names_are_not_escaped(client: TestClient) -> None:
    """Accents are sent as they are: the file is smaller and can be read."""
    assert "Pyrénées-Atlantiques" in client.get(departments_url()).text


@pytest.mark.parametrize("path", ["/limites/departements.geojson", "/limites/abc/communes.geojson"])
def test_other_boundaries_are_not_found(client: TestClient, path: str) -> None:
    """Only what is served has an address."""
    assert client.get(path).status_code == 404
