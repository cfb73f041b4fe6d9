"""Using a private link: a page that asks first, since previews of links open them too, then the session's cookie."""

from __future__ import annotations

from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from jinja2 import Environment, FileSystemLoader
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse

from cooperations.accounts import entering
from cooperations.accounts.pace import ENTRIES
from cooperations.accounts.rights import ROLES
from cooperations.errors import CooperationsError, http_status
from cooperations.runtime import application
from cooperations.settings import session_days
from cooperations.sheets import french_date
from cooperations.web.api.limit import client_of
from cooperations.web.assets import asset_url
from cooperations.web.protection import said_address

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

COOKIE = "cooperations_session"
AFTER = "/acces"
MOST_BODY = 4_096
DAY_S = 86_400
# Same-origin, not no-referrer: with that one a browser says « Origin: null » in the form that we check.
HEADERS = {"cache-control": "no-store", "referrer-policy": "same-origin", "x-robots-tag": "noindex"}
ELSEWHERE = "Cette demande vient d’une autre page que les nôtres : ouvrir le lien reçu, puis recommencer."


async def ask(request: Request) -> Response:
    """Answer the page of a link, which uses it only when its button is pressed."""
    return await run_in_threadpool(_answer, request, _asked, request.path_params["token"])


async def enter(request: Request) -> Response:
    """Use a link: open the session, and go on to the page that says who one is."""
    if not _is_ours(request):
        return _page(HTTPStatus.FORBIDDEN, refusal=ELSEWHERE)
    body = await _short_body(request)
    token = parse_qs(body.decode("ascii", "replace")).get("lien", [""])[0]
    return await run_in_threadpool(_answer, request, _entered, token)


async def leave(request: Request) -> Response:
    """End the session, and forget its cookie."""
    if not _is_ours(request):
        return _page(HTTPStatus.FORBIDDEN, refusal=ELSEWHERE)
    return await run_in_threadpool(_answer, request, _left, request.cookies.get(COOKIE, ""))


def _answer(request: Request, answer: Any, token: str) -> Response:
    try:
        ENTRIES.take(client_of(request.scope))
        made: Response = answer(request, token)
    except CooperationsError as error:
        return _page(http_status(error), refusal=str(error))
    return made


def _asked(_request: Request, token: str) -> Response:
    found = entering.check_invitation(application().store.accounts, token)
    until = french_date(found.expires_at.date().isoformat())
    role = ROLES[found.role]
    return _page(HTTPStatus.OK, token=token, organisation=found.organisation, role=role, until=until)


def _entered(request: Request, token: str) -> Response:
    _, session = entering.exchange(application().store.accounts, token)
    answer = RedirectResponse(AFTER, HTTPStatus.SEE_OTHER, HEADERS)
    lasting = session_days() * DAY_S
    answer.set_cookie(COOKIE, session, lasting, path="/", httponly=True, samesite="lax", secure=_is_secure(request))
    return answer


def _left(_request: Request, token: str) -> Response:
    if token:
        entering.leave(application().store.accounts, token)
    answer = RedirectResponse(AFTER, HTTPStatus.SEE_OTHER, HEADERS)
    answer.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax")
    return answer


async def _short_body(request: Request) -> bytes:
    """Return the body, cut where it is longer than any of our forms."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MOST_BODY:
            return b""
    return body


def _is_ours(request: Request) -> bool:
    """Return whether a form was sent by one of our own pages: browsers say where each comes from."""
    origin = request.headers.get("origin", "")
    hosts = {request.headers.get("host", ""), said_address().netloc}
    return urlsplit(origin).scheme in {"http", "https"} and urlsplit(origin).netloc in hosts


def _is_secure(request: Request) -> bool:
    return "https" in {request.url.scheme, said_address().scheme}


def _page(status: int, **said: Any) -> HTMLResponse:
    html = _templates().get_template("entrer.html").render(style=asset_url("acces.css"), **said)
    return HTMLResponse(html, status, HEADERS)


@cache
def _templates() -> Environment:
    return Environment(loader=FileSystemLoader(Path(__file__).with_name("templates")), autoescape=True)
