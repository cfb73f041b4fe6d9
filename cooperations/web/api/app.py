"""The application of the API: what it is made of, what it says of itself, how it answers errors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware

from cooperations.errors import CooperationsError
from cooperations.web.api import answers, collections, downloads, problems
from cooperations.web.api.limit import Limited
from cooperations.web.api.links import PREFIX

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

DESCRIPTION = (
    "Les pratiques de coopération économique de l’ESS, les structures, les territoires et l’agenda, tels que les pages "
    "les montrent, avec les mêmes filtres. OGC API – Features Part 1 Core. Licence Ouverte 2.0."
)


def build() -> FastAPI:
    """Return the API, without the interactive pages of FastAPI, which another server would have to serve."""
    made = FastAPI(
        title="Coopérations ESS",
        version="1.0.0",
        description=DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        root_path_in_servers=False,
        servers=[{"url": PREFIX}],
    )
    made.add_middleware(Limited)
    # Added last, it is the first to see a request: another site may read a refusal too.
    made.add_middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=["GET", "HEAD"],
        expose_headers=["ETag", "Retry-After", "Content-Disposition"],
    )
    made.add_exception_handler(CooperationsError, problems.on_domain_error)
    made.add_exception_handler(RequestValidationError, problems.on_validation_error)
    made.add_exception_handler(HTTPException, problems.on_http_error)
    made.add_exception_handler(Exception, problems.on_unforeseen_error)
    made.include_router(collections.router)
    made.include_router(downloads.router)
    made.include_router(answers.router)
    return made


API = build()


class Bare:
    """Answers the address of the API without its last slash, which is how QGIS and people write it.

    A mount does not see it, and Streamlit would answer it with a page.
    """

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the landing page, without a redirection that a client might not follow."""
        below = f"{scope.get('root_path', '')}{PREFIX}"
        await API({**scope, "path": f"{below}/", "root_path": below}, receive, send)
