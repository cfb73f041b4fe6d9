"""What waits beside proposals: lines added in meetings, and practices that nobody has checked for a year."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from cooperations import vocabularies as v
from cooperations.contributions.delivering import deliver
from cooperations.contributions.freshness import ask_again, to_check_again
from cooperations.contributions.messages import review_message
from cooperations.decisions import PARIS
from cooperations.errors import CooperationsError
from cooperations.model import NAME_LENGTH
from cooperations.runtime import application
from cooperations.sheets import french_date
from cooperations.text import plural
from cooperations.ui import session
from cooperations.ui.contributing.form import said
from cooperations.ui.frame import PRACTICE_PAGE
from cooperations.ui.markdown import escape_markdown

if TYPE_CHECKING:
    from cooperations.catalogue import Catalogue
    from cooperations.model import Practice

MOST_LISTED = 50


def show_meeting_lines(catalogue: Catalogue) -> None:
    """Draw the lines that groups added in meetings, each with the way to complete it."""
    drafts = application().store.decisions().drafts
    if not drafts:
        st.info("Aucune ligne de réunion n’attend.", icon=":material/inbox:")
    for draft in drafts[:MOST_LISTED]:
        known = draft.territory in catalogue.gazetteer
        place = catalogue.gazetteer[draft.territory].label if known else draft.territory
        about = f"{v.PRACTICES.label(draft.practice_code)}, {place}, par {draft.organisation}"
        with st.container(horizontal=True, vertical_alignment="center", key=f"reunion-{draft.id}"):
            st.markdown(f"**{escape_markdown(draft.name)}** · {escape_markdown(about)}")
            st.page_link("contribuer.py", label="Compléter", query_params={"brouillon": draft.id})


def show_to_check(catalogue: Catalogue) -> None:
    """Draw the practices that nobody has checked for a year, and what asks their source organisation."""
    old = to_check_again(catalogue, datetime.now(PARIS).date())
    if not old:
        st.info("Toutes les fiches ont été relues depuis moins d’un an.", icon=":material/task_alt:")
        return
    st.markdown(f"**{plural(len(old), 'fiche')} à relire**, la plus ancienne d’abord")
    for practice in old[:MOST_LISTED]:
        label = f"{practice.name} – relue le {french_date(practice.checked_on.isoformat())}"
        with st.expander(escape_markdown(label)):
            st.page_link(PRACTICE_PAGE, label="Voir la fiche", query_params={"id": practice.id})
            _asking(catalogue, practice)


def _asking(catalogue: Catalogue, practice: Practice) -> None:
    names = [actor.structure.name for actor in catalogue.actors(practice.id)]
    with st.form(f"relecture-{practice.id}", border=False):
        organisation = st.text_input("Organisation à qui demander", names[0] if names else "", max_chars=NAME_LENGTH)
        to = st.text_input("Son adresse de messagerie (n’est pas gardée dans la base)", max_chars=254)
        if not st.form_submit_button("Préparer le message", icon=":material/outgoing_mail:"):
            return
        try:
            review_message(practice, organisation, to, "")
            desk = session.desk()
            with desk.acting("moderer", "demander_relecture", f"practice {practice.id}"):
                token = ask_again(desk.app.store, catalogue, desk.person, practice.id, organisation)
            kept = deliver(review_message(practice, organisation, to, review_address(token)))
        except CooperationsError as error:
            st.error(said(error), icon=":material/error:")
            return
    if kept.problem:
        st.warning(escape_markdown(kept.said), icon=":material/mark_email_unread:")
    else:
        st.success(kept.said, icon=":material/mark_email_read:")
    st.code(review_address(token), language=None, wrap_lines=True)


def review_address(token: str) -> str:
    """Return the whole address by which an organisation confirms a practice."""
    here = urlsplit(st.context.url or "")
    return urlunsplit((here.scheme, here.netloc, "/contribuer", urlencode({"relire": token}), ""))
