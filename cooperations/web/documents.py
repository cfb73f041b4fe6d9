"""Sheets as PDF, made when they are asked for and kept as long as the data do not move."""

from __future__ import annotations

import hashlib
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING

from cachetools import LRUCache
from starlette.responses import Response

from cooperations.criteria import EVERYTHING
from cooperations.documents.practice_sheets import consenting, practice_sheet
from cooperations.documents.printing import Printer
from cooperations.documents.type_sheets import type_sheet
from cooperations.documents.typesetting import templates
from cooperations.runtime import application
from cooperations.settings import public_address
from cooperations.web.answers import answering
from cooperations.web.api.limit import client_of, count_request

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

PDF = "application/pdf"
SHEET_COST, BOOKLET_COST = 5, 60
"""A document counts as so many requests to the API."""
MOST_BYTES = 40_000_000


class Shelf:
    """The documents made last, by their tag; whoever asks for one that is being made waits for it."""

    def __init__(self) -> None:
        self._held: LRUCache[str, bytes] = LRUCache(MOST_BYTES, getsizeof=len)
        self._lock = Lock()

    def get(self, tag: str) -> bytes | None:
        """Return a document that is kept."""
        with self._lock:
            return self._held.get(tag)

    def put(self, tag: str, document: bytes) -> bytes:
        """Keep a document and return it; one larger than all the room is only returned."""
        with self._lock:
            if len(document) <= MOST_BYTES:
                self._held[tag] = document
        return document


@cache
def shelf() -> Shelf:
    """Return the documents of this process."""
    return Shelf()


def printer() -> Printer:
    """Return what makes documents here."""
    return Printer(application().gazetteer, public_address())


@answering
def practice(request: Request) -> Response:
    """Answer the sheet of a practice."""
    practice_id = request.path_params["id"]
    application().catalogue().practice(practice_id)
    return answer(request, f"fiche-{practice_id}", lambda: practice_pdf(practice_id), SHEET_COST)


@answering
def practice_type(request: Request) -> Response:
    """Answer the sheet of a type of practice."""
    sheet = type_sheet(application().catalogue(), request.path_params["code"], EVERYTHING)
    return answer(request, f"fiche-type-{sheet.id}", lambda: printer().pdf(sheet), SHEET_COST)


def practice_pdf(practice_id: str) -> bytes:
    """Return the PDF of a practice."""
    app = application()
    catalogue = app.catalogue()
    agreed = consenting(app.store, catalogue, [catalogue.practice(practice_id)])
    return printer().pdf(practice_sheet(catalogue, practice_id, agreed))


def answer(request: Request, name: str, make: Callable[[], bytes], cost: int) -> Response:
    """Answer a document under the tag of what it is made from: 304 costs nothing to make."""
    tag = tag_of(name)
    headers = {
        "etag": tag,
        "cache-control": "no-cache",
        "content-disposition": f'inline; filename="{name}.pdf"',
    }
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    count_request(client_of(request.scope), cost)
    return Response(shelf().get(tag) or shelf().put(tag, make()), media_type=PDF, headers=headers)


def tag_of(*parts: object) -> str:
    """Return what changes with a document: the records, the lists, the templates, and what it is about."""
    app = application()
    catalogue = app.catalogue()
    state = (catalogue.digest, catalogue.revision, app.store.lists.revision(), public_address(), _press(), parts)
    return f'"{hashlib.sha256(repr(state).encode()).hexdigest()[:24]}"'


@cache
def _press() -> str:
    return hashlib.sha256(repr(sorted(templates().items())).encode()).hexdigest()
