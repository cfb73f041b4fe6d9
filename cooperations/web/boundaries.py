"""Boundaries for the browser, under an address that changes with their content."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse, Response

from cooperations.runtime import application
from cooperations.web.answers import answering

if TYPE_CHECKING:
    from starlette.requests import Request

FOREVER = "public, max-age=31536000, immutable"
_COLUMNS = ["code_insee", "nom", "dans_perimetre", "geometry"]


@cache
def departments_geojson() -> bytes:
    """Return the departments as GeoJSON: code, name, whether in the perimeter."""
    frame = application().gazetteer.departments_frame[_COLUMNS]
    return str(frame.to_json(drop_id=True, ensure_ascii=False, separators=(",", ":"))).encode()


@cache
def departments_url() -> str:
    """Return the address of the departments' boundaries."""
    return f"/limites/{hashlib.sha256(departments_geojson()).hexdigest()[:16]}/departements.geojson"


@answering
def departments(request: Request) -> Response:
    """Answer the departments' boundaries, to be kept for ever under the address of their content alone."""
    if request.url.path != departments_url():
        return RedirectResponse(departments_url())
    return Response(departments_geojson(), media_type="application/geo+json", headers={"cache-control": FOREVER})
