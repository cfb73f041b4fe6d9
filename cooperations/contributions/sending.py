"""Proposing, and following one's own proposal by its private link: amend, withdraw, take back the consent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from cooperations.accounts.rights import require
from cooperations.accounts.tokens import digest
from cooperations.contributions.building import Context, changes_of, target
from cooperations.contributions.errors import UnknownProposal
from cooperations.contributions.meetings import check_to_come
from cooperations.contributions.model import Proposal, stamp
from cooperations.contributions.terms import CONSENT, LABELS
from cooperations.dataset.reader import issues_of
from cooperations.dataset.writer import cells_of
from cooperations.decisions import PARIS, REMEDIES
from cooperations.errors import DataIssue, InvalidDecision

if TYPE_CHECKING:
    from cooperations.accounts.rights import Person
    from cooperations.catalogue import Catalogue
    from cooperations.contributions.content import Content
    from cooperations.store import Store

LONGEST_TOKEN = 100


@dataclass(frozen=True, slots=True)
class Sent:
    """A form as it was sent; `token` is made with the form, so that a form sent twice is one proposal."""

    about: str
    content: Content
    token: str
    target_id: str | None = None
    organisation: str = ""
    contact: str = ""
    consents: bool = False


def propose(store: Store, catalogue: Catalogue, person: Person, sent: Sent) -> Proposal:
    """Keep a proposal and return it; raises InvalidDecision with all that is wrong, NotAllowed."""
    require(person, "proposer")
    proposal = _made(catalogue, person, sent)
    return store.contributions.propose(proposal, _author(proposal))


def followed(store: Store, person: Person, token: str) -> Proposal:
    """Return the proposal of a private link; raises UnknownProposal."""
    require(person, "suivre")
    if not 1 <= len(token) <= LONGEST_TOKEN:
        raise UnknownProposal
    return store.contributions.of_token(digest(token))


def amend(store: Store, catalogue: Catalogue, proposal: Proposal, content: Content) -> Proposal:
    """Change what an open proposal says; it is to be read again. Raises AlreadyDecided, InvalidDecision."""
    changes_of(proposal.about, proposal.target_id, content, _context(catalogue, proposal.organisation or ""))
    said = _summary(catalogue, proposal.about, proposal.target_id, content)
    return _own(store, proposal, state="soumise", content=content.to_json(), **said)


def withdraw(store: Store, proposal: Proposal) -> Proposal:
    """Take an open proposal back, with the contact that was given."""
    return _own(store, proposal, state="retiree", **_FORGOTTEN)


def forget_contact(store: Store, proposal: Proposal) -> Proposal:
    """Take back the consent: the contact is erased, whatever the state of the proposal."""
    after = revised(proposal, **_FORGOTTEN)
    return store.contributions.settle(proposal, after, _author(proposal))


_FORGOTTEN: dict[str, Any] = {"contact": None, "consent_text": None, "consent_on": None}


def revised(proposal: Proposal, **changes: Any) -> Proposal:
    """Return the proposal with some values changed, and its version moved; raises InvalidDecision."""
    return _validated(dict(proposal) | {"version": proposal.version + 1} | changes)


def _own(store: Store, proposal: Proposal, **changes: Any) -> Proposal:
    return store.contributions.settle(still_open(proposal), revised(proposal, **changes), _author(proposal))


def still_open(proposal: Proposal) -> Proposal:
    """Return the proposal, or one that the store will not find, and so refuses, when somebody has decided about it."""
    return proposal if proposal.is_open else proposal.model_copy(update={"version": -1})


def _made(catalogue: Catalogue, person: Person, sent: Sent) -> Proposal:
    organisation = person.organisation or sent.organisation.strip()
    context = _context(catalogue, organisation)
    changes_of(sent.about, sent.target_id, sent.content, context)
    if sent.target_id is None:
        check_to_come(sent.about, sent.content, catalogue, context.day)
    consent = {"consent_text": CONSENT, "consent_on": datetime.now(UTC).isoformat()} if sent.consents else {}
    values: dict[str, Any] = {
        **stamp(),
        **_summary(catalogue, sent.about, sent.target_id, sent.content),
        "kind": "correction" if sent.target_id else sent.about,
        "about": sent.about,
        "target_id": sent.target_id,
        "content": sent.content.to_json(),
        "organisation": organisation,
        "account_id": person.account_id,
        "contact": sent.contact,
        "token_digest": digest(sent.token),
        "state": "soumise",
        "version": 1,
        **(consent if sent.contact.strip() else {}),
    }
    return _validated(values)


def _summary(catalogue: Catalogue, about: str, target_id: str | None, content: Content) -> dict[str, Any]:
    """Return what a list of proposals shows of one, and what it is sorted by."""
    held = cells_of(target(catalogue, about, target_id)) if target_id else {}
    cells = held | dict(content.values)
    keys = [key for key in cells.get("territoires", "").split("|") if key in catalogue.gazetteer]
    if cells.get("code_commune"):
        keys = [key for key in (f"commune:{cells['code_commune']}",) if key in catalogue.gazetteer]
    first = keys[0] if keys else None
    lineage = catalogue.gazetteer.lineage(first) if first else ()
    departments = [key.partition(":")[2] for key in lineage if key.startswith("departement:")]
    return {"name": cells.get("nom", ""), "territory": first, "department": departments[0] if departments else None}


def _context(catalogue: Catalogue, by: str) -> Context:
    return Context(catalogue, datetime.now(PARIS).date(), by)


def _author(proposal: Proposal) -> str:
    return proposal.organisation or "Sans compte"


def _validated(values: dict[str, Any]) -> Proposal:
    try:
        return Proposal.model_validate(values)
    except ValidationError as error:
        pairs = zip(issues_of(Proposal.title, 0, error), error.errors(), strict=True)
        raise InvalidDecision([_said(issue, detail["type"]) for issue, detail in pairs]) from error


def _said(issue: DataIssue, kind: str) -> DataIssue:
    names = {str(info.alias): info.title or "" for info in Proposal.model_fields.values()}
    names |= {name: info.title or "" for name, info in Proposal.model_fields.items()}
    label = names.get(issue.column) or LABELS.get(issue.column, "")
    problem = f"«\u00a0{label}\u00a0»\u00a0: {issue.problem}" if label else issue.problem
    return DataIssue(issue.file, 0, issue.column, issue.value, problem, REMEDIES.get(kind, issue.remedy))
