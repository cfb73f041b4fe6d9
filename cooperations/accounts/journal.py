"""Reading the audit log: filtered, page by page, and taken away whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cooperations.accounts.rights import ROLES, require
from cooperations.decisions import PARIS
from cooperations.exports import OFFICE, csv_text
from cooperations.vocabularies import Term, Vocabulary

if TYPE_CHECKING:
    from datetime import datetime

    from cooperations.accounts.model import Trace
    from cooperations.accounts.rights import Person
    from cooperations.store.accounts import Accounts

PAGE_SIZE, MOST_EXPORTED = 50, 100_000
ACTIONS = Vocabulary(
    "action_journal",
    tuple(
        Term(code, label, "")
        for code, label in (
            ("entrer", "Entrer"),
            ("sortir", "Sortir"),
            ("ouvrir_compte", "Ouvrir un compte"),
            ("fermer_compte", "Fermer un compte"),
            ("changer_role", "Changer un rôle"),
            ("inviter", "Inviter"),
            ("ajouter_regle", "Ajouter une règle d’entrée"),
            ("retirer_regle", "Retirer une règle d’entrée"),
            ("proposer", "Proposer"),
            ("completer", "Compléter une proposition"),
            ("retirer", "Retirer"),
            ("reprendre_accord", "Reprendre son accord"),
            ("accepter", "Accepter"),
            ("modifier_et_accepter", "Modifier puis accepter"),
            ("demander", "Demander une précision"),
            ("refuser", "Refuser"),
            ("fusionner", "Fusionner"),
            ("annuler", "Annuler une décision"),
            ("restaurer", "Revenir à un état précédent"),
            ("demander_relecture", "Demander une relecture"),
            ("confirmer", "Confirmer une fiche"),
            ("ajouter", "Ajouter"),
            ("changer", "Changer"),
            ("importer", "Importer"),
            ("sauvegarder", "Sauvegarder"),
            ("exporter_donnees_personnelles", "Remettre des données personnelles"),
            ("effacer_donnees_personnelles", "Effacer des données personnelles"),
            ("exporter_journal", "Emporter le journal"),
        )
    ),
)
"""What the log calls each action; a test says when an action of the code has no words here."""
THINGS = {
    "Proposal": "proposition",
    "Survey": "relevé",
    "Target": "objectif",
    "Action": "action",
    "Draft": "brouillon",
    "Snapshot": "instantané",
    "Correction": "correction",
    "ShortList": "sélection",
    "ColumnMapping": "correspondance de colonnes",
    "Batch": "import",
    "practice": "pratique",
    "structure": "structure",
}
COLUMNS = ("quand", "role", "organisation", "compte", "action", "sur")


@dataclass(frozen=True, slots=True)
class Looked:
    """What is looked for in the log; empty means all."""

    actions: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    words: str = ""
    since: datetime | None = None
    until: datetime | None = None


def read(accounts: Accounts, person: Person, looked: Looked, page: int) -> tuple[int, tuple[Trace, ...]]:
    """Return how many lines answer, and those of a page, the latest first; raises NotAllowed."""
    require(person, "lire_journal")
    return accounts.found_traces(looked, page, PAGE_SIZE)


def taken_away(accounts: Accounts, person: Person, looked: Looked) -> str:
    """Return what answers as CSV, the latest first; the log tells that it was taken. Raises NotAllowed."""
    require(person, "lire_journal")
    total, found = accounts.found_traces(looked, 1, MOST_EXPORTED)
    accounts.note(person, "exporter_journal", f"{min(total, MOST_EXPORTED)} lignes")
    rows = ((_moment(one), one.role, one.organisation, one.account_id, one.action, one.what) for one in found)
    return csv_text((COLUMNS, *rows), OFFICE)


def action_in_words(code: str) -> str:
    """Return an action as a person says it."""
    return ACTIONS.label(code) if code in ACTIONS else code


def role_in_words(code: str) -> str:
    """Return a role as a person says it."""
    return ROLES.label(code) if code in ROLES else code


def thing_in_words(what: str) -> str:
    """Return what an action was about, in French: « proposition 3f2a… »."""
    parts = (part.partition(" ") for part in what.split(", "))
    return ", ".join(f"{THINGS.get(kind, kind)}{space}{rest}" for kind, space, rest in parts)


def _moment(one: Trace) -> str:
    return one.made_at.astimezone(PARIS).isoformat(timespec="seconds")
