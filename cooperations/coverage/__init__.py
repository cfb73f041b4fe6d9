"""Where nothing exists yet: practice types by territory, zero cells included, and what a group makes of them."""

from cooperations.coverage.cells import Cell, Coverage
from cooperations.coverage.gaps import Gap, Nearest, gaps, scored
from cooperations.coverage.grid import coverage, shown_codes, shown_keys

__all__ = ["Cell", "Coverage", "Gap", "Nearest", "coverage", "gaps", "scored", "shown_codes", "shown_keys"]
