"""Proposals as people make them, at real places, for the tests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cooperations.accounts.rights import Person
from cooperations.accounts.tokens import new_token
from cooperations.catalogue import Catalogue
from cooperations.contributions.content import Content, ProposedActor
from cooperations.contributions.sending import Sent, propose

if TYPE_CHECKING:
    from cooperations.contributions.model import Proposal
    from cooperations.runtime import Application
    from cooperations.store import Store
    from cooperations.territories import Gazetteer

MODERATOR = Person("moderateur", "CRESS Aquitaine", "c1")
OTHER_MODERATOR = Person("moderateur", "GARIE", "c2")
VISITOR = Person()
GROCERY = {
    "nom": "Épicerie coopérative d’Agen",
    "type_pratique": "mutualisation_achats",
    "description": "Six structures d’Agen achètent ensemble leurs produits d’entretien.",
    "territoires": "commune:47001",
    "statut": "active",
    "source": "Site de la coopérative, 2026",
}
PARTAGE = ProposedActor("membre", "landes-partage")
NEWCOMER = ProposedActor("porteur", name="Coopérative des épiciers d’Agen")


@dataclass(frozen=True, slots=True)
class World:
    """What an application shares, without its start."""

    store: Store
    gazetteer: Gazetteer

    def catalogue(self) -> Catalogue:
        """Return the records as they are now."""
        dataset, revision = self.store.read()
        return Catalogue(dataset, self.gazetteer, revision)


def a_sent(token: str = "", **others: Any) -> Sent:
    """Return the form of a new practice, filled in."""
    values = GROCERY | others.pop("values", {})
    actors = others.pop("actors", (NEWCOMER,))
    return Sent("pratique", Content(values, actors), token or new_token(), **others)


def a_correction(target: str, actors: tuple[ProposedActor, ...] | None = None, **values: str) -> Sent:
    """Return the form of a correction."""
    return Sent("pratique", Content(values, actors), new_token(), target_id=target)


def proposed(app: World | Application, sent: Sent | None = None) -> Proposal:
    """Return a proposal that a visitor has sent."""
    return propose(app.store, app.catalogue(), VISITOR, sent or a_sent())
