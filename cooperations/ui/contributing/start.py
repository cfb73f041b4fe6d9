"""Starting from a line that a group added in a meeting, and taking the line away once it is proposed."""

from __future__ import annotations

import streamlit as st

from cooperations import vocabularies as v
from cooperations.accounts.rights import may
from cooperations.contributions.content import MODELS
from cooperations.errors import CooperationsError
from cooperations.runtime import application
from cooperations.ui import session
from cooperations.ui.contributing.draft import Draft, begin, draft

_FROM, _ASKED = "_brouillon_de_reunion", "_sujet_demande"


def complete_draft(draft_id: str) -> None:
    """Fill the form with a line of a meeting, once; one that is gone leaves the form as it is."""
    if st.session_state.get(_FROM) == draft_id:
        return
    st.session_state[_FROM] = draft_id
    line = next((one for one in application().store.decisions().drafts if one.id == draft_id), None)
    if line is None:
        st.warning("Ce brouillon n’existe plus\u00a0: il a été retiré, ou déjà proposé.", icon=":material/search_off:")
        return
    parent = v.PRACTICES[line.practice_code].parent
    values = {"nom": line.name, "type_pratique": parent or line.practice_code, "territoires": line.territory}
    values |= {"sous_type": line.practice_code} if parent else {}
    values |= {"description": line.note} if line.note else {}
    begin(Draft("pratique", values=values | {"source": f"Réunion, ligne ajoutée par {line.organisation}"}))


def start_about(subject: str) -> None:
    """Begin with a subject that the address names, unless something is being filled in."""
    if subject in MODELS and draft().is_empty and draft().about != subject and st.session_state.get(_ASKED) != subject:
        begin(Draft(subject))
    st.session_state[_ASKED] = subject


def forget_meeting_line() -> None:
    """Take away the line of the meeting that has just been proposed, when its person may."""
    draft_id = st.session_state.pop(_FROM, None)
    store = application().store
    line = next((one for one in store.decisions().drafts if one.id == draft_id), None) if draft_id else None
    if line and draft().get("nom") and may(session.person(), "decider_couverture"):
        try:
            session.desk().remove(line, line.organisation)
        except CooperationsError:
            return
