"""The one table of rights: every action that is not open to all asks it, and the documentation is made from it."""

from __future__ import annotations

from dataclasses import dataclass

from cooperations.errors import NotAllowed
from cooperations.settings import CLOSED, OPEN, WHO_IMPORTS, WHO_RECORDS, who_may
from cooperations.vocabularies import Term, Vocabulary

ROLES = Vocabulary(
    "role",
    (
        Term("visiteur", "Visiteur", "Toute personne qui ouvre l’application, sans compte."),
        Term("membre", "Membre", "Une organisation du groupe de travail, invitée ou reconnue à la connexion."),
        Term("moderateur", "Modérateur", "Relit ce qui est proposé, accepte, corrige, refuse, et publie."),
        Term("administrateur", "Administrateur", "Invite, donne les rôles, ferme les comptes, répond des données."),
    ),
)
"""From the least to the most: each role may do what those before it may."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who acts: a role and an organisation, never a name."""

    role: str = ROLES.codes[0]
    organisation: str = ""
    account_id: str = ""


VISITOR = Person()
KEEPER = Person(ROLES.codes[-1], "Ligne de commande", "#ligne-de-commande")
"""Whoever runs the command line, which no setting closes; no account has this identifier."""


@dataclass(frozen=True, slots=True)
class Right:
    """An action, and the least role that may do it; a `setting` may ask for members, or close it."""

    code: str
    label: str
    least: str
    setting: str = ""


_RIGHTS = (
    Right("proposer", "Proposer une pratique, une structure, une rencontre ou une correction", "visiteur"),
    Right("suivre", "Suivre, compléter ou retirer sa proposition, par son lien privé", "visiteur"),
    Right(
        "decider_couverture", "Consigner relevés, objectifs, actions, brouillons, instantanés", "visiteur", WHO_RECORDS
    ),
    Right("corriger", "Corriger une structure d’une liste importée", "visiteur", WHO_RECORDS),
    Right("garder_selection", "Garder une sélection sous un nom", "visiteur", WHO_RECORDS),
    Right("importer", "Importer une liste, et retenir le sens de ses colonnes", "visiteur", WHO_IMPORTS),
    Right("moderer", "Relire, accepter, corriger ou refuser ce qui est proposé", "moderateur"),
    Right("restaurer", "Revenir à un état précédent d’une pratique ou d’une structure", "moderateur"),
    Right("publier", "Rendre les données acceptées aux fichiers publiés", "moderateur"),
    Right("inviter", "Inviter une organisation, et lui donner un rôle", "administrateur"),
    Right("gerer_comptes", "Changer le rôle d’un compte, ou le fermer", "administrateur"),
    Right("lire_journal", "Lire le journal, et l’emporter", "administrateur"),
    Right("donnees_personnelles", "Remettre ou effacer les données d’une personne", "administrateur"),
)
RIGHTS: dict[str, Right] = {one.code: one for one in _RIGHTS}


def least_role(right: str) -> str | None:
    """Return the least role that may do something here, as the settings say; None when nobody may."""
    found = RIGHTS[right]
    said = who_may(found.setting) if found.setting else OPEN
    if said == CLOSED:
        return None
    return found.least if said == OPEN else max(found.least, "membre", key=ROLES.codes.index)


def may(person: Person, right: str) -> bool:
    """Return whether somebody may do something."""
    least = least_role(right)
    rank = ROLES.codes.index
    return person == KEEPER or (least is not None and rank(person.role) >= rank(least))


def require(person: Person, right: str) -> None:
    """Raise NotAllowed when somebody may not do something."""
    if not may(person, right):
        least = least_role(right)
        raise NotAllowed(RIGHTS[right].label, ROLES.label(least).lower())
