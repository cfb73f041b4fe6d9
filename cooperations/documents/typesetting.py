"""A content and a template → a PDF/UA-1: tagged, in French, its fonts within, the same bytes from the same content.

A content reaches its template as JSON, so nothing of it is ever read as Typst markup. It holds at least `title`;
`day` (ISO) dates the file, and no clock does. Keys named `link` are addresses. A template is a file of templates/
that defines `document(content)`; pictures (SVG or PNG) are under `/pictures/` by their name.
"""

from __future__ import annotations

import base64
import json
import logging
import re
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from functools import cache, lru_cache
from pathlib import Path
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Any, cast

from cooperations.documents import REFUSED
from cooperations.documents.errors import Refused, TooManyDocuments, TypesettingFailed
from cooperations.documents.writing import set_in_french
from cooperations.settings import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LOGGER = logging.getLogger(__name__)
TEMPLATES, FONTS = Path(__file__).with_name("templates"), Path(__file__).with_name("fonts")
NO_PICTURE: Mapping[str, bytes] = {}
MISSING_SIGN = "□"
AT_ONCE = BoundedSemaphore(2)
"""Documents that are set at the same time: each keeps a core busy."""
WAITING = BoundedSemaphore(10)
"""Documents that are asked for at the same time: the threads that wait are those that answer everything else."""
LONGEST_WAIT_S, LONGEST_S = 60, 180
_RARE = re.compile(r"[^\x09-\x7e\xa0-\u017f–—\u2018’“”•…\u202f€→\u2212∅≤≥●■◆▲⬢□]+")
"""What every font of ours might not draw."""
_UNDRAWN = re.compile(r'the text `"(.+?)"` could not be displayed')
_PROBE = b"""#set document(title: "x")
#set text(font: ("Libertinus Serif", "Source Sans 3", "Noto Emoji"))
#for sign in json("content.json").clusters() [#par(sign)]
"""


def typeset(template: str, content: Mapping[str, object], pictures: Mapping[str, bytes] = NO_PICTURE) -> bytes:
    """Return the PDF of a content; raises TooManyDocuments when the wait for a turn is too long."""
    shown = cast("dict[str, Any]", drawable(set_in_french(dict(content))))
    files = templates() | {f"pictures/{name}": picture for name, picture in pictures.items()}
    files["content.json"] = _as_json(shown)
    files["main.typ"] = f'#import "{template}.typ": document\n#document(json("content.json"))'.encode()
    moment = datetime.fromisoformat(str(shown["day"])).replace(tzinfo=UTC) if shown.get("day") else None
    with _turn():
        try:
            return _compiled(files, moment)
        except Refused as refused:
            if not _UNDRAWN.search(refused.diagnostic):
                LOGGER.exception("The template %s was refused: %s", template, refused.diagnostic)
                raise
        # A sign drawn alone, and not after the letter before it.
        files["content.json"] = _RARE.sub(MISSING_SIGN, files["content.json"].decode()).encode()
        return _compiled(files, moment)


def drawable(content: Any) -> Any:
    """Return a content without the signs that no font of ours draws: PDF/UA-1 refuses them."""
    text = _as_json(content).decode()
    undrawn = _undrawn(frozenset(_RARE.findall(text)))
    if not undrawn:
        return content
    found = re.compile("|".join(map(re.escape, sorted(undrawn, key=len, reverse=True))))
    return json.loads(found.sub(MISSING_SIGN, text))


@lru_cache(maxsize=64)
def _undrawn(runs: frozenset[str]) -> frozenset[str]:
    if not runs:
        return frozenset()
    try:
        _compiled({"main.typ": _PROBE, "content.json": _as_json("\n".join(sorted(runs)))}, None)
    except Refused as refused:
        return frozenset(map(_unescaped, _UNDRAWN.findall(refused.diagnostic)))
    return frozenset()


def _compiled(files: dict[str, bytes], moment: datetime | None) -> bytes:
    order = {
        "files": {name: base64.b64encode(content).decode() for name, content in files.items()},
        "moment": int(moment.timestamp()) if moment else None,
        "fonts": str(FONTS),
    }
    command = [sys.executable, "-m", "cooperations.documents.press"]
    try:
        done = subprocess.run(  # noqa: S603 - our own program
            command, input=json.dumps(order).encode(), capture_output=True, cwd=ROOT, timeout=LONGEST_S, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise TypesettingFailed from error
    if done.returncode == REFUSED:
        raise Refused(done.stderr.decode())
    if done.returncode:
        LOGGER.error("The typesetting ended with %s: %s", done.returncode, done.stderr.decode(errors="replace"))
        raise TypesettingFailed
    return done.stdout


@contextmanager
def _turn() -> Iterator[None]:
    with ExitStack() as held:
        for semaphore, patience_s in ((WAITING, 0), (AT_ONCE, LONGEST_WAIT_S)):
            if not semaphore.acquire(timeout=patience_s):
                raise TooManyDocuments
            held.callback(semaphore.release)
        yield


@cache
def templates() -> dict[str, bytes]:
    """Return the files of templates/, by name."""
    return {file.name: file.read_bytes() for file in sorted(TEMPLATES.glob("*.typ"))}


def _as_json(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode("utf-8", "replace")


def _unescaped(said: str) -> str:
    r"""Return a text that the compiler quoted: « \u{7} » is the sign itself."""
    return re.sub(r"\\u\{([0-9a-f]+)\}", lambda found: chr(int(found[1], 16)), said)
