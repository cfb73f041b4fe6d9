"""Map, list, search and file count the same structures, whatever a buyer needs."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from starlette.applications import Starlette
from starlette.testclient import TestClient

from cooperations.offers.needs import Need
from cooperations.offers.search import Found, search
from cooperations.web import ROUTES, middleware
from tests.making import BORDEAUX, BORDEAUX_METROPOLE, DEPARTMENTS, PAU
from tests.offers.offering import HERE, a_correction, kept_rows, some_offers
from tests.offers.test_offer_needs import NEEDS
from tests.structures import application_with

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cooperations.runtime import Application

WORLD = {"z": "8", "bbox": "-180,-85,180,85"}

NAMED = {
    "everything": Need(),
    "around Mont-de-Marsan": Need(place=HERE),
    "around it, those from farther too": Need(place=HERE, beyond="oui"),
    "very near": Need(place=HERE, radius_km="1"),
    "very far": Need(place=HERE, radius_km="300"),
    "around a point": Need(place="point:-0.36,43.30", radius_km="50"),
    "around the metropolis": Need(place=f"epci:{BORDEAUX_METROPOLE}", radius_km="20"),
    "around a department": Need(place="departement:24", radius_km="75", beyond="oui"),
    "two purchase families": Need(place=HERE, radius_km="100", purchase_families=("nettoyage", "batiment")),
    "one kind, anywhere": Need(kinds=("ACI",)),
    "a legal family around Pau": Need(place=f"commune:{PAU}", radius_km="50", families=("association", "cooperative")),
    "a text": Need(place=f"commune:{BORDEAUX}", radius_km="100", text="jardins"),
    "a service": Need(services=("mise_a_disposition",)),
    "who has answered together": Need(practice_types=("reponses_groupees_ponctuelles",)),
    "nothing": Need(text="introuvable", place=HERE),
}


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Application]:
    """Return an application that holds a few hundred offers of every kind, some of them corrected."""
    with application_with(tmp_path_factory.mktemp("accord"), {}) as opened:
        kept_rows(opened.store, *some_offers(opened.gazetteer, 300, seed=11))
        opened.store.lists.correct(
            [
                a_correction("essai-3", "commune_code", PAU),
                a_correction("essai-4", "commune_code", ""),
                a_correction("essai-5", "area_radius_km", "12,5"),
                a_correction("essai-6", "purchase_families", "nettoyage | batiment"),
            ]
        )
        yield opened


@pytest.fixture(scope="module")
def client(running: Application) -> Iterator[TestClient]:
    """Return a client of the routes, on these offers."""
    assert len(running.directory()) > 200
    with TestClient(Starlette(routes=ROUTES, middleware=middleware()), raise_server_exceptions=False) as opened:
        yield opened


def asked(client: TestClient, path: str, need: Need, **more: str) -> dict[str, Any]:
    """Return what a route answers to a need."""
    answer = client.get(path, params=[*need.to_query(), *more.items()])
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def listed(client: TestClient, need: Need) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Return the lines of all the pages of the list, and what the first one says of the whole."""
    first = asked(client, "/api/offres/liste", need)
    pages = [first, *(asked(client, "/api/offres/liste", need, page=str(n)) for n in range(2, first["pages"] + 1))]
    assert {page["total"] for page in pages} == {first["total"]}
    return [line for page in pages for line in page["lignes"]], first


def downloaded(client: TestClient, need: Need) -> list[str]:
    """Return the ids of the file, which are in their order."""
    answer = client.get("/api/collections/structures/telecharger.csv", params=need.to_query())
    assert answer.status_code == 200, answer.text
    return [row["id"] for row in csv.DictReader(io.StringIO(answer.content.decode(), newline=""))]


def counted(running: Application, found: Found) -> dict[str, int]:
    """Return the counts of a search, as the routes name them."""
    return {
        "total": len(found),
        "places": int((found.rows < running.directory().located).sum()),
        "refusent": found.unserved,
        "plus_loin": found.farther,
        "sans_point": found.without_point,
    }


def check_map(running: Application, client: TestClient, need: Need) -> None:
    """Check that the marks of the whole world, and those without a point, make the total."""
    found = search(running.directory(), need)
    for zoom in ("0", "7", "12"):
        drawn = asked(client, "/api/offres/marques", need, **WORLD | {"z": zoom})
        assert {name: drawn[name] for name in counted(running, found)} == counted(running, found)
        assert sum(sum(mark["types"]) for mark in drawn["marques"]) == drawn["places"]


@pytest.mark.parametrize("need", NAMED.values(), ids=NAMED)
def test_totals_are_equal_everywhere(running: Application, client: TestClient, need: Need) -> None:
    """The same structures, in the same order, on the list and in the file; as many on the map."""
    found = search(running.directory(), need)
    ids = running.directory().ids(found.rows)
    lines, whole = listed(client, need)
    assert [line["id"] for line in lines] == ids
    assert downloaded(client, need) == sorted(ids)
    assert {name: whole[name] for name in counted(running, found)} == counted(running, found)
    distances = [None if np.isnan(km) else round(float(km), 1) for km in found.distances_km]
    assert [line["distance_km"] for line in lines] == distances
    check_map(running, client, need)


@settings(max_examples=30)
@given(need=NEEDS)
def test_totals_are_equal_for_any_need(running: Application, client: TestClient, need: Need) -> None:
    """The same, for needs that nobody thought of."""
    found = search(running.directory(), need)
    whole = asked(client, "/api/offres/liste", need)
    assert {name: whole[name] for name in counted(running, found)} == counted(running, found)
    check_map(running, client, need)


def test_a_wider_radius_never_loses_anybody(running: Application) -> None:
    """Each radius holds what the smaller ones hold, and what is near is no longer farther."""
    before: set[int] = set()
    for radius in ("5", "20", "50", "100", "300"):
        found = search(running.directory(), Need(place=HERE, radius_km=radius))
        beyond = search(running.directory(), Need(place=HERE, radius_km=radius, beyond="oui"))
        assert before <= set(found.rows.tolist())
        assert len(beyond) == len(found) + found.farther
        before = set(found.rows.tolist())


def test_filters_share_out_everybody(running: Application) -> None:
    """The legal families of all make all; each offer is of one of them."""
    everybody = search(running.directory(), Need())
    families = ("association", "cooperative", "mutuelle", "fondation", "societe_commerciale_ess")
    others = ("acteur_public", "entreprise_hors_ess", "inconnue")
    assert sum(len(search(running.directory(), Need(families=(one,)))) for one in (*families, *others)) == len(
        everybody
    )
    assert len(everybody) == len(running.directory())


@pytest.mark.parametrize("department", DEPARTMENTS)
def test_a_card_is_where_the_map_draws_it(running: Application, client: TestClient, department: str) -> None:
    """The point of a line is that of the index, corrections included; a line without a point is on no mark."""
    need = Need(place=f"departement:{department}", radius_km="150")
    lines, _ = listed(client, replace(need, beyond="oui"))
    directory = running.directory()
    for line in lines:
        (row,) = directory.rows_of([line["id"]])
        assert (line["longitude"] is None) is (row >= directory.located)
