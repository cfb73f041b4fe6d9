"""What can go wrong with meetings: part of the tree of cooperations/errors.py."""

from __future__ import annotations

from cooperations.errors import CooperationsError, UnknownFeature


class UnknownEvent(UnknownFeature):
    """No meeting has this id."""

    def __init__(self, name: str) -> None:
        self.name = name
        CooperationsError.__init__(self, f"Aucune rencontre n’a l’identifiant «\u00a0{name}\u00a0».")
