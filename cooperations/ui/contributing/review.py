"""By the link that an organisation got: saying in one press that a practice still holds, or correcting it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from cooperations.contributions.freshness import asked_by, confirm
from cooperations.errors import CooperationsError
from cooperations.runtime import application
from cooperations.sheets import facts
from cooperations.ui import session
from cooperations.ui.frame import PRACTICE_PAGE
from cooperations.ui.markdown import escape_markdown

if TYPE_CHECKING:
    from cooperations.catalogue import Catalogue

_DONE = "_relecture_faite"


def show_review(catalogue: Catalogue, token: str) -> None:
    """Draw the practice that a link asks about, and the two answers; or say that the link leads nowhere."""
    if st.session_state.get(_DONE) == token:
        st.success("Merci. La fiche est relue d’aujourd’hui.", icon=":material/check_circle:")
        return
    try:
        link = asked_by(application().store, token)
        practice = catalogue.practice(link.practice_id)
    except CooperationsError as error:
        st.warning(escape_markdown(str(error)), icon=":material/link_off:")
        return
    st.header(escape_markdown(practice.name), anchor=False)
    st.markdown(escape_markdown(practice.description))
    for label, text in facts(catalogue, practice):
        st.markdown(f"- **{label}**\u00a0: {escape_markdown(text)}")
    st.markdown(f"**{escape_markdown(link.organisation)}**, est-ce toujours juste\u00a0?")
    with st.container(horizontal=True):
        if st.button("Oui, toujours juste", type="primary", icon=":material/check:"):
            try:
                with session.desk().acting("suivre", "confirmer", f"practice {practice.id}"):
                    confirm(application().store, catalogue, link)
            except CooperationsError as error:
                st.error(escape_markdown(str(error)), icon=":material/error:")
                return
            st.session_state[_DONE] = token
            st.rerun()
        st.page_link("contribuer.py", label="Proposer une correction", query_params={"corriger": practice.id})
    st.page_link(PRACTICE_PAGE, label="Voir la fiche", query_params={"id": practice.id})
