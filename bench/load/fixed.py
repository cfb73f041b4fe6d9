"""A server that answers the same bytes at once: what the client of the load reaches at most."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bench.server import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator


class _Same(asyncio.Protocol):
    def __init__(self, answer: bytes) -> None:
        self._answer = answer

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._transport.writelines([self._answer] * data.count(b"\r\n\r\n"))  # type: ignore[attr-defined]


@contextmanager
def fixed_answers(size: int) -> Iterator[str]:
    """Serve bodies of `size` bytes from another process, and give the address."""
    command = [sys.executable, "-m", "bench.load.fixed", str(size)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield (process.stdout.readline() if process.stdout else "").strip()
        finally:
            process.terminate()


async def serve(size: int) -> None:
    """Serve on a free port, and say the address."""
    answer = b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n" % size + bytes(size)
    server = await asyncio.get_running_loop().create_server(lambda: _Same(answer), "127.0.0.1", 0)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    import uvloop

    uvloop.run(serve(int(sys.argv[1])))
