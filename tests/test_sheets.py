"""What is said of a practice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cooperations import sheets
from tests.making import AQUITAINE, LANGON, PAYS_FOYEN, a_practice, over, plain

if TYPE_CHECKING:
    from cooperations.catalogue import Catalogue


@pytest.mark.parametrize(
    ("partial", "words"),
    [
        pytest.param(None, "", id="nothing known"),
        pytest.param("2014", "2014", id="a year"),
        pytest.param("2015-06", "juin 2015", id="a month"),
        pytest.param("2016-07-12", "12 juillet 2016", id="the day of the meeting"),
        pytest.param("2016-08-01", "1er août 2016", id="the first of a month"),
        pytest.param("2016-09-02", "2 septembre 2016", id="no zero before the day"),
        pytest.param("2014-07-31", "31 juillet 2014", id="the day of the law"),
    ],
)
def test_dates_are_in_french(partial: str | None, words: str) -> None:
    """As precise as what is known, and no more."""
    assert sheets.french_date(partial) == words


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        pytest.param("", "", "", id="nothing known"),
        pytest.param("2013", "", "Depuis 2013", id="open"),
        pytest.param("", "2016-06", "Jusqu’à juin 2016", id="only its end is known"),
        pytest.param("2014", "2014", "2014", id="one year"),
        pytest.param("2014", "2016-06", "2014 à juin 2016", id="both ends"),
    ],
)
def test_periods_are_in_french(start: str, end: str, words: str) -> None:
    """A period is said from what is known of it."""
    assert sheets.period_label(a_practice(periode_debut=start, periode_fin=end)) == words


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        pytest.param({}, "Sans territoire connu", id="nobody says where"),
        pytest.param({"precision_localisation": "hors_perimetre"}, "Hors Aquitaine", id="outside, nobody says where"),
        pytest.param(
            over("hors_perimetre", "departement:16", "departement:86"),
            "Hors région : Charente (16), Vienne (86)",
            id="outside, by its departments",
        ),
        pytest.param(over("commune", f"commune:{LANGON}"), "Langon (commune, 33)", id="a commune"),
        pytest.param(
            over("epci", f"epci:{PAYS_FOYEN}"),
            "CC du Pays Foyen (intercommunalité, 24, 33)",
            id="an EPCI over two departments",
        ),
        pytest.param(over("departement", "departement:40"), "Landes (40)", id="a department"),
        pytest.param(over("region", AQUITAINE), "Aquitaine (région)", id="the region"),
    ],
)
def test_places_are_as_precise_as_known(catalogue: Catalogue, cells: dict[str, str], words: str) -> None:
    """Two places never read the same, and nothing is guessed."""
    assert plain(sheets.place_label(catalogue, a_practice(**cells))) == words


def test_a_subtype_follows_its_type() -> None:
    """The sub-type goes on the type's sentence, without a capital."""
    grouped = a_practice(type_pratique="groupement_acteurs", sous_type="creation_activites")
    assert plain(sheets.type_label(grouped)) == "Groupement d’acteurs : création d’activités"
    assert sheets.type_label(a_practice()) == "Mutualisation des achats"


def test_facts_leave_out_what_is_not_known(catalogue: Catalogue) -> None:
    """La couveuse Simone has neither place nor period; its sheet has neither label."""
    facts = dict(sheets.facts(catalogue, catalogue.practice("couveuse-simone-mauhargats")))
    assert "Lieu désigné" not in facts
    assert "Période" not in facts
    assert facts["Sous-type"] == "Création d’activités (déduit de l’ordre du tableau du compte rendu)"
    assert facts["Certitude"].startswith("Compte rendu seul. ")
    assert all(facts.values())


def test_a_line_says_where_its_sheet_is(catalogue: Catalogue) -> None:
    """The line of the Arcins group carries its point and its address."""
    line = sheets.line(catalogue, catalogue.row("groupement-aci-bordeaux-metropole"))
    assert (line.longitude, line.latitude) == (-0.541228, 44.807634)
    assert line.address == "pratique?id=groupement-aci-bordeaux-metropole"
    assert line.place == "Bègles (commune, 33)"


def test_a_line_without_a_point_has_no_coordinates(catalogue: Catalogue) -> None:
    """Réseau 3AR is over the whole region."""
    line = sheets.line(catalogue, catalogue.row("reseau-3ar"))
    assert (line.longitude, line.latitude, line.place) == (None, None, "Aquitaine (région)")


def test_addresses_are_escaped() -> None:
    """An identifier never changes the address that carries it."""
    assert sheets.address("a b&c=d") == "pratique?id=a+b%26c%3Dd"
