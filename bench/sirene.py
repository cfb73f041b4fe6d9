"""A made-up SIRENE stock, read as an import reads it and as pandas does, each in a process of its own.

`python -m bench.sirene` prints the timing alone.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow.parquet as pq

from bench.server import ROOT
from cooperations.intake.legal_forms import PERSON_LEVELS
from cooperations.intake.sirene import read_sirene

ESTABLISHMENTS = 5_000_000
UNITS = 3_500_000
RUNS = 3
MODULE = "bench.sirene"
STOCK_FILES = ("StockEtablissement.parquet", "StockUniteLegale.parquet")

# hash() draws the same numbers at each run, one series for each constant added. As in INSEE's files, the rows are
# sorted by SIRET, and columns come that an import does not need.
_UNITS = """
SELECT lpad(unit::VARCHAR, 9, '0') AS siren,
    CASE WHEN hash(unit + 1) % 20 = 0 THEN 'P' ELSE 'O' END AS statutDiffusionUniteLegale,
    (1990 + hash(unit + 2) % 30)::VARCHAR || '-01-01' AS dateCreationUniteLegale,
    'STRUCTURE ' || hash(unit + 3) % 100_000 || ' DES LANDES' AS denominationUniteLegale,
    CASE WHEN hash(unit + 4) % 10 = 0 THEN 'STRUCTURE ' || unit END AS denominationUsuelle1UniteLegale,
    list_extract(['9220', '9220', '9220', '5458', '6317', '8210', '1000'], (1 + hash(unit + 5) % 7)::INT)
        AS categorieJuridiqueUniteLegale,
    CASE WHEN hash(unit) % 100 < 6 THEN 'O' WHEN hash(unit) % 100 < 50 THEN 'N' END
        AS economieSocialeSolidaireUniteLegale
FROM (SELECT range AS unit FROM range(?))
"""
_ESTABLISHMENTS = """
SELECT lpad((row * 7 // 10)::VARCHAR, 9, '0') AS siren,
    lpad((row * 7 // 10)::VARCHAR, 9, '0') || lpad((1 + row % 10)::VARCHAR, 5, '0') AS siret,
    CASE WHEN hash(row + 1) % 20 = 0 THEN 'P' ELSE 'O' END AS statutDiffusionEtablissement,
    CASE WHEN hash(row + 2) % 100 < 45 THEN 'A' ELSE 'F' END AS etatAdministratifEtablissement,
    'BATIMENT ' || hash(row + 3) % 1000 AS complementAdresseEtablissement,
    (hash(row + 4) % 200)::VARCHAR AS numeroVoieEtablissement,
    CASE WHEN hash(row + 5) % 20 = 0 THEN 'B' END AS indiceRepetitionEtablissement,
    list_extract(['RUE', 'AV', 'RTE', 'PL'], (1 + hash(row + 6) % 4)::INT) AS typeVoieEtablissement,
    'DES PINS ' || hash(row + 7) % 5000 AS libelleVoieEtablissement,
    lpad((1000 + hash(row + 8) % 95_000)::VARCHAR, 5, '0') AS codePostalEtablissement,
    'COMMUNE ' || hash(row + 8) % 30_000 AS libelleCommuneEtablissement,
    lpad((1000 + hash(row + 8) % 95_000)::VARCHAR, 5, '0') AS codeCommuneEtablissement,
    'ADR' || hash(row + 9) AS identifiantAdresseEtablissement,
    CASE WHEN hash(row + 10) % 10 = 0 THEN '[ND]' ELSE (200_000 + hash(row + 10) % 900_000)::VARCHAR || '.12' END
        AS coordonneeLambertAbscisseEtablissement,
    CASE WHEN hash(row + 10) % 10 = 0 THEN '[ND]' ELSE (6_200_000 + hash(row + 11) % 800_000)::VARCHAR || '.5' END
        AS coordonneeLambertOrdonneeEtablissement,
    CASE WHEN hash(row + 12) % 4 = 0 THEN 'ENSEIGNE ' || hash(row + 12) % 10_000 END AS enseigne1Etablissement,
    NULL::VARCHAR AS denominationUsuelleEtablissement,
    list_extract(['81.30Z', '81.21Z', '94.99Z', '38.32Z'], (1 + hash(row + 13) % 4)::INT)
        AS activitePrincipaleEtablissement,
    'NAFRev2' AS nomenclatureActivitePrincipaleEtablissement
FROM (SELECT range AS row FROM range(?))
"""
UNUSED = ("complementAdresseEtablissement", "identifiantAdresseEtablissement", "dateCreationUniteLegale")
PEER_KEEPS = (
    {"etatAdministratifEtablissement": "A", "statutDiffusionEtablissement": "O"},
    {"economieSocialeSolidaireUniteLegale": "O", "statutDiffusionUniteLegale": "O"},
)


@dataclass(frozen=True, slots=True)
class SireneTiming:
    """A reading and its peer: seconds (medians), peaks of resident memory in megabytes; whether both kept as many."""

    rows: int
    kept: int
    seconds: float
    peak_mb: float
    peer_seconds: float
    peer_peak_mb: float
    same: bool

    @property
    def rows_per_s(self) -> float:
        """Establishments read in a second."""
        return self.rows / self.seconds


def timed_sirene(rows: int = ESTABLISHMENTS, units: int = UNITS, runs: int = RUNS) -> SireneTiming:
    """Write a stock and time its reading beside pandas', turn by turn, each time in a new process."""
    with tempfile.TemporaryDirectory() as folder:
        write_stock(Path(folder), rows, units)
        own, peers = zip(*((_child("own", folder), _child("peer", folder)) for _ in range(runs)), strict=True)
    return SireneTiming(
        rows,
        own[0]["kept"],
        statistics.median(one["seconds"] for one in own),
        max(one["peak_mb"] for one in own),
        statistics.median(one["seconds"] for one in peers),
        max(one["peak_mb"] for one in peers),
        len({one["kept"] for one in (*own, *peers)}) == 1,
    )


def write_stock(folder: Path, rows: int, units: int) -> None:
    """Write the two Parquet files of a stock, of which 6 % of the units are of the social economy."""
    with duckdb.connect() as connection:
        connection.execute("SET enable_progress_bar = false")
        for name, query, size in zip(STOCK_FILES, (_ESTABLISHMENTS, _UNITS), (rows, units), strict=True):
            connection.execute(f"COPY ({query}) TO '{folder / name}' (FORMAT parquet)", [size])


def _child(way: str, folder: str) -> dict[str, Any]:
    command = [sys.executable, "-m", MODULE, way, folder]
    answer: dict[str, Any] = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout)
    return answer


def _own(folder: Path) -> int:
    return sum(len(frame) for frame in read_sirene(*(folder / name for name in STOCK_FILES)))


def _peer(folder: Path) -> int:
    """Read the same columns and keep the same rows, as pandas alone does."""
    establishments, units = (
        pd.read_parquet(path, columns=_used(path), filters=[(column, "==", value) for column, value in kept.items()])
        for path, kept in zip((folder / name for name in STOCK_FILES), PEER_KEEPS, strict=True)
    )
    joined = establishments.merge(units, on="siren")
    return int((~joined["categorieJuridiqueUniteLegale"].str.startswith(PERSON_LEVELS)).sum())


def _used(path: Path) -> list[str]:
    return [name for name in pq.read_schema(path).names if name not in UNUSED]


def _peak_mb() -> float:
    """Return the peak of resident memory: ru_maxrss would begin at the size of the process that started this one."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), float("nan"))


def main(way: str = "", folder: str = "") -> None:
    """Print the whole timing, or as a child that of one way of reading."""
    if not way:
        timing = timed_sirene()
        print(timing, f"{timing.rows_per_s:,.0f} rows/s")
        return
    started = time.perf_counter()
    kept = {"own": _own, "peer": _peer}[way](Path(folder))
    print(json.dumps({"kept": kept, "seconds": time.perf_counter() - started, "peak_mb": _peak_mb()}))


if __name__ == "__main__":
    main(*sys.argv[1:])
