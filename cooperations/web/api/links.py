"""The links of the API, absolute, under the address that the client asked."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

if TYPE_CHECKING:
    from starlette.requests import Request

GEOJSON, JSON, OPENAPI = "application/geo+json", "application/json", "application/vnd.oai.openapi+json;version=3.0"
PREFIX = "/api"

Link = dict[str, str]


def absolute(request: Request, path: str) -> str:
    """Return the address of a path of the API, below its mount."""
    return f"{request.url.scheme}://{request.url.netloc}{PREFIX}{path}"


def link(request: Request, path: str, rel: str, title: str, media_type: str = JSON) -> Link:
    """Return a link to a path of the API."""
    return {"href": absolute(request, path), "rel": rel, "type": media_type, "title": title}


def page_links(request: Request, path: str, following: str) -> list[Link]:
    """Return the links of a page of items: itself, and the next one when there is one."""
    asked = [(name, value) for name, value in request.query_params.multi_items() if name != "apres"]
    here = [(name, value) for name, value in request.query_params.multi_items() if name == "apres"]
    links = [link(request, _with(path, [*asked, *here]), "self", "Cette page", GEOJSON)]
    if following:
        pairs = [*asked, ("apres", following)]
        links.append(link(request, _with(path, pairs), "next", "La page suivante", GEOJSON))
    return links


def _with(path: str, pairs: list[tuple[str, str]]) -> str:
    return f"{path}?{urlencode(pairs)}" if pairs else path
