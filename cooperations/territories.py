"""Communes, EPCI, departments and the region: by code, by name, and by point.

A territory's key is `niveau:code` (`commune:33063`, `departement:40`). Points are WGS 84 degrees.
"""

from __future__ import annotations

import csv
import json
import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import shapely

from cooperations.errors import UnknownTerritory
from cooperations.text import fold, typographic

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

LEVEL_LABELS = {"commune": "commune", "epci": "intercommunalité", "departement": "département", "region": "région"}
ABBREVIATIONS = {"st": "saint", "ste": "sainte"}
LEVEL_RANK = {"region": 0, "departement": 1, "epci": 2, "commune": 3}
NATIONAL_COLUMNS = ("code_insee", "nom", "article", "code_region")
NATIONAL_ERROR_M = 200
"""What the simplified departments of France may be wrong by (m); the worst of 34 552 town halls is off by 173 m."""
METRES_PER_DEGREE = 111_320
"""Of latitude, and of longitude on the equator."""


@dataclass(frozen=True, slots=True)
class Territory:
    """A territory; `parents` are the keys that contain it, nearest first, itself not among them."""

    level: str
    code: str
    name: str
    population: int
    longitude: float
    latitude: float
    bounds: tuple[float, float, float, float]
    parents: tuple[str, ...] = ()
    post_codes: tuple[str, ...] = ()
    in_perimeter: bool = True

    @property
    def key(self) -> str:
        """The key `niveau:code`."""
        return f"{self.level}:{self.code}"

    @property
    def label(self) -> str:
        """A name that no other territory has: « Montaut (commune, 40) »."""
        if self.level == "departement":
            return f"{self.name} ({self.code})"
        where = ", ".join(key.partition(":")[2] for key in self.parents if key.startswith("departement:"))
        return f"{self.name} ({LEVEL_LABELS[self.level]}{f', {where}' if where else ''})"


@dataclass(frozen=True, slots=True)
class Perimeter:
    """The region that this instance shows."""

    code: str
    name: str
    department_codes: tuple[str, ...]
    attribution: str

    @property
    def key(self) -> str:
        """The key of the whole region."""
        return f"region:{self.code}"


@dataclass(frozen=True, slots=True)
class FormerCommune:
    """A commune of another year: its name, often unknown, and the key of the commune that holds it today."""

    name: str
    today: str


class Gazetteer:
    """All the territories of geo/, read once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        described = json.loads((folder / "perimetre.json").read_text(encoding="utf-8"))
        self.perimeter = Perimeter(
            described["code"], described["nom"], tuple(described["departements"]), described["attribution"]
        )
        self.departments_frame = gpd.read_parquet(folder / "departements.parquet")
        self.epci_frame = gpd.read_parquet(folder / "epci.parquet")
        self.communes_frame = gpd.read_parquet(folder / "communes.parquet")
        self._by_key = {territory.key: territory for territory in self._read()}
        self._former = _former_communes(folder / "communes_anciennes.csv")

    def __contains__(self, key: object) -> bool:
        return key in self._by_key

    def __getitem__(self, key: str) -> Territory:
        try:
            return self._by_key[key]
        except KeyError:
            raise UnknownTerritory(key) from None

    def __iter__(self) -> Iterator[Territory]:
        return iter(self._by_key.values())

    @property
    def departments(self) -> tuple[Territory, ...]:
        """The departments of the perimeter, by code."""
        return tuple(self[f"departement:{code}"] for code in self.perimeter.department_codes)

    def successor(self, key: str) -> Territory | None:
        """Return the commune of today that holds a commune of another year, or None when `key` is not such a one."""
        return self[self._former[key].today] if key in self._former and key not in self else None

    def renewed(self, key: str) -> tuple[str, str]:
        """Return the key of today and the notice that says so, empty when `key` is current; raises UnknownTerritory."""
        successor = self.successor(key)
        if not successor:
            return self[key].key, ""
        code, name = key.partition(":")[2], self._former[key].name
        was = f"{code} ({name})" if name else code
        return successor.key, f"La commune {was} fait aujourd’hui partie de {successor.name} ({successor.code})."

    def lineage(self, key: str) -> tuple[str, ...]:
        """Return `key` and the keys of what contains it."""
        return (key, *self[key].parents)

    def within(self, inner: str, outer: str) -> bool:
        """Return whether `inner` is `outer` or one of its parts."""
        return outer in self.lineage(inner)

    def locate(self, longitude: float, latitude: float) -> Territory | None:
        """Return the commune of a point; outside the perimeter its department, else None."""
        point = shapely.Point(longitude, latitude)
        for frame, level in ((self.communes_frame, "commune"), (self.departments_frame, "departement")):
            hits = frame.sindex.query(point, predicate="intersects")
            if len(hits):
                return self[f"{level}:{frame['code_insee'].iloc[int(hits.min())]}"]
        return None

    def covers(self, keys: tuple[str, ...], longitude: float, latitude: float) -> bool:
        """Return whether the point is in one of the territories `keys`."""
        found = self.locate(longitude, latitude)
        return found is not None and any(self.within(found.key, key) for key in keys)

    @cached_property
    def national_departments(self) -> gpd.GeoDataFrame:
        """The departments of France (EPSG:4326); read at first use, empty when a region comes without the file."""
        path = self._folder / "departements_france.parquet"
        if path.is_file():
            return gpd.read_parquet(path)
        return gpd.GeoDataFrame({name: [] for name in NATIONAL_COLUMNS}, geometry=[], crs="EPSG:4326")

    def department_name(self, code: str, *, article: bool = False) -> str:
        """Return « Landes », or « les Landes » with its article; the code itself when nothing is known of it."""
        before, name = self._department_names.get(code, ("", code))
        return f"{before}{name}" if article else name

    def other_department(self, code: str, longitude: float, latitude: float) -> str | None:
        """Return the code of the department that holds a point said to be in the department `code`.

        None when they are the same, when the point is within NATIONAL_ERROR_M of `code`, or in no department.
        """
        frame = self.national_departments
        hits = frame.sindex.query(shapely.Point(longitude, latitude), predicate="intersects")
        found = sorted(frame["code_insee"].iloc[hits])
        if not found or code in found:
            return None
        said = frame[frame["code_insee"] == code]
        return None if said.intersects(_around(longitude, latitude, NATIONAL_ERROR_M)).any() else found[0]

    def outline(self, key: str) -> BaseGeometry:
        """Return the shape of a territory, in WGS 84 degrees; raises UnknownTerritory."""
        territory = self[key]
        if territory.level == "region":
            inside = self.departments_frame[self.departments_frame["dans_perimetre"]]
            return shapely.union_all(inside.geometry.to_numpy())
        frames = {"commune": self.communes_frame, "epci": self.epci_frame, "departement": self.departments_frame}
        frame = frames[territory.level]
        code = frame["code_siren" if territory.level == "epci" else "code_insee"]
        found: BaseGeometry = frame.geometry.to_numpy()[int((code == territory.code).to_numpy().argmax())]
        return found

    def search(self, text: str, limit: int = 10) -> list[Territory]:
        """Return the territories whose name or post code begins with, then contains, `text`.

        Without regard to accents or case; exact names first, then wider and larger territories.
        """
        wanted = " ".join(ABBREVIATIONS.get(word, word) for word in fold(text).split())
        if not wanted:
            return [self[self.perimeter.key], *self.departments][:limit]
        ranked = [
            ((rank, LEVEL_RANK[territory.level], -territory.population, territory.code), territory)
            for name, territory in self._searchable
            if (rank := _match_rank(wanted, name, territory)) is not None
        ]
        return [territory for _, territory in sorted(ranked, key=lambda pair: pair[0])[:limit]]

    @cached_property
    def _searchable(self) -> list[tuple[str, Territory]]:
        return [(fold(territory.name), territory) for territory in self if territory.in_perimeter]

    @cached_property
    def _department_names(self) -> dict[str, tuple[str, str]]:
        """Article and name by code; the names alone of geo/ when it has no national file."""
        near = {territory.code: ("", territory.name) for territory in self if territory.level == "departement"}
        columns = (self.national_departments[column] for column in ("code_insee", "article", "nom"))
        national = {code: (article, typographic(name)) for code, article, name in zip(*columns, strict=True)}
        return near | national

    def _read(self) -> Iterator[Territory]:
        region = self.perimeter.key
        yield self._region()
        for row in _rows(self.departments_frame):
            inside = bool(row["dans_perimetre"])
            known = (region,) if inside else ()
            yield Territory("departement", row["code_insee"], **_common(row), parents=known, in_perimeter=inside)
        for row in _rows(self.epci_frame):
            codes = [code for code in row["codes_departements"].split("|") if code in self.perimeter.department_codes]
            parents = (*(f"departement:{code}" for code in codes), region)
            yield Territory("epci", row["code_siren"], **_common(row), parents=parents)
        for row in _rows(self.communes_frame):
            epci = (f"epci:{row['code_epci']}",) if row["code_epci"] else ()
            parents = (*epci, f"departement:{row['code_departement']}", region)
            post_codes = tuple(row["codes_postaux"].split("|"))
            yield Territory("commune", row["code_insee"], **_common(row), parents=parents, post_codes=post_codes)

    def _region(self) -> Territory:
        inside = self.departments_frame[self.departments_frame["dans_perimetre"]]
        middle = inside.union_all().representative_point()
        west, south, east, north = (float(side) for side in inside.total_bounds)
        population = int(inside["population"].sum())
        code, name = self.perimeter.code, self.perimeter.name
        return Territory("region", code, name, population, middle.x, middle.y, (west, south, east, north))


def _former_communes(path: Path) -> dict[str, FormerCommune]:
    """Read former communes by key; a region may come without this file."""
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as lines:
        return {
            f"commune:{row['ancien_code']}": FormerCommune(row["ancien_nom"], f"commune:{row['code_insee']}")
            for row in csv.DictReader(lines)
        }


def _around(longitude: float, latitude: float, metres: float) -> BaseGeometry:
    """Return the disc of radius `metres` around a point, in WGS 84 degrees."""
    height = metres / METRES_PER_DEGREE
    width = height / math.cos(math.radians(latitude))

    def placed(pairs: NDArray[np.float64]) -> NDArray[np.float64]:
        return pairs * (width, height) + (longitude, latitude)

    return shapely.transform(shapely.Point(0, 0).buffer(1), placed)


def _rows(frame: gpd.GeoDataFrame) -> Iterator[dict[str, Any]]:
    bounds = frame.bounds.to_numpy().tolist()
    columns = [column for column in frame.columns if column != "geometry"]
    for box, *values in zip(bounds, *(frame[column].tolist() for column in columns), strict=True):
        yield {**dict(zip(columns, values, strict=True)), "bounds": tuple(box)}


def _common(row: dict[str, Any]) -> dict[str, Any]:
    kept = {name: row[name] for name in ("longitude", "latitude", "bounds")}
    return {"name": typographic(row["nom"]), "population": int(row["population"]), **kept}


def _match_rank(wanted: str, name: str, territory: Territory) -> int | None:
    if wanted in {name, territory.code.casefold()} or wanted in territory.post_codes:
        return 0
    if name.startswith(wanted) or any(code.startswith(wanted) for code in territory.post_codes):
        return 1
    begins_a_word = f" {wanted}" in name.replace("'", " ")
    return 2 if begins_a_word else 3 if wanted in name else None
