"""Where things are, and whether public services are asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cooperations.errors import InvalidSetting
from cooperations.settings import DEFAULT_DATABASE, ROOT, read_live_settings, read_settings

if TYPE_CHECKING:
    from pathlib import Path


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


def test_live_sources_are_off_and_public_by_default() -> None:
    """Nothing leaves the machine unless whoever runs it says so."""
    settings = read_live_settings()
    assert not settings.enabled
    assert settings.addresses_url == "https://data.geopf.fr/geocodage/search"
    assert settings.companies_url == "https://recherche-entreprises.api.gouv.fr/search"


@pytest.mark.parametrize(("word", "enabled"), [("oui", True), (" Oui ", True), ("non", False), ("", False)])
def test_one_word_turns_live_sources_on(monkeypatch: pytest.MonkeyPatch, word: str, *, enabled: bool) -> None:
    """« oui » is the only word that does."""
    monkeypatch.setenv("COOPERATIONS_EN_LIGNE", word)
    assert read_live_settings().enabled is enabled


def test_live_sources_may_be_somewhere_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test server, or a collectivité’s own copy, stands in for the public services."""
    monkeypatch.setenv("COOPERATIONS_ADRESSES_URL", "http://127.0.0.1:7878/search/")
    monkeypatch.setenv("COOPERATIONS_ENTREPRISES_URL", "https://entreprises.landes.example/search")
    settings = read_live_settings()
    assert settings.addresses_url == "http://127.0.0.1:7878/search/"
    assert settings.companies_url == "https://entreprises.landes.example/search"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("COOPERATIONS_EN_LIGNE", "true", id="another word"),
        pytest.param("COOPERATIONS_ADRESSES_URL", "data.geopf.fr/geocodage/search", id="no scheme"),
        pytest.param("COOPERATIONS_ADRESSES_URL", "file:///etc/passwd", id="not the web"),
        pytest.param("COOPERATIONS_ENTREPRISES_URL", "https://", id="no host"),
        pytest.param("COOPERATIONS_ENTREPRISES_URL", "https://a.example/search?q=", id="a query of its own"),
        pytest.param("COOPERATIONS_ENTREPRISES_URL", "https://a.example/search#top", id="a fragment"),
    ],
)
def test_a_setting_that_makes_no_sense_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    """Whoever runs the application reads which variable to repair."""
    monkeypatch.setenv(name, value)
    with pytest.raises(InvalidSetting, match=name):
        read_live_settings()
