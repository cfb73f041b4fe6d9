"""Build the territories of a perimeter from public sources: `python -m geo.build --help`."""

import argparse
import gzip
import json
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd

from geo import contours, national
from geo.errors import BuildError, OutlineError, UnknownTerritoryError
from geo.sources import ATTRIBUTION, COG, PUBLISHED_SOURCES, Sources, download, read

TOLERANCE_M = 60
"""Tolerance of the simplification (m); the sizes that it gives are in geo/README.md."""


@dataclass(frozen=True)
class Perimeter:
    """The territory to build, as a list of departments."""

    code: str
    nom: str
    niveau: str
    departements: tuple[str, ...]


@dataclass(frozen=True)
class Territories:
    """What is published; the tables are described in geo/README.md."""

    communes: gpd.GeoDataFrame
    epci: gpd.GeoDataFrame
    departements: gpd.GeoDataFrame
    departements_france: gpd.GeoDataFrame
    communes_anciennes: pd.DataFrame
    perimetre: dict[str, object]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return its exit code."""
    options = _parser().parse_args(arguments)
    perimeter = Perimeter(options.code, options.nom, options.niveau, tuple(sorted(set(options.departements))))
    try:
        _say("Lecture des sources…")
        territories = build(_sources(options.sources), perimeter, options.tolerance)
    except BuildError as error:
        sys.stderr.write(f"Erreur : {error}\n")
        return 1
    write(territories, options.sortie)
    _summarise(territories, options.sortie)
    return 0


def build(sources: Sources, perimeter: Perimeter, tolerance_m: int = TOLERANCE_M) -> Territories:
    """Build the three nested levels of a perimeter, the departments of France, and their companions."""
    regions = regions_of(sources, perimeter)
    context = sources.departments[sources.departments["region"].isin(regions)]
    membership = members(sources.epci)
    kept = codes_to_draw(sources.communes, membership, perimeter, list(context.index))
    metropole = repaired(sources)
    outlines = outlines_of(metropole, kept, perimeter, tolerance_m)
    _say("Assemblage des communes, des EPCI et des départements…")
    communes = communes_table(sources, outlines, membership, perimeter)
    return Territories(
        communes=communes,
        epci=epci_table(sources, outlines, membership, perimeter),
        departements=departments_table(sources, outlines, context, perimeter),
        departements_france=national.departments(sources, metropole),
        communes_anciennes=former_table(sources, set(communes["code_insee"])),
        perimetre=description(perimeter, regions, int(communes["population"].sum()), tolerance_m),
    )


def regions_of(sources: Sources, perimeter: Perimeter) -> list[str]:
    """Return the present regions of the departments; refuse what cannot be built."""
    wanted = list(perimeter.departements)
    unknown = sorted(set(wanted) - set(sources.communes["departement"]))
    if unknown:
        listed = ", ".join(unknown)
        raise UnknownTerritoryError(f"Départements inconnus ou hors de la métropole : {listed}.")
    return sorted(set(sources.departments["region"].reindex(wanted)))


def members(epci: pd.DataFrame) -> pd.Series:
    """Return the SIREN code of its EPCI for each commune that has one."""
    exploded = epci["membres"].explode()
    return pd.Series(exploded.index, index=exploded.to_numpy())


def codes_to_draw(
    communes: pd.DataFrame, membership: pd.Series, perimeter: Perimeter, context: Sequence[str]
) -> pd.Index:
    """Return the communes of the context, and those of the EPCI that straddle the perimeter."""
    inside = communes.index[communes["departement"].isin(perimeter.departements)]
    touching = set(membership.reindex(inside).dropna())
    partners = membership.reindex(communes.index).isin(touching)
    return communes.index[communes["departement"].isin(context) | partners]


def repaired(sources: Sources) -> gpd.GeoSeries:
    """Return the repaired outlines (EPSG:2154, m) of the communes of the metropole.

    The repair looks at the whole of it, so that an enclave of a neighbour is not a hole.
    """
    _say("Réparation des contours de la métropole…")
    halls = sources.halls.drop(index=sources.outlines.index, errors="ignore")
    unlocated = {str(code): hall for code, hall in halls.to_crs(contours.METRIC_CRS).items()}
    return contours.fill_holes(contours.clean(sources.outlines), sources.incomplete, unlocated)


def outlines_of(metropole: gpd.GeoSeries, kept: pd.Index, perimeter: Perimeter, tolerance_m: int) -> gpd.GeoSeries:
    """Return the simplified outlines (EPSG:4326) of the communes to draw, among the repaired ones."""
    _refuse_missing(kept.difference(metropole.index), perimeter)
    _say("Simplification…")
    return contours.simplify(contours.select(metropole, kept.sort_values()), tolerance_m)


def _refuse_missing(codes: pd.Index, perimeter: Perimeter) -> None:
    missing = [code for code in codes if code.startswith(perimeter.departements)]
    if missing:
        raise OutlineError(f"La source n’a pas le contour de : {', '.join(missing)}.")


def communes_table(
    sources: Sources, outlines: gpd.GeoSeries, membership: pd.Series, perimeter: Perimeter
) -> gpd.GeoDataFrame:
    """Return the communes of the perimeter, sorted by code."""
    inside = sources.communes["departement"].isin(perimeter.departements)
    rows = sources.communes[inside].sort_index()
    shapes = contours.select(outlines, rows.index)
    columns = {
        "code_insee": rows.index,
        "nom": rows["nom"],
        "code_departement": rows["departement"],
        "code_epci": membership.reindex(rows.index),
        "population": rows["population"],
        "codes_postaux": rows["codesPostaux"].map(_joined),
    }
    return _layer(columns, contours.place(shapes, sources.halls), shapes)


def epci_table(
    sources: Sources, outlines: gpd.GeoSeries, membership: pd.Series, perimeter: Perimeter
) -> gpd.GeoDataFrame:
    """Return the whole EPCI that have a commune in the perimeter, sorted by SIREN code."""
    communes = sources.communes.assign(epci=membership.reindex(sources.communes.index))
    inside = communes["departement"].isin(perimeter.departements)
    touching = communes[communes["epci"].isin(communes.loc[inside, "epci"].dropna())]
    shapes = contours.dissolve(outlines, touching["epci"])
    rows = sources.epci.reindex(shapes.index)
    groups = touching.groupby("epci")
    columns = {
        "code_siren": shapes.index,
        "nom": rows["nom"],
        "type": rows["type"],
        "population": groups["population"].sum(),
        "codes_departements": groups["departement"].agg(_joined),
        "a_cheval": ~groups["departement"].agg(lambda codes: set(codes) <= _set(perimeter)),
    }
    return _layer(columns, _inner_points(shapes), shapes)


def departments_table(
    sources: Sources, outlines: gpd.GeoSeries, context: pd.DataFrame, perimeter: Perimeter
) -> gpd.GeoDataFrame:
    """Return the departments of the present regions of the perimeter, sorted by code."""
    department = sources.communes["departement"]
    shapes = contours.dissolve(outlines, department[department.isin(context.index)])
    rows = context.reindex(shapes.index)
    columns = {
        "code_insee": shapes.index,
        "nom": rows["nom"],
        "code_region": rows["region"],
        "population": sources.communes.groupby("departement")["population"].sum(),
        "dans_perimetre": shapes.index.isin(perimeter.departements),
    }
    return _layer(columns, _inner_points(shapes), shapes)


def former_table(sources: Sources, present: set[str]) -> pd.DataFrame:
    """Return the former codes of the present communes; the name is empty when unknown."""
    names = sources.communes["nom"]
    older = sources.communes["anciensCodes"].dropna().explode()
    links = pd.concat([pd.Series(older.index, index=older), sources.former["chefLieu"]])
    links = links[links.isin(present) & ~links.index.isin(names.index)]
    links = links[~links.index.duplicated()].sort_index()
    columns = {
        "ancien_code": links.index,
        "ancien_nom": sources.former["nom"].reindex(links.index).fillna("").to_numpy(),
        "code_insee": links.to_numpy(),
        "nom": names.reindex(links).to_numpy(),
    }
    return pd.DataFrame(columns)


def description(perimeter: Perimeter, regions: Sequence[str], population: int, tolerance_m: int) -> dict[str, object]:
    """Return the content of perimetre.json."""
    return {
        "code": perimeter.code,
        "nom": perimeter.nom,
        "niveau": perimeter.niveau,
        "departements": list(perimeter.departements),
        "region_actuelle": _joined(regions),
        "population": population,
        "sources": list(PUBLISHED_SOURCES),
        "attribution": ATTRIBUTION,
        "tolerance_m": tolerance_m,
        "date": COG,
    }


def write(territories: Territories, folder: Path) -> None:
    """Write the six files; the same territories give the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, layer in _layers(territories).items():
        layer.to_parquet(folder / f"{name}.parquet", index=False, compression="zstd")
    former = territories.communes_anciennes
    former.to_csv(folder / "communes_anciennes.csv", index=False, lineterminator="\n")
    text = json.dumps(territories.perimetre, ensure_ascii=False, indent=2)
    (folder / "perimetre.json").write_text(f"{text}\n", encoding="utf-8")


def geojson_sizes(layer: gpd.GeoDataFrame) -> tuple[int, int]:
    """Return the size in bytes of a layer as GeoJSON, raw then gzipped."""
    raw = json.dumps(json.loads(layer.to_json()), ensure_ascii=False, separators=(",", ":"))
    return len(raw.encode()), len(gzip.compress(raw.encode(), mtime=0))


def _layers(territories: Territories) -> dict[str, gpd.GeoDataFrame]:
    names = ("communes", "epci", "departements", "departements_france")
    return {name: getattr(territories, name) for name in names}


def _layer(columns: Mapping[str, object], points: pd.DataFrame, shapes: gpd.GeoSeries) -> gpd.GeoDataFrame:
    table = pd.concat([pd.DataFrame(columns, index=shapes.index), points], axis=1)
    return gpd.GeoDataFrame(table, geometry=shapes, crs=shapes.crs).reset_index(drop=True)


def _inner_points(shapes: gpd.GeoSeries) -> pd.DataFrame:
    return contours.coordinates(contours.representative_points(shapes), shapes.index)


def _joined(codes: Sequence[str]) -> str:
    return "|".join(sorted(set(codes)))


def _set(perimeter: Perimeter) -> set[str]:
    return set(perimeter.departements)


def _sources(folder: Path | None) -> Sources:
    if folder is not None:
        return read(folder)
    with tempfile.TemporaryDirectory() as temporary:
        download(Path(temporary))
        return read(Path(temporary))


def _summarise(territories: Territories, folder: Path) -> None:
    for name, layer in _layers(territories).items():
        raw, packed = (round(size / 1000) for size in geojson_sizes(layer))
        _say(f"{name} : {len(layer)} lignes ; GeoJSON {raw} ko, {packed} ko compressé")
    _say(f"communes_anciennes : {len(territories.communes_anciennes)} lignes")
    precision = territories.communes["precision_point"].value_counts()
    _say(f"points : {', '.join(f'{count} {name}' for name, count in precision.items())}")
    _say(f"Écrit dans {folder}.")


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m geo.build", description="Construit les territoires d’un périmètre."
    )
    add = parser.add_argument
    add("--departements", nargs="+", required=True, help="codes INSEE : 24 33 40 47 64")
    add("--nom", required=True, help="nom du périmètre : Aquitaine")
    add("--code", required=True, help="code du périmètre : 72")
    add("--niveau", default="region", help="niveau du périmètre (region)")
    add("--sources", type=Path, help="dossier des deux archives ; sinon, elles sont téléchargées")
    add("--sortie", type=Path, default=Path("geo"), help="dossier à écrire (geo)")
    add("--tolerance", type=int, default=TOLERANCE_M, help="simplification, en mètres")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
