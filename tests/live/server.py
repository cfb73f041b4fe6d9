"""A server that speaks as the two public services are documented to, and fails when a test tells it to."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections import deque
from typing import TYPE_CHECKING, Self

import uvicorn
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from tests.live.documented import RESULTS, geocoded, searched

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from starlette.requests import Request

    from tests.live.documented import Json

    Trouble = Callable[[Request], Awaitable[Response]]

HUGE = 3_000_000


class LiveServer:
    """Serves on a free loopback port while it is entered; `asked` are the requests it got, the oldest first."""

    def __init__(self) -> None:
        self.asked: list[Request] = []
        self._once: deque[Trouble] = deque()
        self._always: Trouble | None = None
        routes = [Route("/geocodage/search", self._addresses), Route("/search", self._companies)]
        config = uvicorn.Config(Starlette(routes=routes), log_config=None, lifespan="off", timeout_graceful_shutdown=1)
        self._server = uvicorn.Server(config)
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [self._socket]})
        self.root = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self.addresses_url, self.companies_url = f"{self.root}/geocodage/search", f"{self.root}/search"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join()
        self._socket.close()

    def will(self, *troubles: Trouble) -> None:
        """Have the next requests meet `troubles`, one each, before all is well again."""
        self._once.extend(troubles)

    def will_always(self, trouble: Trouble) -> None:
        """Have every request meet `trouble`."""
        self._always = trouble

    def forget(self) -> None:
        """Have all go well, and nothing be asked yet."""
        self.asked.clear()
        self._once.clear()
        self._always = None

    async def _addresses(self, request: Request) -> Response:
        return await self._answer(request, *geocoded(dict(request.query_params)))

    async def _companies(self, request: Request) -> Response:
        return await self._answer(request, *searched(dict(request.query_params)))

    async def _answer(self, request: Request, status: int, body: Json) -> Response:
        self.asked.append(request)
        trouble = self._once.popleft() if self._once else self._always
        return await trouble(request) if trouble else JSONResponse(body, status)


async def too_slow(request: Request) -> Response:
    """Say nothing until the other side leaves."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
    return Response()


async def dripping(request: Request) -> Response:
    """Begin an answer, and give a byte of it now and then until the other side leaves."""

    async def drops() -> AsyncIterator[bytes]:
        while not await request.is_disconnected():
            yield b" "
            await asyncio.sleep(0.02)

    return StreamingResponse(drops(), media_type="application/json")


def too_many(retry_after: str) -> Trouble:
    """Return what refuses for a while, in HTML as the Géoplateforme does."""

    async def refuse(_: Request) -> Response:
        headers = {"retry-after": retry_after} if retry_after else {}
        return HTMLResponse("<h1>429 Too Many Requests</h1>", 429, headers)

    return refuse


async def broken(_: Request) -> Response:
    """Fail with an empty body, as the geocoder does for a very long word."""
    return Response(status_code=500)


async def unknown(_: Request) -> Response:
    """Say that there is nothing here, in the words of an answer that found nothing."""
    return JSONResponse({"type": "FeatureCollection", "features": []}, 404)


async def cut(_: Request) -> Response:
    """Promise a whole answer and hang up in the middle of it."""

    async def half() -> AsyncIterator[bytes]:
        yield b'{"type": "Feature'

    return StreamingResponse(half(), headers={"content-length": "1000"}, media_type="application/json")


async def a_page(_: Request) -> Response:
    """Show a page for people, as a hotel's network does, with the status of success."""
    return HTMLResponse("<!doctype html><title>Connexion au réseau</title>")


async def another_shape(_: Request) -> Response:
    """Answer in JSON, and something else."""
    return JSONResponse({"resultats": [{"nom": "Mont-de-Marsan"}]})


async def huge(_: Request) -> Response:
    """Answer rightly, after more spaces than anybody should read."""
    return Response(b" " * HUGE + b'{"type": "FeatureCollection", "features": []}', media_type="application/json")


async def everything(_: Request) -> Response:
    """Answer a company search as if nothing had been said of what to leave out."""
    return JSONResponse({"results": RESULTS, "total_results": len(RESULTS), "page": 1, "total_pages": 1})


async def elsewhere(request: Request) -> Response:
    """Send to another host, which is the same server under its other name."""
    return RedirectResponse(str(request.url.replace(hostname="localhost")))


async def next_door(request: Request) -> Response:
    """Send to another path of the same host."""
    return RedirectResponse(str(request.url.replace(path="/ailleurs")))
