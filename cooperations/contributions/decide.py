"""What a moderator decides: accept, amend, ask back, refuse, merge, undo, restore. Every right is checked here."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from cooperations.accounts.rights import ROLES, require
from cooperations.contributions.building import Context, changes_of
from cooperations.contributions.content import Content, ProposedActor
from cooperations.contributions.overlay import ENTITIES, values_of
from cooperations.contributions.sending import revised, still_open
from cooperations.contributions.terms import OPEN_STATES
from cooperations.dataset.writer import cells_of
from cooperations.decisions import PARIS
from cooperations.errors import DataIssue, InvalidDecision

if TYPE_CHECKING:
    from cooperations.accounts.rights import Person
    from cooperations.catalogue import Catalogue
    from cooperations.contributions.model import Change, Proposal, Values
    from cooperations.store import Store

SEPARATOR = " ; "
_FILLED_BY_A_MERGE = ("lieu", "periode_debut", "periode_fin", "source_url", "sous_type")


def accept(
    store: Store, catalogue: Catalogue, person: Person, proposal: Proposal, amended: Content | None = None
) -> Proposal:
    """Publish a proposal, as it is or amended; raises InvalidDecision, AlreadyDecided, StaleDecision, NotAllowed."""
    require(person, "moderer")
    content = amended or proposal.said
    changes, result_id = changes_of(proposal.about, proposal.target_id, content, _context(catalogue, proposal))
    decided = _decided(person, "acceptee", content=content.to_json(), result_id=result_id)
    return store.contributions.settle(still_open(proposal), revised(proposal, **decided), signed(person), changes)


def ask_back(store: Store, person: Person, proposal: Proposal, question: str) -> Proposal:
    """Ask the person who proposed for more; they read it by their link."""
    require(person, "moderer")
    decided = _decided(person, "a_preciser", reply=needed(question, "la question manque"))
    return store.contributions.settle(still_open(proposal), revised(proposal, **decided), signed(person))


def refuse(store: Store, person: Person, proposal: Proposal, reason: str) -> Proposal:
    """Set a proposal aside, and say why."""
    require(person, "moderer")
    decided = _decided(person, "refusee", reply=needed(reason, "la raison manque"))
    return store.contributions.settle(still_open(proposal), revised(proposal, **decided), signed(person))


def merge(store: Store, catalogue: Catalogue, person: Person, proposal: Proposal, practice_id: str) -> Proposal:
    """Join a proposed practice to one that exists: its source, its actors and what the sheet lacked are added."""
    require(person, "moderer")
    if proposal.kind != "pratique":
        raise InvalidDecision([_issue("seule une pratique proposée se fusionne", "Accepter, ou refuser.")])
    content = _merged(catalogue, proposal.said, practice_id)
    changes, _ = changes_of("pratique", practice_id, content, _context(catalogue, proposal))
    decided = _decided(person, "fusionnee", result_id=practice_id)
    return store.contributions.settle(still_open(proposal), revised(proposal, **decided), signed(person), changes)


def undo(store: Store, person: Person, proposal: Proposal) -> Proposal:
    """Take a decision back: what it had published is taken back too, and the proposal waits again."""
    require(person, "moderer")
    if proposal.is_open or proposal.state == "retiree":
        raise InvalidDecision([_issue("il n’y a rien à annuler", "Recharger la page.")])
    after = revised(proposal, state=OPEN_STATES[0], decided_by=None, decided_at=None, result_id=None, reply=None)
    return store.contributions.settle(proposal, after, signed(person), undoing=True)


def restore(store: Store, person: Person, change: Change) -> None:
    """Put a record back as a revision kept it; `before` is what it is now. Raises StaleDecision."""
    require(person, "restaurer")
    now, wanted = change.before or {}, change.given or {}
    given = {name: value for name, value in wanted.items() if change.before is None or value != now.get(name)}
    if not given:
        raise InvalidDecision([_issue("la fiche est déjà ainsi", "Choisir une autre version.")])
    ENTITIES[change.entity].model_validate(now | given)
    store.contributions.change([replace(change, given=given)], signed(person))


def signed(person: Person) -> str:
    """Return what a revision says of who acted: a role and an organisation."""
    role = ROLES.label(person.role)
    return f"{person.organisation} ({role.lower()})" if person.organisation else role


def _merged(catalogue: Catalogue, said: Content, practice_id: str) -> Content:
    held = catalogue.practice(practice_id)
    cells, values = cells_of(held), dict[str, str]()
    for name in _FILLED_BY_A_MERGE:
        if not cells[name] and said.values.get(name):
            values[name] = said.values[name]
    if values.get("sous_type") and said.values.get("type_pratique") != cells["type_pratique"]:
        del values["sous_type"]
    source = said.values.get("source", "")
    if source and source not in cells["source"]:
        values["source"] = f"{cells['source']}{SEPARATOR}{source}"
    joined = [ProposedActor(actor.role, actor.structure.id) for actor in catalogue.actors(practice_id)]
    return Content(values, (*joined, *(said.actors or ())))


def _context(catalogue: Catalogue, proposal: Proposal) -> Context:
    return Context(catalogue, datetime.now(PARIS).date(), proposal.organisation or "")


def _decided(person: Person, state: str, **others: Any) -> dict[str, Any]:
    moment = datetime.now(UTC).isoformat()
    return {"state": state, "decided_by": signed(person), "decided_at": moment} | others


def needed(text: str, problem: str) -> str:
    """Return a text that somebody will read; raises InvalidDecision when it is missing."""
    if not text.strip():
        raise InvalidDecision([_issue(problem, "L’écrire en une phrase\u00a0: la personne la lira.")])
    return text.strip()


def _issue(problem: str, remedy: str) -> DataIssue:
    return DataIssue("Proposition", 0, "", "", problem, remedy)


def present(catalogue: Catalogue, entity: str, entity_id: str) -> Values | None:
    """Return a practice or a structure as it is now, None when it is gone."""
    if entity == "structure":
        found = catalogue.structures.get(entity_id)
        return values_of(found) if found else None
    known = {practice.id: practice for practice in catalogue.practices}
    return values_of(known[entity_id]) if entity_id in known else None
