"""The agenda: meetings to come and past, as a list, a month or a map."""

import streamlit as st

from cooperations.catalogue import Catalogue
from cooperations.ui import memory
from cooperations.ui.agenda import list_view, map_view, month_view, state
from cooperations.ui.agenda.sheet import show_opened
from cooperations.ui.agenda.subscribe import show_subscription
from cooperations.ui.filters import active_filters, filter_panel
from cooperations.ui.frame import draw_page

DRAWN = {"liste": list_view.show_list, "mois": month_view.show_month, "carte": map_view.show_map}


def content(catalogue: Catalogue) -> None:
    """Draw the meetings that answer the criteria of the address, in the way that it says."""
    memory.recall(catalogue.gazetteer, state.AGENDA)
    shown = state.shown(catalogue)
    st.sidebar.markdown("**Filtrer**")
    st.title("Agenda", anchor=False)
    # One container, whatever is in it: if one came and went, the map below would be built again.
    with st.container():
        active_filters(memory.held(), catalogue.gazetteer)
        state.say_unused()
        show_opened(shown)
    with st.container(horizontal=True, vertical_alignment="center", key="agenda-vues"):
        st.segmented_control(
            "Montrer", list(state.VIEWS), key=state.VIEW, format_func=state.VIEWS.__getitem__, required=True,
            label_visibility="collapsed",
        )  # fmt: skip
        list_view.propose()
        show_subscription(shown)
    DRAWN[state.held(state.VIEW)](shown)
    filter_panel(catalogue.gazetteer)
    memory.remember(memory.held(), state.AGENDA)


draw_page(content)
