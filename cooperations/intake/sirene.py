"""The SIRENE stock: millions of establishments, of which those of the social economy become offers.

Source: INSEE, base Sirene, files StockEtablissement and StockUniteLegale (Licence Ouverte 2.0), Parquet or CSV, or
one file that joins both. Column names and codes are INSEE's own; « [ND] » stands for what is not published.
Each row passes once, and comes out with its cells or with the reason that leaves it out: none can be lost.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pyproj import Transformer

from cooperations.intake.legal_forms import PERSON_LEVELS, legal_family, legal_kind
from cooperations.intake.scan import quoted, readable, scanned
from cooperations.vocabularies import Term, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Collection, Generator, Iterator
    from pathlib import Path

    from cooperations.intake.scan import ScannedFile

SOURCE = "sirene"
CHUNK_ROWS = 50_000
MOST_THREADS = 4
"""Each thread holds buffers of its own: more of them would not keep to the memory promised."""
Progress = Callable[[int, int | None], None]
"""Receives the rows read so far, and their total when it is known."""
COLUMNS = (
    *("source", "source_key", "siret", "name", "trade_name", "family", "kind", "naf", "address", "post_code", "city"),
    *("commune_code", "department_code", "longitude", "latitude"),
)
"""The columns of a frame: attributes of Offer."""

REASONS = Vocabulary(
    "raison_sirene",
    (
        Term("autre_departement", "Autre département", "L’établissement n’est pas dans les départements demandés."),
        Term("ferme", "Établissement fermé", "L’état administratif n’est pas « A »."),
        Term("non_diffusible", "Diffusion partielle", "L’établissement ou l’unité légale refuse d’être publié."),
        Term("hors_ess", "Hors de l’ESS", "L’unité légale n’est pas déclarée de l’économie sociale et solidaire."),
        Term("personne_physique", "Personne physique", "Le nom serait celui d’une personne : il n’est jamais publié."),
        Term("sans_nom", "Sans nom", "Ni dénomination, ni dénomination usuelle."),
    ),
)
"""Why a row is left out: the first that holds."""

_ESTABLISHMENT = {
    "siret": "siret",
    "state": "etatAdministratifEtablissement",
    "published": "statutDiffusionEtablissement",
    "naf": "activitePrincipaleEtablissement",
    "street_number": "numeroVoieEtablissement",
    "street_type": "typeVoieEtablissement",
    "street": "libelleVoieEtablissement",
    "post_code": "codePostalEtablissement",
    "city": "libelleCommuneEtablissement",
    "commune_code": "codeCommuneEtablissement",
}
_PERHAPS_OF_ESTABLISHMENT = {
    "repetition": "indiceRepetitionEtablissement",
    "sign": "enseigne1Etablissement",
    "usual_name": "denominationUsuelleEtablissement",
    "naf_version": "nomenclatureActivitePrincipaleEtablissement",
    "x": "coordonneeLambertAbscisseEtablissement",
    "y": "coordonneeLambertOrdonneeEtablissement",
}
"""Coordinates came late (the stock of August 2021 has none), and extracts drop the columns that are often empty."""
_UNIT = {
    "unit_published": "statutDiffusionUniteLegale",
    "ess": "economieSocialeSolidaireUniteLegale",
    "category": "categorieJuridiqueUniteLegale",
    "unit_name": "denominationUniteLegale",
}
_PERHAPS_OF_UNIT = {"unit_usual_name": "denominationUsuelle1UniteLegale"}
_WIDTHS = {"siret": 14, "siren": 9, "category": 4, "post_code": 5, "commune_code": 5, "street_number": 1}

_CELLS = {
    "siret": "siret",
    "name": "coalesce(cell(unit_name), cell(unit_usual_name), cell(usual_name))",
    "trade_name": "coalesce(cell(sign), cell(usual_name))",
    "category": "cell(category)",
    "naf": "CASE WHEN coalesce(naf_version, 'NAFRev2') = 'NAFRev2' THEN replace(cell(naf), '.', '') END",
    "address": "nullif(concat_ws(' ', cell(street_number), cell(repetition), cell(street_type), cell(street)), '')",
    "post_code": "cell(post_code)",
    "city": "cell(city)",
    "commune_code": "cell(commune_code)",
    "department_code": "department(cell(commune_code))",
    "x": "try_cast(x AS DOUBLE)",
    "y": "try_cast(y AS DOUBLE)",
}
_SETUP = """
SET enable_progress_bar = false;
CREATE TEMP MACRO cell(text) AS nullif(nullif(trim(text), ''), '[ND]');
CREATE TEMP MACRO department(commune) AS left(commune, CASE WHEN left(commune, 2) IN ('97', '98') THEN 3 ELSE 2 END);
"""


@dataclass(slots=True)
class SireneCounts:
    """What became of each establishment: `read` is `kept` and all of `left_out`, by code of REASONS."""

    read: int = 0
    kept: int = 0
    left_out: dict[str, int] = field(default_factory=lambda: dict.fromkeys(REASONS.codes, 0))


class SireneStock:
    """A stock whose columns are all there. Iterating reads it and gives frames of about CHUNK_ROWS offers.

    A frame has the columns COLUMNS: codes are text, an absent cell is missing, longitude and latitude are WGS 84
    degrees. The rows come in no promised order. `counts` is complete once the last frame was given.
    Iterating raises UnreadableFile where the content is damaged.
    """

    def __init__(
        self,
        establishments: Path,
        units: Path | None = None,
        departments: Collection[str] = (),
        memory_mb: int = 600,
        on_progress: Progress | None = None,
    ) -> None:
        self.counts = SireneCounts()
        self._departments = tuple(departments)
        self._memory_mb = memory_mb
        self._on_progress = on_progress
        self._establishments = scanned(establishments)
        self._units = scanned(units) if units else None
        of_unit = _UNIT.values()
        if self._units:
            self._units.require("siren", *of_unit)
        self._establishments.require(*_ESTABLISHMENT.values(), *(() if self._units else of_unit))

    def __iter__(self) -> Iterator[pd.DataFrame]:
        self.counts = SireneCounts()
        held: list[Any] = []
        with TemporaryDirectory() as folder, duckdb.connect(config=self._limits(folder)) as connection:
            with closing(self._batches(connection)) as batches:
                for batch in batches:
                    held.append(self._counted(batch))
                    if sum(part.num_rows for part in held) >= CHUNK_ROWS:
                        yield _offers(held)
                        held = []
            if any(part.num_rows for part in held):
                yield _offers(held)

    def _limits(self, folder: str) -> dict[str, Any]:
        threads = min(MOST_THREADS, os.cpu_count() or 1)
        return {"memory_limit": f"{self._memory_mb}MB", "temp_directory": folder, "threads": threads}

    def _batches(self, connection: duckdb.DuckDBPyConnection) -> Generator[Any]:
        """Give the whole stock in Arrow batches: `reason` is 0 for a row to keep, whose cells alone are filled."""
        connection.execute(_SETUP)
        if self._units:
            with readable(self._units.path):
                _hold_units(connection, self._units)
        cells = ", ".join(f"CASE WHEN reason = 0 THEN {value} END AS {name}" for name, value in _CELLS.items())
        judged = f"SELECT *, {self._reason()} AS reason FROM ({self._joined()})"  # noqa: S608 - our own names
        rows = f"SELECT reason, {cells} FROM ({judged})"  # noqa: S608 - our own names
        with readable(self._establishments.path):
            yield from connection.sql(rows).to_arrow_reader(CHUNK_ROWS)

    def _joined(self) -> str:
        of_establishment = _ESTABLISHMENT | _PERHAPS_OF_ESTABLISHMENT
        if not self._units:
            return self._establishments.select(of_establishment | _UNIT | _PERHAPS_OF_UNIT, _WIDTHS)
        establishments = self._establishments.select(of_establishment, _WIDTHS)
        joined = f"({establishments}) AS e LEFT JOIN units ON units.siren = left(e.siret, 9)"
        return f"SELECT * FROM {joined}"  # noqa: S608 - our own names

    def _reason(self) -> str:
        asked = ", ".join(map(quoted, self._departments))
        conditions = {
            "autre_departement": f"coalesce(department(commune_code) NOT IN ({asked}), true)" if asked else "false",
            "ferme": "state IS DISTINCT FROM 'A'",
            "non_diffusible": "published IS DISTINCT FROM 'O' OR coalesce(unit_published, 'O') <> 'O'",
            "hors_ess": "ess IS DISTINCT FROM 'O'",
            # Nothing says that a unit without a legal category is not a person.
            "personne_physique": f"coalesce(left(cell(category), 1), '1') IN {PERSON_LEVELS}",
            "sans_nom": f"{_CELLS['name']} IS NULL",
        }
        cases = (f"WHEN {conditions[code]} THEN {rank}" for rank, code in enumerate(REASONS.codes, start=1))
        return f"CAST(CASE {' '.join(cases)} ELSE 0 END AS TINYINT)"

    def _counted(self, batch: Any) -> Any:
        """Count the rows of a batch by reason, and return those to keep."""
        kept, *left_out = np.bincount(batch.column("reason").to_numpy(), minlength=len(REASONS.terms) + 1).tolist()
        self.counts.read += batch.num_rows
        self.counts.kept += kept
        for code, number in zip(REASONS.codes, left_out, strict=True):
            self.counts.left_out[code] += number
        if self._on_progress:
            self._on_progress(self.counts.read, self._establishments.rows)
        return batch.filter(pc.equal(batch.column("reason"), 0))


def read_sirene(
    establishments: Path,
    units: Path | None = None,
    *,
    departments: Collection[str] = (),
    memory_mb: int = 600,
    on_progress: Progress | None = None,
) -> SireneStock:
    """Open a stock: StockEtablissement with StockUniteLegale, or one file that joins both when `units` is None.

    `departments` are codes, as « 40 »; none means all. DuckDB keeps to `memory_mb`, and to temporary files beyond.
    `on_progress` receives the rows read so far and their total, None for a CSV, which does not say it.
    Raises UnreadableFile: not a Parquet or CSV file, or columns that are missing, which it names.
    """
    return SireneStock(establishments, units, departments, memory_mb, on_progress)


def _hold_units(connection: duckdb.DuckDBPyConnection, units: ScannedFile) -> None:
    """Keep the units of the social economy, one in twenty or so: the others need not be held."""
    columns = units.select({"siren": "siren"} | _UNIT | _PERHAPS_OF_UNIT, _WIDTHS)
    once = f"SELECT DISTINCT ON (siren) * FROM ({columns}) WHERE ess = 'O'"  # noqa: S608 - our own names
    connection.execute(f"CREATE TEMP TABLE units AS {once}")


def _offers(batches: list[Any]) -> pd.DataFrame:
    frame: pd.DataFrame = pa.Table.from_batches(batches).drop_columns(["reason"]).to_pandas()
    forms = list(zip(frame["category"], frame["name"], strict=True))
    frame["source"], frame["source_key"] = SOURCE, frame["siret"]
    frame["trade_name"] = frame["trade_name"].mask(frame["trade_name"] == frame["name"])
    frame["family"] = pd.Series([legal_family(*form) for form in forms], dtype="str")
    frame["kind"] = pd.Series([legal_kind(*form) for form in forms], dtype="str")
    frame["longitude"], frame["latitude"] = _wgs84(frame)
    return frame[list(COLUMNS)]


def _wgs84(frame: pd.DataFrame) -> list[Any]:
    """Return longitudes and latitudes; overseas, where the coordinates are not Lambert 93, they are missing."""
    overseas = frame["department_code"].isna() | frame["department_code"].str.startswith(("97", "98"))
    points = _lambert_93().transform(*(frame[axis].mask(overseas).to_numpy() for axis in ("x", "y")))
    # A millionth of a degree is a tenth of a metre. What has no transform comes back infinite.
    return [np.where(np.isfinite(axis), axis, np.nan).round(6) for axis in points]


@cache
def _lambert_93() -> Any:
    return Transformer.from_crs("EPSG:2154", "EPSG:4326", always_xy=True)
