"""The search of an address, when live sources are on; without them the page does not mention it."""

from __future__ import annotations


def address_search() -> None:
    """Draw the field that finds an address."""
