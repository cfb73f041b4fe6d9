"""The changes of the published records: an Atom feed, and the same in JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cooperations.contributions.feed import MOST_ENTRIES, atom, link_of
from cooperations.contributions.history import in_lines, latest, title
from cooperations.errors import InvalidParameter
from cooperations.runtime import application
from cooperations.web.answers import answering, tagged_answer, tagged_json

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

MOST_CHANGES = 500


@answering
def feed(request: Request) -> Response:
    """Answer the last changes as an Atom feed."""
    app = application()
    body = atom(latest(app.store, MOST_ENTRIES), app.catalogue(), _base(request))
    return tagged_answer(request, body, "application/atom+xml")


@answering
def changes(request: Request) -> Response:
    """Answer the last changes, the newest first: number, when, who, what, field by field in words."""
    app = application()
    catalogue = app.catalogue()
    found = latest(app.store, _count(request))
    lines = [
        {
            "numero": one.number,
            "date": one.made_at.isoformat(),
            "par": one.by,
            "sujet": one.entity,
            "id": one.entity_id,
            "titre": title(one, catalogue),
            "changements": in_lines(one, catalogue),
            "adresse": link_of(one, _base(request)),
        }
        for one in found
    ]
    return tagged_json(request, {"changements": lines})


def _count(request: Request) -> int:
    text = request.query_params.get("limit", str(MOST_ENTRIES))
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:6]) <= MOST_CHANGES:
        raise InvalidParameter("limit", f"un nombre entier de 1 à {MOST_CHANGES} est attendu")
    return int(text)


def _base(request: Request) -> str:
    return str(request.base_url).rstrip("/")
