"""The page of moderators: what is proposed, what waits beside it, and what is decided."""

import streamlit as st

from cooperations.accounts.rights import may
from cooperations.catalogue import Catalogue
from cooperations.ui import session
from cooperations.ui.frame import draw_page
from cooperations.ui.moderating.done import show_done
from cooperations.ui.moderating.others import show_meeting_lines, show_to_check
from cooperations.ui.moderating.outgoing import show_waiting_messages
from cooperations.ui.moderating.proposal_view import show_proposal
from cooperations.ui.moderating.queue import OPENED, show_queue

QUEUE, MEETINGS, CHECKS = "Propositions", "Lignes de réunion", "À relire"


def content(catalogue: Catalogue) -> None:
    """Draw the queue for who may moderate; say to others how to get in."""
    st.title("Modération", anchor=False)
    if not may(session.person(), "moderer"):
        st.info("Cette page demande le rôle «\u00a0modérateur\u00a0».", icon=":material/lock:")
        st.page_link(session.ACCESS_PAGE, label="Comment obtenir un accès", icon=":material/key:")
        st.page_link("contribuer.py", label="Proposer quelque chose", icon=":material/add:")
        return
    show_done()
    show_waiting_messages()
    shown = st.segmented_control("Voir", (QUEUE, MEETINGS, CHECKS), default=QUEUE, required=True, key="moderation-vue")
    if shown == MEETINGS:
        show_meeting_lines(catalogue)
    elif shown == CHECKS:
        show_to_check(catalogue)
    else:
        if OPENED in st.query_params:
            show_proposal(catalogue, st.query_params[OPENED])
        show_queue(catalogue)


draw_page(content)
