"""Who cooperates with whom: the structures and practices of a selection, and the roles that link them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from cooperations import vocabularies as v
from cooperations.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cooperations.model import Practice, Structure
    from cooperations.selection import Selection

STRUCTURE, PRACTICE = "structure", "pratique"


@dataclass(frozen=True, slots=True)
class Node:
    """A structure or a practice, as `kind` says; `type` is the family of the one, the practice type of the other.

    A structure and a practice may have the same id.
    """

    id: str
    label: str
    kind: str
    type: str


@dataclass(frozen=True, slots=True)
class Link:
    """A structure in one role in a practice: a participation."""

    structure_id: str
    practice_id: str
    role: str
    deduced: bool


@dataclass(frozen=True, slots=True)
class Tie:
    """A structure, and practices in which it takes part."""

    structure: Node
    practices: tuple[Node, ...]


@dataclass(frozen=True)
class Network:
    """Structures by name, practices by type then name, links by practice; practices that nobody takes part in apart."""

    structures: tuple[Node, ...]
    practices: tuple[Node, ...]
    links: tuple[Link, ...]
    without_actor: tuple[Practice, ...]

    @property
    def nodes(self) -> tuple[Node, ...]:
        """The structures, then the practices that have one."""
        return (*self.structures, *self.practices)

    @cached_property
    def bridges(self) -> tuple[Tie, ...]:
        """The structures that take part in two practices or more, with all of them."""
        return tuple(tie for tie in self._ties(self.links) if len(tie.practices) > 1)

    def partners(self, structure_id: str) -> tuple[Tie, ...]:
        """Return the other structures that share practices with one, and the practices shared."""
        shared = {link.practice_id for link in self.links if link.structure_id == structure_id}
        return self._ties(
            link for link in self.links if link.practice_id in shared and link.structure_id != structure_id
        )

    def _ties(self, links: Iterable[Link]) -> tuple[Tie, ...]:
        practices = {node.id: node for node in self.practices}
        held: dict[str, dict[str, Node]] = defaultdict(dict)
        for link in links:
            held[link.structure_id][link.practice_id] = practices[link.practice_id]
        return tuple(Tie(node, tuple(held[node.id].values())) for node in self.structures if node.id in held)


def network(selection: Selection) -> Network:
    """Return the network of the selected practices: each of their participations is one link."""
    actors_of = selection.catalogue.actors
    practices = sorted(selection.practices, key=_type_then_name)
    known = [practice for practice in practices if actors_of(practice.id)]
    structures = {actor.structure.id: actor.structure for one in known for actor in actors_of(one.id)}
    return Network(
        tuple(_structure(one) for one in sorted(structures.values(), key=lambda one: (fold(one.name), one.id))),
        tuple(Node(one.id, one.name, PRACTICE, one.practice_type) for one in known),
        tuple(
            Link(actor.structure.id, one.id, actor.role, actor.role_deduced)
            for one in known
            for actor in actors_of(one.id)
        ),
        tuple(one for one in practices if not actors_of(one.id)),
    )


def _structure(structure: Structure) -> Node:
    return Node(structure.id, structure.name, STRUCTURE, structure.family)


def _type_then_name(practice: Practice) -> tuple[int, str, str]:
    return v.PRACTICE_TYPES.codes.index(practice.practice_type), fold(practice.name), practice.id
