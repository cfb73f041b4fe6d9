"""Following the filtered agenda from one's own calendar, and taking it away as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

import streamlit as st

from cooperations.text import plural

if TYPE_CHECKING:
    from cooperations.criteria import Criteria
    from cooperations.ui.agenda.state import Shown

FEED = "/agenda.ics"


def show_subscription(shown: Shown) -> None:
    """Draw the address to subscribe to, and the files."""
    with st.popover("S’abonner, télécharger", icon=":material/rss_feed:", type="tertiary"):
        count = plural(len(shown.events), "rencontre")
        st.markdown(
            f"Votre application d’agenda (Thunderbird, Outlook, Google, Apple…) suit cette adresse et se met à jour "
            f"seule\u00a0: **{count}**, celles que les filtres retiennent, passées comprises."
        )
        address = feed_address(shown.criteria, str(st.context.url or ""))
        st.code(address, language=None, wrap_lines=True)
        query = shown.criteria.query_string()
        with st.container(horizontal=True):
            st.link_button("S’abonner", webcal(address), icon=":material/event_repeat:")
            for extension, label in (("xlsx", "Tableur (XLSX)"), ("csv", "CSV")):
                target = f"/export/agenda.{extension}{'?' if query else ''}{query}"
                st.link_button(label, target, icon=":material/download:", type="tertiary")


def feed_address(criteria: Criteria, here: str) -> str:
    """Return the whole address of the feed, at the host that the browser sees."""
    parts = urlsplit(here)
    return urlunsplit((parts.scheme or "http", parts.netloc, FEED, criteria.query_string(), ""))


def webcal(address: str) -> str:
    """Return the address that opens the person's own calendar."""
    return f"webcal://{address.partition('://')[2]}"
