"""Following a proposal by its private link: where it is, what was asked, completing, withdrawing, consent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from cooperations.contributions.sending import amend, followed, forget_contact, withdraw
from cooperations.contributions.terms import KINDS, LABELS, STATES
from cooperations.contributions.words import actor_in_words, in_words
from cooperations.decisions import PARIS
from cooperations.errors import CooperationsError
from cooperations.runtime import application
from cooperations.sheets import french_date
from cooperations.ui import session
from cooperations.ui.contributing.form import said
from cooperations.ui.frame import PRACTICE_PAGE
from cooperations.ui.markdown import escape_markdown

if TYPE_CHECKING:
    from collections.abc import Callable

    from cooperations.catalogue import Catalogue
    from cooperations.contributions.model import Proposal

AMENDABLE = ("nom", "description", "periode_debut", "periode_fin", "lieu", "source", "source_url")
_DONE = "_suivi_fait"


def show_followed(catalogue: Catalogue, token: str) -> None:
    """Draw the proposal of a private link, or say that it leads nowhere."""
    try:
        proposal = followed(application().store, session.person(), token)
    except CooperationsError as error:
        st.warning(escape_markdown(str(error)), icon=":material/link_off:")
        st.page_link("contribuer.py", label="Proposer quelque chose", icon=":material/add:")
        return
    done = st.session_state.pop(_DONE, "")
    if done:
        st.success(done, icon=":material/check_circle:")
    _state(proposal)
    if proposal.is_open:
        _amending(catalogue, proposal)
    _said(catalogue, proposal)
    _private(proposal)


def _state(proposal: Proposal) -> None:
    day = proposal.recorded_at.astimezone(PARIS).date()
    st.header(escape_markdown(proposal.name), anchor=False)
    st.markdown(f"{KINDS.label(proposal.kind)} proposée le {french_date(day.isoformat())}")
    term = STATES[proposal.state]
    st.info(f"**{term.label}.** {term.definition}", icon=":material/flag:")
    if proposal.reply:
        st.warning(f"Réponse de la modération\u00a0: {escape_markdown(proposal.reply)}", icon=":material/forum:")
    if proposal.result_id and proposal.about == "pratique":
        st.page_link(PRACTICE_PAGE, label="Voir la fiche publiée", query_params={"id": proposal.result_id})


def _amending(catalogue: Catalogue, proposal: Proposal) -> None:
    content = proposal.said
    with st.expander("Compléter ou corriger", expanded=proposal.state == "a_preciser", icon=":material/edit:"):
        with st.form("completer", border=False):
            values = dict(content.values)
            for name in AMENDABLE:
                if name in values or proposal.about == "pratique":
                    draw = st.text_area if name == "description" else st.text_input
                    values[name] = str(draw(LABELS[name], values.get(name, ""), max_chars=2000))
            if st.form_submit_button("Garder ces changements", type="primary"):
                kept = {name: value for name, value in values.items() if value or name in content.values}
                changed = type(content)(kept, content.actors)
                _act(
                    lambda: amend(application().store, catalogue, proposal, changed),
                    "Vos changements sont gardés.", ("completer", proposal),
                )  # fmt: skip
        with st.popover("Retirer la proposition"):
            st.markdown("Elle ne sera pas publiée, et votre adresse sera effacée.")
            if st.button("Oui, retirer", type="primary"):
                _act(
                    lambda: withdraw(application().store, proposal),
                    "La proposition est retirée.", ("retirer", proposal),
                )  # fmt: skip


def _said(catalogue: Catalogue, proposal: Proposal) -> None:
    st.subheader("Ce que vous avez proposé", anchor=False)
    names = {one.id: one.name for one in catalogue.structures.values()}
    for name, value in proposal.said.values.items():
        st.markdown(f"- **{LABELS.get(name, name)}**\u00a0: {escape_markdown(in_words(name, value, catalogue))}")
    for actor in proposal.said.actors or ():
        st.markdown(f"- {escape_markdown(actor_in_words(actor, names))}")


def _private(proposal: Proposal) -> None:
    if not proposal.contact or not proposal.consent_on:
        return
    day = french_date(proposal.consent_on.astimezone(PARIS).date().isoformat())
    st.subheader("Votre adresse", anchor=False)
    st.markdown(f"{escape_markdown(proposal.contact)}, donnée le {day}. Vous aviez accepté\u00a0:")
    st.caption(escape_markdown(proposal.consent_text or ""))
    if st.button("Retirer mon accord et effacer l’adresse", icon=":material/delete:"):
        _act(
            lambda: forget_contact(application().store, proposal),
            "Votre adresse est effacée.", ("reprendre_accord", proposal),
        )  # fmt: skip


def _act(act: Callable[[], object], done: str, traced: tuple[str, Proposal]) -> None:
    action, proposal = traced
    try:
        with session.desk().acting("suivre", action, f"Proposal {proposal.id}"):
            act()
    except CooperationsError as error:
        st.error(said(error), icon=":material/error:")
        return
    st.session_state[_DONE] = done
    st.rerun()
