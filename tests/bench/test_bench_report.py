"""The table of measures, and the parts that fill it."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

from bench.parts import PARTS, Measure, Part, measured, tell
from bench.report import Circumstances, document, held, screen
from bench.world import Sizes, World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pytest

KEPT = Measure("une carte | deux amas", "0,31 s", "≤ 0,5 s")
MISSED = Measure("un filtre", "0,71 s", "≤ 0,5 s", held=False)
TOLD = Measure("plafond du client", "9\u202f000 requêtes/s")
TABLE = {"carte": [KEPT, MISSED], "pages": [TOLD]}


def test_the_document_has_a_line_for_each_measure_under_its_part() -> None:
    """With the command, the sizes and the machine; a bar in a text does not make one column more."""
    written = document(TABLE, Circumstances("scripts/bench --sessions 3", 90, 0.25), Sizes(50_000, 3))
    assert "| ok | une carte \\| deux amas | 0,31 s | ≤ 0,5 s |" in written
    assert "| MISS | un filtre | 0,71 s | ≤ 0,5 s |" in written
    assert "| · | plafond du client | 9\u202f000 requêtes/s |  |" in written
    for said in (
        "`scripts/bench --sessions 3`",
        "50\u202f000 structures",
        "3 sessions",
        "cœurs",
        "Python 3.",
        "Postgre",
    ):
        assert said in written
    titles = [line.removeprefix("## ") for line in written.splitlines() if line.startswith("## ")]
    assert titles[1:3] == [PARTS["carte"].title, PARTS["pages"].title]


def test_the_screen_says_what_is_missed_first() -> None:
    """One line each, its verdict in front and its goal at the end."""
    lines = screen(TABLE).splitlines()
    assert [line.split()[0] for line in lines] == ["ok", "MISS", "·"]
    assert lines[1].endswith("but ≤ 0,5 s")
    assert held(TABLE["pages"])
    assert not held(TABLE["carte"])


def test_a_part_that_fails_keeps_what_it_measured() -> None:
    """And says why, in one line that is missed."""

    def fails() -> Iterator[Measure]:
        yield KEPT
        raise TimeoutError("pas de réponse\nen 60 s")

    out = io.StringIO()
    tell(fails(), out)
    first, last = (Measure(**json.loads(line)) for line in out.getvalue().splitlines())
    assert first == KEPT
    assert not last.held
    assert last.value == "TimeoutError\u00a0: pas de réponse en 60 s"


def test_a_part_that_cannot_start_is_one_missed_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A module that is gone must not take the others with it."""
    monkeypatch.setitem(PARTS, "absente", Part("absente", "Absente", "bench.absente:measures"))
    (line,) = measured(PARTS["absente"], World(tmp_path, Sizes(10, 1)))
    assert not line.held
    assert "No module named 'bench.absente'" in line.value


def test_every_part_is_there() -> None:
    """Each names a function that exists."""
    assert all(callable(part.measuring()) for part in PARTS.values())
