"""What somebody is filling in: in the session, and on their device so that a reload or a lost line loses nothing."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import streamlit as st

from cooperations import vocabularies as v
from cooperations.accounts.tokens import form_opened, new_token
from cooperations.contributions.building import target
from cooperations.contributions.content import (
    LONGEST_CONTENT,
    LONGEST_VALUE,
    MODELS,
    MOST_ACTORS,
    NOT_PROPOSED,
    Content,
    ProposedActor,
)
from cooperations.contributions.sending import LONGEST_TOKEN, Sent
from cooperations.contributions.terms import LABELS
from cooperations.dataset.reader import columns
from cooperations.dataset.writer import cells_of
from cooperations.ui.components import mount

if TYPE_CHECKING:
    from cooperations.catalogue import Catalogue

_HELD, _GENERATION, FIELD = "_proposition", "_proposition_no", "proposer"
SHORTEST_TOKEN, MOST_STEPS = 20, 4
REQUIRED = {
    "pratique": ("nom", "type_pratique", "description"),
    "structure": ("nom",),
    "evenement": ("nom", "description"),
}
"""The fields of the first step that must be filled in; a test compares them with what a proposal is refused for."""
POINT = ("longitude", "latitude")
_HELD_FIELDS = LABELS.keys() - NOT_PROPOSED
FORM_NAME, SENT = "proposer", "recu"
FORM = "proposition"
"""The key of the container of the form, where the browser reads what is being typed."""


@dataclass(slots=True)
class Draft:
    """A form under way; `held` are the cells of the record that it corrects, `actors` pairs of structure and role."""

    about: str = "pratique"
    target_id: str | None = None
    held: dict[str, str] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    actors: list[list[str]] = field(default_factory=list)
    held_actors: list[list[str]] = field(default_factory=list)
    step: int = 0
    token: str = field(default_factory=new_token)
    mark: str = field(default_factory=lambda: form_opened(FORM_NAME))
    restored: bool = False
    emptied: bool = False

    def get(self, name: str) -> str:
        """Return what a field shows: what was typed, or what the corrected record holds."""
        return self.values.get(name, self.held.get(name, ""))

    def put(self, name: str, value: str | None) -> None:
        """Keep what a field says; what is as the record holds it is no change."""
        text = (value or "").strip()
        if text == self.held.get(name, ""):
            self.values.pop(name, None)
        else:
            self.values[name] = text

    @property
    def place(self) -> str:
        """The name under which the device keeps it."""
        return f"{self.about}:{self.target_id}" if self.target_id else "nouvelle"

    @property
    def fills_the_sheet(self) -> bool:
        """Whether it corrects a practice: then it may complete what only its sheet shows."""
        return self.about == "pratique" and self.target_id is not None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was filled in."""
        return not any(self.values.values()) and self.actors == self.held_actors

    def content(self, known: dict[str, str]) -> Content:
        """Return what is to be sent; `known` are the structures' names by id."""
        actors = tuple(
            ProposedActor(role, one) if one in known else ProposedActor(role, name=one) for one, role in self.actors
        )
        same = self.target_id is not None and self.actors == self.held_actors
        return Content(dict(self.values), None if same else actors)

    def sent(self, known: dict[str, str], **others: Any) -> Sent:
        """Return the form as it is sent."""
        return Sent(self.about, self.content(known), self.token, self.target_id, **others)


def draft() -> Draft:
    """Return the form under way."""
    held: Draft = st.session_state.setdefault(_HELD, Draft())
    return held


def begin(held: Draft) -> None:
    """Put another form in the place of the one under way: its fields start from what it says."""
    st.session_state[_HELD] = held
    st.session_state[_GENERATION] = generation() + 1


def correcting(catalogue: Catalogue, about: str, target_id: str) -> None:
    """Make the form under way one that corrects a record; raises UnknownPractice."""
    about = about if about in MODELS else next(iter(MODELS))
    if (draft().about, draft().target_id) == (about, target_id):
        return
    held = cells_of(target(catalogue, about, target_id))
    actors = [[one.structure.id, one.role] for one in catalogue.actors(target_id)] if about == "pratique" else []
    begin(Draft(about, target_id, held, actors=list(actors), held_actors=list(actors)))


def field_label(held: Draft, name: str) -> str:
    """Return what a field is called, and whether it may be left empty."""
    needed = name in (*REQUIRED[held.about], *POINT)
    return LABELS[name] if needed else f"{LABELS[name]} (facultatif)"


def missing(held: Draft) -> list[str]:
    """Return what a form cannot be sent without, and does not say yet."""
    return [LABELS[name] for name in REQUIRED[held.about] if not held.get(name)]


def generation() -> int:
    """Return how many forms were begun in this session."""
    return int(st.session_state.get(_GENERATION, 0))


def key(name: str) -> str:
    """Return the key of the widget of a field."""
    return f"{FIELD}_{name}_{generation()}"


def keep_on_device(held: Draft, *, sent: bool = False) -> None:
    """Draw the component that keeps the form on the person's device, and gives it back when the page is opened."""
    said = {"valeurs": held.values, "acteurs": held.actors, "etape": held.step, "jeton": held.token}
    said |= {"sujet": held.about}
    data = {
        "place": held.place,
        "sujet": held.about,
        "brouillon": "" if held.is_empty else json.dumps(said, ensure_ascii=False),
        "champs": {field_label(held, name): name for name in columns(MODELS[held.about])},
        "etape": SENT if sent else held.step,
        "formulaire": FORM,
        "tenues": held.held,
        "vider": sent or held.emptied,
    }
    mount("brouillon", f"brouillon-{held.place}", data, {"reprendre": _take_back})


def _take_back(text: object) -> None:
    """Fill the form with what the device kept; what is no draft of ours is left aside."""
    held = draft()
    try:
        kept = json.loads(str(text)[: 4 * LONGEST_CONTENT])
        values = {name: str(kept["valeurs"][name])[:LONGEST_VALUE] for name in _HELD_FIELDS & kept["valeurs"].keys()}
        actors = [[str(one), role] for one, role in kept["acteurs"] if role in v.ROLES][:MOST_ACTORS]
        about = kept["sujet"] if kept["sujet"] in MODELS else held.about
        step, token = int(kept["etape"]), str(kept["jeton"])
        token = token if SHORTEST_TOKEN <= len(token) <= LONGEST_TOKEN else new_token()
    except (ValueError, KeyError, TypeError, AttributeError):
        return
    if held.is_empty:
        begin(
            Draft(held.about if held.target_id else about, held.target_id, held.held, values, actors, held.held_actors)
        )
        made = draft()
        made.step, made.token, made.restored = max(0, min(step, MOST_STEPS)), token, True
