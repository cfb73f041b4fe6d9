"""The scripts, and the styles, of a page in one file each: a request is what a first visit waits for most."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING

from starlette.responses import Response

from cooperations.web.answers import answering, problem
from cooperations.web.assets import APP_FOLDER, LEAFLET_FOLDER, leaflet_url
from cooperations.web.kept import FOREVER

if TYPE_CHECKING:
    from starlette.requests import Request

FILES = {
    "legere.js": ("leaflet.js", "carte.js", "offres_carte.js", "legere.js"),
    "legere.css": ("leaflet.css", "carte.css", "legere.css"),
}
TYPES = {"js": "text/javascript", "css": "text/css"}


@cache
def bundle(name: str) -> bytes:
    """Return files one after the other; those of Leaflet name their images from where they are."""
    parts = (_file(part) for part in FILES[name])
    return b"\n;\n".join(parts) if name.endswith(".js") else b"\n".join(parts)


@cache
def bundle_url(name: str) -> str:
    """Return the address of a bundle, which changes with its content."""
    return f"/assets/ensemble/{hashlib.sha256(bundle(name)).hexdigest()[:12]}/{name}"


@answering
def bundled(request: Request) -> Response:
    """Answer a bundle; it may be kept for ever under its address only."""
    name = request.path_params["name"]
    if name not in FILES:
        return problem(404, "Ce fichier n’existe pas.")
    kept = FOREVER if request.url.path == bundle_url(name) else "no-cache"
    return Response(bundle(name), media_type=TYPES[name.rpartition(".")[2]], headers={"cache-control": kept})


def _file(name: str) -> bytes:
    of_leaflet = name.startswith("leaflet.")
    content = ((LEAFLET_FOLDER if of_leaflet else APP_FOLDER) / name).read_bytes()
    return content.replace(b"url(images/", f"url({leaflet_url('images/')}".encode()) if of_leaflet else content
