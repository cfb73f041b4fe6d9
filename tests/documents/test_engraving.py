"""The engraver: a process that draws the charts, and that goes away."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from cooperations.documents import charts
from cooperations.documents import engraving as module
from cooperations.documents.engraving import Engraving
from cooperations.documents.errors import TypesettingFailed
from cooperations.figures import Bar

if TYPE_CHECKING:
    from collections.abc import Iterator

SPECIFICATION = charts.by_type([Bar("", "achats_inter_ess", 3)]).to_dict()


@pytest.fixture(scope="module")
def engraving() -> Iterator[Engraving]:
    made = Engraving()
    yield made
    made.dismiss()


def test_the_engine_is_never_in_the_server(engraving: Engraving) -> None:
    """Whoever asks for a drawing: what the engine keeps is kept elsewhere."""
    assert engraving.drawn(SPECIFICATION).startswith(b"<svg ")
    assert "vl_convert" not in sys.modules


def test_an_engraver_stays_for_the_next_drawing(engraving: Engraving) -> None:
    """Only the first pays for its coming, and those who ask at once wait for each other."""
    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(engraving.drawn, [SPECIFICATION] * 4))) == 1
    first = engraving.engraver
    engraving.drawn(SPECIFICATION)
    assert first
    assert engraving.engraver is first


def test_an_idle_engraver_goes_away() -> None:
    """With the memory it took; whoever comes next has another, and the same drawing."""
    engraving = Engraving(idle_s=0.2)
    drawn = engraving.drawn(SPECIFICATION)
    first = engraving.engraver
    assert first
    assert first.wait(timeout=20) == 0
    assert engraving.drawn(SPECIFICATION) == drawn
    engraving.dismiss()


def test_an_engraver_that_was_killed_is_replaced(engraving: Engraving) -> None:
    """As a machine that lacks memory does."""
    drawn = engraving.drawn(SPECIFICATION)
    assert engraving.engraver
    engraving.engraver.kill()
    assert engraving.drawn(SPECIFICATION) == drawn


def test_a_chart_that_cannot_be_drawn_is_a_failure(engraving: Engraving) -> None:
    """Said as such, and the next one is drawn."""
    with pytest.raises(TypesettingFailed, match="journal du serveur"):
        engraving.drawn({"mark": "unknown"})
    assert engraving.drawn(SPECIFICATION)


def test_an_engraver_that_never_answers_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for ever."""
    engraving = Engraving()
    monkeypatch.setattr(module, "LONGEST_S", 0.01)
    with pytest.raises(TypesettingFailed):
        engraving.drawn(SPECIFICATION)
