"""What the forms of contributions ask for while somebody types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cooperations.contributions.near import near, near_structures
from cooperations.errors import InvalidParameter
from cooperations.model import NAME_LENGTH
from cooperations.runtime import application
from cooperations.web.answers import answering, tagged_json

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response


@answering
def close_names(request: Request) -> Response:
    """Answer what is already known under a name like the one that is typed."""
    asked = request.query_params
    name = asked.get("nom", "")
    if len(name) > NAME_LENGTH:
        raise InvalidParameter("nom", f"{NAME_LENGTH} caractères au plus")
    catalogue = application().catalogue()
    if asked.get("sujet") == "structure":
        found = near_structures(catalogue, name, but=asked.get("sauf"))
    else:
        keys = [key for key in asked.get("territoires", "").split("|") if key in catalogue.gazetteer]
        found = near(catalogue, name, keys, but=asked.get("sauf"))
    lines = [{"nom": one.name, "ou": one.about, "adresse": one.address, "probable": one.probably} for one in found]
    return tagged_json(request, lines)
