"""Every cell of the matrix, counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperations import vocabularies as v
from cooperations.counts import TOTAL, cell, count_matrix
from cooperations.coverage import Cell, Coverage, counted_in, coverage, shown_keys
from cooperations.coverage.cells import COUNTINGS
from cooperations.criteria import EVERYTHING, Criteria
from cooperations.decisions import Decisions
from cooperations.errors import InvalidParameter, UnknownTerritory
from cooperations.selection import select
from cooperations.text import fold
from tests.coverage.recorded import CODE, LANDES, a_survey, a_target
from tests.making import (
    AGEN,
    AQUITAINE,
    BEGLES,
    BORDEAUX_METROPOLE,
    CRITERIA,
    DEPARTMENTS,
    PAYS_FOYEN,
    a_catalogue,
    a_practice,
    at_address,
    over,
    practice_lists,
)

if TYPE_CHECKING:
    from cooperations.catalogue import Catalogue
    from cooperations.model import Practice
    from cooperations.territories import Gazetteer

NOTHING_RECORDED = Decisions()
REACH = {"ici": "dedans", "couvrant": "couvrant"}
METROPOLIS, FOYEN = f"epci:{BORDEAUX_METROPOLE}", f"epci:{PAYS_FOYEN}"
FIVE = tuple(f"departement:{code}" for code in DEPARTMENTS)


@pytest.mark.parametrize(
    ("territories", "shown"),
    [
        pytest.param((), FIVE, id="nothing asked: the departments"),
        pytest.param((AQUITAINE,), FIVE, id="the region: its departments"),
        pytest.param((METROPOLIS,), (METROPOLIS,), id="an EPCI: itself"),
        pytest.param((f"commune:{BEGLES}",), (METROPOLIS,), id="a commune: its EPCI"),
        pytest.param((f"commune:{BEGLES}", METROPOLIS), (METROPOLIS,), id="two of one EPCI: it, once"),
        pytest.param(("departement:86",), ("departement:86",), id="outside: itself"),
        pytest.param((FOYEN, AQUITAINE, "departement:86"), (FOYEN, *FIVE, "departement:86"), id="several: in order"),
    ],
)
def test_the_lines_follow_the_territories_asked(
    gazetteer: Gazetteer, territories: tuple[str, ...], shown: tuple[str, ...]
) -> None:
    """The matrix shows the parts of what is asked, or the EPCI where it is."""
    assert shown_keys(gazetteer, Criteria(territories=territories)) == shown


def test_a_department_shows_its_epci_by_name(gazetteer: Gazetteer) -> None:
    """All those that lie in it, a straddler too, in the order of a dictionary."""
    keys = shown_keys(gazetteer, Criteria(territories=("departement:33",)))
    names = [fold(gazetteer[key].name) for key in keys]
    assert names == sorted(names)
    assert {METROPOLIS, FOYEN} <= set(keys)
    assert set(keys) == {one.key for one in gazetteer if one.level == "epci" and "departement:33" in one.parents}


def test_the_five_departments_show_every_epci_once(gazetteer: Gazetteer) -> None:
    """An EPCI over two departments has one line."""
    keys = shown_keys(gazetteer, Criteria(territories=FIVE))
    assert len(keys) == len(set(keys)) == sum(one.level == "epci" for one in gazetteer)


def test_a_commune_without_epci_shows_itself(gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the islands of Yeu or Bréhat would."""
    alone = replace(gazetteer[f"commune:{AGEN}"], parents=("departement:47", AQUITAINE))
    monkeypatch.setitem(gazetteer._by_key, alone.key, alone)  # noqa: SLF001 - Aquitaine has no such commune
    assert shown_keys(gazetteer, Criteria(territories=(alone.key,))) == (alone.key,)


def test_an_unknown_territory_is_not_an_empty_matrix(gazetteer: Gazetteer) -> None:
    """A failure is never an empty answer."""
    with pytest.raises(UnknownTerritory):
        shown_keys(gazetteer, Criteria(territories=("commune:00000",)))


def test_an_unknown_counting_is_refused(catalogue: Catalogue) -> None:
    """Words that mean nothing do not count in silence."""
    with pytest.raises(InvalidParameter, match=r"compter.*ici, couvrant"):
        coverage(catalogue, EVERYTHING, NOTHING_RECORDED, "partout")


def test_the_matrix_of_the_minutes(catalogue: Catalogue) -> None:
    """Gironde and Landes have examples; Dordogne, Lot-et-Garonne and Pyrénées-Atlantiques none."""
    shown = coverage(catalogue, EVERYTHING, NOTHING_RECORDED)
    assert shown.key_totals == dict(zip(FIVE, (0, 7, 3, 0, 0), strict=True))
    assert list(shown.totals.values()) == [9, 5, 2, 2, 1, 2, 3, 4]
    assert shown.cell("creation_activites", "departement:33").count == 2
    assert {one.state for one in shown.row("departement:24")} == {"non_enquete"}


def test_what_holds_for_the_region_covers_dordogne(catalogue: Catalogue) -> None:
    """Two practices hold for the whole region: they cover every department, and are situated in none."""
    shown = coverage(catalogue, EVERYTHING, NOTHING_RECORDED, "couvrant")
    assert shown.key_totals == dict(zip(FIVE, (2, 9, 5, 2, 2), strict=True))
    public = shown.cell("achats_responsables_publics", "departement:24")
    assert (public.inside, public.covering, public.state) == (0, public.count, "couvert")


@pytest.mark.parametrize(
    ("places", "key", "expected"),
    [
        pytest.param(over("departement", "departement:33"), METROPOLIS, (0, 1), id="a wider territory covers"),
        pytest.param(over("region", AQUITAINE), METROPOLIS, (0, 1), id="the widest too"),
        pytest.param(at_address(-0.56, 44.8, BEGLES), METROPOLIS, (1, 0), id="an address is inside"),
        pytest.param(
            over("departement", "departement:33", f"commune:{BEGLES}"), METROPOLIS, (1, 0), id="both: inside, once"
        ),
        pytest.param(
            over("departement", "departement:33", AQUITAINE), METROPOLIS, (0, 1), id="covered twice: counted once"
        ),
        pytest.param(over("departement", "departement:40"), METROPOLIS, (0, 0), id="elsewhere"),
        pytest.param(over("departement", "departement:24"), FOYEN, (0, 1), id="one of the departments of a straddler"),
        pytest.param(
            over("departement", "departement:24", "departement:33"), FOYEN, (0, 1), id="both of its departments: once"
        ),
        pytest.param({"precision_localisation": "inconnue"}, METROPOLIS, (0, 0), id="nobody knows where"),
    ],
)
def test_inside_and_covering(gazetteer: Gazetteer, places: dict[str, str], key: str, expected: tuple[int, int]) -> None:
    """A practice counts once in a cell, and what is inside is not also covering."""
    catalogue = a_catalogue(gazetteer, [a_practice("une", **places)])
    shown = coverage(catalogue, Criteria(territories=(key,)), NOTHING_RECORDED).cell(CODE, key)
    assert (shown.inside, shown.covering) == expected


def test_territories_choose_lines_not_counts(catalogue: Catalogue) -> None:
    """Asking for a commune without a practice does not empty its EPCI."""
    asked = Criteria(territories=(f"commune:{BEGLES}",), reach="entier")
    assert coverage(catalogue, asked, NOTHING_RECORDED).key_totals == {
        METROPOLIS: len(select(catalogue, Criteria(territories=(METROPOLIS,))))
    }


@pytest.mark.parametrize("counting", COUNTINGS)
def test_what_a_cell_counts_is_named(catalogue: Catalogue, counting: str) -> None:
    """As many practices as each cell says, and none for a territory that geo/ lost."""
    for one in coverage(catalogue, EVERYTHING, NOTHING_RECORDED, counting):
        assert len(counted_in(catalogue, one.code, one.key, counting)) == one.count
    assert counted_in(catalogue, CODE, "epci:200000000", counting) == frozenset()


def test_what_a_group_recorded_is_in_its_cell(catalogue: Catalogue) -> None:
    """Surveys, newest first, and the last target are those of their cell and of no other."""
    july, september = date(2026, 7, 12), date(2026, 9, 12)
    first, last = a_survey(organisation="Atis", day=july), a_survey(organisation="GARIE", day=september)
    recorded = Decisions((first, last), (a_target(2, july), a_target(5, september)))
    shown = coverage(catalogue, EVERYTHING, recorded)
    assert shown.cell(CODE, LANDES).surveys == (last, first)
    assert shown.cell(CODE, LANDES).target == 5
    others = [one for one in shown if (one.code, one.key) != (CODE, LANDES)]
    assert {(one.surveys, one.target) for one in others} == {((), None)}


def test_a_cell_that_is_not_shown_is_an_error(catalogue: Catalogue) -> None:
    """Nothing is read beside the matrix."""
    with pytest.raises(KeyError):
        coverage(catalogue, EVERYTHING, NOTHING_RECORDED).cell(CODE, METROPOLIS)


def test_a_word_looked_for_in_no_data_finds_nothing(gazetteer: Gazetteer) -> None:
    """Before the first practice is published, every cell is there and is empty."""
    shown = coverage(a_catalogue(gazetteer, []), Criteria(text="compostage"), NOTHING_RECORDED)
    assert len(shown.cells) == len(v.PRACTICES.codes) * len(FIVE)
    assert {one.count for one in shown} == {0}


def asks_for(criteria: Criteria, code: str) -> bool:
    """Return whether a type filter shows a column: its own code, or that of its type."""
    return not criteria.practice_types or bool({code, v.PRACTICES[code].parent} & {*criteria.practice_types})


def check_what_filters_hide(one: Cell, catalogue: Catalogue) -> None:
    """Check that a cell emptied by filters says how many it has, and is no gap."""
    whole = Criteria((one.code,), (one.key,), REACH[one.counting])
    assert one.count + one.hidden == len(select(catalogue, whole))
    assert one.is_gap == (not one.count and not one.hidden)
    assert (one.state == "filtre") == (not one.count and one.hidden > 0)


def check_matrix(shown: Coverage) -> None:
    """Check each cell and each total against the practices that the criteria select."""
    catalogue, criteria = shown.catalogue, shown.criteria
    codes = [code for code in v.PRACTICES.codes if asks_for(criteria, code)]
    assert [(one.key, one.code) for one in shown] == [(key, code) for key in shown.keys for code in codes]
    matrix = count_matrix(select(catalogue, criteria))
    assert shown.totals == {code: cell(matrix, code, TOTAL) for code in shown.codes}
    for key in shown.keys:
        asked = replace(criteria, territories=(key,), reach=REACH[shown.counting])
        found = select(catalogue, asked).practices
        assert shown.key_totals[key] == len(found)
        for one in shown.row(key):
            assert one.count == sum(one.code in {practice.practice_type, practice.subtype} for practice in found)
            check_what_filters_hide(one, catalogue)


@given(practices=practice_lists(), criteria=CRITERIA, counting=st.sampled_from(COUNTINGS))
def test_every_cell_is_there_and_right(
    gazetteer: Gazetteer, practices: list[Practice], criteria: Criteria, counting: str
) -> None:
    """Whatever is known and asked, zeros are shown, and no cell differs from the list that it opens."""
    check_matrix(coverage(a_catalogue(gazetteer, practices), criteria, NOTHING_RECORDED, counting))


@given(
    practices=practice_lists(),
    criteria=CRITERIA,
    counting=st.sampled_from(COUNTINGS),
)
def test_a_cell_opens_on_what_it_counts(
    gazetteer: Gazetteer, practices: list[Practice], criteria: Criteria, counting: str
) -> None:
    """Asking the map for the type and the territory of a cell shows as many practices as the cell says."""
    catalogue = a_catalogue(gazetteer, practices)
    shown = coverage(catalogue, criteria, NOTHING_RECORDED, counting)
    for one in shown:
        asked = replace(criteria, practice_types=(one.code,), territories=(one.key,), reach=REACH[counting])
        assert one.count == len(select(catalogue, asked))


@pytest.mark.parametrize(
    ("types", "codes", "leading"),
    [
        pytest.param((), v.PRACTICES.codes, v.PRACTICE_TYPES.codes, id="nothing asked: all"),
        pytest.param((CODE,), (CODE,), (CODE,), id="a type: itself"),
        pytest.param(
            ("groupement_acteurs",), ("groupement_acteurs", *v.PRACTICE_SUBTYPES.codes), ("groupement_acteurs",),
            id="a type that has sub-types: them too",
        ),
        pytest.param(("creation_activites",), ("creation_activites",), ("creation_activites",), id="a sub-type: alone"),
        pytest.param(
            (CODE, "creation_activites"), ("creation_activites", CODE), ("creation_activites", CODE),
            id="both: in the order of the vocabulary",
        ),
    ],
)  # fmt: skip
def test_the_columns_follow_the_types_asked(
    catalogue: Catalogue, types: tuple[str, ...], codes: tuple[str, ...], leading: tuple[str, ...]
) -> None:
    """What is not asked for is not shown, so that it cannot read as a gap."""
    shown = coverage(catalogue, Criteria(types), NOTHING_RECORDED)
    assert (shown.codes, shown.leading) == (codes, leading)
    assert {cell.code for cell in shown.leading_cells} == {*leading}


@pytest.mark.parametrize("criteria", [Criteria(text="insertion"), Criteria(statuses=("projet",))])
def test_a_filter_makes_no_gap_of_what_exists(catalogue: Catalogue, criteria: Criteria) -> None:
    """Gironde has four groupings: whatever is searched, the cell is not « non enquêté »."""
    one = coverage(catalogue, criteria, NOTHING_RECORDED).cell("groupement_acteurs", "departement:33")
    assert one.count + one.hidden == 4
    assert one.state in {"couvert", "filtre"}


@pytest.mark.parametrize("counting", COUNTINGS)
@pytest.mark.parametrize("territories", [(), FIVE, (METROPOLIS, "departement:86")], ids=["default", "88 EPCI", "two"])
def test_the_published_matrix_is_right(catalogue: Catalogue, territories: tuple[str, ...], counting: str) -> None:
    """The same, for the practices of the minutes."""
    check_matrix(coverage(catalogue, Criteria(territories=territories), NOTHING_RECORDED, counting))
