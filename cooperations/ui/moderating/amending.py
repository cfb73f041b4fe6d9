"""Changing what a proposal says before it is accepted; the revision keeps both."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from cooperations.contributions.content import LONGEST_VALUE, MODELS, NOT_PROPOSED, Content
from cooperations.contributions.terms import LABELS
from cooperations.dataset.reader import columns

if TYPE_CHECKING:
    from cooperations.contributions.model import Proposal

_LONG = {"description", "remarque", "fonctionnement", "apports", "conditions_reussite"}


def amended_content(proposal: Proposal) -> Content | None:
    """Draw the cells of a proposal to be changed; return what they come to when something was, None otherwise."""
    said = proposal.said
    with st.expander("Modifier avant d’accepter", icon=":material/edit:"):
        st.caption("Les codes sont ceux des fichiers publiés\u00a0: un territoire s’écrit niveau:code.")
        shown = [name for name in columns(MODELS[proposal.about]) if name not in NOT_PROPOSED]
        if proposal.target_id:
            shown = [name for name in shown if name in said.values]
        values = {name: _cell(proposal, name, said.values.get(name, "")) for name in shown}
    kept = {name: value for name, value in values.items() if value or name in said.values}
    return Content(dict(said.values) | kept, said.actors) if kept != dict(said.values) else None


def _cell(proposal: Proposal, name: str, value: str) -> str:
    draw = st.text_area if name in _LONG else st.text_input
    key = f"cellule-{proposal.id}-{proposal.version}-{name}"
    return str(draw(LABELS[name], value, max_chars=LONGEST_VALUE, key=key)).strip()
