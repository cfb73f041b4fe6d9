"""The queue: filters, pages that the database counts, and decisions on a selection."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import streamlit as st

from cooperations.contributions.batch import accept_all, refuse_all
from cooperations.contributions.telling import tell_answers
from cooperations.contributions.terms import KINDS, OPEN_STATES, STATES
from cooperations.decisions import NOTE_LENGTH, PARIS
from cooperations.errors import CooperationsError
from cooperations.runtime import application
from cooperations.sheets import french_date
from cooperations.store.contributions import Wanted
from cooperations.text import number, plural
from cooperations.ui import session
from cooperations.ui.markdown import escape_markdown
from cooperations.ui.moderating.done import say_done
from cooperations.ui.paging import asked_page, show_pages

if TYPE_CHECKING:
    from collections.abc import Callable

    from cooperations.catalogue import Catalogue
    from cooperations.contributions.batch import Outcome
    from cooperations.contributions.model import Proposal

PAGE_SIZE = 20
OPENED = "proposition"
"""The query parameter that names the proposal which is open."""
AGES = {"": "Toutes", "7": "Plus d’une semaine", "30": "Plus d’un mois", "180": "Plus de six mois"}


def show_queue(catalogue: Catalogue) -> None:
    """Draw the filters, the proposals of the page, and what may be decided about those that are ticked."""
    wanted = _filters(catalogue)
    page = asked_page()
    store = application().store
    total, found = store.contributions.queue(wanted, page, PAGE_SIZE)
    count = max(1, -(-total // PAGE_SIZE))
    if page > count:
        page = count
        total, found = store.contributions.queue(wanted, page, PAGE_SIZE)
    _extent(total, page, count)
    ticked = [proposal for proposal in found if _line(proposal, catalogue)]
    show_pages(count, page)
    if ticked:
        _batch(ticked)


def _filters(catalogue: Catalogue) -> Wanted:
    counts = application().store.contributions.counts()
    left, middle, right, last = st.columns(4)
    with left:
        states = st.multiselect(
            "État",
            STATES.codes,
            list(OPEN_STATES),
            format_func=lambda code: f"{STATES.label(code)} ({number(counts.get(code, 0))})",
            placeholder="Tous",
            key="moderation-etats",
            on_change=_first_page,
        )
    with middle:
        kinds = st.multiselect(
            "Sorte", KINDS.codes, format_func=KINDS.label, placeholder="Toutes", key="moderation-sortes",
            on_change=_first_page,
        )  # fmt: skip
    with right:
        labels = {one.code: one.label for one in catalogue.gazetteer.departments}
        departments = st.multiselect(
            "Département", list(labels), format_func=labels.__getitem__, placeholder="Tous",
            key="moderation-departements", on_change=_first_page,
        )  # fmt: skip
    with last:
        age = st.selectbox(
            "Attend depuis", list(AGES), format_func=AGES.__getitem__, key="moderation-age", on_change=_first_page
        )
    until = datetime.now(UTC) - timedelta(days=int(age)) if age else None
    return Wanted(tuple(states), tuple(kinds), tuple(departments), until)


def _first_page() -> None:
    st.session_state["page"] = "1"


def _extent(total: int, page: int, count: int) -> None:
    if not total:
        st.info("Rien n’attend pour ces filtres.", icon=":material/inbox:")
        return
    pages = f"page {number(page)} sur {number(count)}, " if count > 1 else ""
    st.markdown(f"**{plural(total, 'proposition')}**, {pages}la plus ancienne d’abord")


def _line(proposal: Proposal, catalogue: Catalogue) -> bool:
    """Draw a proposal of the list; return whether it is ticked."""
    day = proposal.recorded_at.astimezone(PARIS).date().isoformat()
    gazetteer = catalogue.gazetteer
    key = proposal.territory
    place = gazetteer[key].label if key and key in gazetteer else "sans territoire"
    by = proposal.organisation or "sans compte"
    said = f"{KINDS.label(proposal.kind)} · {STATES.label(proposal.state)} · {place} · {french_date(day)} · {by}"
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"ligne-{proposal.id}"):
        ticked = st.checkbox(
            f"Choisir {escape_markdown(proposal.name)}", key=f"choix-{proposal.id}", label_visibility="collapsed",
            disabled=not proposal.is_open,
        )  # fmt: skip
        st.button(
            escape_markdown(proposal.name), key=f"ouvrir-{proposal.id}", type="tertiary", on_click=_open,
            args=(proposal.id,),
        )  # fmt: skip
        st.caption(escape_markdown(said))
    return bool(ticked)


def _open(proposal_id: str) -> None:
    st.query_params[OPENED] = proposal_id


def _batch(ticked: list[Proposal]) -> None:
    with st.container(border=True, key="lot"):
        st.markdown(f"**{plural(len(ticked), 'proposition choisie', 'propositions choisies')}**")
        reason = st.text_input("Raison, pour un refus", max_chars=NOTE_LENGTH, key="lot-raison")
        with st.container(horizontal=True):
            accepting = st.button("Accepter la sélection", icon=":material/done_all:", type="primary")
            refusing = st.button("Refuser la sélection", icon=":material/block:")
        if accepting:
            _each(lambda: accept_all(session.desk(), ticked))
        elif refusing and not reason.strip():
            st.warning("Donnez une raison\u00a0: chaque personne la lira.", icon=":material/edit:")
        elif refusing:
            _each(lambda: refuse_all(session.desk(), ticked, reason))


def _each(decide: Callable[[], list[Outcome]]) -> None:
    """Decide about each; those that could not be stay ticked, each with what prevented it."""
    try:
        found = decide()
    except CooperationsError as error:
        st.error(escape_markdown(str(error)), icon=":material/error:")
        return
    kept = [one.proposal for one in found if not one.problem]
    told = tell_answers(kept)
    failures = [f"{one.proposal.name}\u00a0: {one.problem}" for one in found if one.problem]
    written = f" {plural(told, 'message écrit', 'messages écrits')}." if told else ""
    left = ""
    if failures:
        verb = "n’a pas pu l’être" if len(failures) == 1 else "n’ont pas pu l’être"
        left = f" {plural(len(failures), 'proposition')} {verb}\u00a0: la raison est dite pour chacune."
    say_done(f"{plural(len(kept), 'décision gardée', 'décisions gardées')}.{written}{left}", failures)
    for proposal in kept:
        st.session_state.pop(f"choix-{proposal.id}", None)
    st.rerun()
