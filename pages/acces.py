"""Who I am here, what I may do; for administrators, the accounts."""

import streamlit as st

from cooperations.accounts.rights import may
from cooperations.catalogue import Catalogue
from cooperations.ui import session
from cooperations.ui.access import manage, me
from cooperations.ui.access.journal_view import show_journal
from cooperations.ui.frame import draw_page

ACCOUNTS, JOURNAL = "Comptes", "Journal"


def content(_catalogue: Catalogue) -> None:
    """Draw the page."""
    st.title("Mon accès", anchor=False)
    who = session.person()
    manages = may(who, "gerer_comptes")
    me.show_me(who)
    if may(who, "lire_journal"):
        shown = st.segmented_control("Voir", (ACCOUNTS, JOURNAL), default=ACCOUNTS, required=True, key="acces-vue")
        if shown == JOURNAL:
            show_journal(who)
            return
    left, right = st.columns([3, 2], gap="large")
    with right if manages else left:
        me.show_rights(who)
    if manages:
        with left:
            manage.show_accounts(who)
            manage.show_invite(who)
            manage.show_rules(who)


draw_page(content)
