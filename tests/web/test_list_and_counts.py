"""The list and the counts that the page's components ask for: the same practices as the map's."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given

from cooperations import vocabularies as v
from cooperations.listing import ORDERS
from cooperations.runtime import application
from cooperations.selection import select
from tests.making import CRITERIA

if TYPE_CHECKING:
    from starlette.testclient import TestClient

    from cooperations.criteria import Criteria

LIST, COUNTS, MARKS = "/api/carte/liste", "/api/carte/comptes", "/api/carte/marques"


def asked(client: TestClient, path: str, criteria: Criteria, **more: str) -> dict[str, Any]:
    """Return what a route answers under criteria."""
    answer = client.get(path, params=[*criteria.to_query(), *more.items()])
    assert answer.status_code == 200
    return dict(answer.json())


@given(criteria=CRITERIA)
def test_map_list_and_table_say_the_same_total(client: TestClient, criteria: Criteria) -> None:
    """Whatever the filters, the three routes count the practices of the selection."""
    expected = len(select(application().catalogue(), criteria))
    marks = asked(client, MARKS, criteria, z="8", bbox="-180,-90,180,90")
    listed = asked(client, LIST, criteria)
    counted = asked(client, COUNTS, criteria)
    assert marks["total"] == listed["total"] == counted["valeurs"][-1][-1] == expected


@given(criteria=CRITERIA)
def test_the_table_has_every_cell(client: TestClient, criteria: Criteria) -> None:
    """Eight types and the total by eight columns and the total, zeros included."""
    counted = asked(client, COUNTS, criteria)
    assert [row["code"] for row in counted["lignes"]] == [*v.PRACTICES.codes, "total"]
    assert {len(row) for row in counted["valeurs"]} == {len(counted["colonnes"])} == {9}


@given(criteria=CRITERIA)
def test_a_department_of_the_map_says_what_choosing_it_would_show(client: TestClient, criteria: Criteria) -> None:
    """A territory that is filtered does not make its neighbours look empty."""
    marks = asked(client, MARKS, criteria, z="8", bbox="-180,-90,180,90")
    anywhere = replace(criteria, territories=())
    assert list(marks["departements"].values()) == asked(client, COUNTS, anywhere)["valeurs"][-1][:5]


def test_a_line_says_what_the_list_shows(client: TestClient) -> None:
    """Maisadour: its type and its sign, its commune, its status, its point and its address."""
    (line,) = client.get(f"{LIST}?q=maisadour").json()["lignes"]
    assert line["name"].startswith("Maisadour")
    assert v.PRACTICE_TYPES.codes[line["rang"]] == "achats_responsables_prives_hors_ess"
    assert (line["place"], line["status"]) == ("Mont-de-Marsan (commune, 40)", "Active")
    assert line["address"] == "pratique?id=maisadour-fermiers-landes"
    assert (line["longitude"], line["latitude"]) == pytest.approx((-0.4998, 43.8935), abs=0.01)


@pytest.mark.parametrize("order", ORDERS.codes)
def test_each_order_lists_each_practice_once(client: TestClient, order: str) -> None:
    """Sorting loses nobody."""
    ids = [line["id"] for line in client.get(f"{LIST}?tri={order}").json()["lignes"]]
    assert sorted(ids) == sorted(practice.id for practice in application().catalogue().practices)


@pytest.mark.parametrize("page", ["0", "-1", "1.5", "deux", "", "99999999"])
def test_a_page_that_is_no_number_is_refused(client: TestClient, page: str) -> None:
    """The refusal names the parameter."""
    answer = client.get(LIST, params={"page": page})
    assert answer.status_code == 400
    assert "page" in answer.json()["detail"]


def test_a_page_beyond_the_last_is_the_last(client: TestClient) -> None:
    """A link made when the list was longer still shows practices."""
    assert client.get(f"{LIST}?page=4000").json()["page"] == 1


@pytest.mark.parametrize("path", [LIST, COUNTS])
def test_what_the_browser_has_is_not_sent_again(client: TestClient, path: str) -> None:
    """The same question gives the same tag, and 304 to who has it."""
    tag = client.get(path).headers["etag"]
    assert client.get(path, headers={"if-none-match": tag}).status_code == 304
