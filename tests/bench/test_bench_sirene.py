"""The stock that the reading is measured on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.sirene import STOCK_FILES, timed_sirene, write_stock
from cooperations.intake.sirene import read_sirene

if TYPE_CHECKING:
    from pathlib import Path

ROWS, UNITS = 20_000, 14_000


def test_the_stock_has_something_of_everything(tmp_path: Path) -> None:
    """About 2 % of its rows are kept, and every reason but an absent name leaves some out."""
    write_stock(tmp_path, ROWS, UNITS)
    stock = read_sirene(*(tmp_path / name for name in STOCK_FILES))
    sirets = [siret for frame in stock for siret in frame["siret"]]
    assert len(set(sirets)) == len(sirets) == stock.counts.kept
    assert stock.counts.read == ROWS
    assert 0.01 < stock.counts.kept / ROWS < 0.04
    assert all(stock.counts.left_out[code] for code in ("ferme", "non_diffusible", "hors_ess", "personne_physique"))


def test_the_peer_keeps_the_same_rows() -> None:
    """A ratio of two times means something when both did the same work."""
    timing = timed_sirene(ROWS, UNITS, runs=1)
    assert timing.same
    assert timing.kept > 0
    assert timing.rows_per_s > 0
