"""Where nothing exists yet: practice types by territory, zero cells included, and what a group makes of them."""

from cooperations.coverage.cells import Cell, Coverage
from cooperations.coverage.gaps import Gap, Nearest, gaps, scored
from cooperations.coverage.grid import counted_in, coverage, shown_codes, shown_keys

__all__ = [
    "Cell",
    "Coverage",
    "Gap",
    "Nearest",
    "counted_in",
    "coverage",
    "gaps",
    "scored",
    "shown_codes",
    "shown_keys",
]
