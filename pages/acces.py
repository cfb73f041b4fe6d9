"""Who I am here, what I may do; for administrators, the accounts."""

import streamlit as st

from cooperations.accounts.rights import may
from cooperations.catalogue import Catalogue
from cooperations.ui.access import manage, me
from cooperations.ui.frame import draw_page
from cooperations.ui.session import person


def content(_catalogue: Catalogue) -> None:
    """Draw the page."""
    st.title("Mon accès", anchor=False)
    who = person()
    manages = may(who, "gerer_comptes")
    me.show_me(who)
    left, right = st.columns([3, 2], gap="large")
    with right if manages else left:
        me.show_rights(who)
    if manages:
        with left:
            manage.show_accounts(who)
            manage.show_invite(who)
            manage.show_rules(who)


draw_page(content)
