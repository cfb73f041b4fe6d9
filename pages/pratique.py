"""The page of one practice, at the address /pratique?id=loc-halle-bio for instance."""

import streamlit as st

from cooperations.catalogue import Catalogue
from cooperations.ui.frame import draw_page
from cooperations.ui.offers import state
from cooperations.ui.sheet import choose_practice, show_sheet
from cooperations.ui.theme import is_dark
from cooperations.ui.type_sheet import show_type


def content(catalogue: Catalogue) -> None:
    """Draw the practice or the type that the address names, or the choice of one."""
    state.arrive()
    practice_id = st.query_params.get("id", "")
    if practice_id:
        # A link from a sheet to another changes the page but not the browser's address: Streamlit 1.67.
        st.query_params["id"] = practice_id
        show_sheet(catalogue, practice_id, dark=is_dark())
    elif "type" in st.query_params:
        show_type(catalogue, st.query_params["type"])
    else:
        choose_practice(catalogue)


draw_page(content)
