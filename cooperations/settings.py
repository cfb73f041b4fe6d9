"""Where things are, and whether to ask public services, from the environment."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from limits import RateLimitItem, parse_many
from pydantic import HttpUrl, TypeAdapter, ValidationError

from cooperations.errors import InvalidSetting

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_DATABASE = ROOT / "var" / "cooperations.sqlite3"
PUBLIC_ADDRESSES_URL = "https://data.geopf.fr/geocodage/search"
PUBLIC_COMPANIES_URL = "https://recherche-entreprises.api.gouv.fr/search"
SITES, ANY_SITE, NO_SITE = "COOPERATIONS_SITES_AUTORISES", "*", "aucun"
_WEB_ADDRESS: TypeAdapter[HttpUrl] = TypeAdapter(HttpUrl)
"""Built once: an answer asks for the public address, and building it takes longer than reading it."""
_SWITCH = {"oui": True, "non": False}
WHO_IMPORTS, WHO_RECORDS = "COOPERATIONS_IMPORT", "COOPERATIONS_SAISIE"
LEAST_SECRET, MOST_SESSION_DAYS = 32, 365
OPEN, MEMBERS, CLOSED = "oui", "membres", "non"
API_LIMIT, USUAL_API_LIMIT = "COOPERATIONS_API_LIMITE", "1200/minute"
"""More than one client that reads page after page can ask: the limit is for those that ask all at once."""
METRICS, METRICS_TOKEN = "COOPERATIONS_METRIQUES", "COOPERATIONS_METRIQUES_JETON"


@dataclass(frozen=True, slots=True)
class Settings:
    """The folders of data and boundaries, and the SQLAlchemy URL of the database."""

    data_folder: Path
    geo_folder: Path
    database_url: str

    @property
    def var_folder(self) -> Path:
        """Where what is made here is kept: beside the database when it is a file."""
        file = self.database_url.removeprefix("sqlite:///")
        return Path(file).parent if file not in {self.database_url, "", ":memory:"} else DEFAULT_DATABASE.parent


def read_settings() -> Settings:
    """Read DATABASE_URL, COOPERATIONS_DATA and COOPERATIONS_GEO, with the shipped defaults."""
    return Settings(
        Path(os.environ.get("COOPERATIONS_DATA") or ROOT / "data"),
        Path(os.environ.get("COOPERATIONS_GEO") or ROOT / "geo"),
        os.environ.get("DATABASE_URL") or f"sqlite:///{DEFAULT_DATABASE}",
    )


@dataclass(frozen=True, slots=True)
class LiveSettings:
    """Whether public services may be asked, and the web addresses of the two searches."""

    enabled: bool
    addresses_url: str
    companies_url: str


def read_live_settings() -> LiveSettings:
    """Read COOPERATIONS_EN_LIGNE (off unless « oui »), COOPERATIONS_ADRESSES_URL and COOPERATIONS_ENTREPRISES_URL.

    Raise InvalidSetting for a word that is neither « oui » nor « non », and for what is no web address.
    """
    return LiveSettings(
        _switch("COOPERATIONS_EN_LIGNE"),
        _web_address("COOPERATIONS_ADRESSES_URL", PUBLIC_ADDRESSES_URL),
        _web_address("COOPERATIONS_ENTREPRISES_URL", PUBLIC_COMPANIES_URL),
    )


def who_may(name: str) -> str:
    """Read COOPERATIONS_IMPORT or COOPERATIONS_SAISIE: OPEN to all unless MEMBERS only, or CLOSED.

    Raise InvalidSetting for another word.
    """
    word = os.environ.get(name, "").strip().casefold() or OPEN
    if word not in {OPEN, MEMBERS, CLOSED}:
        raise InvalidSetting(name, "« oui », « membres » ou « non » est attendu")
    return word


def api_limits() -> tuple[RateLimitItem, ...]:
    """Read COOPERATIONS_API_LIMITE: how often one address may ask the API, without limit for « non ».

    Raise InvalidSetting for what is neither.
    """
    asked = os.environ.get(API_LIMIT, "").strip() or USUAL_API_LIMIT
    if asked.casefold() == CLOSED:
        return ()
    try:
        return tuple(parse_many(asked))
    except ValueError:
        raise InvalidSetting(
            API_LIMIT, f"« {USUAL_API_LIMIT} », « 20/second;{USUAL_API_LIMIT} » ou « {CLOSED} » est attendu"
        ) from None


@dataclass(frozen=True, slots=True)
class MetricsSettings:
    """Whether the metrics are served, and the token that must be shown, if any."""

    opened: bool
    token: str


def read_metrics_settings() -> MetricsSettings:
    """Read COOPERATIONS_METRIQUES (open unless « non ») and COOPERATIONS_METRIQUES_JETON; raises InvalidSetting."""
    return MetricsSettings(_switch(METRICS, OPEN), os.environ.get(METRICS_TOKEN, "").strip())


def embedding_sites() -> tuple[str, ...]:
    """Read COOPERATIONS_SITES_AUTORISES: the origins that may show our embeds in a frame.

    `("*",)`, any site, unless told; nobody for « aucun ». Raise InvalidSetting for what is no origin.
    """
    asked = os.environ.get(SITES, "").replace(",", " ").split() or [ANY_SITE]
    if asked in ([ANY_SITE], [NO_SITE]):
        return (ANY_SITE,) if asked == [ANY_SITE] else ()
    return tuple(dict.fromkeys(_origin(one) for one in asked))


def _origin(text: str) -> str:
    """Return an origin as a browser compares it: in lower case and in ASCII, without the last slash."""
    scheme, separator, host = text.rstrip("/").casefold().partition("://")
    try:
        ascii_host = ".".join(part if part == "*" else part.encode("idna").decode() for part in host.split("."))
    except UnicodeError:
        ascii_host = ""
    if not separator or not re.fullmatch(
        r"https?://(\*\.(?=[^:]*\.))?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?", f"{scheme}://{ascii_host}"
    ):
        raise InvalidSetting(
            SITES,
            f"«\u00a0{text}\u00a0» n’est pas une origine. Donner «\u00a0{ANY_SITE}\u00a0» (tous les sites), "
            f"«\u00a0{NO_SITE}\u00a0», ou des origines séparées par des espaces, sans chemin, comme "
            "https://www.cress.example ou https://*.collectivite.example",
        )
    return f"{scheme}://{ascii_host}"


def session_days() -> int:
    """Read COOPERATIONS_SESSION_JOURS: how many days a session lasts; raise InvalidSetting."""
    text = os.environ.get("COOPERATIONS_SESSION_JOURS") or "30"
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text[:4]) <= MOST_SESSION_DAYS:
        raise InvalidSetting("COOPERATIONS_SESSION_JOURS", f"un nombre de 1 à {MOST_SESSION_DAYS} est attendu")
    return int(text)


def public_address() -> str:
    """Read COOPERATIONS_ADRESSE: where people reach this instance, without a last slash; raise InvalidSetting."""
    return _web_address("COOPERATIONS_ADRESSE", "http://localhost:8501").rstrip("/")


def has_public_address() -> bool:
    """Return whether COOPERATIONS_ADRESSE is said: a message leads there, never where a browser says that it is."""
    return bool(os.environ.get("COOPERATIONS_ADRESSE"))


def secret_of_the_host() -> str:
    """Read COOPERATIONS_SECRET, empty when the host gives none; raise InvalidSetting when it is easily guessed."""
    secret = os.environ.get("COOPERATIONS_SECRET", "")
    if secret and len(secret) < LEAST_SECRET:
        raise InvalidSetting("COOPERATIONS_SECRET", f"{LEAST_SECRET} caractères au moins sont attendus")
    return secret


def _switch(name: str, default: str = CLOSED) -> bool:
    word = os.environ.get(name, "").strip().casefold() or default
    if word not in _SWITCH:
        raise InvalidSetting(name, "« oui » ou « non » est attendu")
    return _SWITCH[word]


def _web_address(name: str, default: str) -> str:
    value = os.environ.get(name) or default
    try:
        parts = _WEB_ADDRESS.validate_python(value)
    except ValidationError:
        parts = None
    # A question takes the place of the query of the address, so one that has its own would silently lose it.
    if parts is None or parts.query is not None or parts.fragment is not None:
        raise InvalidSetting(name, f"une adresse complète et sans « ? » est attendue, comme {default}")
    return value
