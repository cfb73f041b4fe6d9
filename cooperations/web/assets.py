"""Where the browser's files are: ours, and Leaflet from the package that carries it."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.staticfiles import StaticFiles
from xstatic.pkg import leaflet

from cooperations.web.kept import FOREVER

if TYPE_CHECKING:
    from starlette.responses import Response

APP_FOLDER = Path(__file__).with_name("assets")
LEAFLET_FOLDER = Path(leaflet.BASE_DIR)


@cache
def asset_url(name: str) -> str:
    """Return the address of one of our files, which changes when any of them does."""
    return f"/assets/app/{_version()}/{name}"


@cache
def _version() -> str:
    """Return a digest of all our files: they import each other, so they change address together."""
    digest = hashlib.sha256()
    for path in sorted(APP_FOLDER.iterdir()):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def leaflet_url(name: str) -> str:
    """Return the address of a file of Leaflet."""
    return f"/assets/leaflet/{leaflet.VERSION}/{name}"


@cache
def font_url() -> str:
    """Return the address of the font of the page, which Streamlit serves; empty when its file has another name."""
    spec = find_spec("streamlit")
    media = Path((spec and spec.origin) or "").parent / "static" / "static" / "media"
    return next((f"/static/media/{found.name}" for found in media.glob("SourceSansVF-Upright.*.woff2")), "")


class Unchanging(StaticFiles):
    """Serves a folder whose files change address when they change."""

    def file_response(self, *found: Any, **details: Any) -> Response:
        """Answer a file that may be kept for ever."""
        answer = super().file_response(*found, **details)
        answer.headers["cache-control"] = FOREVER
        return answer
