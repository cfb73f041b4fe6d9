"""What is said of an offer, in French."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given

from cooperations.offers import words
from cooperations.offers.needs import Need, place_of
from cooperations.offers.terms import FINDINGS
from tests.making import MONT_DE_MARSAN, plain
from tests.offers.offering import FRANCE, GIRONDE, HERE, LANDES, an_award, an_offer, in_commune
from tests.offers.test_offer_needs import NEEDS

if TYPE_CHECKING:
    from cooperations.territories import Gazetteer


@pytest.mark.parametrize(
    ("km", "precision", "expected"),
    [
        pytest.param(12.3, "adresse", "à 12 km", id="an address is exact"),
        pytest.param(12.3, "commune", "à environ 12 km", id="a commune is about"),
        pytest.param(12.3, "departement", "à environ 12 km", id="a department too"),
        pytest.param(0.4, "adresse", "à moins de 1 km", id="very near"),
        pytest.param(0.0, "commune", "dans la même commune, ou tout près", id="in the same town"),
        pytest.param(1.0, "adresse", "à 1 km", id="one kilometre"),
        pytest.param(1.5, "adresse", "à 2 km", id="rounded"),
        pytest.param(1234.0, "adresse", "à 1 234 km", id="very far"),
    ],
)
def test_a_distance_is_as_sure_as_its_point(km: float, precision: str, expected: str) -> None:
    """« environ » from anything but an address."""
    assert plain(words.distance_in_words(km, precision)) == expected


@pytest.mark.parametrize(
    ("values", "km", "expected"),
    [
        pytest.param({"precision": "adresse"}, 12.0, ["siège à 12 km"], id="its seat"),
        pytest.param({"precision": "commune"}, 12.0, ["siège à environ 12 km"], id="its seat, about"),
        pytest.param({}, None, [], id="nothing known"),
        pytest.param({"area_radius_km": 30}, None, ["intervient jusqu’à 30 km"], id="its own radius"),
        pytest.param({"area_territories": LANDES}, None, ["couvre les Landes"], id="a department with its article"),
        pytest.param({"area_territories": FRANCE}, None, ["couvre toute la France"], id="all France"),
        pytest.param({"area_territories": "region:72"}, None, ["couvre Aquitaine"], id="this region"),
        pytest.param({"area_territories": "region:75"}, None, ["couvre toute la région"], id="the present region"),
        pytest.param({"area_territories": HERE}, None, ["couvre Mont-de-Marsan"], id="a commune"),
        pytest.param({"area_territories": GIRONDE}, None, [], id="what does not hold the place is no reason"),
        pytest.param(
            {"area_radius_km": 60.0, "area_territories": f"{GIRONDE}|{LANDES}", "precision": "adresse"},
            45.0,
            ["siège à 45 km", "intervient jusqu’à 60 km", "couvre les Landes"],
            id="all of them",
        ),
    ],
)
def test_the_reasons_are_said(
    gazetteer: Gazetteer, values: dict[str, Any], km: float | None, expected: list[str]
) -> None:
    """Why a structure answers a buyer of Mont-de-Marsan."""
    point = {"longitude": -0.5, "latitude": 43.9} if values.get("precision") else {}
    place = place_of(Need(place=HERE), gazetteer)
    assert [plain(one) for one in words.reasons(an_offer(**values, **point), km, place, gazetteer)] == expected


def test_without_a_place_all_territories_are_said(gazetteer: Gazetteer) -> None:
    """Nobody knows yet which one matters."""
    said = words.reasons(an_offer(area_territories=f"{GIRONDE}|{LANDES}|departement:75"), None, None, gazetteer)
    assert said == ["couvre la Gironde", "couvre les Landes", "couvre Paris"]


@given(need=NEEDS)
def test_any_need_is_said(gazetteer: Gazetteer, need: Need) -> None:
    """Each filter in words: no code is shown, and none is missing."""
    said = words.need_in_words(need, gazetteer)
    pairs = [pair for pair in need.to_query() if pair[0] != "rayon"]
    assert said.count(" ; ") >= len(pairs) - 1
    assert (said == "aucun filtre") is (not pairs)
    for name, value in pairs:
        assert words.filter_in_words(name, value, need, gazetteer) in said


def test_a_need_is_one_phrase(gazetteer: Gazetteer) -> None:
    """As the head of a file or of a printed page has it."""
    need = Need(HERE, "20", ("nettoyage",), "vitres", ("achats_inter_ess",), ("ACI",), ("association",), (), "oui")
    assert plain(words.need_in_words(need, gazetteer)) == (
        "20 km autour de Mont-de-Marsan (commune, 40) ; Nettoyage et propreté ; « vitres » ; Achats inter-ESS ; "
        "Atelier ou chantier d’insertion ; Association ; Aussi plus loin"
    )


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        pytest.param({"kind": "ACI", "family": "association"}, "Atelier ou chantier d’insertion (ACI)", id="the kind"),
        pytest.param({"family": "association"}, "Association", id="else the family"),
        pytest.param({}, "", id="else nothing"),
    ],
)
def test_what_a_structure_is(values: dict[str, Any], expected: str) -> None:
    """Its category, else its legal family."""
    assert words.kind_in_words(an_offer(**values)) == expected


@pytest.mark.parametrize(
    ("values", "place", "address"),
    [
        pytest.param(
            {
                "commune_code": MONT_DE_MARSAN,
                "address": "12 rue des Pins",
                "post_code": "40000",
                "city": "MONT DE MARSAN",
            },
            "Mont-de-Marsan (40)",
            "12 rue des Pins, 40000 MONT DE MARSAN",
            id="its commune",
        ),
        pytest.param(
            {"city": "Paris 11", "department_code": "75"}, "Paris 11 (75)", "Paris 11", id="what the source writes"
        ),
        pytest.param({"department_code": "64"}, "Pyrénées-Atlantiques", "Pyrénées-Atlantiques", id="its department"),
        pytest.param({"commune_code": "75056", "city": "Paris"}, "Paris", "Paris", id="a commune elsewhere"),
        pytest.param({}, "", "", id="nothing"),
    ],
)
def test_where_a_structure_is(gazetteer: Gazetteer, values: dict[str, Any], place: str, address: str) -> None:
    """As precisely as it is known, and no more."""
    offer = an_offer(**values)
    assert plain(words.place_in_words(offer, gazetteer)) == place
    assert plain(words.address_in_words(offer, gazetteer)) == address


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        pytest.param({"area_radius_km": 30, "area_territories": f"{LANDES}|{GIRONDE}"},
                     "jusqu’à 30 km ; les Landes, la Gironde", id="both"),
        pytest.param({"area_territories": FRANCE}, "toute la France", id="everywhere"),
        pytest.param({}, "", id="nothing said"),
    ],
)  # fmt: skip
def test_how_far_a_structure_goes(gazetteer: Gazetteer, values: dict[str, Any], expected: str) -> None:
    """All that it says, whatever the place."""
    assert plain(words.area_in_words(an_offer(**values), gazetteer)) == expected


@pytest.mark.parametrize(
    ("origin", "expected"),
    [
        pytest.param("liste", "Nettoyage et propreté, Énergie et eau", id="the list says so"),
        pytest.param(None, "Nettoyage et propreté, Énergie et eau", id="nobody says how"),
        pytest.param("naf", "Nettoyage et propreté, Énergie et eau (déduite du code NAF)", id="deduced"),
    ],
)
def test_what_a_structure_sells(origin: str | None, expected: str) -> None:
    """What is deduced is said to be."""
    offer = an_offer(purchase_families="nettoyage|energie_eau", purchase_origin=origin)
    assert words.purchases_in_words(offer) == expected
    assert words.purchases_in_words(an_offer(purchase_origin=origin)) == ""


def test_a_contract_is_one_line() -> None:
    """What is not known is left out."""
    award = an_award(subject="Fourniture de repas", notified_on=date(2019, 5, 2), buyer_name="Ville de Bayonne")
    assert plain(words.award_in_words(award)) == "2019 : Fourniture de repas, pour Ville de Bayonne"
    assert words.award_in_words(an_award(subject="Fourniture de repas")) == "Fourniture de repas"


def test_services_and_sources_are_said() -> None:
    """A list without a profile goes by its code."""
    offer = an_offer(services="prestation|fourniture", source="siae")
    assert words.services_in_words(offer) == "Prestation de service, Fabrication et vente de biens"
    assert words.source_in_words(offer) == "Les emplois de l’inclusion (SIAE)"
    assert words.source_in_words(an_offer(source="liste-cress")) == "liste-cress"


@pytest.mark.parametrize("code", FINDINGS.codes)
def test_what_was_found_is_said(code: str) -> None:
    """Each finding of the import in a sentence, the cell's order kept."""
    first, last = words.findings_in_words(
        an_offer(findings=f"{code}|sans_point" if code != "sans_point" else "cedex|sans_point")
    )
    assert plain(last) == "Sans point : la source ne donne pas de coordonnées."
    assert first.endswith(".")


def test_a_cell_without_codes_holds_none(gazetteer: Gazetteer) -> None:
    """An absent cell and an empty one are the same."""
    assert words.split(None) == words.split("") == words.split("|") == ()
    town = an_offer(**in_commune(gazetteer, MONT_DE_MARSAN))
    assert words.findings_in_words(town) == []
