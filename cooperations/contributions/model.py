"""What is kept of a proposal, of a change that was accepted, and of a request to check a practice again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, ClassVar, Self
from uuid import uuid4

from pydantic import model_validator

from cooperations.contributions.content import LONGEST_CONTENT, Content, content_of
from cooperations.contributions.terms import KINDS, OPEN_STATES, STATES
from cooperations.decisions import NOTE_LENGTH, Decision
from cooperations.fields import Day, Identifier, Moment, TerritoryKey, one_of
from cooperations.model import NAME_LENGTH, Text, column
from cooperations.refusing import refuse

Values = dict[str, Any]
"""Attributes of a record and their JSON values."""
CONTACT_LENGTH = 200


class Proposal(Decision):
    """What somebody proposed, and what became of it; `version` moves with each change."""

    title: ClassVar[str] = "Propositions"

    kind: Annotated[str, *one_of(KINDS)] = column("sorte", "Sorte de proposition.")
    about: Text = column("sujet", "Ce dont elle parle : pratique, structure, evenement.")
    target_id: Identifier | None = column("id_cible", "Fiche à corriger.", optional=True)
    name: Text = column("nom", "Nom de ce qui est proposé.", max_length=NAME_LENGTH, title="Nom")
    territory: TerritoryKey | None = column("territoire", "Premier territoire.", optional=True)
    department: Text | None = column("departement", "Code du département, pour trier.", optional=True)
    content: Text = column("contenu", "Valeurs proposées, en JSON.", max_length=LONGEST_CONTENT)
    organisation: Text | None = column(
        "organisation", "Organisation qui propose ; jamais une personne.", optional=True, max_length=NAME_LENGTH,
        title="Organisation qui propose",
    )  # fmt: skip
    account_id: Text | None = column("compte", "Compte qui propose.", optional=True)
    contact: Text | None = column(
        "contact", "Adresse pour répondre ; privée.", optional=True, max_length=CONTACT_LENGTH,
        title="Adresse pour vous répondre",
    )  # fmt: skip
    consent_text: Text | None = column("consentement", "Texte accepté.", optional=True)
    consent_on: Moment | None = column("consentement_le", "Jour et heure de l’accord.", optional=True)
    token_digest: Text = column("jeton", "SHA-256 du lien de suivi.")
    state: Annotated[str, *one_of(STATES)] = column("etat", "Où en est la proposition.")
    reply: Text | None = column(
        "reponse", "Ce que la modération répond.", optional=True, max_length=NOTE_LENGTH, title="Réponse"
    )
    decided_by: Text | None = column("decidee_par", "Rôle et organisation qui ont décidé.", optional=True)
    decided_at: Moment | None = column("decidee_le", "Jour et heure de la décision.", optional=True)
    result_id: Identifier | None = column("id_fiche", "Fiche qui en résulte.", optional=True)
    version: int = column("version", "Nombre de changements.")

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        if self.contact and not (self.consent_text and self.consent_on):
            raise refuse("l’accord manque", "Cocher l’accord, ou ne pas donner d’adresse.", "contact")
        if (self.kind == "correction") != (self.target_id is not None):
            raise refuse("la fiche à corriger manque", "Partir de la fiche à corriger.", "id_cible")
        return self

    @property
    def said(self) -> Content:
        """What it says."""
        return content_of(self.content)

    @property
    def is_open(self) -> bool:
        """Whether somebody may still decide about it."""
        return self.state in OPEN_STATES


class ReviewLink(Decision):
    """A link by which a source organisation says, once, that a practice still holds."""

    title: ClassVar[str] = "Relectures demandées"

    practice_id: Identifier = column("id_pratique", "Pratique à relire.")
    organisation: Text = column("organisation", "Organisation à qui le lien est envoyé.", max_length=NAME_LENGTH)
    token_digest: Text = column("jeton", "SHA-256 du lien.")
    expires_on: Day = column("expire_le", "Dernier jour où le lien vaut.")
    used_at: Moment | None = column("servi_le", "Jour et heure où il a servi.", optional=True)


@dataclass(frozen=True, slots=True)
class Change:
    """What is laid over one record: some values, or None to take it away.

    `before` is what the record was when it was decided; `sure` says whether the store checks it.
    """

    entity: str
    entity_id: str
    given: Values | None
    before: Values | None = None
    sure: bool = True


def stamp() -> dict[str, str]:
    """Return a new id and the present moment, in UTC so that texts sort as moments do."""
    return {"id": str(uuid4()), "recorded_at": datetime.now(UTC).isoformat(timespec="microseconds")}
