"""A client that asks many addresses over a few kept connections, in a process of its own.

Written on asyncio's streams: a general client (httpx, aiohttp) would reach its own limit before the server does.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bench.server import ROOT

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator, Sequence

PATIENCE_S = 60
OK, NOT_MODIFIED = 200, 304
_ASKED = "GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept-Encoding: gzip\r\nAccept: */*\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: status, bytes as they crossed the network, and the body, which may be compressed."""

    status: int
    size: int
    body: bytes


@dataclass(slots=True)
class Outcome:
    """What came of a load: seconds of each answer, their bytes, what failed, wall and processor time of the client."""

    seconds: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    wall_s: float = 0
    client_s: float = 0

    @property
    def per_second(self) -> float:
        """Answers in a second."""
        return len(self.seconds) / self.wall_s

    @property
    def client_share(self) -> float:
        """The share of one core that the client took."""
        return self.client_s / self.wall_s


class Connection:
    """One connection, kept open and opened again when the server closed it."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._host, self._port = parts.hostname or "127.0.0.1", parts.port or 80
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, path: str) -> Answer:
        """Ask one address; raises OSError, EOFError or TimeoutError.

        A server closes a connection that rested for some seconds; as a browser does, it is then opened again.
        """
        rested = self._streams is not None
        try:
            return await self._once(path)
        except (asyncio.IncompleteReadError, ConnectionError):
            if not rested:
                raise
            return await self._once(path)

    async def _once(self, path: str) -> Answer:
        if self._streams is None:
            self._streams = await asyncio.open_connection(self._host, self._port, limit=2**24)
        try:
            async with asyncio.timeout(PATIENCE_S):
                return await self._exchange(path, *self._streams)
        except BaseException:
            self.close()
            raise

    async def _exchange(self, path: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> Answer:
        writer.write(_ASKED.format(path=path, host=f"{self._host}:{self._port}").encode())
        head = await reader.readuntil(b"\r\n\r\n")
        lower = head.lower()
        body = b"".join([chunk async for chunk in _body(lower, reader)])
        if b"\r\nconnection: close" in lower:
            self.close()
        return Answer(int(head[9:12]), len(head) + len(body), body)

    def close(self) -> None:
        """Close the connection."""
        if self._streams:
            self._streams[1].close()
            self._streams = None


async def _body(head: bytes, reader: asyncio.StreamReader) -> AsyncIterator[bytes]:
    _, announced, after = head.partition(b"\r\ncontent-length:")
    if announced:
        yield await reader.readexactly(int(after.partition(b"\r\n")[0]))
    elif b"\r\ntransfer-encoding: chunked" in head:
        while size := int(await reader.readuntil(b"\r\n"), 16):
            yield (await reader.readexactly(size + 2))[:-2]
        await reader.readexactly(2)


async def load(url: str, paths: Sequence[str], connections: int, seconds: float) -> Outcome:
    """Ask the addresses in turn over some connections, each once, or around and around for some seconds."""
    outcome, started, busy = Outcome(), time.perf_counter(), time.process_time()
    ends = started + seconds
    asked = _around(paths, lambda: time.perf_counter() < ends) if seconds else iter(paths)
    await asyncio.gather(*(_ask(Connection(url), asked, outcome) for _ in range(connections)))
    outcome.wall_s = time.perf_counter() - started
    outcome.client_s = time.process_time() - busy
    return outcome


def _around(paths: Sequence[str], going_on: Callable[[], bool]) -> Iterator[str]:
    while True:
        for path in paths:
            if not going_on():
                return
            yield path


async def _ask(connection: Connection, paths: Iterator[str], outcome: Outcome) -> None:
    for path in paths:
        started = time.perf_counter()
        try:
            answer = await connection.get(path)
        except (OSError, EOFError, asyncio.IncompleteReadError) as error:
            outcome.errors.append(f"{type(error).__name__} {path}")
            continue
        outcome.seconds.append(time.perf_counter() - started)
        outcome.sizes.append(answer.size)
        if answer.status not in {OK, NOT_MODIFIED}:
            outcome.errors.append(f"{answer.status} {path}")
    connection.close()


def load_from_child(url: str, paths: Sequence[str], connections: int = 1, seconds: float = 0) -> Outcome:
    """Load from a process of its own, so that the client does not wait for what measures."""
    asked = json.dumps([url, list(paths), connections, seconds])
    command = [sys.executable, "-m", "bench.load.http"]
    done = subprocess.run(command, cwd=ROOT, input=asked, check=True, stdout=subprocess.PIPE, text=True)
    return Outcome(**json.loads(done.stdout))


def run(asked: str) -> str:
    """Load as one line of JSON asks, and return the outcome as another."""
    import uvloop  # noqa: PLC0415 - the child alone; not there on Windows

    return json.dumps(asdict(uvloop.run(load(*json.loads(asked)))))


if __name__ == "__main__":
    print(run(sys.stdin.read()))
