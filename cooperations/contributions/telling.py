"""Writing to who left an address with a proposal, as they agreed: their link at once, then what was decided."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from cooperations.accounts.pace import take_message
from cooperations.contributions.delivering import Delivered, deliver, has_server, post
from cooperations.contributions.messages import answer_message, is_address, receipt_message
from cooperations.errors import TooManyRequests
from cooperations.settings import has_public_address, public_address

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cooperations.contributions.model import Proposal

FOLLOW_PARAMETER = "suivi"
REVIEW_PARAMETER = "relire"


def page_address(parameter: str, token: str) -> str:
    """Return the whole address of a private link, where people reach this instance."""
    return f"{public_address()}/contribuer?{urlencode({parameter: token})}"


def tell_receipt(proposal: Proposal, token: str, address: str) -> bool:
    """Send the private link to who has just proposed, from an `address`; return whether it is on its way.

    Without a server nothing is written: the page shows the link, and nobody reads the folder for them.
    """
    to = proposal.contact or ""
    if not (has_server() and has_public_address() and is_address(to)):
        return False
    try:
        take_message(address, to)
    except TooManyRequests:
        return False
    post(receipt_message(to, page_address(FOLLOW_PARAMETER, token)))
    return True


def tell_answer(proposal: Proposal) -> Delivered | None:
    """Write what was asked or decided to who proposed; return what became of it, None when they left no address."""
    return deliver(answer_message(proposal)) if is_address(proposal.contact or "") else None


def tell_answers(proposals: Iterable[Proposal]) -> int:
    """Write to each of those who left an address, without waiting; return how many."""
    told = [proposal for proposal in proposals if is_address(proposal.contact or "")]
    for proposal in told:
        post(answer_message(proposal))
    return len(told)
