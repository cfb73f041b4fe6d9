"""Where things are, and whether public services are asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cooperations.errors import InvalidSetting
from cooperations.settings import (
    DEFAULT_DATABASE,
    ROOT,
    MetricsSettings,
    api_limits,
    embedding_sites,
    public_address,
    read_live_settings,
    read_metrics_settings,
    read_settings,
    session_days,
)

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


@pytest.mark.parametrize(
    ("text", "sites"),
    [
        pytest.param("", ("*",), id="any site by default"),
        pytest.param(" * ", ("*",), id="any site"),
        pytest.param("aucun", (), id="nobody"),
        pytest.param("https://www.landes.example/", ("https://www.landes.example",), id="a last slash"),
        pytest.param(
            "HTTPS://Landes.example,http://localhost:8080",
            ("https://landes.example", "http://localhost:8080"),
            id="two",
        ),
        pytest.param("https://*.cress.example https://*.cress.example", ("https://*.cress.example",), id="twice"),
        pytest.param("https://coopération.example", ("https://xn--coopration-e7a.example",), id="an accent"),
    ],
)
def test_the_sites_that_may_embed_are_origins(
    monkeypatch: pytest.MonkeyPatch, text: str, sites: tuple[str, ...]
) -> None:
    """They are written as a browser compares them."""
    monkeypatch.setenv("COOPERATIONS_SITES_AUTORISES", text)
    assert embedding_sites() == sites


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("landes.example", id="no scheme"),
        pytest.param("ftp://landes.example", id="not the web"),
        pytest.param("https://landes.example/carte", id="a path"),
        pytest.param("https://landes.example; script-src *", id="another directive"),
        pytest.param("https://*.example", id="a whole top-level domain"),
        pytest.param("https://*", id="any host"),
        pytest.param("https://moi@landes.example", id="a user"),
        pytest.param("* https://landes.example", id="any site and one"),
        pytest.param("'none'", id="a keyword"),
        pytest.param("https://", id="no host"),
        pytest.param("https://landes..example", id="an empty label"),
    ],
)
def test_a_site_that_is_no_origin_is_named(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """Nothing that is not an origin goes into the header that the browser obeys."""
    monkeypatch.setenv("COOPERATIONS_SITES_AUTORISES", text)
    with pytest.raises(InvalidSetting, match="n’est pas une origine"):
        embedding_sites()


def test_the_api_takes_a_client_that_reads_without_a_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """By default twenty requests a second; « non » takes any number, and other limits may be said together."""
    monkeypatch.delenv("COOPERATIONS_API_LIMITE", raising=False)
    assert [(one.amount, one.get_expiry()) for one in api_limits()] == [(1200, 60)]
    monkeypatch.setenv("COOPERATIONS_API_LIMITE", "non")
    assert api_limits() == ()
    monkeypatch.setenv("COOPERATIONS_API_LIMITE", "5/second;100/hour")
    assert [(one.amount, one.get_expiry()) for one in api_limits()] == [(5, 1), (100, 3600)]


def test_a_limit_that_makes_no_sense_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the application repairs it; the API does not run without a limit meanwhile."""
    monkeypatch.setenv("COOPERATIONS_API_LIMITE", "souvent")
    with pytest.raises(InvalidSetting, match="COOPERATIONS_API_LIMITE"):
        api_limits()


def test_metrics_are_open_unless_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Closed by a word, or kept for who has the token."""
    assert read_metrics_settings() == MetricsSettings(opened=True, token="")
    monkeypatch.setenv("COOPERATIONS_METRIQUES", "non")
    monkeypatch.setenv("COOPERATIONS_METRIQUES_JETON", " secret ")
    assert read_metrics_settings() == MetricsSettings(opened=False, token="secret")  # noqa: S106 - a made-up one


def test_a_session_lasts_a_month_unless_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """From a day to a year."""
    assert session_days() == 30
    monkeypatch.setenv("COOPERATIONS_SESSION_JOURS", "365")
    assert session_days() == 365


@pytest.mark.parametrize("text", ["0", "366", "-1", "un mois", "1,5", "²"])
def test_a_session_of_no_days_is_refused(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """Nor for ever."""
    monkeypatch.setenv("COOPERATIONS_SESSION_JOURS", text)
    with pytest.raises(InvalidSetting, match="COOPERATIONS_SESSION_JOURS"):
        session_days()


def test_the_public_address_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """It goes into links as it is."""
    monkeypatch.setenv("COOPERATIONS_ADRESSE", "https://cooperations.example/")
    assert public_address() == "https://cooperations.example"
    monkeypatch.setenv("COOPERATIONS_ADRESSE", "cooperations.example")
    with pytest.raises(InvalidSetting, match="COOPERATIONS_ADRESSE"):
        public_address()
