"""A proposal → the records that it would make or change, checked like those of data/."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from cooperations.contributions.content import MODELS, Content, ProposedActor, check_sent
from cooperations.contributions.model import Change
from cooperations.contributions.overlay import entity_of, key_of, values_of
from cooperations.contributions.terms import LABELS
from cooperations.dataset import checks
from cooperations.dataset.reader import Row, Table, issues_of
from cooperations.dataset.writer import cells_of
from cooperations.decisions import REMEDIES
from cooperations.errors import DataIssue, InvalidDecision, UnknownPractice
from cooperations.model import Event, Participation, Practice, Record, Structure
from cooperations.sheets import french_date
from cooperations.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from cooperations.catalogue import Catalogue

R = TypeVar("R", bound=Record)
LONGEST_SLUG = 60
DEFAULTS = {
    "pratique": {"sous_type_deduit": "non", "statut": "inconnu", "confiance": "moyenne"},
    "structure": {"famille": "inconnue", "membre_gt": "non", "confiance": "moyenne"},
    "evenement": {"statut": "annonce"},
}
_PLACING = {"territoires", "longitude", "latitude"}


@dataclass(frozen=True, slots=True)
class Context:
    """What a proposal is built with: the present records, the day, and whom the facts come from."""

    catalogue: Catalogue
    day: date
    by: str = ""

    @property
    def origin(self) -> str:
        """The sentence that says where the facts come from when no source was given."""
        by = f" par {self.by}" if self.by else " dans l’application"
        return f"Proposé{by} le {french_date(self.day.isoformat())}"


def target(catalogue: Catalogue, about: str, target_id: str) -> Record:
    """Return the record to correct; raises UnknownPractice, whatever the kind of the record."""
    if about == "pratique":
        return catalogue.practice(target_id)
    found: dict[str, Record] = dict(catalogue.structures)
    if about == "evenement":
        found = {event.id: event for event in catalogue.events}
    if target_id not in found:
        raise UnknownPractice(target_id)
    return found[target_id]


def changes_of(about: str, target_id: str | None, content: Content, context: Context) -> tuple[list[Change], str]:
    """Return what a proposal would change and the id of its record; raises InvalidDecision with every issue."""
    check_sent(content)
    if target_id is None:
        return _new(about, content, context)
    return _corrected(about, target_id, content, context)


def completed(about: str, values: dict[str, str], context: Context) -> dict[str, str]:
    """Return the cells of a new record: those given, and what the others are when nothing is said."""
    cells = DEFAULTS[about] | {name: value for name, value in values.items() if value.strip()}
    cells.setdefault("source", context.origin)
    if about != "evenement":
        cells["date_verification"] = context.day.isoformat()
    if about != "structure":
        cells.setdefault("extrait_source", context.origin)
    return cells


def precision(values: dict[str, str], catalogue: Catalogue) -> str:
    """Return how precisely cells place a practice."""
    first = values.get("territoires", "").partition("|")[0]
    if values.get("longitude"):
        return "adresse"
    if not first:
        return "inconnue"
    outside = first in catalogue.gazetteer and not catalogue.gazetteer[first].in_perimeter
    return "hors_perimetre" if outside else first.partition(":")[0]


def slug(name: str, taken: set[str]) -> str:
    """Return an identifier made from a name, and that nothing has."""
    base = re.sub(r"[^a-z0-9]+", "-", fold(name))[:LONGEST_SLUG].strip("-") or "fiche"
    candidates = (base, *(f"{base}-{number}" for number in range(2, len(taken) + 3)))
    return next(one for one in candidates if one not in taken)


def validated(model: type[R], cells: dict[str, str], catalogue: Catalogue) -> R:
    """Return a record; raises InvalidDecision with every issue, in the words of the forms."""
    try:
        record = model.model_validate(cells)
    except ValidationError as error:
        issues = zip(issues_of(model.title, 0, error), error.errors(), strict=True)
        raise InvalidDecision([_labelled(issue, detail["type"]) for issue, detail in issues]) from error
    misplaced = [replace(issue, file=model.title) for issue in _misplaced(record, catalogue)]
    if misplaced:
        raise InvalidDecision([_labelled(issue, "cell") for issue in misplaced])
    return record


def _labelled(issue: DataIssue, kind: str) -> DataIssue:
    label = LABELS.get(issue.column, "")
    problem = f"«\u00a0{label}\u00a0»\u00a0: {issue.problem}" if label else issue.problem
    return replace(issue, problem=problem, remedy=REMEDIES.get(kind, issue.remedy))


def _misplaced(record: Record, catalogue: Catalogue) -> Iterator[DataIssue]:
    rows: tuple[Row[Any], ...] = (Row(0, record),)
    if isinstance(record, Practice):
        yield from checks.check_territories(Table("", rows, ()), catalogue.gazetteer)
    elif isinstance(record, Event):
        yield from checks.check_events(Table("", rows, ()), catalogue.gazetteer)
    elif isinstance(record, Structure):
        yield from checks.check_structure_places(Table("", rows, ()), catalogue.gazetteer)


def _new(about: str, content: Content, context: Context) -> tuple[list[Change], str]:
    cells = completed(about, dict(content.values), context)
    if about == "pratique":
        cells.setdefault("precision_localisation", precision(cells, context.catalogue))
    cells["id"] = slug(cells.get("nom", ""), _taken(about, context.catalogue))
    record = validated(MODELS[about], cells, context.catalogue)
    made = Change(entity_of(MODELS[about]), cells["id"], values_of(record))
    return [made, *_joined(cells["id"], content.actors or (), cells["source"], context)], cells["id"]


def _corrected(about: str, target_id: str, content: Content, context: Context) -> tuple[list[Change], str]:
    held = target(context.catalogue, about, target_id)
    cells = cells_of(held) | dict(content.values)
    if about == "pratique" and _PLACING & content.values.keys() and "precision_localisation" not in content.values:
        cells["precision_localisation"] = precision(cells, context.catalogue)
    if "date_verification" in cells:
        cells["date_verification"] = context.day.isoformat()
    before, after = values_of(held), values_of(validated(MODELS[about], cells, context.catalogue))
    given = {name: value for name, value in after.items() if value != before[name]}
    changes = [Change(entity_of(MODELS[about]), target_id, given, before)] if given else []
    if about == "pratique" and content.actors is not None:
        changes += _actors_changed(target_id, content.actors, cells["source"], context)
    if all(change.given is not None and change.given.keys() <= {"checked_on"} for change in changes):
        raise InvalidDecision([DataIssue("Proposition", 0, "", "", "rien n’est changé", "Changer au moins un champ.")])
    return changes, target_id


def _taken(about: str, catalogue: Catalogue) -> set[str]:
    if about == "pratique":
        return {practice.id for practice in catalogue.practices}
    return set(catalogue.structures) if about == "structure" else {event.id for event in catalogue.events}


def _joined(practice_id: str, actors: tuple[ProposedActor, ...], source: str, context: Context) -> Iterator[Change]:
    """Yield what gives a practice its actors: structures to add first, then their parts."""
    taken, linked = set(context.catalogue.structures), set[str]()
    by_name = {fold(one.name): one.id for one in context.catalogue.structures.values()}
    for actor in actors:
        if actor.structure_id and actor.structure_id not in taken:
            remedy = "La choisir de nouveau dans la liste."
            raise InvalidDecision([DataIssue("", 0, "", "", f"structure inconnue\u00a0: {actor.structure_id}", remedy)])
        structure_id = actor.structure_id or by_name.get(fold(actor.name), "")
        if not structure_id:
            structure_id = slug(actor.name, taken)
            cells = completed("structure", {"id": structure_id, "nom": actor.name, "source": source}, context)
            record = validated(Structure, cells, context.catalogue)
            yield Change(entity_of(Structure), structure_id, values_of(record))
            taken.add(structure_id)
            by_name[fold(actor.name)] = structure_id
        link = _link(practice_id, structure_id, actor.role, source, context)
        if key_of(link) not in linked:
            linked.add(key_of(link))
            yield Change(entity_of(Participation), key_of(link), values_of(link))


def _link(practice_id: str, structure_id: str, role: str, source: str, context: Context) -> Participation:
    cells = {"id_pratique": practice_id, "id_structure": structure_id, "role": role, "role_deduit": "non"}
    return validated(Participation, cells | {"source": source}, context.catalogue)


def _actors_changed(
    practice_id: str, wanted: tuple[ProposedActor, ...], source: str, context: Context
) -> Iterator[Change]:
    """Yield the parts that are new, with their structures, and those that are gone."""
    held = {(actor.structure.id, actor.role) for actor in context.catalogue.actors(practice_id)}
    kept = {(actor.structure_id, actor.role) for actor in wanted}
    added = tuple(actor for actor in wanted if (actor.structure_id, actor.role) not in held)
    yield from _joined(practice_id, added, source, context)
    for structure_id, role in sorted(held - kept):
        yield Change(entity_of(Participation), f"{practice_id}/{structure_id}/{role}", None, sure=False)
