"""What a person asked to see, and the address that says it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperations import vocabularies as v
from cooperations.counts import TOTAL, cell, columns, count_matrix
from cooperations.criteria import (
    EVERYTHING,
    LONGEST_TEXT,
    PARAMETERS,
    Criteria,
    criteria_in_words,
    from_query,
    narrowed,
)
from cooperations.selection import select
from tests.making import AQUITAINE, CRITERIA, TEXTS, plain

if TYPE_CHECKING:
    from cooperations.catalogue import Catalogue
    from cooperations.territories import Gazetteer

PURCHASES_IN_GIRONDE = Criteria(
    practice_types=("achats_responsables_publics", "achats_inter_ess"),
    territories=("departement:33",),
    reach="couvrant",
    statuses=("active",),
    locations=("point", "territoire"),
    text="café Michel",
)
ADDRESS = (
    "type=achats_responsables_publics&type=achats_inter_ess&territoire=departement%3A33&portee=couvrant"
    "&statut=active&localisation=point&localisation=territoire&q=caf%C3%A9+Michel"
)


@given(criteria=CRITERIA, text=TEXTS)
def test_an_address_says_its_criteria(gazetteer: Gazetteer, criteria: Criteria, text: str) -> None:
    """A link that is sent shows to the other person what the first one saw."""
    asked = Criteria(**{name: getattr(criteria, name) for name in PARAMETERS.values()} | {"text": text})
    assert from_query(asked.to_query(), gazetteer) == (asked, ())
    assert from_query(parse_qsl(asked.query_string()), gazetteer) == (asked, ())


def test_an_address_is_always_written_the_same_way() -> None:
    """Parameters come in a fixed order, so that the same question has one address, and one cache entry."""
    assert PURCHASES_IN_GIRONDE.query_string() == ADDRESS
    assert list(PARAMETERS) == ["type", "territoire", "portee", "statut", "localisation", "q", "debut", "fin"]


def test_the_order_of_parameters_does_not_matter(gazetteer: Gazetteer) -> None:
    """However a link was put together, it asks the same thing."""
    backwards = sorted(PURCHASES_IN_GIRONDE.to_query(), key=lambda pair: pair[0], reverse=True)
    assert from_query(backwards, gazetteer) == (PURCHASES_IN_GIRONDE, ())


def test_asking_for_everything_needs_no_parameter(gazetteer: Gazetteer) -> None:
    """The plain address shows everything."""
    assert EVERYTHING.to_query() == ()
    assert from_query([], gazetteer) == (EVERYTHING, ())


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        pytest.param("type", "covoiturage", "ce code n’existe pas", id="a type that does not exist"),
        pytest.param("type", "achat_inter_ess", "« achats_inter_ess »", id="a type with a letter missing"),
        pytest.param("type", "Groupement d’acteurs", "ce code n’existe pas", id="a label instead of a code"),
        pytest.param("territoire", "departement:75", "ce territoire n’est pas connu", id="Paris"),
        pytest.param("territoire", "Landes", "ce territoire n’est pas connu", id="a name instead of a key"),
        pytest.param("portee", "partout", "ce code n’existe pas", id="a reach that does not exist"),
        pytest.param("statut", "actives", "« active »", id="a status in the plural"),
        pytest.param("localisation", "gps", "ce code n’existe pas", id="a location that does not exist"),
        pytest.param("q", "é" * (LONGEST_TEXT + 1), "plus de 200 caractères", id="a text too long"),
        pytest.param("debut", "juin 2015", "une année, un mois ou un jour", id="a month in words"),
        pytest.param("fin", "2016-02-30", "une année, un mois ou un jour", id="a day that does not exist"),
        pytest.param("debut", "0000", "une année, un mois ou un jour", id="a year that does not exist"),
        pytest.param("couleur", "rouge", "ce paramètre n’existe pas", id="a parameter that does not exist"),
        pytest.param("statuts", "active", "« statut »", id="a parameter in the plural"),
    ],
)
def test_what_makes_no_sense_is_left_out_and_said(gazetteer: Gazetteer, name: str, value: str, reason: str) -> None:
    """An old or mistyped link still opens; the rest of it holds, and the person is told."""
    criteria, ignored = from_query([("statut", "active"), (name, value)], gazetteer)
    assert criteria == Criteria(statuses=("active",))
    (one,) = ignored
    assert (one.name, one.value) == (name, value)
    assert reason in one.reason.replace("\u00a0", " ")


def test_a_period_that_ends_before_it_starts_is_said(gazetteer: Gazetteer) -> None:
    """The rest of the link holds, without its end; the same year on both sides is a period."""
    criteria, (one,) = from_query([("debut", "2016"), ("fin", "2015-12")], gazetteer)
    assert criteria == Criteria(start="2016")
    assert (one.name, one.value, one.reason) == ("fin", "2015-12", "la période finit avant de commencer")
    assert from_query([("debut", "2016"), ("fin", "2016-01")], gazetteer) == (Criteria(start="2016", end="2016-01"), ())


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param(["commune:33409"], id="alone"),
        pytest.param(["commune:33008", "commune:33409"], id="beside its successor, which counts once"),
        pytest.param(["commune:33409", "commune:33008"], id="before its successor, which counts once"),
    ],
)
def test_a_former_commune_is_converted_and_said(gazetteer: Gazetteer, asked: list[str]) -> None:
    """A link older than the merger shows Porte-de-Benauge, and says that it was not ignored."""
    criteria, said = from_query([("territoire", key) for key in asked], gazetteer)
    assert criteria == Criteria(territories=("commune:33008",))
    (one,) = said
    assert (one.name, one.value, one.converted) == ("territoire", "commune:33409", True)
    assert "Porte-de-Benauge (33008)" in one.reason


@pytest.mark.parametrize(("name", "value"), [("q", "commune:33409"), ("couleur", "commune:33409")])
def test_only_territories_are_converted(gazetteer: Gazetteer, name: str, value: str) -> None:
    """A person who searches an old code as text finds what has it."""
    criteria, said = from_query([(name, value)], gazetteer)
    assert criteria == Criteria(text=value if name == "q" else "")
    assert not any(one.converted for one in said)


@pytest.mark.parametrize(
    ("criteria", "words"),
    [
        pytest.param(EVERYTHING, "aucun filtre", id="nothing asked"),
        pytest.param(Criteria(territories=("departement:40",)), "Tous les types ; Landes (40)", id="a territory"),
        pytest.param(
            Criteria(practice_types=("achats_inter_ess", "creation_activites")),
            "Achats inter-ESS, Création d’activités",
            id="two types",
        ),
        pytest.param(
            PURCHASES_IN_GIRONDE,
            "Achats responsables publics, Achats inter-ESS ; Gironde (33) ; Aussi ce qui couvre ce territoire ; "
            "Active ; Placées par un point, À l’échelle d’un territoire ; « café Michel »",
            id="everything at once",
        ),
        pytest.param(
            Criteria(start="2015-06", end="2016-07-12"),
            "Tous les types ; à partir de juin 2015 ; jusqu’au 12 juillet 2016",
            id="a period",
        ),
    ],
)
def test_filters_are_said_in_words(gazetteer: Gazetteer, criteria: Criteria, words: str) -> None:
    """An exported file says in French what it was filtered on."""
    assert plain(criteria_in_words(criteria, gazetteer)) == words


@given(st.lists(st.tuples(st.one_of(st.sampled_from(sorted(PARAMETERS)), st.text()), st.text())))
def test_any_address_opens(gazetteer: Gazetteer, pairs: list[tuple[str, str]]) -> None:
    """Whatever is typed in the address bar, criteria come out of it, and they can be said again."""
    criteria, ignored = from_query(pairs, gazetteer)
    assert from_query(criteria.to_query(), gazetteer) == (criteria, ())
    assert {one.name for one in ignored} <= {name for name, _ in pairs}


def test_a_value_given_twice_counts_once(gazetteer: Gazetteer) -> None:
    """The first of two equal values is kept, in its place."""
    pairs = [("type", "mutualisation_achats"), ("type", "achats_inter_ess"), ("type", "mutualisation_achats")]
    assert from_query(pairs, gazetteer)[0].practice_types == ("mutualisation_achats", "achats_inter_ess")


def test_the_last_of_several_texts_holds(gazetteer: Gazetteer) -> None:
    """Only one text can be searched; spaces around it and empty texts do not count."""
    assert from_query([("q", "poste"), ("q", "  ristourne "), ("q", " ")], gazetteer)[0].text == "ristourne"


def test_parameters_of_others_are_passed_over(gazetteer: Gazetteer) -> None:
    """The map's zoom is neither a filter nor a mistake."""
    pairs = [("z", "9"), ("statut", "projet")]
    assert from_query(pairs, gazetteer, frozenset({"z"})) == (Criteria(statuses=("projet",)), ())


@pytest.mark.parametrize(
    ("parameter", "value", "left"),
    [
        pytest.param("type", "achats_inter_ess", ("achats_responsables_publics",), id="one type of two"),
        pytest.param("localisation", "point", ("territoire",), id="one location of two"),
        pytest.param("statut", "projet", ("active",), id="a value that is not there"),
        pytest.param("q", "café Michel", "", id="the text"),
    ],
)
def test_one_filter_is_removed_at_a_time(parameter: str, value: str, left: object) -> None:
    """Removing a filter leaves all the others."""
    kept = PURCHASES_IN_GIRONDE.without(parameter, value)
    assert getattr(kept, PARAMETERS[parameter]) == left
    others = set(PARAMETERS.values()) - {PARAMETERS[parameter]}
    assert all(getattr(kept, name) == getattr(PURCHASES_IN_GIRONDE, name) for name in others)


def test_removing_the_last_territory_forgets_the_reach() -> None:
    """Without a territory the reach says nothing, and would come back unasked with the next one."""
    criteria = Criteria(territories=("departement:33", AQUITAINE), reach="entier")
    with_one = criteria.without("territoire", AQUITAINE)
    assert with_one == Criteria(territories=("departement:33",), reach="entier")
    assert with_one.without("territoire", "departement:33") == EVERYTHING


@pytest.mark.parametrize("criteria", [PURCHASES_IN_GIRONDE, Criteria(territories=(AQUITAINE,), reach="entier")])
def test_removing_every_filter_leaves_everything(criteria: Criteria) -> None:
    """From any question, clearing one filter after another leads back to all practices."""
    for parameter, value in criteria.to_query():
        criteria = criteria.without(parameter, value)
    assert criteria == EVERYTHING


def test_types_and_subtypes_are_asked_alike(gazetteer: Gazetteer) -> None:
    """Every code of the published vocabulary can be asked for."""
    criteria, ignored = from_query([("type", code) for code in v.PRACTICES.codes], gazetteer)
    assert criteria.practice_types == v.PRACTICES.codes
    assert ignored == ()


@given(criteria=CRITERIA)
def test_a_cell_of_the_table_shows_what_it_counts(catalogue: Catalogue, criteria: Criteria) -> None:
    """Each number of the table leads to as many practices, whatever one value of each filter is held."""
    selection = select(catalogue, criteria)
    matrix = count_matrix(selection)
    for column in columns(selection):
        for code in (*v.PRACTICES.codes, TOTAL):
            count = cell(matrix, code, column.key)
            asked = dict(column.filter) | ({} if code == TOTAL else {"type": code})
            if (
                not count
                or criteria.reach != "dedans"
                or len(criteria.territories) > 1
                or len(criteria.practice_types) > 1
            ):
                continue
            assert len(select(catalogue, narrowed(criteria, asked, catalogue.gazetteer))) == count


@pytest.mark.parametrize(
    ("held", "cell_asked", "expected"),
    [
        (Criteria(territories=("commune:33063",)), {"territoire": "departement:33"}, ("commune:33063",)),
        (Criteria(territories=("departement:40",)), {"territoire": "departement:33"}, ("departement:33",)),
        (Criteria(), {"territoire": "region:72", "portee": "entier"}, ("region:72",)),
    ],
    ids=["bordeaux-stays-in-gironde", "gironde-replaces-landes", "region-whole"],
)
def test_narrowing_never_widens(
    gazetteer: Gazetteer, held: Criteria, cell_asked: dict[str, str], expected: tuple[str, ...]
) -> None:
    """A commune that is filtered stays when the cell of its department is pressed."""
    assert narrowed(held, cell_asked, gazetteer).territories == expected


def test_empty_values_are_no_filter_and_no_fault(gazetteer: Gazetteer) -> None:
    """« ?type=&territoire= » says nothing, and is not reproached."""
    assert from_query([("type", ""), ("territoire", " ")], gazetteer) == (EVERYTHING, ())
