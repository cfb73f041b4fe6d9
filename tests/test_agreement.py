"""Map, list, table and figures count the same practices, whatever is asked and whatever is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from cooperations import vocabularies as v
from cooperations.clusters import Viewport, point_marks, territory_marks
from cooperations.counts import TOTAL, cell, columns, count_by_territory, count_matrix
from cooperations.criteria import EVERYTHING, Criteria
from cooperations.listing import page_of
from cooperations.selection import Selection, select
from tests.making import (
    AQUITAINE,
    BORDEAUX_METROPOLE,
    CRITERIA,
    PAYS_FOYEN,
    WHOLE_WORLD,
    a_catalogue,
    practice_lists,
)

if TYPE_CHECKING:
    from cooperations.catalogue import Catalogue
    from cooperations.model import Practice
    from cooperations.territories import Gazetteer

NAMED = {
    "everything": EVERYTHING,
    "one type": Criteria(practice_types=("groupement_acteurs",)),
    "one sub-type": Criteria(practice_types=("reponses_groupees_permanentes",)),
    "a type and a sub-type": Criteria(practice_types=("creation_activites", "achats_inter_ess")),
    "one department": Criteria(territories=("departement:40",)),
    "a whole department": Criteria(territories=("departement:33",), reach="entier"),
    "a commune and what covers it": Criteria(territories=("commune:33039",), reach="couvrant"),
    "a metropolis": Criteria(territories=(f"epci:{BORDEAUX_METROPOLE}",)),
    "a straddling EPCI": Criteria(territories=(f"epci:{PAYS_FOYEN}",), reach="couvrant"),
    "two departments": Criteria(territories=("departement:33", "departement:40")),
    "the whole region": Criteria(territories=(AQUITAINE,), reach="entier"),
    "a neighbouring department": Criteria(territories=("departement:86",)),
    "what has a point": Criteria(locations=("point",)),
    "what has no known place": Criteria(locations=("inconnue", "hors_perimetre")),
    "one status": Criteria(statuses=("active",)),
    "a text": Criteria(text="insertion"),
    "nothing": Criteria(territories=("commune:24322",)),
}


def listed(selection: Selection) -> list[str]:
    """Return the ids of all the pages of the list."""
    count = page_of(selection, "lieu", 1, size=4).page_count
    pages = [page_of(selection, "lieu", number, size=4) for number in range(1, count + 1)]
    assert {page.total for page in pages} == {len(selection)}
    return [line.id for page in pages for line in page.lines]


def check_list(selection: Selection) -> None:
    """Check that the list holds the selected practices, each once."""
    expected = sorted(practice.id for practice in selection.practices)
    assert sorted(listed(selection)) == expected


def check_map(selection: Selection) -> None:
    """Check that the marks of the whole world and the groups without a point make the total."""
    away = selection.without_point + selection.by_location["hors_perimetre"]
    for zoom in (0, 5, 8, 12, 18, 22):
        marks = point_marks(selection, Viewport(zoom, WHOLE_WORLD))
        assert sum(mark.size for mark in marks) + away == len(selection)
    assert sum(selection.by_location.values()) == len(selection)
    on_territories = {practice_id for mark in territory_marks(selection) for practice_id in mark.ids}
    catalogue = selection.catalogue
    without = {p.id for p in selection.practices if p.territories and catalogue.points[catalogue.row(p.id)] is None}
    assert on_territories == without


def check_matrix(selection: Selection) -> None:
    """Check that the table's margins are the total, and its cells those of the figures by department."""
    matrix = count_matrix(selection)
    assert matrix.shape == (9, 9)
    assert cell(matrix, TOTAL, TOTAL) == len(selection)
    for key in matrix.columns:
        types = [cell(matrix, code, key) for code in v.PRACTICE_TYPES.codes]
        subtypes = [cell(matrix, code, key) for code in v.PRACTICE_SUBTYPES.codes]
        assert sum(types) == cell(matrix, TOTAL, key)
        assert sum(subtypes) <= cell(matrix, "groupement_acteurs", key)
    departments = [department.key for department in selection.catalogue.gazetteer.departments]
    by_department = count_by_territory(selection, departments)
    assert by_department == {key: cell(matrix, TOTAL, key) for key in departments}
    for group in ("inconnue", "hors_perimetre"):
        assert cell(matrix, TOTAL, group) == selection.by_location[group]


def check_columns(selection: Selection) -> None:
    """Check that no practice is missing from every column of the table."""
    for practice in selection.practices:
        alone = a_catalogue(selection.catalogue.gazetteer, [practice])
        matrix = count_matrix(select(alone, EVERYTHING))
        assert sum(cell(matrix, TOTAL, column.key) for column in columns(selection)) >= 1, practice.id


def check_everything(selection: Selection) -> None:
    """Check that every way of showing a selection shows that selection."""
    check_list(selection)
    check_map(selection)
    check_matrix(selection)
    check_columns(selection)


@pytest.mark.parametrize("criteria", NAMED.values(), ids=NAMED)
def test_totals_are_equal_everywhere(catalogue: Catalogue, criteria: Criteria) -> None:
    """Whatever is asked of the minutes' practices, no view counts one more or one less."""
    check_everything(select(catalogue, criteria))


@given(criteria=CRITERIA)
def test_totals_are_equal_for_any_question(catalogue: Catalogue, criteria: Criteria) -> None:
    """The same, for questions that nobody thought of."""
    check_everything(select(catalogue, criteria))


@given(practices=practice_lists(most=12), criteria=CRITERIA)
def test_totals_are_equal_for_any_data(gazetteer: Gazetteer, practices: list[Practice], criteria: Criteria) -> None:
    """The same, for practices over several territories, without a point, or outside Aquitaine."""
    catalogue = a_catalogue(gazetteer, practices)
    check_everything(select(catalogue, EVERYTHING))
    check_everything(select(catalogue, criteria))
