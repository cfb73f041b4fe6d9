"""The practices that meet some criteria."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from cooperations import vocabularies as v
from cooperations.criteria import EVERYTHING, Criteria
from cooperations.selection import select
from tests.making import (
    AQUITAINE,
    BEGLES,
    BORDEAUX_METROPOLE,
    CRITERIA,
    PAYS_FOYEN,
    TERRITORY_KEYS,
    a_catalogue,
    a_practice,
    over,
    practice_lists,
)

if TYPE_CHECKING:
    from cooperations.catalogue import Catalogue
    from cooperations.model import Practice
    from cooperations.territories import Gazetteer


def ids(catalogue: Catalogue, criteria: Criteria) -> list[str]:
    """Return the ids of what is selected."""
    return [practice.id for practice in select(catalogue, criteria).practices]


@pytest.mark.parametrize(
    ("criteria", "expected"),
    [
        pytest.param(
            Criteria(practice_types=("mutualisation_achats",)), ["la-ristourne"], id="a type holds its practices"
        ),
        pytest.param(
            Criteria(practice_types=("reponses_groupees_ponctuelles",)),
            ["groupement-aci-bordeaux-metropole", "marche-erdf-landes"],
            id="a sub-type holds less than its type",
        ),
        pytest.param(
            Criteria(practice_types=("reponses_groupees_permanentes", "mutualisation_achats")),
            ["gie-green", "loc-halle-bio", "la-ristourne"],
            id="a sub-type and a type are alternatives",
        ),
        pytest.param(
            Criteria(territories=("departement:40",)),
            ["projet-mutualite-landes", "marche-erdf-landes", "maisadour-fermiers-landes"],
            id="a department holds its communes",
        ),
        pytest.param(
            Criteria(territories=("departement:40",), reach="entier"),
            ["projet-mutualite-landes", "marche-erdf-landes"],
            id="a whole department leaves its communes out",
        ),
        pytest.param(
            Criteria(territories=(f"epci:{BORDEAUX_METROPOLE}",)),
            [
                "les-detritivores",
                "groupement-aci-bordeaux-metropole",
                "loc-halle-bio",
                "la-poste-conciergerie-solidaire",
                "inter-ess-cafe-michel",
            ],
            id="a metropolis holds its communes",
        ),
        pytest.param(
            Criteria(territories=(f"commune:{BEGLES}",), reach="couvrant"),
            ["groupement-aci-bordeaux-metropole", "convention-cd33-ai-colleges", "reseau-3ar", "reflexe-ess"],
            id="a commune is covered by its department and the region",
        ),
        pytest.param(Criteria(territories=("commune:24322",)), [], id="nothing is known in Périgueux"),
        pytest.param(
            Criteria(territories=("departement:86",)), ["gie-green"], id="outside is found when it is asked for"
        ),
        pytest.param(Criteria(statuses=("projet",)), ["projet-mutualite-landes"], id="a status"),
        pytest.param(Criteria(locations=("hors_perimetre",)), ["gie-green"], id="a location group"),
        pytest.param(
            Criteria(text="ELECTRICITE landes"), ["marche-erdf-landes"], id="all words, without accents or case"
        ),
        pytest.param(Criteria(text="loc'halle"), ["loc-halle-bio"], id="a straight apostrophe finds a curly one"),
        pytest.param(Criteria(text="Ardits"), ["marche-erdf-landes"], id="the name of an actor"),
        pytest.param(Criteria(text=".*"), [], id="a text is not a pattern"),
        pytest.param(Criteria(text="(["), [], id="a broken pattern is only text"),
        pytest.param(
            Criteria(practice_types=("achats_inter_ess",), statuses=("active",)), [], id="filters hold together"
        ),
    ],
)
def test_what_is_selected(catalogue: Catalogue, criteria: Criteria, expected: list[str]) -> None:
    """The practices of the minutes that answer a question, in the order of the data."""
    assert ids(catalogue, criteria) == expected


def test_everything_is_everything(catalogue: Catalogue) -> None:
    """Without a filter nothing is left out, not even what has no place."""
    selection = select(catalogue, EVERYTHING)
    assert len(selection) == len(catalogue) == 19
    assert selection.by_location == {"point": 7, "territoire": 5, "inconnue": 6, "hors_perimetre": 1}
    assert selection.without_point == 11


@given(practices=practice_lists(), criteria=CRITERIA)
def test_each_practice_is_judged_on_its_own(
    gazetteer: Gazetteer, practices: list[Practice], criteria: Criteria
) -> None:
    """A practice is in a selection or not, whatever the others are."""
    chosen = ids(a_catalogue(gazetteer, practices), criteria)
    alone = [one.id for one in practices if ids(a_catalogue(gazetteer, [one]), criteria)]
    assert chosen == alone


@given(practices=practice_lists())
def test_reaches_are_one_inside_the_other(gazetteer: Gazetteer, practices: list[Practice]) -> None:
    """The whole territory, within what it holds, within what covers it too."""
    catalogue = a_catalogue(gazetteer, practices)
    for key in TERRITORY_KEYS:
        whole, inside, covering = (
            set(ids(catalogue, Criteria(territories=(key,), reach=reach))) for reach in ("entier", "dedans", "couvrant")
        )
        assert whole <= inside <= covering, key


def test_a_straddling_epci_covers_in_both_its_departments(gazetteer: Gazetteer) -> None:
    """What is done in the whole Pays Foyen is done in Dordogne and in Gironde."""
    catalogue = a_catalogue(gazetteer, [a_practice("foyen", **over("epci", f"epci:{PAYS_FOYEN}"))])
    for code, expected in (("24", ["foyen"]), ("33", ["foyen"]), ("40", [])):
        assert ids(catalogue, Criteria(territories=(f"departement:{code}",))) == expected


@given(practices=practice_lists(), criteria=CRITERIA)
def test_one_more_filter_never_shows_more(gazetteer: Gazetteer, practices: list[Practice], criteria: Criteria) -> None:
    """Filters narrow, and the alternatives of one filter share out what it keeps."""
    catalogue = a_catalogue(gazetteer, practices)
    wide = set(ids(catalogue, Criteria(territories=criteria.territories, reach=criteria.reach)))
    assert set(ids(catalogue, criteria)) <= wide
    by_status = [
        Criteria(territories=criteria.territories, reach=criteria.reach, statuses=(c,)) for c in v.STATUSES.codes
    ]
    assert sorted(one for asked in by_status for one in ids(catalogue, asked)) == sorted(wide)


def test_several_territories_are_alternatives(catalogue: Catalogue) -> None:
    """Landes or Gironde holds what either holds, once."""
    either = ids(catalogue, Criteria(territories=("departement:33", "departement:40")))
    landes = ids(catalogue, Criteria(territories=("departement:40",)))
    gironde = ids(catalogue, Criteria(territories=("departement:33",)))
    assert sorted(either) == sorted(landes + gironde)
    assert set(either) < set(ids(catalogue, Criteria(territories=(AQUITAINE,))))


@pytest.mark.parametrize(
    ("criteria", "expected"),
    [
        pytest.param(Criteria(start="2014", end="2014"), {"inside", "across", "undated"}, id="a year"),
        pytest.param(Criteria(start="2015-07"), {"across", "undated"}, id="what went on afterwards"),
        pytest.param(Criteria(end="2013-12-31"), {"across", "undated"}, id="what had begun before"),
        pytest.param(Criteria(start="2014-12-31"), {"inside", "across", "undated"}, id="the last day counts"),
        pytest.param(Criteria(end="2014-01-01"), {"inside", "across", "undated"}, id="the first day counts"),
    ],
)
def test_a_period_holds_what_touches_it(gazetteer: Gazetteer, criteria: Criteria, expected: set[str]) -> None:
    """What has no known date is never left out by a period: nobody says that it was not there."""
    practices = [
        a_practice("inside", periode_debut="2014", periode_fin="2014"),
        a_practice("across", periode_debut="2013-05"),
        a_practice("undated"),
    ]
    assert set(ids(a_catalogue(gazetteer, practices), criteria)) == expected
