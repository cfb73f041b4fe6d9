"""A process that has read the application, and gives birth to servers of it: each starts in a second, not three.

It answers « PORT » with the id of a new process, which is `streamlit run app.py` from there on, until its input ends.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from importlib import import_module

READ = (
    "cooperations.ui.frame",
    "cooperations.web",
    "cooperations.light",
    "cooperations.ui.contributing.form",
    "cooperations.ui.moderating.queue",
)


def main() -> None:
    """Give birth to a server for each line."""
    from streamlit.web import cli  # noqa: PLC0415 - the parent alone pays for it

    for name in READ:
        import_module(name)
    for line in sys.stdin:
        _bury()
        child = os.fork()
        if child == 0:
            _serve(cli, line.strip())
        print(child, flush=True)


def _bury() -> None:
    """Let go those that were killed."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _serve(cli: object, port: str) -> None:
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(null, stream)
    sys.argv = ["streamlit", "run", "app.py", "--server.port", port, "--server.headless", "true"]
    try:
        cli.main(sys.argv[1:])  # type: ignore[attr-defined]
    finally:
        os._exit(1)


if __name__ == "__main__":
    main()
