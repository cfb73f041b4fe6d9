"""The page that brings a list of structures or contracts in: choose, look, keep."""

import streamlit as st

from cooperations.accounts.rights import may
from cooperations.catalogue import Catalogue
from cooperations.runtime import application
from cooperations.ui.frame import draw_page
from cooperations.ui.importing import keep, look
from cooperations.ui.importing.choose import choose_order
from cooperations.ui.importing.session import prepared
from cooperations.ui.session import ACCESS_ADDRESS, person
from cooperations.ui.theme import is_dark


def content(catalogue: Catalogue) -> None:
    """Draw the import under way, and those already made."""
    app = application()
    st.title("Importer une liste", anchor=False)
    if not may(person(), "importer"):
        st.info("L’import par la page n’est pas ouvert à tous ici.", icon=":material/lock:")
        st.link_button("Mon accès", ACCESS_ADDRESS, type="tertiary", icon=":material/key:")
        keep.show_history(app)
        return
    st.markdown("Rien n’est gardé avant que vous ne l’ayez vu\u00a0: d’abord un aperçu, puis tout, ou rien.")
    order = choose_order()
    found = prepared(app, order) if order else None
    if found:
        look.show_counts(found)
        look.show_refused(found)
        look.show_notices(found)
        keep.keep_form(found)
        look.show_sample(found, catalogue.gazetteer, dark=is_dark())
    keep.show_history(app)


draw_page(content)
