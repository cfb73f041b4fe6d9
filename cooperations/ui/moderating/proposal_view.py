"""One proposal: what it changes field by field, what was checked, and what is decided."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from cooperations.contributions.checks import examine
from cooperations.contributions.compare import proposed
from cooperations.contributions.decide import accept, ask_back, merge, refuse, undo
from cooperations.contributions.history import moment
from cooperations.contributions.near import near
from cooperations.contributions.terms import KINDS, STATES
from cooperations.contributions.words import EMPTY
from cooperations.decisions import NOTE_LENGTH
from cooperations.errors import CooperationsError
from cooperations.runtime import application
from cooperations.text import fold
from cooperations.ui import session
from cooperations.ui.frame import PRACTICE_PAGE
from cooperations.ui.markdown import escape_markdown
from cooperations.ui.moderating.amending import amended_content
from cooperations.ui.moderating.done import act, settle
from cooperations.ui.moderating.queue import OPENED

if TYPE_CHECKING:
    from cooperations.catalogue import Catalogue
    from cooperations.contributions.compare import Difference
    from cooperations.contributions.model import Proposal

ICONS = {"ok": ":material/check_circle:", "avis": ":material/help:", "erreur": ":material/error:"}


def show_proposal(catalogue: Catalogue, proposal_id: str) -> None:
    """Draw the proposal that is open."""
    try:
        proposal = application().store.contributions.one(proposal_id)
    except CooperationsError as error:
        st.warning(escape_markdown(str(error)), icon=":material/search_off:")
        return
    with st.container(border=True, key="proposition-ouverte"):
        _heading(proposal)
        try:
            _differences(proposed(proposal, catalogue))
        except CooperationsError as error:
            st.warning(escape_markdown(str(error)), icon=":material/search_off:")
        _checks(proposal, catalogue)
        if proposal.is_open:
            _decisions(proposal, catalogue)
        elif proposal.state != "retiree":
            _undoing(proposal)


def _heading(proposal: Proposal) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.subheader(escape_markdown(proposal.name), anchor=False)
        st.button("Fermer", icon=":material/close:", type="tertiary", on_click=_close)
    by = escape_markdown(proposal.organisation or "une personne sans compte")
    st.markdown(f"{KINDS.label(proposal.kind)} proposée par {by}, {moment(proposal.recorded_at)}")
    decided = f", par {proposal.decided_by}, {moment(proposal.decided_at)}" if proposal.decided_at else ""
    st.markdown(f"**{STATES.label(proposal.state)}**{escape_markdown(decided)}")
    if proposal.reply:
        st.info(escape_markdown(proposal.reply), icon=":material/forum:")
    if proposal.contact:
        st.caption(f"Pour répondre, avec accord\u00a0: {escape_markdown(proposal.contact)}")
    link = proposal.result_id or proposal.target_id
    if link and proposal.about == "pratique":
        st.page_link(PRACTICE_PAGE, label="Voir la fiche", query_params={"id": link}, icon=":material/open_in_new:")


def _close() -> None:
    st.query_params.pop(OPENED, None)


def _differences(found: list[Difference]) -> None:
    names = ["Aujourd’hui", "Proposé"] if any(one.before != EMPTY for one in found) else ["Proposé"]

    def row(one: Difference) -> str:
        cells = (one.before, one.after)[-len(names) :]
        drawn = "".join(f"<td>{escape(cell).replace(chr(10), '<br>')}</td>" for cell in cells)
        return f'<tr><th scope="row">{escape(one.label)}</th>{drawn}</tr>'

    if not found:
        st.markdown("Rien ne diffère de ce qui est publié.")
        return
    head = "".join(f'<th scope="col">{name}</th>' for name in ("Champ", *names))
    rows = "".join(map(row, found))
    st.html(f'<table class="coop-ecarts"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>')


def _checks(proposal: Proposal, catalogue: Catalogue) -> None:
    if not proposal.is_open:
        return
    for finding in examine(proposal, catalogue, application().store.contributions.open_names()):
        text = f"{ICONS[finding.level]} **{finding.name}**\u00a0: {escape_markdown(finding.text)}"
        st.markdown(text)


def _decisions(proposal: Proposal, catalogue: Catalogue) -> None:
    app, who = application(), session.person()
    amended = amended_content(proposal)
    label = "Accepter avec ces changements" if amended else "Accepter"
    if st.button(label, type="primary", icon=":material/check:", key=f"accepter-{proposal.id}"):
        settle(
            lambda: accept(app.store, app.catalogue(), who, proposal, amended), "Acceptée\u00a0: elle est publiée.",
            action="modifier_et_accepter" if amended else "accepter", proposal=proposal,
        )  # fmt: skip
    words = st.text_area("Mot pour la personne", max_chars=NOTE_LENGTH, height=80, key=f"mot-{proposal.id}")
    with st.container(horizontal=True):
        if st.button("Demander une précision", icon=":material/forum:", key=f"demander-{proposal.id}"):
            settle(
                lambda: ask_back(app.store, who, proposal, words), "La question est posée.",
                action="demander", proposal=proposal,
            )  # fmt: skip
        if st.button("Refuser", icon=":material/block:", key=f"refuser-{proposal.id}"):
            settle(
                lambda: refuse(app.store, who, proposal, words), "Refusée, avec la raison.",
                action="refuser", proposal=proposal,
            )  # fmt: skip
    if proposal.kind == "pratique":
        _merging(proposal, catalogue)


def _merging(proposal: Proposal, catalogue: Catalogue) -> None:
    app, who = application(), session.person()
    with st.expander("C’est une pratique déjà connue\u00a0: fusionner", icon=":material/merge:"):
        close = [one.id for one in near(catalogue, proposal.name)]
        names = {practice.id: practice.name for practice in catalogue.practices}
        ordered = [*close, *sorted((one for one in names if one not in close), key=lambda one: fold(names[one]))]
        chosen = st.selectbox(
            "Pratique qui existe", ordered, index=0 if close else None, format_func=names.__getitem__,
            placeholder="Choisir", key=f"fusion-{proposal.id}",
        )  # fmt: skip
        st.caption("Sa source, ses structures et ce qui manquait à la fiche y sont ajoutés ; le reste ne change pas.")
        if st.button("Fusionner", key=f"fusionner-{proposal.id}", disabled=not chosen):
            settle(
                lambda: merge(app.store, app.catalogue(), who, proposal, chosen or ""), "Fusionnée.",
                action="fusionner", proposal=proposal,
            )  # fmt: skip


def _undoing(proposal: Proposal) -> None:
    app, who = application(), session.person()
    st.caption("Annuler remet la proposition en attente, et retire ce qu’elle avait publié.")
    if st.button("Annuler cette décision", icon=":material/undo:", key=f"annuler-{proposal.id}"):
        what = f"Proposal {proposal.id}"
        act(lambda: undo(app.store, who, proposal), "Décision annulée.", action="annuler", what=what)
