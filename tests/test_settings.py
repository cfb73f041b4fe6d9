"""Where things are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cooperations.settings import DEFAULT_DATABASE, ROOT, read_settings

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_without_an_environment_everything_is_in_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    """The application starts with no setting at all."""
    monkeypatch.delenv("DATABASE_URL")
    settings = read_settings()
    assert settings.data_folder == ROOT / "data"
    assert settings.geo_folder == ROOT / "geo"
    assert settings.database_url == f"sqlite:///{DEFAULT_DATABASE}"


def test_the_environment_moves_everything(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """DATABASE_URL, COOPERATIONS_DATA and COOPERATIONS_GEO are what a host sets."""
    monkeypatch.setenv("DATABASE_URL", "postgresql+psycopg://base/cooperations")
    monkeypatch.setenv("COOPERATIONS_DATA", str(tmp_path / "donnees"))
    monkeypatch.setenv("COOPERATIONS_GEO", str(tmp_path / "limites"))
    settings = read_settings()
    assert settings.data_folder == tmp_path / "donnees"
    assert settings.geo_folder == tmp_path / "limites"
    assert settings.database_url == "postgresql+psycopg://base/cooperations"
