"""The map page: filters, figures, map, list and counts of the same practices."""

import streamlit as st

from cooperations.catalogue import Catalogue
from cooperations.selection import select
from cooperations.ui import memory
from cooperations.ui.figures import counts_section, key_figures
from cooperations.ui.filters import active_filters, filter_panel
from cooperations.ui.frame import draw_page
from cooperations.ui.list_view import show_list
from cooperations.ui.map_view import let_it_show, show_map
from cooperations.ui.theme import is_dark
from cooperations.ui.travel import go_if_asked, on_map_event


def content(catalogue: Catalogue) -> None:
    """Draw the page for the criteria of the address; the map first, since it is what people wait for."""
    gazetteer = catalogue.gazetteer
    go_if_asked()
    memory.recall(gazetteer)
    selection = select(catalogue, memory.held())
    st.sidebar.markdown("**Filtrer**")
    st.title(f"Coopérations économiques de l’ESS en {gazetteer.perimeter.name}", anchor=False)
    active_filters(selection.criteria, gazetteer)
    key_figures(selection)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        show_map(selection, dark=is_dark(), coloured=memory.coloured(), on_event=lambda: on_map_event(gazetteer))
    let_it_show()
    filter_panel(gazetteer)
    with right:
        show_list(selection)
    counts_section(selection)
    memory.remember(selection.criteria)


draw_page(content)
