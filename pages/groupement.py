"""The page of groups: from a need in lots, who could answer together."""

import streamlit as st

from cooperations.catalogue import Catalogue
from cooperations.runtime import application
from cooperations.ui import memory
from cooperations.ui.frame import draw_page
from cooperations.ui.offers import grouping_view, state
from cooperations.ui.offers.filters import active_need, need_panel


def content(catalogue: Catalogue) -> None:
    """Draw the proposals for the need of the address, and the group composed by hand."""
    memory.recall(catalogue.gazetteer, state.GROUPS)
    need, directory = state.need(), application().directory()
    st.sidebar.markdown("**Votre besoin**")
    need_panel(catalogue.gazetteer, "Lots")
    st.title("Monter un groupement", anchor=False)
    active_need(need, catalogue.gazetteer)
    lacking = grouping_view.say_what_is_missing(need, catalogue)
    left, right = st.columns([3, 2], gap="large")
    with left:
        if not lacking:
            grouping_view.show_proposals(directory, need)
    with right:
        grouping_view.show_composition(directory, need)
        grouping_view.show_permanent(catalogue, need)
    memory.remember(need, state.GROUPS)


draw_page(content)
