"""The agenda as files: what a calendar application asks for."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
import vobject
from python_calamine import CalamineWorkbook

from cooperations.agenda import events_of
from cooperations.criteria import Criteria
from cooperations.runtime import application
from tests.making import plain

if TYPE_CHECKING:
    from starlette.testclient import TestClient

FIRST = "gt-2016-07-12"


def names(text: str) -> set[str]:
    """Return the ids of the meetings of a calendar, as vobject reads them."""
    found = vobject.readOne(text).contents.get("vevent", [])
    return {one.uid.value.partition("@")[0] for one in found}


def test_a_meeting_is_a_file(client: TestClient) -> None:
    """Saved under its name, at the hours of the minutes."""
    answer = client.get(f"/agenda/{FIRST}.ics")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["content-disposition"] == f'attachment; filename="{FIRST}.ics"'
    (read,) = vobject.readOne(answer.text).vevent_list
    assert (read.dtstart.value.isoformat(), read.dtend.value.isoformat()) == (
        "2016-07-12T09:30:00+02:00",
        "2016-07-12T11:00:00+02:00",
    )
    assert read.url.value == f"http://testserver/agenda?rencontre={FIRST}"
    assert read.sequence.value == "0"


def test_the_feed_holds_past_meetings_too(client: TestClient) -> None:
    """Three meetings, none of which disappears with time."""
    assert names(client.get("/agenda.ics").text) == {FIRST, "gt-2016-09-22", "programme-2017"}


@pytest.mark.parametrize(
    ("query", "criteria"),
    [
        pytest.param("type=achats_inter_ess", Criteria(("achats_inter_ess",)), id="a type"),
        pytest.param("territoire=region:72", Criteria(territories=("region:72",)), id="a territory"),
        pytest.param(
            "territoire=departement:40&portee=couvrant",
            Criteria(territories=("departement:40",), reach="couvrant"),
            id="what covers the Landes",
        ),
        pytest.param("q=fiches", Criteria(text="fiches"), id="a word"),
    ],
)
def test_the_feed_and_the_api_follow_the_filters_of_the_page(
    client: TestClient, query: str, criteria: Criteria
) -> None:
    """The page, the feed and the collection give the same meetings."""
    expected = {event.id for event in events_of(application().catalogue(), criteria)}
    assert names(client.get(f"/agenda.ics?{query}").text) == expected
    listed = client.get(f"/api/collections/agenda/items?{query}").json()["features"]
    assert {one["id"] for one in listed} == expected
    assert 0 < len(expected) < 3


def test_the_feed_follows_a_period(client: TestClient) -> None:
    """As the collection does."""
    assert names(client.get("/agenda.ics?datetime=2017-01-01/..").text) == {"programme-2017"}


def test_an_unchanged_feed_is_not_sent_again(client: TestClient) -> None:
    """An application that asks every hour gets a 304 without a body."""
    first = client.get("/agenda.ics")
    again = client.get("/agenda.ics", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        pytest.param("/agenda/inconnue.ics", 404, "Aucune rencontre", id="no such meeting"),
        pytest.param("/agenda.ics?type=x", 400, "« type »", id="an unknown type"),
        pytest.param("/agenda.ics?statut=active", 400, "ne filtre que les pratiques", id="a filter of practices"),
        pytest.param("/agenda.ics?datetime=hier", 400, "« datetime »", id="a word for a day"),
        pytest.param("/agenda.ics?couleur=bleu", 400, "« couleur »", id="an unknown parameter"),
        pytest.param("/api/collections/agenda/items?statut=active", 400, "« statut »", id="the same in the API"),
    ],
)
def test_nonsense_is_said_in_french(client: TestClient, address: str, status: int, said: str) -> None:
    """Never an empty calendar for an error."""
    answer = client.get(address)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert said in plain(answer.json()["detail"])


def test_the_collection_says_types_territories_and_files(client: TestClient) -> None:
    """Lists are separated as in the files; without a place there is no geometry."""
    one = client.get(f"/api/collections/agenda/items/{FIRST}").json()
    assert one["geometry"] is None
    assert one["properties"]["territoires"] == "region:72"
    assert one["properties"]["types_pratique"].count("|") == 4
    assert client.get(one["properties"]["icalendar"]).status_code == 200
    assert client.get("/api/collections/agenda/items?bbox=-2,42,2,46").json()["numberMatched"] == 0


@pytest.mark.parametrize("extension", ["csv", "xlsx"])
def test_the_table_holds_the_same_meetings(client: TestClient, extension: str) -> None:
    """As many rows as meetings, with a cover that says the filters."""
    answer = client.get(f"/export/agenda.{extension}?territoire=region:72")
    assert f".{extension}" in answer.headers["content-disposition"]
    if extension == "csv":
        cover, header, *rows = answer.content.decode("utf-8-sig").splitlines()
        assert "Aquitaine" in cover
        assert header.startswith("Rencontre;Date;Premier jour")
        assert len(rows) == 1
    else:
        sheet = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_name("Agenda")
        assert len(sheet.to_python()) == 2


def test_a_table_of_another_kind_is_said(client: TestClient) -> None:
    """Which kinds there are."""
    answer = client.get("/export/agenda.pdf")
    assert (answer.status_code, "csv, xlsx" in answer.json()["detail"]) == (404, True)
