"""Boundaries for the browser, under addresses that change with their content."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse, Response

from cooperations.runtime import application
from cooperations.web.answers import answering
from cooperations.web.kept import FOREVER

if TYPE_CHECKING:
    import geopandas as gpd
    from starlette.requests import Request


@cache
def departments_geojson() -> bytes:
    """Return the departments as GeoJSON: code, name, whether in the perimeter, where to write the name."""
    columns = ["code_insee", "nom", "dans_perimetre", "longitude", "latitude", "geometry"]
    return _geojson(application().gazetteer.departments_frame[columns])


@cache
def epci_geojson() -> bytes:
    """Return the EPCI as GeoJSON: code and name."""
    return _geojson(application().gazetteer.epci_frame[["code_siren", "nom", "geometry"]])


@cache
def departments_url() -> str:
    """Return the address of the departments' boundaries."""
    return _url("departements", departments_geojson())


@cache
def epci_url() -> str:
    """Return the address of the EPCI's boundaries."""
    return _url("epci", epci_geojson())


@answering
def departments(request: Request) -> Response:
    """Answer the departments' boundaries."""
    return _kept_for_ever(request, departments_url(), departments_geojson())


@answering
def epci(request: Request) -> Response:
    """Answer the EPCI's boundaries."""
    return _kept_for_ever(request, epci_url(), epci_geojson())


def _geojson(frame: gpd.GeoDataFrame) -> bytes:
    return str(frame.to_json(drop_id=True, ensure_ascii=False, separators=(",", ":"))).encode()


def _url(name: str, content: bytes) -> str:
    return f"/limites/{hashlib.sha256(content).hexdigest()[:16]}/{name}.geojson"


def _kept_for_ever(request: Request, url: str, content: bytes) -> Response:
    if request.url.path != url:
        return RedirectResponse(url)
    return Response(content, media_type="application/geo+json", headers={"cache-control": FOREVER})
