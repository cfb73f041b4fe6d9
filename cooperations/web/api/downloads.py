"""The filtered sets as files, in pieces: whatever its size, a file never is in memory whole."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from itertools import chain
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Annotated, Any, Literal

from anyio import from_thread
from fastapi import APIRouter, Path, Query, Request
from starlette.requests import ClientDisconnect
from starlette.responses import Response, StreamingResponse

from cooperations.decisions import PARIS
from cooperations.downloads import FORMATS, practices_cover, structures_cover, territories_cover
from cooperations.errors import TooManyDownloads
from cooperations.features.others import territory_table
from cooperations.features.practices import practice_table
from cooperations.features.structures import structure_table
from cooperations.runtime import application
from cooperations.web.api.problems import PROBLEMS, UNCHANGED
from cooperations.web.api.queries import PracticeFile, StructureFile, TerritoryFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    import pyarrow as pa
    from starlette.types import Receive, Scope, Send

    from cooperations.downloads import Cover, Format
    from cooperations.features.tables import FeatureTable

router = APIRouter(responses=PROBLEMS | UNCHANGED)
Extension = Annotated[
    Literal["geojson", "csv", "xlsx", "gpkg", "parquet"],
    Path(description=", ".join(f"« {one.extension} » : {one.name}" for one in FORMATS.values())),
]
FILES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Le fichier, en morceaux ; son nom porte le jour.",
        "content": {one.media_type: {"schema": {"type": "string", "format": "binary"}} for one in FORMATS.values()},
        "headers": {
            "Content-Disposition": {"schema": {"type": "string"}, "description": "Le nom du fichier."},
            "ETag": {"schema": {"type": "string"}, "description": "L’état des données et les filtres."},
        },
    },
}
AT_ONCE = BoundedSemaphore(2)
"""Big files that are made on disk at the same time."""
BIG = 20_000
"""Features."""


@router.get("/collections/pratiques/telecharger.{extension}", summary="Les pratiques en un fichier", responses=FILES)
def practices(request: Request, extension: Extension, asked: Annotated[PracticeFile, Query()]) -> Response:
    """Return all the practices that meet the criteria."""
    catalogue = application().catalogue()
    criteria, window = asked.criteria(catalogue.gazetteer), asked.window()
    table = practice_table(catalogue, criteria, window)
    return _file(request, FORMATS[extension], table, practices_cover(catalogue, criteria, window, _today()))


@router.get("/collections/structures/telecharger.{extension}", summary="Les structures en un fichier", responses=FILES)
def structures(request: Request, extension: Extension, asked: Annotated[StructureFile, Query()]) -> Response:
    """Return all the structures that answer a need."""
    opened = application()
    directory = opened.directory()
    need, window = asked.need(opened.gazetteer), asked.window()
    table = structure_table(directory, opened.store, need, window)
    cover = structures_cover(directory.catalogue, opened.store, need, window, _today())
    return _file(request, FORMATS[extension], table, cover)


@router.get(
    "/collections/territoires/telecharger.{extension}", summary="Les territoires en un fichier", responses=FILES
)
def territories(request: Request, extension: Extension, asked: Annotated[TerritoryFile, Query()]) -> Response:
    """Return all the territories of some levels, with their outlines."""
    catalogue = application().catalogue()
    levels, window = asked.levels(), asked.window()
    table = territory_table(catalogue.gazetteer, levels, window)
    return _file(request, FORMATS[extension], table, territories_cover(catalogue, levels, window, _today()))


class Pieces(StreamingResponse):
    """An answer in pieces, which lets go of what they come from when the client leaves before the end."""

    def __init__(self, pieces: Iterator[bytes], first: bytes, kind: Format, headers: dict[str, str]) -> None:
        super().__init__(chain((first,), pieces), media_type=kind.media_type, headers=headers)
        self._pieces = pieces

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the pieces."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            close = getattr(self._pieces, "close", None)
            if close:
                close()


def _file(request: Request, kind: Format, table: FeatureTable, cover: Cover) -> Response:
    headers = {
        "etag": _tag(request, cover),
        "cache-control": "no-cache",
        "content-disposition": f'attachment; filename="{table.id}-{_today().isoformat()}.{kind.extension}"',
    }
    if request.headers.get("if-none-match") == headers["etag"]:
        return Response(status_code=304, headers=headers)
    pieces = kind.pieces(_watched(table, request) if kind.on_disk else table, cover)
    try:
        with _turn(wanted=kind.on_disk and table.total > BIG):
            # What fails does so here, with the first features, while the answer still can say it.
            first = next(pieces) + next(pieces, b"")
    except ClientDisconnect:
        return Response(status_code=503)
    return Pieces(pieces, first, kind, headers)


def _watched(table: FeatureTable, request: Request) -> FeatureTable:
    """Return a table whose reading stops when nobody waits for the file any more."""

    def batches() -> Iterator[pa.RecordBatch]:
        for batch in table.batches():
            if from_thread.run(request.is_disconnected):
                raise ClientDisconnect
            yield batch

    return replace(table, batches=batches)


@contextmanager
def _turn(*, wanted: bool) -> Iterator[None]:
    if wanted and not AT_ONCE.acquire(blocking=False):
        raise TooManyDownloads
    try:
        yield
    finally:
        if wanted:
            AT_ONCE.release()


def _tag(request: Request, cover: Cover) -> str:
    opened = application()
    catalogue = opened.catalogue()
    state = (catalogue.digest, catalogue.revision, opened.store.lists.revision(), request.url, cover.lines)
    return f'W/"{hashlib.sha256(repr(state).encode()).hexdigest()[:24]}"'


def _today() -> date:
    return datetime.now(PARIS).date()
