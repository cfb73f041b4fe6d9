"""What a proposal says: cells of a published file as a person gave them, and who takes part."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from cooperations.errors import DataIssue, InvalidDecision
from cooperations.model import Event, Practice, Structure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cooperations.model import Record

MODELS: dict[str, type[Record]] = {"pratique": Practice, "structure": Structure, "evenement": Event}
"""What a proposal may be about, by code."""
NOT_PROPOSED = frozenset(("id", "date_verification", "sous_type_deduit", "membre_gt"))
"""Columns that no form holds and no comparison shows: nobody may change them behind a moderator’s back."""
LONGEST_VALUE, MOST_ACTORS, LONGEST_CONTENT = 4_000, 30, 20_000


@dataclass(frozen=True, slots=True)
class ProposedActor:
    """A structure in its role: one that is known, by id, or one to add, by name."""

    role: str
    structure_id: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """Cells by published column, and actors; None for actors that a correction leaves as they are."""

    values: Mapping[str, str] = field(default_factory=dict)
    actors: tuple[ProposedActor, ...] | None = None

    def to_json(self) -> str:
        """Return the text that the store keeps."""
        actors = None if self.actors is None else [asdict(actor) for actor in self.actors]
        return json.dumps({"valeurs": dict(self.values), "acteurs": actors}, ensure_ascii=False, sort_keys=True)


def content_of(text: str) -> Content:
    """Return the content that the store kept."""
    held = json.loads(text)
    actors = held["acteurs"]
    return Content(held["valeurs"], None if actors is None else tuple(ProposedActor(**actor) for actor in actors))


def check_sent(content: Content) -> None:
    """Raise InvalidDecision for what no form of ours sends."""
    if NOT_PROPOSED & content.values.keys():
        raise InvalidDecision([_issue("un champ ne se propose pas", "Reprendre le formulaire depuis la fiche.")])
    actors = content.actors or ()
    texts = (*content.values.values(), *(actor.name for actor in actors))
    longest = max(map(len, texts), default=0)
    if longest > LONGEST_VALUE or len(content.to_json()) > LONGEST_CONTENT:
        raise InvalidDecision([_issue("la proposition est trop longue", f"Un texte a {LONGEST_VALUE} signes au plus.")])
    if len(actors) > MOST_ACTORS:
        raise InvalidDecision([_issue("trop de structures", f"En donner {MOST_ACTORS} au plus.")])


def _issue(problem: str, remedy: str) -> DataIssue:
    return DataIssue("Proposition", 0, "", "", problem, remedy)
