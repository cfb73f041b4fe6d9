"""A chart's specification → its drawing, by the engraver: a process that stays for the next one, then goes away.

The next drawings take a few hundredths of a second, the first of an engraver most of one.
"""

from __future__ import annotations

import atexit
import json
import logging
import subprocess
import sys
from contextlib import suppress
from threading import Lock, Timer
from typing import IO, TYPE_CHECKING, Any, cast

from cooperations.documents.errors import TypesettingFailed
from cooperations.documents.typesetting import FONTS
from cooperations.settings import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping

LOGGER = logging.getLogger(__name__)
IDLE_S, LONGEST_S = 180.0, 60.0
"""How long an engraver waits for an order; how long a drawing may take."""
ATTEMPTS = 2
"""An engraver may have gone away, or be about to."""


class Engraving:
    """The engraver of this process: at most one, which draws one chart at a time."""

    def __init__(self, idle_s: float = IDLE_S) -> None:
        self._idle_s = idle_s
        self._one_at_a_time = Lock()
        self.engraver: subprocess.Popen[bytes] | None = None

    def drawn(self, specification: Mapping[str, Any]) -> bytes:
        """Return a drawing as SVG; raises TypesettingFailed."""
        order = json.dumps(specification).encode() + b"\n"
        with self._one_at_a_time:
            for _ in range(ATTEMPTS):
                if answer := self._answer(order):
                    return _svg(json.loads(answer))
                self.dismiss()
        LOGGER.error("The engraver went away twice before it had drawn a chart")
        raise TypesettingFailed

    def dismiss(self) -> None:
        """End the engraver; the next drawing has another."""
        if self.engraver:
            self.engraver.kill()
            with suppress(BrokenPipeError), self.engraver:
                pass
            self.engraver = None

    def _answer(self, order: bytes) -> bytes:
        """Return what the engraver answers: nothing when it has gone away."""
        engraver = self.engraver = self.engraver or self._hired()
        limit = Timer(LONGEST_S, engraver.kill)
        limit.start()
        orders, answers = cast("IO[bytes]", engraver.stdin), cast("IO[bytes]", engraver.stdout)
        try:
            orders.write(order)
            orders.flush()
            return answers.readline()
        except BrokenPipeError:
            return b""
        finally:
            limit.cancel()

    def _hired(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "cooperations.documents.engraver", str(FONTS), str(self._idle_s)]
        # Our own program.
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT)  # noqa: S603


def _svg(answer: Mapping[str, str]) -> bytes:
    if "refused" in answer:
        LOGGER.error("A chart was refused: %s", answer["refused"])
        raise TypesettingFailed
    return answer["svg"].encode()


ENGRAVING = Engraving()
atexit.register(ENGRAVING.dismiss)
