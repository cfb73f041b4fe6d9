"""Errors of the API: RFC 9457 in French, with the parameter's name and what was expected."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, Field

from cooperations.errors import CooperationsError, InvalidParameter
from cooperations.web.answers import problem, refused

if TYPE_CHECKING:
    from fastapi.exceptions import RequestValidationError
    from starlette.exceptions import HTTPException
    from starlette.requests import Request
    from starlette.responses import JSONResponse

LOGGER = logging.getLogger(__name__)
EXPECTED = {
    "extra_forbidden": "ce paramètre n’existe pas ici",
    "int_parsing": "un nombre entier est attendu",
    "int_parsing_size": "un nombre entier est attendu",
    "int_from_float": "un nombre entier est attendu",
    "float_parsing": "un nombre est attendu",
    "missing": "ce paramètre est nécessaire",
}


class Problem(BaseModel):
    """What went wrong, in French."""

    type: str = Field("about:blank", description="Toujours « about:blank ».")
    status: int = Field(description="Le code HTTP.")
    detail: str = Field(description="Ce qui ne va pas, et ce qui était attendu.")


WAIT = {"Retry-After": {"schema": {"type": "integer"}, "description": "Les secondes à attendre."}}
PROBLEMS: dict[int | str, dict[str, Any]] = {
    code: {
        "description": words,
        "content": {"application/problem+json": {"schema": Problem.model_json_schema()}},
        **({"headers": WAIT} if code in {429, 503} else {}),
    }
    for code, words in (
        (400, "Un paramètre n’a pas de sens."),
        (404, "Ce qui est demandé n’existe pas."),
        (429, "Trop de requêtes : attendre « Retry-After » secondes."),
        (500, "Le serveur a rencontré une erreur, notée dans son journal."),
        (503, "La base de données ne répond pas, ou trop de gros fichiers sont en préparation."),
    )
}
UNCHANGED: dict[int | str, dict[str, Any]] = {304: {"description": "Rien n’a changé depuis l’« ETag » donné."}}


async def on_domain_error(_request: Request, error: Exception) -> JSONResponse:
    """Answer an error that the core raises on purpose."""
    return refused(error if isinstance(error, CooperationsError) else CooperationsError(str(error)))


async def on_validation_error(_request: Request, error: Exception) -> JSONResponse:
    """Answer a parameter that does not have the declared form."""
    found: RequestValidationError = error  # type: ignore[assignment]
    first = found.errors()[0]
    name = str(first["loc"][-1])
    expected = EXPECTED.get(first["type"], _limits(first.get("ctx", {})) or "valeur inattendue")
    return problem(400, str(InvalidParameter(name, expected)))


async def on_http_error(_request: Request, error: Exception) -> JSONResponse:
    """Answer an address or a method that the API does not have."""
    found: HTTPException = error  # type: ignore[assignment]
    words = {404: "Cette adresse n’existe pas dans l’API.", 405: "Cette adresse se lit seulement (GET)."}
    return problem(found.status_code, words.get(found.status_code, "La requête n’a pas abouti."))


async def on_unforeseen_error(request: Request, error: Exception) -> JSONResponse:
    """Answer what nobody foresaw; the log has the details."""
    LOGGER.error("Request %s failed", request.url.path, exc_info=error)
    return problem(500, "Le serveur a rencontré une erreur ; elle est notée dans son journal.")


def _limits(context: dict[str, Any]) -> str:
    if "ge" in context:
        return f"{context['ge']} au moins est attendu"
    if "le" in context:
        return f"{context['le']} au plus est attendu"
    if "max_length" in context:
        what = "valeurs" if "actual_length" in context else "caractères"
        return f"{context['max_length']} {what} au plus sont attendus"
    if "expected" in context:
        return f"une valeur parmi {str(context['expected']).replace(chr(39), '').replace(' or ', ', ')} est attendue"
    return ""
