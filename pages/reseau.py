"""Who cooperates with whom: the graph of structures and practices, and the table that says the same."""

import streamlit as st

from cooperations.catalogue import Catalogue
from cooperations.network import network
from cooperations.selection import select
from cooperations.ui import memory, network_view
from cooperations.ui.filters import active_filters, filter_panel
from cooperations.ui.frame import draw_page
from cooperations.ui.theme import is_dark


def content(catalogue: Catalogue) -> None:
    """Draw the page for the criteria of the address."""
    gazetteer = catalogue.gazetteer
    memory.recall(gazetteer, network_view.NETWORK)
    selection = select(catalogue, memory.held())
    st.sidebar.markdown("**Filtrer**")
    filter_panel(gazetteer)
    st.title("Qui coopère avec qui", anchor=False)
    active_filters(selection.criteria, gazetteer)
    found = network(selection)
    network_view.network_figures(found, selection)
    if found.links:
        left, right = st.columns([3, 2], gap="large")
        with left:
            network_view.show_graph(found, dark=is_dark())
        with right, st.container(key="reseau-cote"):
            network_view.show_partners(found)
            network_view.show_without_actor(found)
        network_view.show_links(found, catalogue)
    else:
        network_view.say_empty(selection)
        network_view.show_without_actor(found)
    memory.remember(selection.criteria, network_view.NETWORK)


draw_page(content)
