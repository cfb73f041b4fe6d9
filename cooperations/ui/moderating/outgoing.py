"""The messages that wait: how many, and sending them again when the server did not take them."""

from __future__ import annotations

import streamlit as st

from cooperations.contributions.delivering import has_server, send_waiting, waiting
from cooperations.text import plural
from cooperations.ui.markdown import escape_markdown
from cooperations.ui.moderating.done import say_done


def show_waiting_messages() -> None:
    """Say how many messages wait in their folder; nothing when there is none."""
    count = len(waiting())
    if not count:
        return
    verb = "attend" if count == 1 else "attendent"
    with st.container(horizontal=True, vertical_alignment="center", key="messages-en-attente"):
        st.caption(f":material/outgoing_mail: {plural(count, 'message')} {verb} dans le dossier des messages.")
        if has_server() and st.button("Envoyer maintenant", icon=":material/send:", type="tertiary"):
            done = send_waiting()
            sent = sum(one.file is None for one in done)
            problems = [escape_markdown(one.problem) for one in done if one.problem]
            say_done(f"{plural(sent, 'message envoyé', 'messages envoyés')}.", problems)
            st.rerun()
