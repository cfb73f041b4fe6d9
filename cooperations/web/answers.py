"""Answers to programs: JSON with an ETag, and errors as problem+json in French."""

from __future__ import annotations

import hashlib
import logging
from functools import wraps
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from cooperations.errors import CooperationsError, http_status
from cooperations.runtime import application

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request

READ_AT = "donnees-lues-le"
"""The header that dates what memory answers while the database does not."""
RETRY_AFTER_S = "2"
LOGGER = logging.getLogger(__name__)


def answering(compute: Callable[[Request], Response]) -> Callable[[Request], Awaitable[Response]]:
    """Run a computation off the event loop, and turn its errors into problem+json."""

    @wraps(compute)
    async def endpoint(request: Request) -> Response:
        try:
            return await run_in_threadpool(compute, request)
        except CooperationsError as error:
            return problem(http_status(error), str(error))
        except Exception:
            LOGGER.exception("Request %s failed", request.url.path)
            return problem(500, "Le serveur a rencontré une erreur ; elle est notée dans son journal.")

    return endpoint


def problem(status: int, detail: str) -> JSONResponse:
    """Return an error as RFC 9457 describes it."""
    body = {"type": "about:blank", "status": status, "detail": detail}
    headers = {"retry-after": RETRY_AFTER_S} if status == HTTPStatus.SERVICE_UNAVAILABLE else None
    return JSONResponse(body, status, headers, media_type="application/problem+json")


def tagged_json(request: Request, value: Any, cache_control: str = "no-cache") -> Response:
    """Return JSON under an ETag of its bytes; 304 when the client holds them already."""
    response = JSONResponse(value)
    tag = f'"{hashlib.sha256(bytes(response.body)).hexdigest()[:24]}"'
    headers = {"etag": tag, "cache-control": cache_control}
    if since := application().away_since:
        headers[READ_AT] = since.isoformat(timespec="seconds")
    if request.headers.get("if-none-match", "").removeprefix("W/") == tag:
        return Response(status_code=304, headers=headers)
    response.headers.update(headers)
    return response
