"""The commands about accounts: `python -m cooperations inviter|comptes|fermer|regle|journal`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cooperations.accounts.entering import INVITATION_DAYS, Asked, invite
from cooperations.accounts.managing import a_rule, add_rule, close, remove_rule
from cooperations.accounts.model import RULE_KINDS
from cooperations.accounts.rights import KEEPER, ROLES
from cooperations.runtime import application
from cooperations.sheets import french_date

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable

    from cooperations.store.accounts import Accounts

GIVEN = ROLES.codes[1:]


def declare(commands: Any, add: Callable[..., ArgumentParser], group: Callable[[ArgumentParser], Any]) -> None:
    """Declare the commands and what they take."""
    inviting = add(commands, "inviter", "Fait un lien d’invitation, à usage unique, et le donne une fois.", _invite)
    inviting.add_argument("--role", required=True, choices=GIVEN)
    inviting.add_argument("--organisation", required=True, help="organisation invitée, jamais une personne")
    inviting.add_argument("--jours", type=int, default=INVITATION_DAYS, help="durée de validité du lien")
    inviting.add_argument("--adresse", default="", help="adresse électronique, facultative et jamais montrée")
    add(commands, "comptes", "Donne les comptes, du plus ancien au plus récent.", _list)
    add(commands, "fermer", "Ferme un compte : ses sessions finissent aussitôt.", _close).add_argument("id")
    rules = group(add(commands, "regle", "Dit qui entre par le fournisseur d’identité, et avec quel rôle."))
    adding = add(rules, "ajouter", "Ajoute une règle.", _add_rule)
    adding.add_argument("critere", choices=RULE_KINDS.codes)
    adding.add_argument("valeur")
    adding.add_argument("--role", required=True, choices=GIVEN)
    adding.add_argument("--organisation", required=True)
    add(rules, "liste", "Donne les règles.", _list_rules)
    add(rules, "retirer", "Retire une règle ; les comptes déjà ouverts restent.", _remove_rule).add_argument("id")
    tracing = add(commands, "journal", "Donne le journal : qui (rôle et organisation), quoi, quand.", _show_log)
    tracing.add_argument("--lignes", type=int, default=50)


def _accounts() -> Accounts:
    return application().store.accounts


def _invite(options: Namespace) -> int:
    print(invite(_accounts(), KEEPER, Asked(options.organisation, options.role, options.jours, options.adresse)))
    return 0


def _list(_options: Namespace) -> int:
    accounts = _accounts().all()
    for one in accounts:
        state = f"fermé le {_day(one.closed_at)}" if one.closed_at else f"ouvert le {_day(one.made_at)}"
        print(f"{one.id}  {ROLES.label(one.role)}, {one.organisation}, {state}")
    if not accounts:
        print("Aucun compte encore : « python -m cooperations inviter » en ouvre un.")
    return 0


def _close(options: Namespace) -> int:
    close(_accounts(), KEEPER, options.id)
    print("Compte fermé.")
    return 0


def _add_rule(options: Namespace) -> int:
    add_rule(_accounts(), KEEPER, a_rule(options.critere, options.valeur, options.organisation, options.role))
    print("Règle ajoutée.")
    return 0


def _list_rules(_options: Namespace) -> int:
    rules = _accounts().rules()
    for one in rules:
        print(f"{one.id}  {one.kind} {one.value} : {ROLES.label(one.role)}, {one.organisation}")
    if not rules:
        print("Aucune règle : personne n’entre par le fournisseur d’identité.")
    return 0


def _remove_rule(options: Namespace) -> int:
    remove_rule(_accounts(), KEEPER, options.id)
    print("Règle retirée.")
    return 0


def _show_log(options: Namespace) -> int:
    for one in reversed(_accounts().traces(options.lignes)):
        print(f"{one.made_at.isoformat()}  {one.role} {one.organisation} {one.account_id}  {one.action} {one.what}")
    return 0


def _day(moment: Any) -> str:
    return french_date(moment.date().isoformat())
