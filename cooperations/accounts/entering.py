"""Coming in and going out: invitations, sessions, and accounts that OIDC opens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from cooperations.accounts.model import (
    RULE_KINDS,
    Account,
    Invitation,
    Rule,
    checked_organisation,
    checked_role,
    checked_value,
    new_id,
    now,
)
from cooperations.accounts.rights import VISITOR, Person, require
from cooperations.accounts.tokens import digest, new_token, signed, unsigned
from cooperations.errors import DataIssue, InvalidDecision
from cooperations.settings import public_address, session_days

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cooperations.store.accounts import Accounts

INVITATION, INVITATION_DAYS, MOST_INVITATION_DAYS = "invitation", 7, 90


@dataclass(frozen=True, slots=True)
class Asked:
    """An invitation to make: for whom, with which role, for how many days, for an account that exists or a new one."""

    organisation: str
    role: str
    days: int = INVITATION_DAYS
    address: str = ""
    account_id: str | None = None


def invite(accounts: Accounts, person: Person, asked: Asked) -> str:
    """Keep an invitation and return its link, which nobody can read again; raises NotAllowed or InvalidDecision."""
    require(person, "inviter")
    if not 1 <= asked.days <= MOST_INVITATION_DAYS:
        remedy = f"Donner de 1 à {MOST_INVITATION_DAYS} jours."
        raise InvalidDecision([DataIssue("Invitation", 0, "jours", str(asked.days), "durée impossible", remedy)])
    moment = now()
    made = Invitation(
        new_id(),
        moment,
        moment + timedelta(days=asked.days),
        checked_organisation(asked.organisation),
        checked_role(asked.role),
        checked_value("adresse", asked.address) if asked.address.strip() else None,
        asked.account_id,
    )
    token = new_token()
    accounts.add_invitation(made, digest(token), person)
    return f"{public_address()}/entrer/{signed(token, INVITATION)}"


def invite_back(accounts: Accounts, person: Person, account: Account, days: int = INVITATION_DAYS) -> str:
    """Return a link that gives an account back to who lost its session; raises NotAllowed."""
    return invite(accounts, person, Asked(account.organisation, account.role, days, account.address or "", account.id))


def check_invitation(accounts: Accounts, text: str) -> Invitation:
    """Return the invitation of a link, without using it; raises InvalidLink or SpentLink."""
    return accounts.invitation(digest(unsigned(text, INVITATION)))


def exchange(accounts: Accounts, text: str) -> tuple[Account, str]:
    """Use a link: return the account and the token of its new session; raises InvalidLink or SpentLink."""
    token = new_token()
    account = accounts.use_invitation(digest(unsigned(text, INVITATION)), digest(token), _until())
    return account, token


def person_of(accounts: Accounts, token: str) -> Person:
    """Return who has a session; a visitor when it ended."""
    found = accounts.of_session(digest(token)) if token else None
    return found.person if found else VISITOR


def leave(accounts: Accounts, token: str) -> None:
    """End a session."""
    accounts.end_session(digest(token))


def person_of_claims(accounts: Accounts, claims: Mapping[str, Any]) -> Person:
    """Return who signed in through OIDC: of the account held, or of a new one when a rule fits; a visitor otherwise."""
    if not claims.get("sub"):
        return VISITOR
    subject = digest(f"{claims.get('iss', '')}\n{claims['sub']}")
    held = accounts.by_subject(subject)
    if held:
        return held.person
    rule = rule_for(accounts.rules(), claims)
    if rule is None:
        return VISITOR
    made = Account(new_id(), now(), rule.organisation, rule.role, _address(claims) or None, subject)
    return accounts.open(made).person


def rule_for(rules: Sequence[Rule], claims: Mapping[str, Any]) -> Rule | None:
    """Return the narrowest rule that fits what the identity provider says, or None."""
    address = _address(claims)
    said = {"adresse": address, "siret": str(claims.get("siret") or ""), "domaine": address.rpartition("@")[2]}
    for kind in RULE_KINDS.codes:
        for rule in rules:
            if rule.kind == kind and said[kind] and rule.value == said[kind]:
                return rule
    return None


def _address(claims: Mapping[str, Any]) -> str:
    """Return the address of who signs in; none when the provider says that it was not verified."""
    if str(claims.get("email_verified", True)).casefold() == "false":
        return ""
    return str(claims.get("email") or "").strip().casefold()


def _until() -> Any:
    return now() + timedelta(days=session_days())
