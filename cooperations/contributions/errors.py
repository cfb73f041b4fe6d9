"""What can go wrong with proposals, under the tree of cooperations/errors.py and with the statuses of its branches.

StaleDecision
├── AlreadyDecided   somebody else decided about a proposal meanwhile
└── StillUsed        a structure that other records name, and that an undo would take away
UnknownFeature
└── UnknownProposal  a private link that leads nowhere: mistyped, or used up
"""

from __future__ import annotations

from cooperations.errors import CooperationsError, StaleDecision, UnknownFeature


class AlreadyDecided(StaleDecision):
    """Nothing was kept of the second decision."""

    def __init__(self, state: str, by: str, day: str) -> None:
        self.state = state
        who = f" par {by}" if by else ""
        said = f"C’est déjà fait\u00a0: «\u00a0{state}\u00a0»{who}, le {day}. Rien n’a été changé par vous."
        CooperationsError.__init__(self, said)


class StillUsed(StaleDecision):
    """Nothing was undone."""

    def __init__(self, name: str) -> None:
        said = f"«\u00a0{name}\u00a0» est citée par d’autres fiches\u00a0: annuler d’abord ce qui la cite."
        CooperationsError.__init__(self, said)


class UnknownProposal(UnknownFeature):
    """One sentence for all, so that nobody learns which links exist."""

    def __init__(self) -> None:
        said = "Ce lien ne mène à rien\u00a0: il est incomplet, il a déjà servi, ou il n’a plus cours."
        CooperationsError.__init__(self, said)
