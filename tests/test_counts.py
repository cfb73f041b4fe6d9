"""The table of counts, whose empty cells are the question of the working group."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from cooperations import vocabularies as v
from cooperations.counts import TOTAL, cell, columns, count_by_territory, count_matrix, grouped, tally
from cooperations.criteria import EVERYTHING, Criteria, from_query
from cooperations.selection import select
from tests.making import AQUITAINE, a_catalogue, a_practice, over

if TYPE_CHECKING:
    from cooperations.catalogue import Catalogue
    from cooperations.territories import Gazetteer

COLUMNS = [
    *(f"departement:{code}" for code in (24, 33, 40, 47, 64)),
    AQUITAINE,
    "inconnue",
    "hors_perimetre",
    TOTAL,
]


@pytest.mark.parametrize(
    "criteria",
    [
        pytest.param(EVERYTHING, id="everything"),
        pytest.param(Criteria(territories=("commune:24322",)), id="nothing at all"),
        pytest.param(Criteria(practice_types=("mutualisation_achats",)), id="one practice"),
        pytest.param(Criteria(locations=("hors_perimetre",)), id="outside only"),
    ],
)
def test_the_table_is_always_whole(catalogue: Catalogue, criteria: Criteria) -> None:
    """A type without a practice keeps its row, a department without one its column: a gap must be seen."""
    matrix = count_matrix(select(catalogue, criteria))
    assert matrix.index.tolist() == [*v.PRACTICES.codes, TOTAL]
    assert matrix.columns.tolist() == COLUMNS
    assert matrix.notna().all(axis=None)
    assert set(matrix.dtypes.astype(str)) == {"int64"}


def test_an_empty_selection_is_a_table_of_zeros(catalogue: Catalogue) -> None:
    """Nothing is known in Périgueux, and the table says so in every cell."""
    assert count_matrix(select(catalogue, Criteria(territories=("commune:24322",)))).to_numpy().sum() == 0


def test_the_table_of_the_minutes(catalogue: Catalogue) -> None:
    """What the working group sees: nothing yet in Dordogne, Lot-et-Garonne and Pyrénées-Atlantiques."""
    totals = count_matrix(select(catalogue, EVERYTHING)).loc[TOTAL]
    assert totals.tolist() == [0, 7, 3, 0, 0, 2, 6, 1, 19]


def test_rows_of_the_minutes(catalogue: Catalogue) -> None:
    """The counts by type are those of the minutes' table."""
    matrix = count_matrix(select(catalogue, EVERYTHING))
    assert matrix[TOTAL].tolist() == [9, 5, 2, 2, 1, 2, 3, 4, 19]
    assert cell(matrix, "creation_activites", "departement:33") == 2
    assert cell(matrix, "achats_inter_ess", "departement:24") == 0


def test_two_departments_count_in_both_and_once_in_the_margin(gazetteer: Gazetteer) -> None:
    """The margin is a number of practices, not a sum of cells."""
    both = a_practice("deux", **over("departement", "departement:24", "departement:47"))
    matrix = count_matrix(select(a_catalogue(gazetteer, [both]), EVERYTHING))
    assert matrix.loc["mutualisation_achats"].tolist() == [1, 0, 0, 1, 0, 0, 0, 0, 1]


@pytest.mark.parametrize("position", range(8), ids=COLUMNS[:-1])
def test_a_column_opens_on_what_it_counts(catalogue: Catalogue, position: int) -> None:
    """Following the link of a column shows as many practices as the column says."""
    everything = select(catalogue, EVERYTHING)
    column = columns(everything)[position]
    asked, ignored = from_query(column.filter, catalogue.gazetteer)
    assert ignored == ()
    assert len(select(catalogue, asked)) == cell(count_matrix(everything), TOTAL, column.key)


def test_columns_are_named_for_people(catalogue: Catalogue) -> None:
    """The headers say the place, in French."""
    assert [column.label for column in columns(select(catalogue, EVERYTHING))] == [
        "Dordogne (24)",
        "Gironde (33)",
        "Landes (40)",
        "Lot-et-Garonne (47)",
        "Pyrénées-Atlantiques (64)",
        "Région entière",
        "Sans territoire connu",
        "Hors Aquitaine",
    ]


def test_counts_by_territory_hold_zeros(catalogue: Catalogue) -> None:
    """A territory without a practice is counted, at zero."""
    keys = ("departement:40", "departement:47", "commune:33063", AQUITAINE)
    assert count_by_territory(select(catalogue, EVERYTHING), keys) == {
        "departement:40": 3,
        "departement:47": 0,
        "commune:33063": 3,
        AQUITAINE: 12,
    }


def test_no_territory_is_no_count(catalogue: Catalogue) -> None:
    """Asking for nothing is not an error."""
    assert count_by_territory(select(catalogue, EVERYTHING), ()) == {}


def test_groups_may_be_empty_and_share_practices(gazetteer: Gazetteer) -> None:
    """A sub-type counts for its type too; only what is selected counts; a group without any is a line of zeros."""
    cells = {"type_pratique": "groupement_acteurs", "sous_type": "creation_activites"}
    catalogue = a_catalogue(
        gazetteer, [a_practice("une", statut="active", **cells), a_practice("deux"), a_practice("trois")]
    )
    groups = grouped(catalogue, [np.array([0, 1]), np.array([], dtype=np.intp), np.array([1, 2, 0])])
    named = [
        dict(zip((*v.PRACTICES.codes, TOTAL), line, strict=True))
        for line in tally(select(catalogue, EVERYTHING), groups).tolist()
    ]
    assert [line[TOTAL] for line in named] == [2, 0, 3]
    assert [line["groupement_acteurs"] for line in named] == [1, 0, 1]
    assert [line["creation_activites"] for line in named] == [1, 0, 1]
    assert [line["mutualisation_achats"] for line in named] == [1, 0, 2]
    active = tally(select(catalogue, Criteria(statuses=("active",))), groups)
    assert active[:, -1].tolist() == [1, 0, 1]
