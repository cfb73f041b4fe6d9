"""What the published territories of Aquitaine must always satisfy."""

import csv
import json

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from tests.geo.published import GEO, area_km2, count_holes, read

INSEE = GEO.parents[1] / "shared" / "data" / "insee_epci_commune.csv"

PERIMETER = ["24", "33", "40", "47", "64"]
CONTEXT = ["16", "17", "19", "23", "24", "33", "40", "47", "64", "79", "86", "87"]
LAYERS = ["communes", "epci", "departements"]
EVERY_LAYER = [*LAYERS, "departements_france"]


@pytest.fixture(scope="module")
def communes() -> gpd.GeoDataFrame:
    return read("communes").set_index("code_insee", drop=False)


@pytest.fixture(scope="module")
def epci() -> gpd.GeoDataFrame:
    return read("epci").set_index("code_siren", drop=False)


@pytest.fixture(scope="module")
def departements() -> gpd.GeoDataFrame:
    return read("departements").set_index("code_insee", drop=False)


@pytest.fixture(scope="module")
def former() -> pd.DataFrame:
    return pd.read_csv(GEO / "communes_anciennes.csv", dtype=str, keep_default_na=False)


@pytest.fixture(scope="module")
def perimetre() -> dict[str, object]:
    content: dict[str, object] = json.loads((GEO / "perimetre.json").read_text(encoding="utf-8"))
    return content


@pytest.fixture(scope="module")
def postcodes(communes: gpd.GeoDataFrame) -> pd.Series:
    return communes["codes_postaux"].str.split("|").explode()


@pytest.mark.parametrize(
    ("department", "count"),
    [("24", 503), ("33", 534), ("40", 327), ("47", 319), ("64", 545)],
)
def test_communes_of_a_department(communes: gpd.GeoDataFrame, department: str, count: int) -> None:
    """No commune of the official code of 2026 is lost or added."""
    assert (communes["code_departement"] == department).sum() == count


def test_every_level_has_its_rows(
    communes: gpd.GeoDataFrame, epci: gpd.GeoDataFrame, departements: gpd.GeoDataFrame
) -> None:
    """The three levels have 2 228, 88 and 12 territories, sorted by code."""
    assert len(communes) == 2228
    assert len(epci) == 88
    assert departements.index.tolist() == CONTEXT
    assert communes.index.is_monotonic_increasing
    assert epci.index.is_monotonic_increasing


def test_only_the_five_departments_are_in_the_perimeter(departements: gpd.GeoDataFrame) -> None:
    """The seven others of the present region are context only."""
    inside = departements[departements["dans_perimetre"]]
    assert inside.index.tolist() == PERIMETER
    assert set(departements["code_region"]) == {"75"}


@pytest.mark.parametrize(
    ("department", "population"),
    [("24", 417614), ("33", 1690493), ("40", 433570), ("47", 333602), ("64", 706564)],
)
def test_population_of_a_department(
    communes: gpd.GeoDataFrame,
    departements: gpd.GeoDataFrame,
    department: str,
    population: int,
) -> None:
    """Populations are those of etalab, and communes add up to their department."""
    own = communes[communes["code_departement"] == department]
    assert own["population"].sum() == population
    assert departements.loc[department, "population"] == population


def test_population_of_the_perimeter(perimetre: dict[str, object]) -> None:
    """The population of Aquitaine is the sum of its communes."""
    assert perimetre["population"] == 3581843


@pytest.mark.parametrize(
    ("department", "expected_km2"),
    [("24", 9223), ("33", 10378), ("40", 9354), ("47", 5386), ("64", 7682)],
)
def test_area_of_a_department(departements: gpd.GeoDataFrame, department: str, expected_km2: float) -> None:
    """Neither a repair nor the simplification moves a geodesic area by more than 0.5 %."""
    shape = departements.loc[department, "geometry"]
    assert area_km2(shape) == pytest.approx(expected_km2, rel=0.005)


@pytest.mark.parametrize(("department", "holes"), [("24", 0), ("33", 0), ("40", 0), ("47", 0), ("64", 2)])
def test_holes_of_a_department(departements: gpd.GeoDataFrame, department: str, holes: int) -> None:
    """Only the two enclaves of Hautes-Pyrénées are left as holes, in 64."""
    assert count_holes(departements.loc[department, "geometry"]) == holes


def test_former_saint_genis_du_bois_is_in_porte_de_benauge(
    communes: gpd.GeoDataFrame,
) -> None:
    """The hole of the source goes to the commune that took the former one in."""
    middle_of_the_hole = shapely.Point(-0.18367, 44.69986)
    assert communes[communes.contains(middle_of_the_hole)].index.tolist() == ["33008"]


@pytest.mark.parametrize("layer", EVERY_LAYER)
def test_outlines_are_valid(layer: str) -> None:
    """Every outline is a valid polygon in EPSG:4326 with at most 5 decimals."""
    table = read(layer)
    pairs = shapely.get_coordinates(table.geometry.array)
    assert table.crs.to_epsg() == 4326
    assert table.geometry.is_valid.all()
    assert set(table.geometry.geom_type) <= {"Polygon", "MultiPolygon"}
    np.testing.assert_array_equal(pairs, np.round(pairs, 5))


@pytest.mark.parametrize("layer", EVERY_LAYER)
def test_neighbours_share_their_border(layer: str) -> None:
    """Within a level, outlines neither overlap nor differ along a common border."""
    assert shapely.coverage_is_valid(read(layer).geometry.array)


@pytest.mark.parametrize("department", PERIMETER)
def test_communes_make_their_department(
    communes: gpd.GeoDataFrame, departements: gpd.GeoDataFrame, department: str
) -> None:
    """The borders of communes and departments coincide vertex by vertex."""
    own = communes[communes["code_departement"] == department]
    union = shapely.coverage_union_all(own.geometry.array)
    expected = departements.loc[department, "geometry"]
    assert shapely.equals_exact(union, expected, tolerance=0, normalize=True)


def test_communes_make_their_epci(communes: gpd.GeoDataFrame, epci: gpd.GeoDataFrame) -> None:
    """An EPCI that does not straddle is exactly the union of its communes."""
    for code in epci.index[~epci["a_cheval"]]:
        own = communes[communes["code_epci"] == code]
        union = shapely.coverage_union_all(own.geometry.array)
        expected = epci.loc[code, "geometry"]
        assert shapely.equals_exact(union, expected, tolerance=0, normalize=True), code


@pytest.mark.parametrize(
    ("code", "departments"),
    [
        pytest.param("200030435", "32|40", id="aire_sur_l_adour"),
        pytest.param("200072106", "64|65", id="adour_madiran"),
        pytest.param("246401756", "64|65", id="pays_de_nay"),
        pytest.param("248200016", "32|47|82", id="deux_rives"),
    ],
)
def test_straddling_epci_are_whole(
    communes: gpd.GeoDataFrame, epci: gpd.GeoDataFrame, code: str, departments: str
) -> None:
    """An EPCI with communes outside is wider than its part of the perimeter."""
    part = shapely.coverage_union_all(communes[communes["code_epci"] == code].geometry.array)
    whole = epci.loc[code]
    assert whole["codes_departements"] == departments
    assert whole["a_cheval"]
    assert area_km2(whole["geometry"]) > area_km2(part) + 5
    assert shapely.covers(whole["geometry"], part)


def test_four_epci_straddle(epci: gpd.GeoDataFrame) -> None:
    """No other EPCI has communes outside the perimeter."""
    assert epci["a_cheval"].sum() == 4


def test_epci_within_the_perimeter_add_up(communes: gpd.GeoDataFrame, epci: gpd.GeoDataFrame) -> None:
    """The population of an EPCI is of the same vintage as that of its communes."""
    sums = communes.groupby("code_epci")["population"].sum()
    own = epci[~epci["a_cheval"]]
    assert own["population"].to_dict() == sums.reindex(own.index).to_dict()


@pytest.mark.parametrize("layer", LAYERS)
def test_every_point_is_inside(layer: str) -> None:
    """The point of a territory is strictly inside its outline."""
    table = read(layer)
    points = shapely.points(table["longitude"], table["latitude"])
    assert shapely.contains(table.geometry.array, points).all()


def test_most_points_are_town_halls(communes: gpd.GeoDataFrame) -> None:
    """Of the 131 unusable town halls, 26 are repaired and 105 become inner points."""
    counts = communes["precision_point"].value_counts().to_dict()
    assert counts == {"mairie": 2123, "representatif": 105}


def test_duplicated_names(communes: gpd.GeoDataFrame) -> None:
    """A name alone does not locate anything: 30 are borne several times, Montaut four."""
    counts = communes["nom"].value_counts()
    assert (counts > 1).sum() == 30
    assert counts["Montaut"] == 4


@pytest.mark.parametrize(
    ("code", "name"),
    [("33352", "La Réole"), ("24064", "Brantôme en Périgord"), ("33229", "Le Haillan")],
)
def test_names_have_their_article(communes: gpd.GeoDataFrame, code: str, name: str) -> None:
    """Names are the official ones, with their article."""
    named = communes[communes["nom"] == name]
    assert len(named) == 1
    assert named.index[0][:2] == code[:2]


def test_postcodes(postcodes: pd.Series) -> None:
    """A post code alone does not locate anything: 248 of 309 are shared."""
    counts = postcodes.value_counts()
    assert len(counts) == 309
    assert (counts > 1).sum() == 248
    assert counts["64120"] == 34


def test_postcodes_are_sorted(communes: gpd.GeoDataFrame) -> None:
    """Post codes are sorted and written once, joined by a bar."""
    lists = communes["codes_postaux"].str.split("|")
    assert lists.map(lambda codes: codes == sorted(set(codes))).all()
    assert lists.explode().str.fullmatch(r"\d{5}").all()


def test_former_commune_leads_to_the_present_one(former: pd.DataFrame) -> None:
    """The code of Saint-Genis-du-Bois leads to Porte-de-Benauge."""
    row = former.set_index("ancien_code").loc["33409"]
    assert row.tolist() == ["Saint-Genis-du-Bois", "33008", "Porte-de-Benauge"]


def test_former_communes_are_no_longer_communes(former: pd.DataFrame, communes: gpd.GeoDataFrame) -> None:
    """An old code is unique, is not a present commune, and leads to one with its name."""
    assert former["ancien_code"].is_unique
    assert not former["ancien_code"].isin(communes.index).any()
    assert former["nom"].tolist() == communes.loc[former["code_insee"], "nom"].tolist()


def test_membership_is_that_of_insee(communes: gpd.GeoDataFrame) -> None:
    """Each commune is in the EPCI that the INSEE file names."""
    if not INSEE.is_file():
        pytest.skip("the INSEE file is not here")
    with INSEE.open(encoding="utf-8", newline="") as lines:
        official = {row["codgeo"]: row["epci"] for row in csv.DictReader(lines)}
    assert communes["code_epci"].to_dict() == {code: official[code] for code in communes.index}


@pytest.mark.parametrize("layer", EVERY_LAYER)
def test_codes_are_strings(layer: str) -> None:
    """Codes keep their leading zeros: no number, and no blank."""
    table = read(layer)
    texts = ("code", "nom", "type", "precision")
    columns = [column for column in table.columns if column.startswith(texts)]
    assert len(columns) >= 3
    for column in columns:
        assert table[column].map(lambda value: isinstance(value, str) and value != "").all()


COLUMNS = {
    "communes": (
        "code_insee nom code_departement code_epci population codes_postaux longitude latitude precision_point geometry"
    ),
    "epci": ("code_siren nom type population codes_departements a_cheval longitude latitude geometry"),
    "departements": ("code_insee nom code_region population dans_perimetre longitude latitude geometry"),
}


@pytest.mark.parametrize("layer", LAYERS)
def test_columns(layer: str) -> None:
    """The published columns are those that geo/README.md describes."""
    table = read(layer)
    readme = (GEO / "README.md").read_text(encoding="utf-8")
    assert table.columns.tolist() == COLUMNS[layer].split()
    assert [name for name in table.columns if f"`{name}`" not in readme] == []
    assert table["population"].dtype == np.int64


def test_perimetre_describes_itself(perimetre: dict[str, object]) -> None:
    """The description names the perimeter, its sources and the attribution due."""
    assert perimetre["code"] == "72"
    assert perimetre["nom"] == "Aquitaine"
    assert perimetre["niveau"] == "region"
    assert perimetre["departements"] == PERIMETER
    assert perimetre["region_actuelle"] == "75"
    for due in ("IGN", "ADMIN EXPRESS", "INSEE", "La Poste", "Licence Ouverte 2.0"):
        assert due in str(perimetre["attribution"])


def test_departments_are_light() -> None:
    """As GeoJSON, the departments stay below what a first display may cost."""
    assert len(read("departements").to_json().encode()) < 600_000
