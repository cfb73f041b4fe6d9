"""The pure functions of the build, on tiny made-up squares."""

import dataclasses
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from shapely import Point, Polygon, box

from geo import build, contours, national, sources
from geo.errors import BuildError, OutlineError, SourceMissingError, UnknownTerritoryError

X, Y = 400_000, 6_400_000
"""A place of Gironde in Lambert 93 (m), where the made-up squares stand."""


def square(west: float, south: float, east: float, north: float) -> Polygon:
    """Return a rectangle in metres from the corner of the made-up country."""
    return box(X + west, Y + south, X + east, Y + north)


def outlines(**shapes: Polygon) -> gpd.GeoSeries:
    return gpd.GeoSeries(shapes, crs=contours.METRIC_CRS)


def degrees(**shapes: shapely.Geometry) -> gpd.GeoSeries:
    return gpd.GeoSeries(shapes, crs=contours.WORLD_CRS)


@pytest.fixture
def ring() -> gpd.GeoSeries:
    """Return a U-shaped commune closed by a bar, around a hole of 1 km²."""
    bar = square(0, 2000, 3000, 3000)
    u_shape = shapely.difference(square(0, 0, 3000, 2000), square(1000, 1000, 2000, 2000))
    return contours.clean(outlines(bar=bar, u=u_shape))


@pytest.mark.parametrize(
    ("hall", "expected", "precision"),
    [
        pytest.param(Point(-0.5, 44.5), (-0.5, 44.5), "mairie", id="inside"),
        pytest.param(Point(0.5, 44.5), (-0.5, 44.5), "mairie", id="lost_minus_sign"),
        pytest.param(Point(3.0, 48.0), None, "representatif", id="far_outside"),
        pytest.param(None, None, "representatif", id="no_town_hall"),
    ],
)
def test_place(hall: Point | None, expected: tuple[float, float] | None, precision: str) -> None:
    """A town hall is kept or repaired when inside, replaced by an inner point when not."""
    commune = degrees(a=box(-1, 44, -0.1, 45))
    halls = degrees(a=hall) if hall else degrees(other=Point(0, 0))
    row = contours.place(commune, halls).loc["a"]
    assert row["precision_point"] == precision
    assert commune.loc["a"].contains(Point(row["longitude"], row["latitude"]))
    if expected:
        assert (row["longitude"], row["latitude"]) == expected


def test_hole_goes_to_the_longest_border(ring: gpd.GeoSeries) -> None:
    """Without better knowledge, the neighbour around most of the hole receives it."""
    filled = contours.fill_holes(ring)
    assert filled["u"].area == pytest.approx(6e6)
    assert filled["bar"].equals(ring["bar"])
    assert contours.holes(filled) == []


def test_hole_goes_to_the_commune_known_as_incomplete(ring: gpd.GeoSeries) -> None:
    """A neighbour whose former commune has no outline comes before the longest border."""
    filled = contours.fill_holes(ring, incomplete={"bar"})
    assert filled["bar"].area == pytest.approx(4e6)
    assert contours.holes(filled) == []


def test_hole_becomes_the_commune_without_outline(ring: gpd.GeoSeries) -> None:
    """A hole that holds the town hall of a commune without outline is this commune."""
    filled = contours.fill_holes(ring, unlocated={"lost": Point(X + 1500, Y + 1500)})
    assert filled.index.tolist() == ["bar", "lost", "u"]
    assert filled["lost"].area == pytest.approx(1e6)
    assert shapely.coverage_is_valid(filled.array)


def test_island_in_a_hole_is_not_covered(ring: gpd.GeoSeries) -> None:
    """A commune alone in the middle of a hole keeps its ground."""
    island = outlines(island=square(1400, 1400, 1600, 1600))
    filled = contours.fill_holes(contours.clean(pd.concat([ring, island])))
    assert filled["island"].area == pytest.approx(4e4)
    assert filled["u"].area == pytest.approx(6e6 - 4e4)
    assert shapely.coverage_is_valid(filled.array)


def test_foreign_enclave_stays_a_hole() -> None:
    """Llívia is Spanish: nobody receives it."""
    center = gpd.GeoSeries([contours.LLIVIA], crs=contours.WORLD_CRS).to_crs(2154).iloc[0]
    around = shapely.difference(center.buffer(5000), center.buffer(1000))
    filled = contours.fill_holes(outlines(estavar=around))
    assert len(contours.holes(filled)) == 1


def test_slivers_are_closed() -> None:
    """A gap of some metres where three communes should meet is closed."""
    trio = outlines(
        north=square(0, 1000, 2000, 2000),
        west=Polygon([(X, Y), (X + 1000, Y), (X + 995, Y + 1000), (X, Y + 1000)]),
        east=square(1000, 0, 2000, 1000),
    )
    cleaned = contours.clean(trio)
    assert not shapely.coverage_is_valid(trio.array)
    assert shapely.coverage_is_valid(cleaned.array)
    assert cleaned.area.sum() == pytest.approx(4e6, abs=2600)


def test_rounding_keeps_shared_vertices() -> None:
    """Equal vertices stay equal, whatever the outline that they belong to."""
    left = Polygon([(0, 0), (0.123456789, 0), (0.123456789, 1), (0, 1)])
    right = Polygon([(0.123456789, 0), (1, 0), (1, 1), (0.123456789, 1)])
    rounded = contours.round_coordinates([left, right, None])
    assert shapely.coverage_is_valid(rounded[:2])
    assert shapely.get_coordinates(rounded[0])[:, 0].max() == 0.12346
    assert rounded[2] is None


def test_simplification_is_deterministic() -> None:
    """Two runs give the same bytes."""
    pair = outlines(a=square(0, 0, 1000, 1000), b=square(1000, 0, 2000, 1000))
    first, second = (contours.simplify(contours.clean(pair), 60) for _ in range(2))
    assert first.to_wkb().tolist() == second.to_wkb().tolist()
    assert first.crs.to_epsg() == 4326


@pytest.mark.parametrize(
    "shapes",
    [
        pytest.param([box(0, 0, 2, 2), box(1, 0, 3, 2)], id="overlap"),
        pytest.param([Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])], id="bow_tie"),
    ],
)
def test_check_refuses(shapes: list[Polygon]) -> None:
    """Outlines that would not nest are never published."""
    with pytest.raises(OutlineError):
        contours.check(np.array(shapes, dtype=object))


def test_dissolve_leaves_null_keys_out() -> None:
    """A commune without EPCI is in no EPCI; keys come out sorted."""
    trio = degrees(a=box(0, 0, 1, 1), b=box(1, 0, 2, 1), c=box(2, 0, 3, 1))
    keys = pd.Series({"c": "1", "b": "2", "a": None})
    merged = contours.dissolve(trio, keys)
    assert merged.index.tolist() == ["1", "2"]
    assert merged["2"].equals(box(1, 0, 2, 1))


@pytest.fixture
def country() -> sources.Sources:
    """Four made-up communes: two of 33 and one of 65, in one EPCI that straddles, and one of Guadeloupe."""
    communes = pd.DataFrame(
        {
            "nom": ["La Une", "Le Deux", "Trois"],
            "departement": ["33", "33", "65"],
            "region": ["75", "75", "76"],
            "population": [10, 20, 30],
            "codesPostaux": [["33200", "33100"], ["33100"], ["65000"]],
            "anciensCodes": [["33009"], None, ["65009"]],
        },
        index=["33001", "33002", "65001"],
    )
    shapes = outlines(
        **{
            "33001": square(0, 0, 5000, 5000),
            "33002": square(5000, 0, 10000, 5000),
            "65001": square(10000, 0, 15000, 5000),
        }
    ).to_crs(contours.WORLD_CRS)
    return sources.Sources(
        communes=communes,
        former=pd.DataFrame({"nom": ["Jadis"], "chefLieu": ["33002"]}, index=["33008"]),
        departments=pd.DataFrame(
            {
                "nom": ["Gironde", "Hautes-Pyrénées", "Guadeloupe", "Mayotte"],
                "region": ["75", "76", "01", "06"],
                "typeLiaison": [3, 4, 3, 0],
            },
            index=["33", "65", "971", "976"],
        ),
        epci=pd.DataFrame({"nom": ["CC Deux"], "type": ["CC"], "membres": [["33002", "65001"]]}, index=["2000"]),
        outlines=shapes,
        overseas=degrees(**{"97101": box(-61.6, 16.2, -61.5, 16.3)}),
        halls=degrees(**{"33001": Point(0, 0)}),
        incomplete=frozenset(),
    )


@pytest.fixture
def perimeter() -> build.Perimeter:
    return build.Perimeter("33", "Gironde", "departement", ("33",))


def test_build_keeps_the_perimeter_and_the_whole_epci(country: sources.Sources, perimeter: build.Perimeter) -> None:
    """Communes stop at the perimeter, the EPCI does not, and a commune may have none."""
    made = build.build(country, perimeter)
    assert made.communes["code_insee"].tolist() == ["33001", "33002"]
    assert made.communes["code_epci"].isna().tolist() == [True, False]
    assert made.communes["codes_postaux"].tolist() == ["33100|33200", "33100"]
    assert made.epci.loc[0, "population"] == 50
    assert made.epci.loc[0, "codes_departements"] == "33|65"
    assert made.epci.loc[0, "a_cheval"]
    assert made.departements["code_insee"].tolist() == ["33"]
    assert made.perimetre["region_actuelle"] == "75"


def test_departments_of_france_go_beyond_the_perimeter(country: sources.Sources, perimeter: build.Perimeter) -> None:
    """Each department that has an outline is there, overseas too, with its article; no other is."""
    france = build.build(country, perimeter).departements_france
    assert france.drop(columns="geometry").to_numpy().tolist() == [
        ["33", "Gironde", "la ", "75"],
        ["65", "Hautes-Pyrénées", "les ", "76"],
        ["971", "Guadeloupe", "la ", "01"],
    ]
    assert france.crs.to_epsg() == 4326
    assert france.geometry.iloc[2].contains(Point(-61.55, 16.25))


def test_departments_of_france_without_any_overseas(country: sources.Sources) -> None:
    """A source of the metropole alone gives its departments."""
    metropole = dataclasses.replace(country, overseas=country.overseas.iloc[:0])
    france = national.departments(metropole, build.repaired(metropole))
    assert france["code_insee"].tolist() == ["33", "65"]


def test_former_codes(country: sources.Sources, perimeter: build.Perimeter) -> None:
    """Former codes of the perimeter only; a name that nobody gives stays empty."""
    rows = build.build(country, perimeter).communes_anciennes
    assert rows.to_numpy().tolist() == [
        ["33008", "Jadis", "33002", "Le Deux"],
        ["33009", "", "33001", "La Une"],
    ]


def test_two_runs_write_the_same_bytes(country: sources.Sources, perimeter: build.Perimeter, tmp_path: Path) -> None:
    """A rebuild without a change of the sources changes no file."""
    for name in ("first", "second"):
        build.write(build.build(country, perimeter), tmp_path / name)
    names = sorted(path.name for path in (tmp_path / "first").iterdir())
    assert len(names) == 6
    for name in names:
        first, second = (tmp_path / run / name for run in ("first", "second"))
        assert first.read_bytes() == second.read_bytes(), name


@pytest.mark.parametrize("department", ["971", "99"], ids=["overseas", "unknown"])
def test_unknown_department(country: sources.Sources, department: str) -> None:
    """A department that cannot be built is named in the message."""
    with pytest.raises(UnknownTerritoryError, match=department):
        build.regions_of(country, build.Perimeter("1", "X", "region", (department,)))


def test_missing_outline_of_the_perimeter(country: sources.Sources, perimeter: build.Perimeter) -> None:
    """A commune of the perimeter without outline stops the build, by its code."""
    partial = dataclasses.replace(country, outlines=country.outlines.drop("33002"))
    with pytest.raises(OutlineError, match="33002"):
        build.build(partial, perimeter)


def test_missing_npm(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without npm, the message says what to do."""
    monkeypatch.setattr(sources.shutil, "which", lambda _: None)
    with pytest.raises(SourceMissingError, match="npm est introuvable"):
        sources.download(tmp_path)


def test_missing_archive(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder without the archives ends the command with a French message, not a traceback."""
    command = ["--departements", "33", "--nom", "X", "--code", "1", "--sources", str(tmp_path)]
    assert build.main(command) == 1
    assert "Il manque l’archive" in capsys.readouterr().err
    assert issubclass(SourceMissingError, BuildError)
