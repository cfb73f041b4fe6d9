"""How whoever writes a report says how far it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    Say = Callable[[float, str], None]
    """Takes the share that is done, from 0 to 1, and what begins."""

DRAWING, SETTING = 0.1, 0.4
"""What is done when pictures, then pages, begin: measured on the report of a department."""


def silent(_share: float, _step: str) -> None:
    """Say nothing."""
