"""A Streamlit server of its own process, timed from its start and weighed."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import urlopen

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
PATIENCE_S = 60


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its address, how long it took to be healthy, and its process."""

    url: str
    healthy_after_s: float
    process_id: int

    def resident_mb(self) -> float:
        """Return the resident memory of the process in megabytes, or NaN where /proc does not say."""
        return resident_mb(self.process_id)

    def processor_s(self) -> float:
        """Return the processor time that the process has taken, all threads together, or NaN."""
        status = Path(f"/proc/{self.process_id}/stat")
        if not status.exists():
            return float("nan")
        user, system = status.read_text().rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def resident_mb(process_id: int) -> float:
    """Return the resident memory of a process in megabytes, or NaN where /proc does not say."""
    status = Path(f"/proc/{process_id}/status")
    lines = status.read_text().splitlines() if status.exists() else []
    found = (int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))
    return next(found, float("nan"))


@contextmanager
def serving(script: Path, database: Path, port: int = 0, **environment: str) -> Iterator[Server]:
    """Serve a Streamlit script with a database of its own, on a free port unless told; stop it at the end."""
    port = port or free_port()
    url = f"http://127.0.0.1:{port}"
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        str(script),
        "--server.port",
        str(port),
        "--server.headless",
        "true",
    ]
    variables = os.environ | {"DATABASE_URL": f"sqlite:///{database}", "PYTHONPATH": str(ROOT)} | environment
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, env=variables, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield Server(url, wait_healthy(url, started), process.pid)
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE_S)


def wait_healthy(url: str, started: float | None = None) -> float:
    """Wait until a server says that it is healthy, and return the seconds since it was started; raises TimeoutError."""
    started = time.perf_counter() if started is None else started
    while time.perf_counter() - started < PATIENCE_S:
        try:
            with urlopen(f"{url}/_stcore/health", timeout=1) as answer:  # noqa: S310 - our own server
                if answer.status == 200:
                    return time.perf_counter() - started
        except (URLError, TimeoutError, ConnectionError):
            pass
        time.sleep(0.02)
    message = f"{url} is not healthy after {PATIENCE_S} s"
    raise TimeoutError(message)


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
