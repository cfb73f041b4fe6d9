"""The page to propose, without an account or with one; and, by a private link, to follow what was proposed."""

import streamlit as st

from cooperations.catalogue import Catalogue
from cooperations.contributions.telling import FOLLOW_PARAMETER
from cooperations.ui.contributing.draft import correcting
from cooperations.ui.contributing.follow import show_followed
from cooperations.ui.contributing.form import open_step, show_form
from cooperations.ui.contributing.review import show_review
from cooperations.ui.contributing.start import complete_draft, start_about
from cooperations.ui.frame import draw_page
from cooperations.ui.session import ACCESS_ADDRESS
from cooperations.ui.theme import is_dark


def content(catalogue: Catalogue) -> None:
    """Draw what the address asks for: the form, a correction, a proposal to follow, a practice to confirm."""
    asked = st.query_params
    st.title("Contribuer", anchor=False)
    if FOLLOW_PARAMETER in asked:
        show_followed(catalogue, asked[FOLLOW_PARAMETER])
        return
    if "relire" in asked:
        show_review(catalogue, asked["relire"])
        return
    if "corriger" in asked:
        correcting(catalogue, asked.get("sujet", "pratique"), asked["corriger"])
        open_step()
    elif "brouillon" in asked:
        complete_draft(asked["brouillon"])
    elif "sujet" in asked:
        start_about(asked["sujet"])
    show_form(catalogue, dark=is_dark())
    st.link_button("Mon accès", ACCESS_ADDRESS, type="tertiary", icon=":material/key:")


draw_page(content)
