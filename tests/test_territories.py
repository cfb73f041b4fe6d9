"""Communes, EPCI, departments and the region of the real geo/."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest
import shapely

from cooperations.errors import UnknownTerritory
from cooperations.runtime import GEO_FILES, read_geo
from cooperations.settings import ROOT
from tests.making import AQUITAINE, BORDEAUX_METROPOLE, OUTSIDE, PAYS_DE_NAY, PAYS_FOYEN

if TYPE_CHECKING:
    from pathlib import Path

    from cooperations.territories import Gazetteer

REGISTER = ROOT.parent / "shared" / "data" / "siae_2020_france.csv"
STRASBOURG = (7.769249, 48.553177)
ELSEWHERE = {
    "2653": "33",
    "3644": "68",
    "3657": "93",
    "3673": "85",
    "3674": "44",
    "3686": "33",
    "3690": "76",
    "3702": "13",
    "3703": "67",
    "3704": "92",
    "3715": "67",
    "3727": "81",
    "3732": "59",
    "3733": "83",
    "3736": "13",
    "3745": "31",
    "3758": "67",
    "3760": "63",
    "3785": "50",
    "3790": "31",
    "3796": "31",
    "3798": "83",
    "3804": "70",
}
"""Where the points of the register lie that are in another department than their own, by `pk`."""


def keys_of(gazetteer: Gazetteer, text: str, limit: int = 10) -> list[str]:
    """Return the keys that a search finds, best first."""
    return [territory.key for territory in gazetteer.search(text, limit)]


def test_aquitaine_is_whole(gazetteer: Gazetteer) -> None:
    """The counts are those of the official geographic code of 2026."""
    levels = [territory.level for territory in gazetteer if territory.in_perimeter]
    assert {level: levels.count(level) for level in set(levels)} == {
        "region": 1,
        "departement": 5,
        "epci": 88,
        "commune": 2228,
    }
    assert gazetteer[AQUITAINE].population == 3_581_843
    assert [department.code for department in gazetteer.departments] == ["24", "33", "40", "47", "64"]


@pytest.mark.parametrize(
    ("longitude", "latitude", "lineage"),
    [
        pytest.param(
            -0.561249,
            44.849663,
            ("commune:33063", f"epci:{BORDEAUX_METROPOLE}", "departement:33", AQUITAINE),
            id="quai des Queyries is in Bordeaux",
        ),
        pytest.param(
            -0.541228,
            44.807634,
            ("commune:33039", f"epci:{BORDEAUX_METROPOLE}", "departement:33", AQUITAINE),
            id="allée de Francs is in Bègles",
        ),
        pytest.param(
            -0.524799,
            43.906091,
            ("commune:40192", "epci:244000808", "departement:40", AQUITAINE),
            id="Landes Partage is in Mont-de-Marsan",
        ),
    ],
)
def test_a_point_has_its_commune_epci_and_department(
    gazetteer: Gazetteer, longitude: float, latitude: float, lineage: tuple[str, ...]
) -> None:
    """A point is enough to know every territory that holds it."""
    found = gazetteer.locate(longitude, latitude)
    assert found is not None
    assert gazetteer.lineage(found.key) == lineage


@pytest.mark.parametrize(
    ("longitude", "latitude", "key"),
    [
        pytest.param(0.1562, 45.6484, "departement:16", id="Angoulême is known by its department"),
        pytest.param(2.3522, 48.8566, None, id="Paris is not known"),
        pytest.param(-3.0, 44.5, None, id="the ocean is not known"),
        pytest.param(-1.9812, 43.3183, None, id="San Sebastián is not known"),
        pytest.param(float("nan"), 44.0, None, id="not a number is nowhere"),
    ],
)
def test_points_outside_aquitaine(gazetteer: Gazetteer, longitude: float, latitude: float, key: str | None) -> None:
    """Outside, a neighbouring department is named, and nothing beyond."""
    found = gazetteer.locate(longitude, latitude)
    assert (found.key if found else None) == key


def test_every_town_hall_is_in_its_commune(gazetteer: Gazetteer) -> None:
    """The point that stands for a commune is inside it, or the map would lie."""
    communes = gazetteer.communes_frame
    halls = shapely.points(communes["longitude"].to_numpy(), communes["latitude"].to_numpy())
    away = communes["nom"][~shapely.intersects(communes.geometry.to_numpy(), halls)]
    assert away.tolist() == []


@pytest.mark.parametrize(
    ("typed", "best"),
    [
        pytest.param("mont de marsan", "commune:40192", id="hyphens and capitals are not needed"),
        pytest.param("PERIGUEUX", "commune:24322", id="accents are not needed"),
        pytest.param("la reole", "commune:33352", id="the article is part of the name"),
        pytest.param("Réole", "commune:33352", id="the article is not needed"),
        pytest.param("Pau", "commune:64445", id="an exact name before Pauillac"),
        pytest.param("pauil", "commune:33314", id="the beginning of a name"),
        pytest.param("yonne", "commune:64102", id="the middle of a name"),
        pytest.param("dax", "commune:40088", id="a town before the EPCI named after it"),
        pytest.param("landes", "departement:40", id="a department before the communes named after it"),
        pytest.param("40", "departement:40", id="a department by its code"),
        pytest.param("33063", "commune:33063", id="a commune by its code"),
        pytest.param("40190", "commune:40331", id="the largest commune of a post code"),
        pytest.param("aquitaine", AQUITAINE, id="the region by its name"),
        pytest.param("200069631", "epci:200069631", id="an EPCI by its code"),
        pytest.param("bordeaux metropole", f"epci:{BORDEAUX_METROPOLE}", id="an EPCI by its name"),
    ],
)
def test_search_finds_first_what_was_meant(gazetteer: Gazetteer, typed: str, best: str) -> None:
    """Exact names first, without regard to accents or case, then wider and larger territories."""
    assert keys_of(gazetteer, typed)[0] == best


def test_homonyms_are_told_apart(gazetteer: Gazetteer) -> None:
    """Four communes are named Montaut: none is chosen for the person, all are shown with their department."""
    found = gazetteer.search("montaut")
    assert [territory.key for territory in found] == [
        "commune:64400",
        "commune:40191",
        "commune:47184",
        "commune:24287",
    ]
    assert {territory.label for territory in found} == {f"Montaut (commune, {code})" for code in (24, 40, 47, 64)}


def test_no_two_territories_read_the_same(gazetteer: Gazetteer) -> None:
    """A label names one territory only, since people choose by it."""
    labels = [territory.label for territory in gazetteer]
    assert sorted(labels) == sorted(set(labels))


def test_a_post_code_over_many_communes_gives_them_all(gazetteer: Gazetteer) -> None:
    """64120 is shared by 34 communes of Basse-Navarre."""
    found = gazetteer.search("64120", limit=100)
    assert len([territory for territory in found if "64120" in territory.post_codes]) == 34


def test_the_beginning_of_a_post_code_is_enough(gazetteer: Gazetteer) -> None:
    """Suggestions come while the code is being typed, as the function says."""
    assert "commune:40331" in keys_of(gazetteer, "4019", limit=100)


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("", id="nothing"),
        pytest.param("  ", id="spaces"),
    ],
)
def test_nothing_typed_shows_the_region_and_its_departments(gazetteer: Gazetteer, typed: str) -> None:
    """The list is of use before the first letter."""
    assert keys_of(gazetteer, typed) == [AQUITAINE, *(department.key for department in gazetteer.departments)]


@pytest.mark.parametrize("typed", ["xyzzy", "Charente-Maritime", "((", "%", "\x00", "é" * 10_000])
def test_what_is_not_in_aquitaine_is_not_found(gazetteer: Gazetteer, typed: str) -> None:
    """A neighbouring department is not offered as a filter, and no text breaks the search."""
    assert keys_of(gazetteer, typed) == []


def test_search_stops_at_its_limit(gazetteer: Gazetteer) -> None:
    """Saint is in hundreds of names."""
    assert len(gazetteer.search("saint", limit=12)) == 12


@pytest.mark.parametrize(
    ("epci", "departments"),
    [
        pytest.param(PAYS_FOYEN, ("departement:24", "departement:33"), id="Pays Foyen is in Dordogne and Gironde"),
        pytest.param("243301454", ("departement:24", "departement:33"), id="Castillon-Pujols too"),
        pytest.param(PAYS_DE_NAY, ("departement:64",), id="Pays de Nay is in Aquitaine by its part of Béarn"),
    ],
)
def test_a_straddling_epci_is_in_each_of_its_departments(
    gazetteer: Gazetteer, epci: str, departments: tuple[str, ...]
) -> None:
    """What is done for a whole EPCI counts in every department of Aquitaine that it touches."""
    assert gazetteer[f"epci:{epci}"].parents == (*departments, AQUITAINE)


def test_a_commune_of_a_straddling_epci_is_in_one_department(gazetteer: Gazetteer) -> None:
    """Sainte-Foy-la-Grande is of Gironde, even though its EPCI is of Dordogne as well."""
    (sainte_foy,) = gazetteer.search("sainte foy la grande", limit=1)
    assert sainte_foy.parents == (f"epci:{PAYS_FOYEN}", "departement:33", AQUITAINE)
    assert not gazetteer.within(sainte_foy.key, "departement:24")


def test_a_territory_is_within_itself(gazetteer: Gazetteer) -> None:
    """Within has its everyday sense, one way only."""
    assert gazetteer.within("departement:33", "departement:33")
    assert gazetteer.within("commune:33063", AQUITAINE)
    assert not gazetteer.within(AQUITAINE, "commune:33063")


@pytest.mark.parametrize(
    ("keys", "covered"),
    [
        pytest.param(("commune:33063",), True, id="its commune"),
        pytest.param(("departement:40", "departement:33"), True, id="one of two departments"),
        pytest.param(("commune:33039",), False, id="the commune next to it"),
        pytest.param((), False, id="no territory at all"),
    ],
)
def test_which_territories_cover_a_point(gazetteer: Gazetteer, keys: tuple[str, ...], covered: bool) -> None:  # noqa: FBT001 - what is expected
    """Quai des Queyries is in Bordeaux, in Gironde, and not in Bègles."""
    assert gazetteer.covers(keys, -0.561249, 44.849663) is covered


@pytest.mark.parametrize("key", ["commune:99999", "departement:75", "Bordeaux", "", "commune:"])
def test_an_unknown_key_is_said(gazetteer: Gazetteer, key: str) -> None:
    """The error names the key, in French."""
    assert key not in gazetteer
    with pytest.raises(UnknownTerritory, match="n’est pas connu") as unknown:
        gazetteer[key]
    assert unknown.value.key == key


@pytest.mark.parametrize("code", OUTSIDE)
def test_neighbouring_departments_are_known_but_outside(gazetteer: Gazetteer, code: str) -> None:
    """GIE Green is shown where it is, without being counted in Aquitaine."""
    neighbour = gazetteer[f"departement:{code}"]
    assert not neighbour.in_perimeter
    assert neighbour.parents == ()


def test_boxes_hold_their_point(gazetteer: Gazetteer) -> None:
    """Moving the map to a territory shows the sign that stands for it."""
    for territory in gazetteer:
        west, south, east, north = territory.bounds
        assert west <= territory.longitude <= east, territory.key
        assert south <= territory.latitude <= north, territory.key


@pytest.mark.parametrize(
    ("former", "today", "notice"),
    [
        pytest.param(
            "commune:33409",
            "commune:33008",
            "La commune 33409 (Saint-Genis-du-Bois) fait aujourd’hui partie de Porte-de-Benauge (33008).",
            id="Saint-Genis-du-Bois is in Porte-de-Benauge",
        ),
        pytest.param(
            "commune:33092",
            "commune:33008",
            "La commune 33092 fait aujourd’hui partie de Porte-de-Benauge (33008).",
            id="a commune whose old name is not known is said by its code",
        ),
        pytest.param("commune:33063", "commune:33063", "", id="Bordeaux is still Bordeaux"),
        pytest.param("departement:40", "departement:40", "", id="a department is never a former commune"),
    ],
)
def test_an_old_code_leads_to_the_commune_of_today(gazetteer: Gazetteer, former: str, today: str, notice: str) -> None:
    """A link or a file of years ago names its commune all the same, and the person is told."""
    assert gazetteer.renewed(former) == (today, notice)
    successor = gazetteer.successor(former)
    assert (successor.key if successor else "") == (today if notice else "")


@pytest.mark.parametrize("key", ["commune:99999", "33409", "departement:33409", ""])
def test_what_nobody_ever_knew_has_no_successor(gazetteer: Gazetteer, key: str) -> None:
    """Only a commune's whole key is looked for among former communes."""
    assert gazetteer.successor(key) is None
    with pytest.raises(UnknownTerritory, match="n’est pas connu"):
        gazetteer.renewed(key)


@pytest.fixture
def alone(geo_folder: Path, tmp_path: Path) -> Gazetteer:
    """Return the territories of a region that came with the required files only."""
    for name in GEO_FILES:
        (tmp_path / name).write_bytes((geo_folder / name).read_bytes())
    return read_geo(tmp_path)


def test_a_region_without_former_communes_opens(alone: Gazetteer) -> None:
    """The list is a courtesy: geo/ of another region may come without it."""
    assert alone.successor("commune:33409") is None
    assert alone.renewed("commune:33063") == ("commune:33063", "")


def test_a_region_without_the_departments_of_france_opens(alone: Gazetteer) -> None:
    """Its own departments keep their name, no other has one, and no point is said to be elsewhere."""
    assert alone.national_departments.empty
    assert alone.department_name("40", article=True) == "Landes"
    assert alone.department_name("67") == "67"
    assert alone.other_department("40", *STRASBOURG) is None


@pytest.mark.parametrize(
    ("code", "name", "with_article"),
    [
        pytest.param("24", "Dordogne", "la Dordogne", id="Dordogne"),
        pytest.param("33", "Gironde", "la Gironde", id="Gironde"),
        pytest.param("40", "Landes", "les Landes", id="Landes"),
        pytest.param("47", "Lot-et-Garonne", "le Lot-et-Garonne", id="Lot-et-Garonne"),
        pytest.param("64", "Pyrénées-Atlantiques", "les Pyrénées-Atlantiques", id="Pyrénées-Atlantiques"),
        pytest.param("95", "Val-d’Oise", "le Val-d’Oise", id="outside the region, with the apostrophe of French"),
        pytest.param("91", "Essonne", "l’Essonne", id="an elided article takes no space"),
        pytest.param("75", "Paris", "Paris", id="Paris has no article"),
        pytest.param("99", "99", "99", id="an unknown department is its code"),
    ],
)
def test_a_department_is_named_in_a_sentence(gazetteer: Gazetteer, code: str, name: str, with_article: str) -> None:
    """« couvre les Landes » is said from the code alone."""
    assert gazetteer.department_name(code) == name
    assert gazetteer.department_name(code, article=True) == with_article


@pytest.mark.parametrize(
    ("declared", "point", "other"),
    [
        pytest.param("40", STRASBOURG, "67", id="a GEIQ of Landes placed in Strasbourg"),
        pytest.param("67", STRASBOURG, None, id="Strasbourg is where it says"),
        pytest.param("95", (2.558308, 49.00868), "93", id="Roissy, 389 m across the border"),
        pytest.param("40", (-3.0, 44.5), None, id="the ocean is no department"),
        pytest.param("40", (float("nan"), 44.0), None, id="not a number is nowhere"),
        pytest.param("99", STRASBOURG, "67", id="an unknown department holds no point"),
    ],
)
def test_a_point_in_another_department_is_said(
    gazetteer: Gazetteer, declared: str, point: tuple[float, float], other: str | None
) -> None:
    """The department where the point lies is named when it is not the one declared."""
    assert gazetteer.other_department(declared, *point) == other


def test_a_border_moved_by_the_simplification_accuses_nobody(gazetteer: Gazetteer) -> None:
    """La Rochebeaucourt-et-Argentine, in Dordogne, falls 73 m into Charente: within the tolerance, as every commune."""
    la_rochebeaucourt = gazetteer["commune:24353"]
    assert gazetteer.other_department("33", la_rochebeaucourt.longitude, la_rochebeaucourt.latitude) == "16"
    communes = [territory for territory in gazetteer if territory.level == "commune"]
    accused = [
        commune.key
        for commune in communes
        if gazetteer.other_department(commune.code[:2], commune.longitude, commune.latitude)
    ]
    assert accused == []


def test_the_register_has_23_points_in_another_department(gazetteer: Gazetteer) -> None:
    """The same ones as with outlines that nothing simplified; points off the coast are not counted."""
    if not REGISTER.is_file():
        pytest.skip("the register of 2020 is not here")
    with REGISTER.open(encoding="utf-8", newline="") as lines:
        located = [row for row in csv.DictReader(lines) if row["lon"]]
    others = {
        row["pk"]: other
        for row in located
        if (other := gazetteer.other_department(row["department"], float(row["lon"]), float(row["lat"])))
    }
    assert len(located) == 3820
    assert others == ELSEWHERE


def test_the_sources_of_the_boundaries_are_credited(gazetteer: Gazetteer) -> None:
    """The open licence asks for IGN, INSEE and La Poste to be named."""
    assert all(owner in gazetteer.perimeter.attribution for owner in ("IGN", "INSEE", "La Poste"))


@pytest.mark.parametrize("typed", ["landes d'armagnac", "landes d’armagnac", "LANDES D’ARMAGNAC"])
def test_one_apostrophe_is_shown_and_both_are_found(gazetteer: Gazetteer, typed: str) -> None:
    """Official names have a straight apostrophe; the page shows ’ everywhere, and search takes either."""
    assert not [territory.name for territory in gazetteer if "'" in territory.label]
    assert gazetteer.search(typed)
    assert all("’" in territory.name for territory in gazetteer.search(typed))
