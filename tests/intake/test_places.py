"""What each point is worth: real places of Aquitaine, with the defects of the real lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
import pytest

from cooperations.intake.departments import departments
from cooperations.intake.ground import plain_name
from cooperations.intake.shared import same_address
from tests.intake.lists import a_row, came_of, only, said
from tests.making import plain

if TYPE_CHECKING:
    from cooperations.territories import Gazetteer

MONT_DE_MARSAN = {"longitude": "-0.4976", "latitude": "43.8937"}
STRASBOURG = {"longitude": "7.769249", "latitude": "48.553177"}
PAU = {"longitude": "-0.3686", "latitude": "43.2951", "post_code": "64000", "city": "Pau", "department_code": "64"}


def findings(row: dict[str, Any]) -> set[str]:
    return set((row["findings"] or "").split("|")) - {""}


def town_hall(gazetteer: Gazetteer, code: str) -> tuple[float, float]:
    commune = gazetteer[f"commune:{code}"]
    return (commune.longitude, commune.latitude)


def point(row: dict[str, Any]) -> tuple[float, float]:
    return (row["longitude"], row["latitude"])


def test_a_point_at_its_address_is_kept(gazetteer: Gazetteer) -> None:
    """The commune follows from the post code and the name."""
    row = only(came_of(gazetteer, a_row(**MONT_DE_MARSAN)))
    assert (point(row), row["precision"], row["commune_code"]) == ((-0.4976, 43.8937), "adresse", "40192")
    assert row["findings"] is None


@pytest.mark.parametrize(
    ("cells", "finding"),
    [
        pytest.param({"longitude": "0.4976", "latitude": "43.8937"}, "signe_perdu", id="the minus sign is lost"),
        pytest.param({"longitude": "43.8937", "latitude": "-0.4976"}, "coordonnees_inversees", id="exchanged"),
    ],
)
def test_a_certain_repair_is_made_and_said(gazetteer: Gazetteer, cells: dict[str, str], finding: str) -> None:
    """The repaired point falls in the declared commune."""
    intake = came_of(gazetteer, a_row(**cells))
    row = only(intake)
    assert (point(row), row["precision"], findings(row)) == ((-0.4976, 43.8937), "adresse", {finding})
    (notice,) = intake.notices
    assert (notice.line, notice.column) == (2, "longitude")
    assert plain(notice.value) == f"{cells['longitude']} ; {cells['latitude']}"


def test_a_minus_sign_lost_near_greenwich_is_found_by_the_commune(gazetteer: Gazetteer) -> None:
    """-0.2 and 0.2 are both in Gironde: the commune decides."""
    place = {"city": "La Réole", "post_code": "33190", "department_code": "33"}
    longitude, latitude = town_hall(gazetteer, "33352")
    row = only(came_of(gazetteer, a_row(longitude=str(-longitude), latitude=str(latitude), **place)))
    assert (findings(row), round(row["longitude"], 5)) == ({"signe_perdu"}, longitude)


def test_a_point_in_another_department_gives_way_to_the_commune(gazetteer: Gazetteer) -> None:
    """A geocoder that was fed « 40220 Strasbourg » went to Strasbourg; here the commune is sure."""
    intake = came_of(gazetteer, a_row(**STRASBOURG))
    row = only(intake)
    assert (point(row), row["precision"]) == (town_hall(gazetteer, "40192"), "commune")
    assert findings(row) == {"autre_departement"}
    assert "du département 40" in said(intake.notices)[0][2]


def test_without_a_sure_commune_there_is_no_point(gazetteer: Gazetteer) -> None:
    """« 40220 Strasbourg » is no commune of Landes: the structure counts for the department."""
    row = only(came_of(gazetteer, a_row(post_code="40220", city="Strasbourg", **STRASBOURG)))
    assert (row["longitude"], row["commune_code"], row["precision"]) == (None, None, "departement")
    assert findings(row) == {"autre_departement", "commune_ambigue"}


def test_a_point_in_another_commune_is_not_kept(gazetteer: Gazetteer) -> None:
    """At Pau, for a structure of Oloron-Sainte-Marie: the same department."""
    place = {"post_code": "64400", "city": "Oloron-Ste-Marie"}
    row = only(came_of(gazetteer, a_row(**(PAU | place))))
    assert (row["precision"], row["commune_code"], findings(row)) == ("commune", "64422", {"autre_commune"})


def test_a_point_just_over_the_boundary_is_kept(gazetteer: Gazetteer) -> None:
    """Outlines are simplified: 500 m are nothing."""
    west, south, *_ = gazetteer["commune:40192"].bounds
    edge = gazetteer.outline("commune:40192").boundary.coords[0]
    assert west <= edge[0]
    assert south <= edge[1]
    row = only(came_of(gazetteer, a_row(longitude=str(edge[0] + 0.001), latitude=str(edge[1] + 0.001))))
    assert row["precision"] == "adresse"


def test_one_point_for_different_streets_locates_none(gazetteer: Gazetteer) -> None:
    """Twelve structures on one street because the geocoder only knew the town."""
    rows = (
        a_row(str(key), address=f"{key} rue {name}", **MONT_DE_MARSAN)
        for key, name in enumerate(("Gambetta", "Armagnac"))
    )
    intake = came_of(gazetteer, *rows)
    assert intake.accepted["precision"].tolist() == ["commune", "commune"]
    assert intake.findings == {"point_partage": 2}


def test_one_point_for_one_address_is_fine(gazetteer: Gazetteer) -> None:
    """Two structures in the same building, spelled by two persons."""
    rows = (
        a_row("1", address="54 Avenue du Parc", **MONT_DE_MARSAN),
        a_row("2", address="54 AVENUE DU PARC BP 12", **MONT_DE_MARSAN),
    )
    assert came_of(gazetteer, *rows).accepted["precision"].tolist() == ["adresse", "adresse"]


def test_one_point_for_two_post_codes_locates_none(gazetteer: Gazetteer) -> None:
    """The streets have the same name, the towns are not the same."""
    rows = (a_row("1", city="", **MONT_DE_MARSAN), a_row("2", city="", post_code="40090", **MONT_DE_MARSAN))
    intake = came_of(gazetteer, *rows)
    assert intake.findings["point_partage"] == 2


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param("2 rue du four", "2 rue du four", True, id="the same"),
        pytest.param("rue croix pelerine", "12 rue de la croix pelerine", True, id="one without its number"),
        pytest.param("2 rue du four", "4 rue du four", False, id="another number"),
        pytest.param("rue du four", "rue gambetta", False, id="another street"),
        pytest.param("rue du four", "", False, id="no address"),
    ],
)
def test_the_same_address_or_not(one: str, other: str, same: bool) -> None:  # noqa: FBT001 - what is expected
    """As two persons write it."""
    assert same_address(one, other) is same


@pytest.mark.parametrize(
    ("cells", "precision"),
    [
        pytest.param({"geocoding_score": "0.59"}, "commune", id="the geocoder doubts"),
        pytest.param({"geocoding_score": "0.6"}, "adresse", id="the geocoder is sure enough"),
        pytest.param({"geocoding_score": "", "address": "5 rue X"}, "adresse", id="the geocoder says nothing"),
        pytest.param({"geocoding_score": "0.9", "address": ""}, "commune", id="there was no address to look for"),
    ],
)
def test_what_the_geocoder_says_of_itself(gazetteer: Gazetteer, cells: dict[str, str], precision: str) -> None:
    """Under 0.6 its answer is doubtful."""
    row = only(came_of(gazetteer, a_row(**(MONT_DE_MARSAN | cells))))
    assert row["precision"] == precision
    assert ("geocodage_incertain" in findings(row)) == (precision == "commune")


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        pytest.param({"post_code": "64078", "city": "Pau", "department_code": "64"}, "64445", id="a CEDEX code alone"),
        pytest.param({"post_code": "40005", "city": "MONT DE MARSAN CEDEX 2"}, "40192", id="a CEDEX in the name"),
    ],
)
def test_a_cedex_locates_nothing(gazetteer: Gazetteer, cells: dict[str, str], code: str) -> None:
    """The commune is found by its name alone, when one commune of the department bears it."""
    row = only(came_of(gazetteer, a_row(**cells)))
    assert (row["commune_code"], row["precision"], findings(row)) == (code, "commune", {"cedex", "sans_point"})


@pytest.mark.parametrize(
    ("post_code", "city", "code"),
    [
        pytest.param("40230", "St Vincent de Tyrosse", "40284", id="a saint in short"),
        pytest.param("33185", "LE HAILLAN", "33200", id="capitals"),
        pytest.param("33185", "Haillan (Le)", "33200", id="the article at the end"),
        pytest.param("64120", "AICIRITS CAMOU SUHAST", "64010", id="one of 34 communes of a post code"),
        pytest.param("33114", "Le Barp", "33029", id="an article before"),
    ],
)
def test_names_of_communes_as_lists_write_them(gazetteer: Gazetteer, post_code: str, city: str, code: str) -> None:
    """Without accents, hyphens or articles in their place."""
    row = only(came_of(gazetteer, a_row(post_code=post_code, city=city, department_code="")))
    assert (row["commune_code"], row["department_code"]) == (code, code[:2])


def test_homonyms_need_more_than_their_name(gazetteer: Gazetteer) -> None:
    """There are two Montaut, in Landes and Pyrénées-Atlantiques: the department or the post code decides."""
    known = came_of(
        gazetteer,
        a_row("1", post_code="", city="Montaut"),
        a_row("2", post_code="64800", city="Montaut", department_code=""),
    )
    assert known.accepted["commune_code"].tolist() == ["40191", "64400"]
    lost = only(came_of(gazetteer, a_row(post_code="", city="Montaut", department_code="")))
    assert (lost["commune_code"], lost["precision"]) == (None, "inconnue")


def test_a_sure_point_says_the_commune(gazetteer: Gazetteer) -> None:
    """When the list only gives a street and a post code of many communes."""
    row = only(came_of(gazetteer, a_row(city="Le Bourg-Neuf", **MONT_DE_MARSAN)))
    assert (row["commune_code"], row["precision"], row["findings"]) == ("40192", "adresse", None)


def test_a_post_code_alone_says_no_commune(gazetteer: Gazetteer) -> None:
    """The row counts for its department."""
    row = only(came_of(gazetteer, a_row(city="", post_code="64120", department_code="")))
    assert (row["department_code"], row["precision"]) == ("64", "departement")
    assert findings(row) == {"commune_ambigue", "sans_point"}


def test_a_list_without_coordinates_says_so_once(gazetteer: Gazetteer) -> None:
    """Each row has the finding, one notice is enough."""
    intake = came_of(gazetteer, a_row("1"), a_row("2"))
    assert intake.findings == {"sans_point": 2}
    assert [issue.line for issue in intake.notices] == [0]


def test_a_row_without_point_in_a_list_of_points_is_said(gazetteer: Gazetteer) -> None:
    """With its line."""
    intake = came_of(gazetteer, a_row("1", **MONT_DE_MARSAN), a_row("2"))
    assert [issue.line for issue in intake.notices] == [3]


def test_outside_the_region_a_point_is_kept_and_none_is_made(gazetteer: Gazetteer) -> None:
    """geo/ knows no commune there."""
    lille = {"post_code": "59000", "city": "Lille", "department_code": "59"}
    rows = (
        a_row("1", longitude="3.0573", latitude="50.6292", **lille),
        a_row("2", **lille),
        a_row("3", commune_code="59350", **lille),
    )
    intake = came_of(gazetteer, *rows)
    assert intake.accepted["precision"].tolist() == ["adresse", "departement", "departement"]
    assert intake.accepted["commune_code"].tolist() == [None, None, "59350"]
    assert set(intake.findings) == {"sans_point"}


def test_the_point_of_a_refused_row_is_held_against_its_department_too(gazetteer: Gazetteer) -> None:
    """All of its defects are said at once."""
    intake = came_of(gazetteer, a_row(siret="12345678901234", **STRASBOURG))
    assert intake.refused == 1
    assert "du département 40" in said(intake.notices)[0][2]


def test_without_the_outlines_of_france_those_of_the_region_serve(
    gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A region may come without the national file."""
    empty = gpd.GeoDataFrame({"code_insee": [], "nom": []}, geometry=[], crs=4326)
    assert len(departments(gazetteer)) > 12
    monkeypatch.setitem(vars(gazetteer), "national_departments", empty)
    assert len(departments(gazetteer)) == 12


def test_names_are_compared_in_one_spelling() -> None:
    """Apostrophes, saints and CEDEX apart."""
    names = pd.Series(["L’Isle-d’Espagnac", "STE FOY LA GRANDE CEDEX 1", "Eyzies (Les)"])
    assert [plain_name(name) for name in names] == ["l isle d espagnac", "sainte foy la grande", "les eyzies"]
