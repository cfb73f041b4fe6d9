"""What the published departments of the whole of France must always satisfy."""

import geopandas as gpd
import pytest
import shapely

from geo.national import ARTICLES
from tests.geo.published import GEO, area_km2, count_holes, read

OVERSEAS = ["971", "972", "973", "974", "976"]
ENCLAVES = {"02": 3, "14": 1, "26": 1, "55": 2, "60": 1, "62": 1, "64": 2, "66": 1, "71": 3, "85": 1}
"""Holes by department: lands of a neighbour, but for the one of 66, which is Llívia, in Spain."""


@pytest.fixture(scope="module")
def france() -> gpd.GeoDataFrame:
    return read("departements_france").set_index("code_insee", drop=False)


def test_every_department_is_there(france: gpd.GeoDataFrame) -> None:
    """96 in the metropole, Corsica in two, and the five overseas; sorted by code."""
    metropole = [f"{number:02}" for number in range(1, 96) if number != 20]
    assert france.index.tolist() == sorted([*metropole, "2A", "2B", *OVERSEAS])
    assert len(france) == 96 + 5


def test_columns(france: gpd.GeoDataFrame) -> None:
    """The published columns are those that geo/README.md describes."""
    readme = (GEO / "README.md").read_text(encoding="utf-8")
    assert france.columns.tolist() == ["code_insee", "nom", "article", "code_region", "geometry"]
    assert [name for name in france.columns if f"`{name}`" not in readme] == []


def test_the_only_holes_are_enclaves(france: gpd.GeoDataFrame) -> None:
    """No hole of the source is left: each is another department, or Spain."""
    holes = france.geometry.map(count_holes)
    assert holes[holes > 0].to_dict() == ENCLAVES
    rings = [ring for part in shapely.get_parts(france.geometry.array) for ring in part.interiors]
    inner = shapely.point_on_surface(shapely.polygons(rings))
    filled = france.sindex.query(inner, predicate="within")[0]
    assert len(set(filled)) == sum(ENCLAVES.values()) - 1


@pytest.mark.parametrize(
    ("department", "expected_km2"),
    [("24", 9223), ("33", 10378), ("40", 9354), ("47", 5386), ("64", 7682)],
)
def test_area_of_a_department(france: gpd.GeoDataFrame, department: str, expected_km2: float) -> None:
    """The coarser simplification does not move a geodesic area by more than 0.5 % either."""
    assert area_km2(france.loc[department, "geometry"]) == pytest.approx(expected_km2, rel=0.005)


@pytest.mark.parametrize(
    ("longitude", "latitude", "department"),
    [
        pytest.param(7.7521, 48.5734, "67", id="strasbourg"),
        pytest.param(2.3137, 48.7983, "92", id="bagneux"),
        pytest.param(-0.4997, 43.8902, "40", id="mont_de_marsan"),
        pytest.param(4.8357, 45.7640, "69", id="lyon"),
        pytest.param(8.7369, 41.9192, "2A", id="ajaccio"),
        pytest.param(4.9907, 44.3856, "84", id="valreas_within_drome"),
        pytest.param(-61.5340, 16.2411, "971", id="pointe_a_pitre"),
        pytest.param(55.4481, -20.8789, "974", id="saint_denis_de_la_reunion"),
        pytest.param(1.98, 42.465, None, id="llivia_is_in_spain"),
        pytest.param(-3.0, 44.5, None, id="ocean"),
    ],
)
def test_department_of_a_point(
    france: gpd.GeoDataFrame, longitude: float, latitude: float, department: str | None
) -> None:
    """A point is in one department, or in none."""
    holding = france[france.contains(shapely.Point(longitude, latitude))].index.tolist()
    assert holding == ([department] if department else [])


@pytest.mark.parametrize(
    ("department", "named"),
    [
        ("24", "la Dordogne"),
        ("33", "la Gironde"),
        ("40", "les Landes"),
        ("47", "le Lot-et-Garonne"),
        ("64", "les Pyrénées-Atlantiques"),
        ("01", "l’Ain"),
        ("35", "Ille-et-Vilaine"),
        ("75", "Paris"),
        ("974", "La Réunion"),
    ],
)
def test_name_with_its_article(france: gpd.GeoDataFrame, department: str, named: str) -> None:
    """The article is the one that INSEE gives; put before the name, nothing is left to add."""
    row = france.loc[department]
    assert row["article"] + row["nom"] == named


def test_articles_are_known(france: gpd.GeoDataFrame) -> None:
    """No code of INSEE was left without its article."""
    assert set(france["article"]) == set(ARTICLES.values())


def test_it_agrees_with_the_departments_of_the_region(france: gpd.GeoDataFrame) -> None:
    """The twelve departments of the finer layer have the same names and regions, and nearly the same ground."""
    finer = read("departements").set_index("code_insee", drop=False)
    own = france.loc[finer.index]
    assert own["nom"].tolist() == finer["nom"].tolist()
    assert own["code_region"].tolist() == finer["code_region"].tolist()
    apart = shapely.symmetric_difference(own.geometry.array, finer.geometry.array)
    assert max(shapely.area(apart) / shapely.area(finer.geometry.array)) < 0.01


def test_it_is_light() -> None:
    """The whole of France costs less than the communes of Aquitaine."""
    assert (GEO / "departements_france.parquet").stat().st_size < 600_000
