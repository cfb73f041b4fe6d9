"""The drawing of charts, in a process of its own: the engine keeps a hundred megabytes, which go away with it.

It reads orders (Vega-Lite specifications, a JSON text a line) and answers each by a line of JSON: the `svg`, or why it
was `refused`. It ends when nothing more can be asked of it, or when nothing was asked for a while.
"""

from __future__ import annotations

import json
import os
import sys
from threading import Timer

import vl_convert

VERSION = "6.4"
"""Of Vega-Lite: the one whose specifications Altair writes."""


def main(fonts: str, idle_s: float) -> None:
    """Draw until nothing is asked."""
    vl_convert.register_font_directory(fonts)
    patience = _patience(idle_s)
    for order in sys.stdin.buffer:
        patience.cancel()
        sys.stdout.buffer.write(json.dumps(_drawn(order.decode())).encode() + b"\n")
        sys.stdout.buffer.flush()
        patience = _patience(idle_s)


def _drawn(specification: str) -> dict[str, str]:
    try:
        return {"svg": vl_convert.vegalite_to_svg(specification, vl_version=VERSION)}
    except ValueError as error:
        return {"refused": str(error)}


def _patience(idle_s: float) -> Timer:
    """Return what ends this process when nothing is asked in time."""
    timer = Timer(idle_s, os._exit, (0,))
    timer.daemon = True
    timer.start()
    return timer


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
    # The engine's threads need not be waited for.
    os._exit(0)
