"""Field by field: a proposal against the present record, one version of a record against another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from cooperations import vocabularies as v
from cooperations.contributions.building import Context, completed, precision, target
from cooperations.contributions.content import MODELS, NOT_PROPOSED
from cooperations.contributions.overlay import ENTITIES
from cooperations.contributions.terms import ACTORS, LABELS
from cooperations.contributions.words import actor_in_words, in_words
from cooperations.dataset.reader import columns
from cooperations.dataset.writer import as_cell, cells_of
from cooperations.decisions import PARIS

if TYPE_CHECKING:
    from cooperations.catalogue import Catalogue
    from cooperations.contributions.model import Proposal, Values

_SILENT = NOT_PROPOSED | {"role_deduit"}


@dataclass(frozen=True, slots=True)
class Difference:
    """What one field becomes, in words; « vide » for nothing."""

    label: str
    before: str
    after: str


def proposed(proposal: Proposal, catalogue: Catalogue) -> list[Difference]:
    """Return what a proposal would change of what is shown now, in the order of the published columns."""
    content = proposal.said
    held: dict[str, str] = {}
    if proposal.target_id:
        held = cells_of(target(catalogue, proposal.about, proposal.target_id))
        cells = held | dict(content.values)
    else:
        context = Context(catalogue, datetime.now(PARIS).date(), proposal.organisation or "")
        cells = completed(proposal.about, dict(content.values), context)
        if proposal.about == "pratique":
            cells.setdefault("precision_localisation", precision(cells, catalogue))
    shown = [name for name in columns(MODELS[proposal.about]) if name in cells]
    found = [_difference(name, held.get(name, ""), cells[name], catalogue) for name in shown]
    actors = _actors(proposal, catalogue)
    return [one for one in found if one is not None] + ([actors] if actors else [])


def between(entity: str, before: Values | None, after: Values | None, catalogue: Catalogue) -> list[Difference]:
    """Return what differs between two versions of a record; from or to nothing, only that it appears or goes."""
    if before is None or after is None:
        return [Difference("Fiche", "aucune" if before is None else "publiée", "publiée" if after else "retirée")]
    names = dict(zip(ENTITIES[entity].model_fields, columns(ENTITIES[entity]), strict=True))
    pairs = ((names.get(one, one), _cell(before, one), _cell(after, one)) for one in after)
    found = (_difference(name, old, new, catalogue) for name, old, new in pairs)
    return [one for one in found if one is not None]


def link_in_words(entity_id: str, catalogue: Catalogue) -> str:
    """Return « structure : rôle » from the identity of a participation."""
    _, structure_id, role = entity_id.split("/")
    structure = catalogue.structures.get(structure_id)
    return f"{structure.name if structure else structure_id}\u00a0: {v.ROLES.label(role).lower()}"


def _cell(values: Values, name: str) -> str:
    value: Any = values.get(name)
    return as_cell(value)


def _difference(name: str, before: str, after: str, catalogue: Catalogue) -> Difference | None:
    if before == after or name in _SILENT:
        return None
    return Difference(LABELS.get(name, name), in_words(name, before, catalogue), in_words(name, after, catalogue))


def _actors(proposal: Proposal, catalogue: Catalogue) -> Difference | None:
    wanted = proposal.said.actors
    if wanted is None or proposal.about != "pratique":
        return None
    names = {one.id: one.name for one in catalogue.structures.values()}
    held = catalogue.actors(proposal.target_id) if proposal.target_id else ()
    now = [f"{actor.structure.name}\u00a0: {v.ROLES.label(actor.role).lower()}" for actor in held]
    then = [actor_in_words(actor, names) for actor in wanted]
    return None if sorted(now) == sorted(then) else Difference(ACTORS, _list(now), _list(then))


def _list(lines: list[str]) -> str:
    return "\n".join(lines) or "vide"
