"""Where things are, from the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_DATABASE = ROOT / "var" / "cooperations.sqlite3"


@dataclass(frozen=True, slots=True)
class Settings:
    """The folders of data and boundaries, and the SQLAlchemy URL of the database."""

    data_folder: Path
    geo_folder: Path
    database_url: str


def read_settings() -> Settings:
    """Read DATABASE_URL, COOPERATIONS_DATA and COOPERATIONS_GEO, with the shipped defaults."""
    return Settings(
        Path(os.environ.get("COOPERATIONS_DATA") or ROOT / "data"),
        Path(os.environ.get("COOPERATIONS_GEO") or ROOT / "geo"),
        os.environ.get("DATABASE_URL") or f"sqlite:///{DEFAULT_DATABASE}",
    )
