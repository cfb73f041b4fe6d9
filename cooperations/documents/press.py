"""The typesetting, in a process of its own: the compiler keeps hundreds of megabytes, which go away with it.

It reads an order (JSON: files in base64, a moment, the folder of fonts) and writes a PDF; when the compiler refuses,
it writes why on the error output and ends with REFUSED.
"""

from __future__ import annotations

import base64
import json
import sys
from typing import Any, cast

import typst

from cooperations.documents import REFUSED


def main() -> int:
    """Set one document."""
    order: dict[str, Any] = json.load(sys.stdin.buffer)
    files = {name: base64.b64decode(content) for name, content in order["files"].items()}
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[order["fonts"]])
    try:
        # The stubs forget that a dict of virtual files is taken.
        made = typst.compile(
            cast("bytes", files),
            font_paths=fonts,
            pdf_standards=["ua-1"],
            ignore_system_fonts=True,
            timestamp=order["moment"],
        )
    except typst.TypstError as error:
        sys.stderr.buffer.write(error.diagnostic.encode())
        return REFUSED
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
