"""Deciding about several proposals at once: each is decided whole or not at all, and what prevented one is said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cooperations.contributions.decide import accept, needed, refuse
from cooperations.errors import CooperationsError, DataIssue, InvalidDecision

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cooperations.accounts.desk import Desk
    from cooperations.contributions.model import Proposal

MOST = 50
"""Proposals in a batch: a page of the queue has 20; more would hold the one who waits behind a single press."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one proposal of a batch: as it is decided, or as it was with what prevented it."""

    proposal: Proposal
    problem: str = ""


def accept_all(desk: Desk, proposals: Sequence[Proposal]) -> list[Outcome]:
    """Accept each, on the records as the one before left them; raises InvalidDecision before anything is decided."""
    return [_one(desk, proposal, None) for proposal in _limited(proposals)]


def refuse_all(desk: Desk, proposals: Sequence[Proposal], reason: str) -> list[Outcome]:
    """Refuse each for the same reason; raises InvalidDecision before anything is decided."""
    said = needed(reason, "la raison manque")
    return [_one(desk, proposal, said) for proposal in _limited(proposals)]


def _limited(proposals: Sequence[Proposal]) -> Sequence[Proposal]:
    if len(proposals) > MOST:
        problem, remedy = f"{len(proposals)} propositions à la fois", f"En choisir {MOST} au plus."
        raise InvalidDecision([DataIssue("Sélection", 0, "", "", problem, remedy)])
    return proposals


def _one(desk: Desk, proposal: Proposal, reason: str | None) -> Outcome:
    """Decide about one in a transaction of its own; one that fails does not stop the others."""
    app, what = desk.app, f"Proposal {proposal.id}"
    try:
        with desk.acting("moderer", "accepter" if reason is None else "refuser", what):
            if reason is None:
                return Outcome(accept(app.store, app.catalogue(), desk.person, proposal))
            return Outcome(refuse(app.store, desk.person, proposal, reason))
    except CooperationsError as error:
        return Outcome(proposal, str(error))
