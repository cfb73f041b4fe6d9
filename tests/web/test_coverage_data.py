"""What the matrix asks the server."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from cooperations import vocabularies as v
from tests.making import BORDEAUX_METROPOLE, plain

if TYPE_CHECKING:
    from starlette.testclient import TestClient

MATRIX = "/api/couverture/matrice"


def matrix(client: TestClient, **query: str) -> dict[str, Any]:
    answer = client.get(MATRIX, params=query)
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def cell(found: dict[str, Any], code: str, key: str) -> dict[str, Any]:
    column = [one["code"] for one in found["colonnes"]].index(code)
    (line,) = [one for one in found["lignes"] if one["cle"] == key]
    held: dict[str, Any] = line["cases"][column]
    return held


GROUPING = ("groupement_acteurs", *v.PRACTICE_SUBTYPES.codes)


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ({}, v.PRACTICES.codes),
        ({"q": "introuvable"}, v.PRACTICES.codes),
        ({"type": "achats_inter_ess"}, ("achats_inter_ess",)),
        ({"type": "groupement_acteurs"}, GROUPING),
        ({"type": "creation_activites"}, ("creation_activites",)),
        ({"compter": "couvrant"}, v.PRACTICES.codes),
    ],
)
def test_every_cell_is_there(client: TestClient, query: dict[str, str], codes: tuple[str, ...]) -> None:
    """The types asked for, all without a type filter, by five departments, whatever the other filters."""
    found = matrix(client, **query)
    assert [one["code"] for one in found["colonnes"]] == list(codes)
    assert [one["cle"] for one in found["lignes"]] == [f"departement:{code}" for code in ("24", "33", "40", "47", "64")]
    assert all(len(one["cases"]) == len(codes) for one in found["lignes"])


def test_a_filter_makes_no_gap(client: TestClient) -> None:
    """Gironde has four groupings: a search that leaves them out says so, and how many there are."""
    found = matrix(client, q="introuvable")
    gironde = cell(found, "groupement_acteurs", "departement:33")
    assert (gironde["etat"], gironde["ecartees"]) == ("filtre", 4)
    assert plain(gironde["texte"]) == "0 pour ces filtres (4 sans filtre)"
    whole = {one["cle"]: one["manques"] for one in matrix(client)["lignes"]}
    assert {one["cle"]: one["manques"] for one in found["lignes"]} == whole


def test_a_department_is_drilled_down(client: TestClient) -> None:
    """The Gironde shows its EPCI, the metropolis among them, those that straddle its border too."""
    keys = {one["cle"] for one in matrix(client, territoire="departement:33")["lignes"]}
    assert f"epci:{BORDEAUX_METROPOLE}" in keys
    assert all(key.startswith("epci:") for key in keys)


def test_a_regional_practice_hides_no_gap(client: TestClient) -> None:
    """The 3AR network covers the Dordogne: it is marked, and counts only when asked."""
    code, key = "achats_responsables_publics", "departement:24"
    here, covering = (cell(matrix(client, compter=one), code, key) for one in ("ici", "couvrant"))
    assert (here["etat"], here["nombre"], here["couvrant"]) == ("non_enquete", 0, 1)
    assert (covering["etat"], covering["nombre"]) == ("couvert", 1)


def test_the_last_line_says_what_the_map_says(client: TestClient) -> None:
    """The margin by type is the map's total by type."""
    counts = client.get("/api/carte/comptes").json()
    on_the_map = [row[-1] for row in counts["valeurs"][:-1]]
    assert matrix(client)["totaux"] == on_the_map


def test_a_measure_divides_by_inhabitants(client: TestClient) -> None:
    """Two practices for the 433 570 inhabitants of the Landes are 0.46 for 100 000."""
    found = matrix(client, mesure="pour_100000_habitants")
    assert cell(found, "groupement_acteurs", "departement:40")["valeur"] == "0,46"


def test_a_column_keeps_its_decimals(client: TestClient) -> None:
    """Two decimals for 100 000 inhabitants, one for 100 structures, none for a count: figures line up."""
    for measure, shape in (
        ("pour_100000_habitants", r"\d+,\d\d"),
        ("pour_100_structures", r"\d+,\d|–"),
        ("nombre", r"\d+"),
    ):
        lines = matrix(client, mesure=measure)["lignes"]
        said = [line["total"] for line in lines] + [one["valeur"] for line in lines for one in line["cases"]]
        assert all(re.fullmatch(shape, value) for value in said)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ({"compter": "x"}, "compter"),
        ({"mesure": "x"}, "mesure"),
        ({"type": "x"}, "type"),
        ({"inconnu": "x"}, "inconnu"),
    ],
)
def test_a_parameter_that_makes_no_sense_is_refused(client: TestClient, query: dict[str, str], name: str) -> None:
    """A program is told which parameter is wrong, in French."""
    answer = client.get(MATRIX, params=query)
    assert answer.status_code == 400
    assert f"« {name} »" in plain(answer.json()["detail"])
