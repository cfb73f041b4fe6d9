"""The gaps, the worst first, and the example nearest to each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point

from cooperations import vocabularies as v
from cooperations.coverage import Gap, Nearest, coverage, gaps, scored
from cooperations.coverage.cells import COUNTINGS
from cooperations.coverage.gaps import nearest_in_words
from cooperations.coverage.indicators import INDICATORS
from cooperations.criteria import EVERYTHING, Criteria
from cooperations.decisions import Decisions
from cooperations.selection import select
from tests.coverage.recorded import CODE, LANDES, a_survey
from tests.making import (
    BORDEAUX,
    BORDEAUX_METROPOLE,
    CRITERIA,
    LANGON,
    PAU,
    VILLENEUVE_DE_MARSAN,
    a_catalogue,
    a_practice,
    at_address,
    over,
    plain,
    practice_lists,
)

if TYPE_CHECKING:
    from cooperations.catalogue import Catalogue
    from cooperations.model import Practice
    from cooperations.territories import Gazetteer, Territory

METROPOLIS = f"epci:{BORDEAUX_METROPOLE}"
PLACE_DE_LA_BOURSE = at_address(-0.5697, 44.8412, BORDEAUX)
CHATEAU_DE_PAU = at_address(-0.3746, 43.2951, PAU)


def gap_at(found: list[Gap], key: str, code: str = CODE) -> Gap:
    """Return the gap of a cell."""
    return next(gap for gap in found if (gap.cell.key, gap.cell.code) == (key, code))


def nearest_to(gazetteer: Gazetteer, key: str, *practices: Practice, **asked: tuple[str, ...]) -> Nearest | None:
    """Return the example of joint purchases nearest to a territory."""
    criteria = Criteria(territories=(key,), **asked)
    return gap_at(gaps(coverage(a_catalogue(gazetteer, practices), criteria, Decisions())), key).nearest


@pytest.mark.parametrize("counting", COUNTINGS)
@given(practices=practice_lists(most=12), criteria=CRITERIA)
def test_the_gaps_are_the_cells_without_a_practice(
    gazetteer: Gazetteer, practices: list[Practice], criteria: Criteria, counting: str
) -> None:
    """None is forgotten, none is named twice, and the first is the worst."""
    shown = coverage(a_catalogue(gazetteer, practices), criteria, Decisions(), counting)
    found = gaps(shown)
    missing = {(one.key, one.code) for one in shown if not one.count and not one.hidden}
    ranked = {(key, code) for key, code in missing if (key, v.PRACTICES[code].parent) not in missing}
    assert {(gap.cell.key, gap.cell.code) for gap in found} == ranked
    assert len(found) == len(ranked)
    figures = sum(one.is_gap for one in shown.leading_cells)
    assert sum(gap.cell.code in shown.leading for gap in found) == figures
    assert [gap.score for gap in found] == sorted((gap.score for gap in found), reverse=True)


def test_a_whole_matrix_has_no_gap(gazetteer: Gazetteer) -> None:
    """With one example of each sub-type and type in the metropolis, nothing is missing there."""
    kinds = [
        *(("groupement_acteurs", code) for code in ("creation_activites", "reponses_groupees_ponctuelles")),
        ("groupement_acteurs", "reponses_groupees_permanentes"),
        *((code, "") for code in ("mutualisation_achats", "achats_responsables_prives_hors_ess")),
        *((code, "") for code in ("achats_responsables_publics", "achats_inter_ess")),
    ]
    practices = [
        a_practice(f"une-{rank}", type_pratique=one, sous_type=sub, **PLACE_DE_LA_BOURSE)
        for rank, (one, sub) in enumerate(kinds)
    ]
    assert gaps(coverage(a_catalogue(gazetteer, practices), Criteria(territories=(METROPOLIS,)), Decisions())) == []


def test_beside_the_subject_is_not_a_gap(catalogue: Catalogue) -> None:
    """A cell that makes no sense asks nobody for anything; a vain search stays, and weighs more."""
    beside = Decisions((a_survey("hors_sujet", note="la question ne se pose pas"),))
    in_vain = gaps(coverage(catalogue, EVERYTHING, Decisions((a_survey(),))))
    before = gap_at(gaps(coverage(catalogue, EVERYTHING, Decisions())), LANDES)
    left = gaps(coverage(catalogue, EVERYTHING, beside))
    assert (CODE, LANDES) not in {(gap.cell.code, gap.cell.key) for gap in left}
    assert len(left) == len(in_vain) - 1
    assert gap_at(in_vain, LANDES).score > before.score


def test_equal_scores_put_more_people_first(gazetteer: Gazetteer) -> None:
    """Then the name decides, so that two readers see the same order."""
    shown = coverage(a_catalogue(gazetteer, []), Criteria(territories=("departement:33",)), Decisions())
    found = gaps(shown)

    def place(gap: Gap) -> Territory:
        return gazetteer[gap.cell.key]

    expected = sorted(found, key=lambda gap: (-gap.score, -place(gap).population, place(gap).label))
    assert found == expected
    assert place(found[0]).key == METROPOLIS
    assert [gap.cell.code for gap in found[:5]] == list(v.PRACTICE_TYPES.codes)


def test_a_subtype_is_a_gap_where_its_type_has_an_example(gazetteer: Gazetteer) -> None:
    """Where the whole type is missing, its three sub-types say nothing more, and are not ranked."""
    created = a_practice("une", type_pratique="groupement_acteurs", sous_type="creation_activites", **CHATEAU_DE_PAU)
    found = gaps(coverage(a_catalogue(gazetteer, [created]), Criteria(("groupement_acteurs",)), Decisions()))
    pau = {gap.cell.code for gap in found if gap.cell.key == "departement:64"}
    elsewhere = {gap.cell.code for gap in found if gap.cell.key != "departement:64"}
    assert pau == {"reponses_groupees_ponctuelles", "reponses_groupees_permanentes"}
    assert elsewhere == {"groupement_acteurs"}


def test_a_filter_ranks_no_gap_where_practices_are(catalogue: Catalogue) -> None:
    """Gironde has joint groupings: a search that leaves them out does not offer them as a gap."""
    found = gaps(coverage(catalogue, Criteria(text="introuvable"), Decisions()))
    assert ("departement:33", "groupement_acteurs") not in {(gap.cell.key, gap.cell.code) for gap in found}


def test_without_any_data_nothing_else_can_be_said(gazetteer: Gazetteer) -> None:
    """Gironde is the largest, nobody looked, nothing covers it; the rest does not apply."""
    gap = gap_at(gaps(coverage(a_catalogue(gazetteer, []), EVERYTHING, Decisions())), "departement:33")
    assert gap.nearest is None
    assert gap.indicators == {
        "population": 1.0,
        "structures": None,
        "distance": None,
        "sans_couverture": 1.0,
        "recherche": 0.5,
        "objectif": None,
    }
    assert list(gap.indicators) == [one.code for one in INDICATORS]
    assert gap.score == 83.3


@pytest.mark.parametrize(
    ("commune", "kilometres"),
    [
        pytest.param(LANGON, (45, 55), id="Langon, 50 km"),
        pytest.param(VILLENEUVE_DE_MARSAN, (105, 118), id="Villeneuve-de-Marsan, 110 km"),
        pytest.param(PAU, (168, 182), id="Pau, 173 km"),
    ],
)
def test_real_distances(gazetteer: Gazetteer, commune: str, kilometres: tuple[float, float]) -> None:
    """From the middle of the metropolis to towns whose distance anybody can check."""
    place = gazetteer[f"commune:{commune}"]
    example = a_practice("une", **at_address(place.longitude, place.latitude, commune))
    found = nearest_to(gazetteer, METROPOLIS, example)
    assert found is not None
    assert kilometres[0] < found.distance_km < kilometres[1]
    middle = gazetteer[METROPOLIS]
    both = gpd.GeoSeries([Point(one.longitude, one.latitude) for one in (middle, place)], crs=4326).to_crs(2154)
    assert found.distance_km == round(both.iloc[0].distance(both.iloc[1]) / 1000, 1)


@pytest.mark.parametrize(
    ("practices", "nearest"),
    [
        pytest.param((), None, id="nothing"),
        pytest.param((a_practice("partout", **over("departement", LANDES)),), None, id="nothing that has a point"),
        pytest.param(
            (a_practice("autre", type_pratique="achats_inter_ess", **PLACE_DE_LA_BOURSE),), None, id="another type"
        ),
        pytest.param(
            (a_practice("pau", **CHATEAU_DE_PAU), a_practice("bordeaux", **PLACE_DE_LA_BOURSE)),
            "bordeaux",
            id="the nearer of two",
        ),
        pytest.param(
            (a_practice("pau", **CHATEAU_DE_PAU), a_practice("a-bordeaux", statut="projet", **PLACE_DE_LA_BOURSE)),
            "a-bordeaux",
            id="a project is an example",
        ),
    ],
)
def test_the_nearest_example(gazetteer: Gazetteer, practices: tuple[Practice, ...], nearest: str | None) -> None:
    """Seen from Dordogne: of the same type, with a point."""
    found = nearest_to(gazetteer, "epci:200040392", *practices)
    assert (found and found.practice_id) == nearest


def test_the_nearest_example_meets_the_other_criteria(gazetteer: Gazetteer) -> None:
    """Asked for active practices, a project next door is not an example; the territory asked for is no limit."""
    active = a_practice("pau", statut="active", **CHATEAU_DE_PAU)
    project = a_practice("bordeaux", statut="projet", **PLACE_DE_LA_BOURSE)
    found = nearest_to(gazetteer, "epci:200040392", project, active, statuses=("active",))
    assert found is not None
    assert found.practice_id == "pau"


@pytest.mark.parametrize(
    ("place", "approximate"),
    [
        pytest.param(PLACE_DE_LA_BOURSE, False, id="an address is exact"),
        pytest.param(over("commune", f"commune:{BORDEAUX}"), True, id="a commune's point is not"),
    ],
)
def test_a_commune_is_about_there(gazetteer: Gazetteer, place: dict[str, str], *, approximate: bool) -> None:
    """The distance to the middle of a commune is said to be one."""
    found = nearest_to(gazetteer, "epci:200040392", a_practice("une", **place))
    assert found is not None
    assert found.approximate is approximate


@given(practices=practice_lists(), code=st.sampled_from(("groupement_acteurs", "creation_activites", CODE)))
def test_no_example_is_nearer_than_the_nearest(gazetteer: Gazetteer, practices: list[Practice], code: str) -> None:
    """The index finds what measuring every distance finds."""
    catalogue = a_catalogue(gazetteer, practices)
    located = catalogue.geo.loc[lambda frame: frame.index.isin(select(catalogue, Criteria((code,))).rows)]
    shown = coverage(catalogue, EVERYTHING, Decisions())
    for gap in scored(shown, (cell for cell in shown if cell.is_gap)):
        if gap.cell.code == code:
            place = gazetteer[gap.cell.key]
            middle = gpd.GeoSeries([Point(place.longitude, place.latitude)], crs=4326).to_crs(2154).iloc[0]
            metres = located.geometry.distance(middle)
            expected = None if metres.empty else round(metres.min() / 1000, 1)
            assert (gap.nearest and gap.nearest.distance_km) == expected


def near(kilometres: float, *, approximate: bool = False) -> Nearest:
    """Return Loc’Halle Bio at a distance."""
    return Nearest("loc-halle-bio", "Loc’Halle Bio", kilometres, approximate)


@pytest.mark.parametrize(
    ("nearest", "words"),
    [
        pytest.param(None, "aucun exemple situé", id="none"),
        pytest.param(near(62.4), "l’exemple le plus proche : Loc’Halle Bio, à 62 km", id="an address"),
        pytest.param(
            near(62.4, approximate=True), "l’exemple le plus proche : Loc’Halle Bio, à environ 62 km", id="a commune"
        ),
        pytest.param(near(0), "l’exemple le plus proche : Loc’Halle Bio, à moins d’1 km", id="on the spot"),
        pytest.param(near(0.9), "l’exemple le plus proche : Loc’Halle Bio, à moins d’1 km", id="below a kilometre"),
        pytest.param(near(1), "l’exemple le plus proche : Loc’Halle Bio, à 1 km", id="a kilometre"),
        pytest.param(near(1204), "l’exemple le plus proche : Loc’Halle Bio, à 1 204 km", id="overseas"),
    ],
)
def test_a_distance_in_words(nearest: Nearest | None, words: str) -> None:
    """Kilometres, never metres: nobody measures from the middle of an EPCI to the metre."""
    assert plain(nearest_in_words(nearest)) == words
