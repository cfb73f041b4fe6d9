"""The tables that a working group takes away."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from cooperations import vocabularies as v
from cooperations.coverage import Cell, Gap, Nearest, coverage, gaps
from cooperations.coverage.cells import COUNTINGS, in_words
from cooperations.coverage.indicators import INDICATORS
from cooperations.coverage.tables import actions_sheet, gaps_sheet, matching_actions, matrix_sheet
from cooperations.criteria import EVERYTHING, Criteria
from cooperations.decisions import PARIS, Action, Decisions, Survey
from cooperations.selection import select
from tests.making import AGEN, BORDEAUX_METROPOLE, a_catalogue, a_practice, over

if TYPE_CHECKING:
    from cooperations.catalogue import Catalogue
    from cooperations.exports import Sheet, SheetCell
    from cooperations.territories import Gazetteer

MADE_AT = datetime(2026, 11, 20, 10, 0, tzinfo=PARIS)
NOBODY_LOOKED = Decisions()


def an_action(action_id: str = "annuaire", **values: Any) -> Action:
    """Return an action about joint purchases in the Landes, but for `values`."""
    decided = {
        "id": action_id,
        "recorded_at": MADE_AT,
        "practice_code": "mutualisation_achats",
        "territory": "departement:40",
        "what": "Chercher qui achète ensemble",
        "owner": "GARIE",
        "meeting": "Rencontre de Dax",
        "due_on": date(2027, 1, 14),
        "state": "ouverte",
    }
    return Action.model_validate(decided | values)


def column(sheet: Sheet, name: str) -> list[SheetCell]:
    """Return the cells of a column, by its name."""
    return [row[sheet.columns.index(name)] for row in sheet.rows]


@pytest.mark.parametrize("counting", COUNTINGS)
@pytest.mark.parametrize(
    "criteria",
    [
        pytest.param(EVERYTHING, id="everything, by department"),
        pytest.param(Criteria(territories=("departement:33",)), id="Gironde, by EPCI"),
        pytest.param(Criteria(statuses=("projet",)), id="projects"),
        pytest.param(Criteria(text="rien de tel"), id="nothing meets the criteria"),
    ],
)
def test_the_matrix_says_what_the_screen_says(catalogue: Catalogue, criteria: Criteria, counting: str) -> None:
    """Cells, totals by territory and totals by type are those of the coverage, in its order."""
    shown = coverage(catalogue, criteria, NOBODY_LOOKED, counting)
    sheet = matrix_sheet(shown)
    *territories, last = sheet.rows
    assert column(sheet, "Territoire") == [
        *(catalogue.gazetteer[key].label for key in shown.keys),
        "Nombre sur la carte",
    ]
    assert column(sheet, "Toutes pratiques")[:-1] == [shown.key_totals[key] for key in shown.keys]
    assert dict(zip(sheet.columns, last, strict=True)) == {
        "Territoire": "Nombre sur la carte",
        "Code INSEE ou SIREN": None,
        "Population": None,
        **{v.PRACTICES.label(code): shown.totals[code] for code in shown.codes},
        "Toutes pratiques": len(select(catalogue, criteria)),
        "Pour 100 000 habitants": None,
    }
    for row, key in zip(territories, shown.keys, strict=True):
        assert row[3:-2] == tuple(in_words(cell) for cell in shown.row(key))


def test_the_matrix_of_the_minutes(catalogue: Catalogue) -> None:
    """Seven practices in Gironde, 1.7 million people: the figures can be redone by hand."""
    sheet = matrix_sheet(coverage(catalogue, EVERYTHING, NOBODY_LOOKED))
    gironde = dict(zip(sheet.columns, sheet.rows[1], strict=True))
    population = catalogue.gazetteer["departement:33"].population
    assert (gironde["Territoire"], gironde["Code INSEE ou SIREN"]) == ("Gironde (33)", "33")
    assert (gironde["Population"], gironde["Toutes pratiques"]) == (population, 7)
    assert gironde["Pour 100 000 habitants"] == round(700_000 / population, 2)
    assert dict(zip(sheet.columns, sheet.rows[0], strict=True))["Pour 100 000 habitants"] == 0


def test_a_search_without_result_is_not_an_empty_cell(catalogue: Catalogue) -> None:
    """In a file without colours, looked for and not looked for must not read the same."""
    looked = Survey.model_validate(
        {
            "id": "dordogne",
            "recorded_at": MADE_AT,
            "practice_code": "achats_inter_ess",
            "territory": "departement:24",
            "finding": "rien_trouve",
            "organisation": "GARIE",
            "day": date(2026, 11, 19),
        }
    )
    cells = column(matrix_sheet(coverage(catalogue, EVERYTHING, Decisions(surveys=(looked,)))), "Achats inter-ESS")
    dordogne, *others = map(str, cells[:-1])
    assert "GARIE" in dordogne
    assert dordogne not in others


def test_gaps_are_ranked_with_their_reasons(catalogue: Catalogue) -> None:
    """Each gap of the screen is a row of the file, in the same order."""
    found = gaps(coverage(catalogue, EVERYTHING, NOBODY_LOOKED))
    sheet = gaps_sheet(found, catalogue.gazetteer)
    assert column(sheet, "Rang") == list(range(1, len(found) + 1))
    assert column(sheet, "Score sur 100") == [round(gap.score, 1) for gap in found]
    assert set(column(sheet, "Territoire")) <= {one.label for one in catalogue.gazetteer.departments}
    assert all(one.label in sheet.columns for one in INDICATORS)


@pytest.mark.parametrize(
    ("nearest", "said"),
    [
        pytest.param(None, (None, None, None), id="no example anywhere: empty, not zero kilometre"),
        pytest.param(Nearest("x", "La Ristourne", 61.26, False), ("La Ristourne", 61.3, "non"), id="an address"),  # noqa: FBT003 - a record
        pytest.param(Nearest("x", "La Ristourne", 0.0, True), ("La Ristourne", 0.0, "oui"), id="a commune"),  # noqa: FBT003 - a record
    ],
)
def test_the_nearest_example_is_said(
    gazetteer: Gazetteer, nearest: Nearest | None, said: tuple[SheetCell, ...]
) -> None:
    """An indicator that does not apply is empty; a distance from a commune's point says that it is rough."""
    cell = Cell("achats_inter_ess", "departement:24", 0, 0, "ici")
    gap = Gap(cell, 41.7, dict.fromkeys((one.code for one in INDICATORS), None), nearest)
    (row,) = gaps_sheet([gap], gazetteer).rows
    assert row[:3] == (1, "Dordogne (24)", "Achats inter-ESS")
    assert row[4 : 5 + len(INDICATORS)] == (41.7, *(None for _ in INDICATORS))
    assert row[-3:] == said


def test_actions_come_in_the_order_in_which_they_are_due(catalogue: Catalogue) -> None:
    """The first meeting first; on the same day, meeting by meeting."""
    actions = [
        an_action("tard", due_on=date(2027, 3, 1), meeting="Assemblée"),
        an_action("pau", meeting="Rencontre de Pau"),
        an_action("dax", meeting="Rencontre de Dax"),
    ]
    assert column(actions_sheet(actions, catalogue), "Rencontre") == [
        "Rencontre de Dax",
        "Rencontre de Pau",
        "Assemblée",
    ]


def test_an_action_is_said_whole(gazetteer: Gazetteer) -> None:
    """Codes and keys are said in words, days are days, and the practice that filled the gap is named."""
    found = a_practice("achats-landais", nom="Achats landais", **over("departement", "departement:40"))
    done = an_action(
        sheet="Acheter ensemble", state="comblee", practice_id="achats-landais", closed_on=date(2027, 1, 10)
    )
    sheet = actions_sheet([done], a_catalogue(gazetteer, [found]))
    assert dict(zip(sheet.columns, sheet.rows[0], strict=True)) == {
        "Rencontre": "Rencontre de Dax",
        "Échéance": date(2027, 1, 14),
        "Quoi": "Chercher qui achète ensemble",
        "Responsable": "GARIE",
        "Type de pratique": "Mutualisation des achats",
        "Territoire": "Landes (40)",
        "Fiche à écrire": "Acheter ensemble",
        "État": "Manque comblé",
        "Pratique qui a comblé le manque": "Achats landais",
        "Saisie le": date(2026, 11, 20),
    }


def test_what_the_data_lost_since_does_not_lose_the_action(catalogue: Catalogue) -> None:
    """An EPCI that merged and a practice that was withdrawn are said by their keys; the file is not refused."""
    old = an_action(territory="epci:999999999", state="comblee", practice_id="retiree", closed_on=date(2027, 1, 10))
    sheet = actions_sheet([old], catalogue)
    assert column(sheet, "Territoire") == ["epci:999999999"]
    assert column(sheet, "Pratique qui a comblé le manque") == ["retiree"]
    assert matching_actions([old], Criteria(territories=("departement:33",)), catalogue.gazetteer) == ()
    assert matching_actions([old], EVERYTHING, catalogue.gazetteer) == (old,)


ACTIONS = (
    an_action("landes"),
    an_action("metropole", territory=f"epci:{BORDEAUX_METROPOLE}", practice_code="creation_activites"),
    an_action("gironde", territory="departement:33", practice_code="groupement_acteurs"),
)


@pytest.mark.parametrize(
    ("criteria", "kept"),
    [
        pytest.param(EVERYTHING, ["landes", "metropole", "gironde"], id="no filter keeps all"),
        pytest.param(
            Criteria(territories=("departement:33",)), ["metropole", "gironde"], id="a department and its EPCI"
        ),
        pytest.param(Criteria(territories=(f"epci:{BORDEAUX_METROPOLE}",)), ["metropole"], id="not what is wider"),
        pytest.param(Criteria(territories=(f"commune:{AGEN}",)), [], id="a commune that no action is about"),
        pytest.param(
            Criteria(practice_types=("groupement_acteurs",)), ["metropole", "gironde"], id="a type, its parts"
        ),
        pytest.param(Criteria(practice_types=("creation_activites",)), ["metropole"], id="a sub-type alone"),
        pytest.param(
            Criteria(practice_types=("mutualisation_achats",), territories=("departement:33",)), [], id="both must hold"
        ),
        pytest.param(Criteria(statuses=("active",)), ["landes", "metropole", "gironde"], id="a status says nothing"),
    ],
)
def test_actions_follow_the_filters(gazetteer: Gazetteer, criteria: Criteria, kept: list[str]) -> None:
    """The plan of a department has what is about it and its parts."""
    assert [one.id for one in matching_actions(ACTIONS, criteria, gazetteer)] == kept
