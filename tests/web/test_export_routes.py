"""The files that the coverage page gives."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from python_calamine import CalamineWorkbook

from cooperations.coverage import coverage, gaps
from cooperations.criteria import EVERYTHING, Criteria
from cooperations.decisions import PARIS, Action, Decisions
from cooperations.runtime import application
from tests.making import plain

if TYPE_CHECKING:
    from starlette.testclient import TestClient

    from cooperations.store import Store

MATRIX, GAPS, ACTIONS = (f"/export/couverture/{table}" for table in ("matrice", "manques", "actions"))
HOSTILE = "=cmd|' /C calc'!A0"


@pytest.fixture
def store() -> Store:
    """Return the store that the routes read."""
    return application().store


def rows(client: TestClient, address: str) -> list[list[str]]:
    """Return the header and the rows of a CSV export, without its cover."""
    answer = client.get(address)
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""), delimiter=";"))[1:]


def worksheets(client: TestClient, address: str) -> dict[str, list[list[Any]]]:
    """Return the rows of each worksheet of an XLSX export."""
    answer = client.get(address)
    assert answer.status_code == 200
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


@pytest.mark.parametrize("table", ["matrice", "manques", "actions"])
@pytest.mark.parametrize(
    ("extension", "media_type"),
    [
        ("csv", "text/csv; charset=utf-8"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ],
)
def test_a_file_has_a_french_name_and_the_day(client: TestClient, table: str, extension: str, media_type: str) -> None:
    """Downloads of two meetings do not overwrite each other, and none is kept by a browser."""
    days = {datetime.now(PARIS).date().isoformat()}
    answer = client.get(f"/export/couverture/{table}.{extension}")
    days.add(datetime.now(PARIS).date().isoformat())  # it may be midnight
    assert answer.status_code == 200
    assert answer.headers["content-type"] == media_type
    assert answer.headers["cache-control"] == "no-store"
    names = {f'attachment; filename="couverture-{table}-{day}.{extension}"' for day in days}
    assert answer.headers["content-disposition"] in names


@pytest.mark.parametrize(
    "criteria", [EVERYTHING, Criteria(territories=("departement:33",), practice_types=("achats_inter_ess",))]
)
@pytest.mark.parametrize("counting", ["ici", "couvrant"])
def test_the_totals_are_those_of_the_screen(client: TestClient, criteria: Criteria, counting: str) -> None:
    """The exported matrix adds up to what the page shows for the same criteria."""
    shown = coverage(application().catalogue(), criteria, application().store.decisions(), counting)
    header, *lines = rows(client, f"{MATRIX}.csv?{criteria.query_string()}&compter={counting}")
    where = header.index("Toutes pratiques")
    assert [int(line[where]) for line in lines[:-1]] == [shown.key_totals[key] for key in shown.keys]
    assert [int(cell) for cell in lines[-1][3:where]] == [shown.totals[code] for code in shown.codes]


def test_both_formats_hold_the_same_rows(client: TestClient) -> None:
    """Whichever is taken, the gaps are the same, in the same order."""
    header, *lines = rows(client, f"{GAPS}.csv")
    sheets = worksheets(client, f"{GAPS}.xlsx")
    found = gaps(coverage(application().catalogue(), EVERYTHING, application().store.decisions()))
    assert len(lines) == len(sheets["Manques"]) - 1 == len(found)
    assert sheets["Manques"][0] == header
    assert [row[1:4] for row in sheets["Manques"]] == [row[1:4] for row in (header, *lines)]


def test_the_cover_says_what_was_asked(client: TestClient) -> None:
    """How practices are counted and on what they are filtered go with the file."""
    cover = worksheets(client, f"{MATRIX}.xlsx?territoire=departement:40&compter=couvrant")["À lire"]
    words = plain(" ".join(str(row[0]) for row in cover))
    assert words.startswith("Matrice de couverture (pratiques situées dans chaque territoire ou qui le couvrent).")
    assert "Filtres : Tous les types ; Landes (40)." in words


def test_a_former_commune_is_no_fault(client: TestClient) -> None:
    """An old link gives the file of the commune of today."""
    cover = worksheets(client, f"{ACTIONS}.xlsx?territoire=commune:33409")["À lire"]
    assert "Porte-de-Benauge (commune, 33)" in " ".join(str(row[0]) for row in cover)


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        pytest.param(f"{MATRIX}.csv?compter=partout", 400, "« compter »", id="a counting that does not exist"),
        pytest.param(f"{GAPS}.xlsx?type=covoiturage", 400, "« type »", id="a type that does not exist"),
        pytest.param(f"{ACTIONS}.csv?territoire=departement:99", 400, "« territoire »", id="a territory unheard of"),
        pytest.param(f"{ACTIONS}.csv?couleur=rouge", 400, "ce paramètre n’existe pas", id="a parameter unheard of"),
        pytest.param(f"{MATRIX}.pdf", 404, "csv, xlsx", id="a format that does not exist"),
        pytest.param("/export/couverture/tout.csv", 404, "matrice, manques, actions", id="a table that does not exist"),
    ],
)
def test_what_makes_no_sense_is_refused_in_french(client: TestClient, address: str, status: int, words: str) -> None:
    """A wrong address is never answered by an empty file."""
    answer = client.get(address)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert words in plain(answer.json()["detail"])


@pytest.fixture
def recorded(monkeypatch: pytest.MonkeyPatch) -> Action:
    """Return the only action that groups recorded; its text is a spreadsheet's formula."""
    action = Action.model_validate(
        {
            "id": "annuaire",
            "recorded_at": datetime(2026, 11, 20, 10, 0, tzinfo=PARIS),
            "practice_code": "creation_activites",
            "territory": "departement:40",
            "what": HOSTILE,
            "owner": "+1",
            "meeting": "@SUM(A1)",
            "due_on": date(2027, 1, 14),
            "state": "ouverte",
        }
    )
    monkeypatch.setattr(application(), "decisions", lambda: Decisions(actions=(action,)))
    return action


@pytest.mark.usefixtures("recorded")
def test_what_people_typed_never_runs(client: TestClient) -> None:
    """A formula typed in a meeting is read back as text, from either file."""
    assert rows(client, f"{ACTIONS}.csv")[1][:4] == ["'@SUM(A1)", "2027-01-14", f"'{HOSTILE}", "'+1"]
    header, line = worksheets(client, f"{ACTIONS}.xlsx")["Actions"]
    assert line[:4] == ["@SUM(A1)", date(2027, 1, 14), HOSTILE, "+1"]
    assert header[:4] == ["Rencontre", "Échéance", "Quoi", "Responsable"]


@pytest.mark.usefixtures("recorded")
@pytest.mark.parametrize(
    ("query", "count"),
    [
        pytest.param("", 1, id="no filter"),
        pytest.param("type=groupement_acteurs", 1, id="the type above the action's sub-type"),
        pytest.param("territoire=region:72", 1, id="the region around the action's department"),
        pytest.param("territoire=departement:33", 0, id="another department"),
        pytest.param("type=achats_inter_ess", 0, id="another type"),
    ],
)
def test_actions_follow_the_filters(client: TestClient, query: str, count: int) -> None:
    """The file has what the filters leave, and its header even when they leave nothing."""
    assert len(rows(client, f"{ACTIONS}.csv?{query}")) == 1 + count


@pytest.mark.usefixtures("recorded")
def test_the_cover_of_the_plan_says_only_what_was_applied(client: TestClient) -> None:
    """An action has no status: a filter on it leaves the plan whole, and the cover does not claim otherwise."""
    sheets = worksheets(client, f"{ACTIONS}.xlsx?statut=active&type=groupement_acteurs")
    assert len(sheets["Actions"]) == 2
    assert [plain(str(row[0])) for row in sheets["À lire"]][1] == "Filtres : Groupement d’acteurs."
