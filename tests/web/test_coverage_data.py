"""What the matrix asks the server."""

from __future__ import annotations

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


@pytest.mark.parametrize("query", [{}, {"q": "introuvable"}, {"type": "achats_inter_ess"}, {"compter": "couvrant"}])
def test_every_cell_is_there(client: TestClient, query: dict[str, str]) -> None:
    """Eight types and sub-types, five departments, whatever the filters."""
    found = matrix(client, **query)
    assert [one["code"] for one in found["colonnes"]] == list(v.PRACTICES.codes)
    assert [one["cle"] for one in found["lignes"]] == [f"departement:{code}" for code in ("24", "33", "40", "47", "64")]
    assert all(len(one["cases"]) == 8 for one in found["lignes"])


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
