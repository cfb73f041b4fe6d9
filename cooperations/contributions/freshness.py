"""What has not been checked for a year, and the link by which its source organisation confirms it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from cooperations.accounts.rights import require
from cooperations.accounts.tokens import digest, new_token
from cooperations.contributions.decide import signed
from cooperations.contributions.errors import UnknownProposal
from cooperations.contributions.model import Change, ReviewLink, stamp
from cooperations.contributions.overlay import values_of
from cooperations.decisions import PARIS
from cooperations.errors import DataIssue, InvalidDecision

if TYPE_CHECKING:
    from datetime import date

    from cooperations.accounts.rights import Person
    from cooperations.catalogue import Catalogue
    from cooperations.model import Practice
    from cooperations.store import Store

FRESH_FOR = timedelta(days=365)
LINK_LASTS = timedelta(days=60)
LONGEST_TOKEN = 100


def to_check_again(catalogue: Catalogue, day: date) -> list[Practice]:
    """Return the practices that nobody has checked for a year, the oldest first."""
    old = [practice for practice in catalogue.practices if practice.checked_on < day - FRESH_FOR]
    return sorted(old, key=lambda practice: (practice.checked_on, practice.id))


def ask_again(store: Store, catalogue: Catalogue, person: Person, practice_id: str, organisation: str) -> str:
    """Make a link by which an organisation confirms or corrects a practice, once; return its secret."""
    require(person, "moderer")
    practice = catalogue.practice(practice_id)
    if not organisation.strip():
        issue = DataIssue("Relecture", 0, "", "", "l’organisation manque", "Dire à qui le lien est envoyé.")
        raise InvalidDecision([issue])
    token = new_token()
    expires_on = datetime.now(PARIS).date() + LINK_LASTS
    asked = {"practice_id": practice.id, "organisation": organisation, "expires_on": expires_on}
    link = ReviewLink.model_validate(stamp() | asked | {"token_digest": digest(token)})
    store.contributions.ask_review(link, signed(person))
    return token


def asked_by(store: Store, token: str) -> ReviewLink:
    """Return the request of a link; raises UnknownProposal when it leads nowhere, has served or has expired."""
    if not 1 <= len(token) <= LONGEST_TOKEN:
        raise UnknownProposal
    return store.contributions.review(digest(token))


def confirm(store: Store, catalogue: Catalogue, link: ReviewLink) -> None:
    """Keep that a practice still holds today, as its source organisation says; the link has served."""
    practice = catalogue.practice(link.practice_id)
    day = datetime.now(PARIS).date().isoformat()
    change = Change("practice", practice.id, {"checked_on": day}, values_of(practice))
    store.contributions.confirm(link, [change], f"{link.organisation} (par lien)")
