"""The two templates of sheets: what a group of actors and a purchase call their parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cooperations.documents.model import Group, Section

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cooperations.documents.model import Participant, Passage

MOST_PASSAGES = 10
"""What the sheet of a type quotes under one heading; the others are counted."""
GROUPS_ACTORS = frozenset({"groupement_acteurs"})


@dataclass(frozen=True, slots=True)
class Wording:
    """The headings of a kind of practice: roles that go together, and for each text its title and what to write."""

    kind: str
    roles: tuple[tuple[str, tuple[str, ...]], ...]
    texts: tuple[tuple[str, str, str], ...]

    def groups(self, participants: Iterable[tuple[str, Participant]], most: int | None = None) -> tuple[Group, ...]:
        """Return participants, each given with the code of its role, under the headings of their roles.

        Beyond `most` under one heading, they are counted.
        """
        held = tuple(participants)
        parted = ((title, tuple(one for role, one in held if role in roles)) for title, roles in self.roles)
        return tuple(Group(title, some[:most], len(some) - len(some[:most])) for title, some in parted if some)

    def sections(self, passages: Mapping[str, tuple[Passage, ...]]) -> tuple[Section, ...]:
        """Return the parts to read, with what is said of each, by published column."""
        return tuple(
            Section(column, title, prompt, some[:MOST_PASSAGES], max(0, len(some) - MOST_PASSAGES))
            for column, title, prompt in self.texts
            for some in (passages.get(column, ()),)
        )


GROUPING = Wording(
    "groupement",
    (
        ("Qui porte et répond", ("porteur", "mandataire", "tete_de_reseau")),
        ("Avec qui", ("co_traitant", "membre", "fournisseur")),
        ("Pour qui", ("acheteur",)),
    ),
    (
        (
            "fonctionnement",
            "Comment le groupement fonctionne",
            "qui répond, qui fait quoi, comment se partagent le travail et le prix",
        ),
        ("apports", "Ce que le groupement apporte", "ce que chacun y gagne et que, seul, il n’aurait pas"),
        ("conditions_reussite", "Ce qui fait réussir le groupement", "ce qu’il a fallu réunir, ce qui a aidé ou gêné"),
    ),
)
PURCHASE = Wording(
    "achat",
    (
        ("Qui achète", ("acheteur",)),
        ("Qui fournit", ("fournisseur", "co_traitant", "mandataire")),
        ("Qui porte et anime", ("porteur", "tete_de_reseau", "membre")),
    ),
    (
        (
            "fonctionnement",
            "Comment l’achat se passe",
            "ce qui est acheté, à qui, sous quelle forme (marché, clause, convention, commande) et à quel rythme",
        ),
        ("apports", "Ce que l’achat apporte", "ce qu’y gagnent l’acheteur, les fournisseurs et le territoire"),
        ("conditions_reussite", "Ce qui fait réussir l’achat", "ce qu’il a fallu préparer, ce qui a aidé ou gêné"),
    ),
)


def wording_of(practice_type: str) -> Wording:
    """Return the template of a type of practice."""
    return GROUPING if practice_type in GROUPS_ACTORS else PURCHASE
