"""Answers to programs: JSON with an ETag, and errors as problem+json in French."""

from __future__ import annotations

import logging
from functools import wraps
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Protocol

import orjson
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from cooperations.errors import CooperationsError, TooManyDownloads, TooManyRequests, http_status
from cooperations.runtime import application
from cooperations.web.remembered import address_key, answers_of, tagged

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request

    from cooperations.web.remembered import Kept

READ_AT = "donnees-lues-le"
"""The header that dates what memory answers while the database does not."""
RETRY_AFTER_S = "2"
REVALIDATED = "no-cache"
FRESH = "public, max-age=60, stale-while-revalidate=300"
"""For an answer whose address names its version: short, for the program itself may change."""
LOGGER = logging.getLogger(__name__)


class Index(Protocol):
    """What never changes once it is made."""

    @property
    def version(self) -> str:
        """What an address names it by."""


def answering(compute: Callable[[Request], Response]) -> Callable[[Request], Awaitable[Response]]:
    """Run a computation off the event loop, and turn its errors into problem+json."""

    @wraps(compute)
    async def endpoint(request: Request) -> Response:
        try:
            return await run_in_threadpool(compute, request)
        except CooperationsError as error:
            return refused(error)
        except Exception:
            LOGGER.exception("Request %s failed", request.url.path)
            return problem(500, "Le serveur a rencontré une erreur ; elle est notée dans son journal.")

    return endpoint


def refused(error: CooperationsError) -> JSONResponse:
    """Return an error of the core as an answer, with when to come back if it is known."""
    answer = problem(http_status(error), str(error))
    if isinstance(error, TooManyDownloads | TooManyRequests):
        answer.headers["retry-after"] = str(error.retry_after_s)
    return answer


def problem(status: int, detail: str) -> JSONResponse:
    """Return an error as RFC 9457 describes it."""
    body = {"type": "about:blank", "status": status, "detail": detail}
    headers = {"retry-after": RETRY_AFTER_S} if status == HTTPStatus.SERVICE_UNAVAILABLE else None
    return JSONResponse(body, status, headers, media_type="application/problem+json")


def tagged_json(request: Request, value: Any, cache_control: str = REVALIDATED) -> Response:
    """Return JSON under an ETag of its bytes; 304 when the client holds them already."""
    return _sent(request, tagged(orjson.dumps(value)), cache_control)


def tagged_answer(request: Request, body: bytes, media_type: str) -> Response:
    """Return bytes of another type under their ETag; 304 when the client holds them already."""
    return _sent(request, tagged(body), REVALIDATED, media_type)


def kept_json(
    request: Request, index: Index, value: Callable[[], Any], media_type: str = JSONResponse.media_type
) -> Response:
    """Return JSON that depends on an index and on the address alone: worked out once, then kept with the index."""
    return kept_answer(request, index, lambda: orjson.dumps(value()), media_type)


def kept_answer(request: Request, index: Index, body: Callable[[], bytes], media_type: str) -> Response:
    """Return bytes that depend on an index and on the address alone: made once, then kept with the index.

    An address that names the present version of the index may be answered by a proxy for a while.
    """
    kept = answers_of(index).get(address_key(request), body)
    is_named = request.query_params.get("v") == index.version
    return _sent(request, kept, FRESH if is_named else REVALIDATED, media_type)


def _sent(request: Request, kept: Kept, cache_control: str, media_type: str = JSONResponse.media_type) -> Response:
    headers = {"etag": kept.tag, "cache-control": cache_control, "vary": "Accept-Encoding"}
    if since := application().away_since:
        headers[READ_AT] = since.isoformat(timespec="seconds")
    if kept.is_held(request.headers.get("if-none-match", "")):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    body, encoding = kept.encoded(request.headers.get("accept-encoding", ""))
    if encoding:
        headers["content-encoding"] = encoding
    return Response(body, headers=headers, media_type=media_type)
