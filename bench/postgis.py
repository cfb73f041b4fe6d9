"""The same search in PostgreSQL with PostGIS, when it is installed: the peer of the read index."""

from __future__ import annotations

import math
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg

from bench.server import free_port
from cooperations import vocabularies as v
from cooperations.offers.needs import place_of
from cooperations.projection import to_metres
from cooperations.purchases import PURCHASE_FAMILIES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cooperations.offers.directory import Directory
    from cooperations.offers.needs import Need

SERVER_USER = "postgres"
"""PostgreSQL refuses to run as root."""
SCHEMA = """
CREATE EXTENSION postgis;
CREATE TABLE offer (id text, geom geometry(Point, 2154), purchases int, kind smallint, radius_m real, area text[]);
"""
INDEXES = "CREATE INDEX ON offer USING gist (geom); ANALYZE offer;"
SEARCH = """
SELECT id FROM offer, ST_SetSRID(ST_MakePoint(%(east)s, %(north)s), 2154) AS here
WHERE ST_DWithin(geom, here, %(radius)s) AND (purchases & %(bits)s) <> 0 AND kind = ANY(%(kinds)s)
  AND ((radius_m IS NULL AND area IS NULL) OR radius_m >= ST_Distance(geom, here) OR area && %(keys)s)
ORDER BY geom <-> here LIMIT 50
"""


def server_folder() -> Path | None:
    """Return the folder of a PostgreSQL server that has PostGIS, or None."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/lib/postgis-3.so"))
    return found[-1].parent.parent / "bin" if found and shutil.which("runuser") else None


@contextmanager
def postgis(directory: Directory) -> Iterator[psycopg.Connection[Any]]:
    """Serve the located offers of an index from a private server, indexed with GiST."""
    programs = server_folder()
    if programs is None:
        raise RuntimeError("PostGIS is not installed")
    with tempfile.TemporaryDirectory() as folder:
        shutil.chown(folder, SERVER_USER)
        port = free_port()
        _run(programs / "initdb", "-D", f"{folder}/base", "--auth=trust", "-U", SERVER_USER, "-E", "UTF8")
        options = f"-p {port} -k {folder} -c shared_buffers=1GB -c fsync=off -c listen_addresses=127.0.0.1"
        _run(programs / "pg_ctl", "-D", f"{folder}/base", "-o", options, "-w", "-l", f"{folder}/log", "start")
        try:
            with psycopg.connect(host="127.0.0.1", port=port, user=SERVER_USER, autocommit=True) as connection:
                _fill(connection, directory)
                yield connection
        finally:
            _run(programs / "pg_ctl", "-D", f"{folder}/base", "-m", "immediate", "stop")


def parameters(need: Need, directory: Directory) -> dict[str, Any]:
    """Return what SEARCH takes to say a need that has a place, purchase families and kinds."""
    place = place_of(need, directory.catalogue.gazetteer)
    if place is None:
        raise ValueError(need)
    east, north = to_metres(place.longitude, place.latitude)
    return {
        "east": east,
        "north": north,
        "radius": need.radius_m,
        "bits": sum(1 << PURCHASE_FAMILIES.codes.index(code) for code in need.purchase_families),
        "kinds": [v.KINDS.codes.index(code) for code in need.kinds],
        "keys": list(place.keys),
    }


def _fill(connection: psycopg.Connection[Any], directory: Directory) -> None:
    connection.execute(SCHEMA)
    part = slice(0, directory.located)
    rows = zip(
        directory.frame["id"].iloc[part],
        directory.east[part].tolist(),
        directory.north[part].tolist(),
        directory.purchases[part].tolist(),
        directory.kind[part].tolist(),
        (None if math.isnan(radius) else radius for radius in directory.radius_m[part].tolist()),
        directory.area[part].tolist(),
        strict=True,
    )
    areas = [area.split("|") if area else None for area in directory.area_keys]
    with connection.cursor().copy("COPY offer FROM STDIN") as copy:
        for name, east, north, purchases, kind, radius, area in rows:
            copy.write_row((name, f"SRID=2154;POINT({east} {north})", purchases, kind, radius, areas[area]))
    connection.execute(INDEXES)


def _run(program: Path, *arguments: str) -> None:
    command = ["runuser", "-u", SERVER_USER, "--", str(program), *arguments]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
