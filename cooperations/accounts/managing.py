"""What administrators do with accounts and rules; the last administrator stays one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cooperations.accounts.model import Rule, checked_organisation, checked_role, checked_value, new_id, now
from cooperations.accounts.rights import ROLES, Person, require
from cooperations.errors import DataIssue, InvalidDecision

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cooperations.accounts.model import Account
    from cooperations.store.accounts import Accounts

ADMINISTRATOR = ROLES.codes[-1]


def change_role(accounts: Accounts, person: Person, account_id: str, role: str) -> None:
    """Give an account another role; raises NotAllowed or InvalidDecision."""
    require(person, "gerer_comptes")
    if checked_role(role) != ADMINISTRATOR:
        _check_another(accounts.all(), account_id)
    accounts.change_role(account_id, role, person)


def close(accounts: Accounts, person: Person, account_id: str) -> None:
    """Close an account and end its sessions; raises NotAllowed or InvalidDecision."""
    require(person, "gerer_comptes")
    _check_another(accounts.all(), account_id)
    accounts.close(account_id, person)


def a_rule(kind: str, value: str, organisation: str, role: str) -> Rule:
    """Return a new rule; raises InvalidDecision."""
    found = checked_value(kind, value)
    return Rule(new_id(), now(), kind, found, checked_organisation(organisation), checked_role(role))


def add_rule(accounts: Accounts, person: Person, rule: Rule) -> None:
    """Say who gets an account when signing in through OIDC; raises NotAllowed."""
    require(person, "inviter")
    accounts.add_rule(rule, person)


def remove_rule(accounts: Accounts, person: Person, rule_id: str) -> None:
    """Take a rule away; accounts that it opened stay. Raises NotAllowed or InvalidDecision."""
    require(person, "gerer_comptes")
    accounts.remove_rule(rule_id, person)


def _check_another(accounts: Iterable[Account], account_id: str) -> None:
    held = [one for one in accounts if not one.closed_at]
    if not any(one.id == account_id for one in held):
        remedy = "« python -m cooperations comptes » les donne."
        raise InvalidDecision([DataIssue("Compte", 0, "id", account_id, "aucun compte ouvert ne l’a", remedy)])
    administrators = {one.id for one in held if one.role == ADMINISTRATOR}
    if administrators == {account_id}:
        remedy = "Inviter un autre administrateur d’abord."
        raise InvalidDecision([DataIssue("Compte", 0, "role", "", "c’est le dernier administrateur", remedy)])
