"""The page of buyers: who can do this near here, and has it been done this way before."""

import streamlit as st

from cooperations.catalogue import Catalogue
from cooperations.runtime import application
from cooperations.ui import memory
from cooperations.ui.frame import draw_page
from cooperations.ui.map_view import let_it_show
from cooperations.ui.offers import results, state
from cooperations.ui.offers.companies import company_search
from cooperations.ui.offers.filters import active_need, need_panel
from cooperations.ui.offers.tray import show_tray
from cooperations.ui.theme import is_dark


def content(catalogue: Catalogue) -> None:
    """Draw what answers the need of the address; the map first, since it is what people wait for."""
    gazetteer = catalogue.gazetteer
    state.go_if_asked()
    memory.recall(gazetteer, state.OFFERS)
    need, directory = state.need(), application().directory()
    st.sidebar.markdown("**Votre besoin**")
    st.title("Trouver une offre", anchor=False)
    active_need(need, gazetteer)
    show_tray(directory)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        results.show_map(directory, need, dark=is_dark())
    let_it_show()
    need_panel(gazetteer)
    with right:
        results.show_list(directory, need)
        company_search(gazetteer)
    memory.remember(need, state.OFFERS)


draw_page(content)
