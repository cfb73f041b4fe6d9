"""The short list of a buyer: kept in the address, taken away as a file, shared by a link."""

import streamlit as st

from cooperations.catalogue import Catalogue
from cooperations.runtime import application
from cooperations.ui import memory
from cooperations.ui.frame import draw_page
from cooperations.ui.offers import selection_view, state
from cooperations.ui.offers.filters import active_need


def content(catalogue: Catalogue) -> None:
    """Draw what the address keeps."""
    memory.recall(catalogue.gazetteer, state.SELECTION)
    app = application()
    directory = app.directory()
    st.title("Ma sélection", anchor=False)
    selection_view.open_kept(app.store, directory)
    selection_view.show_kept_name(app.store)
    need = state.need()
    active_need(need, catalogue.gazetteer)
    left, right = st.columns([3, 2], gap="large")
    with left:
        selection_view.show_cards(directory, app.store, need)
    if state.kept():
        with right:
            st.page_link(state.GROUP_PAGE, label="Vérifier les lots d’un groupement", icon=":material/groups:")
            selection_view.show_ways_out(need)
    memory.remember(need, state.SELECTION)


draw_page(content)
