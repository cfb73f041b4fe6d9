"""Sheets as PDF, made when they are asked for and kept as long as the data do not move."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Self

from cachetools import LRUCache
from starlette.responses import Response

from cooperations.criteria import EVERYTHING
from cooperations.documents.booklet import booklet_pdf, compose
from cooperations.documents.practice_sheets import consenting, practice_sheet
from cooperations.documents.printing import Printer
from cooperations.documents.type_sheets import type_sheet
from cooperations.documents.typesetting import templates
from cooperations.runtime import application
from cooperations.settings import public_address
from cooperations.web.answers import answering
from cooperations.web.api.limit import client_of, count_request
from cooperations.web.map_data import read_criteria
from cooperations.web.remembered import is_held

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from cooperations.criteria import Criteria

PDF = "application/pdf"
SHEET_COST, BOOKLET_COST = 5, 60
"""A document counts as so many requests to the API."""
MOST_BYTES = 40_000_000


class Shelf:
    """The documents made last, by their tag; all are dropped when anything changes: some hold what may be erased."""

    def __init__(self) -> None:
        self._held: LRUCache[str, bytes] = LRUCache(MOST_BYTES, getsizeof=len)
        self._version, self._lock = 0, Lock()

    def at(self, version: int) -> Self:
        """Return the shelf, without what it held at another version of the database."""
        with self._lock:
            if version != self._version:
                self._held.clear()
                self._version = version
        return self

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
def _shelf() -> Shelf:
    return Shelf()


def shelf() -> Shelf:
    """Return the documents of this process that are still those of the database."""
    return _shelf().at(application().check().last)


def forget_documents() -> None:
    """Begin with an empty shelf."""
    _shelf.cache_clear()


def printer() -> Printer:
    """Return what makes documents here."""
    return Printer(application().gazetteer, public_address())


@answering
def practice(request: Request) -> Response:
    """Answer the sheet of a practice."""
    practice_id = request.path_params["id"]
    application().catalogue().practice(practice_id)
    name = f"fiche-{practice_id}"
    return answer(request, Asked(f"{name}.pdf", tag_of(name), SHEET_COST), lambda: practice_pdf(practice_id))


@answering
def practice_type(request: Request) -> Response:
    """Answer the sheet of a type of practice."""
    sheet = type_sheet(application().catalogue(), request.path_params["code"], EVERYTHING)
    name = f"fiche-type-{sheet.id}"
    return answer(request, Asked(f"{name}.pdf", tag_of(name), SHEET_COST), lambda: printer().pdf(sheet))


@answering
def booklet(request: Request) -> Response:
    """Answer the booklet of the practices that meet the criteria of the address."""
    catalogue = application().catalogue()
    criteria = read_criteria(request, catalogue, frozenset())
    made = compose(catalogue, criteria, application().store)
    name = f"livret-{made.day}.pdf"
    return answer(request, Asked(name, booklet_tag(criteria), BOOKLET_COST), lambda: booklet_pdf(made, printer()))


def booklet_tag(criteria: Criteria) -> str:
    """Return the tag of a booklet, by which the shelf keeps it."""
    return tag_of("livret", criteria.to_query())


def practice_pdf(practice_id: str) -> bytes:
    """Return the PDF of a practice."""
    app = application()
    catalogue = app.catalogue()
    agreed = consenting(app.store, catalogue, [catalogue.practice(practice_id)])
    return printer().pdf(practice_sheet(catalogue, practice_id, agreed))


@dataclass(frozen=True, slots=True)
class Asked:
    """A document: its file, the tag of what it is made from, and as how many requests to the API it counts."""

    file: str
    tag: str
    cost: int
    media_type: str = PDF
    disposition: str = "inline"


def answer(request: Request, asked: Asked, make: Callable[[], bytes]) -> Response:
    """Answer a document under its tag: 304 costs nothing to make."""
    headers = {
        "etag": asked.tag,
        "cache-control": "no-cache",
        "content-disposition": f'{asked.disposition}; filename="{asked.file}"',
    }
    if is_held(asked.tag, request.headers.get("if-none-match", "")):
        return Response(status_code=304, headers=headers)
    count_request(client_of(request.scope), asked.cost)
    content = shelf().get(asked.tag) or shelf().put(asked.tag, make())
    return Response(content, media_type=asked.media_type, headers=headers)


def tag_of(*parts: object) -> str:
    """Return what changes with a document: the database, the templates, and what it is about."""
    app = application()
    state = (app.catalogue().digest, app.check().last, public_address(), _press(), parts)
    return f'"{hashlib.sha256(repr(state).encode()).hexdigest()[:24]}"'


@cache
def _press() -> str:
    return hashlib.sha256(repr(sorted(templates().items())).encode()).hexdigest()
