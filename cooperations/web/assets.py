"""Where the browser's files are: ours, and Leaflet from the package that carries it."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from xstatic.pkg import leaflet

APP_FOLDER = Path(__file__).with_name("assets")
LEAFLET_FOLDER = Path(leaflet.BASE_DIR)


@cache
def asset_url(name: str) -> str:
    """Return the address of one of our files, with a digest so that a new version is fetched at once."""
    digest = hashlib.sha256((APP_FOLDER / name).read_bytes()).hexdigest()[:12]
    return f"/assets/app/{name}?v={digest}"


def leaflet_url(name: str) -> str:
    """Return the address of a file of Leaflet."""
    return f"/assets/leaflet/{name}"
