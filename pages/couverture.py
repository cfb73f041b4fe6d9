"""The coverage page: practice types by territory, what is missing, and what a group decides about it."""

import streamlit as st

from cooperations.catalogue import Catalogue
from cooperations.ui import memory
from cooperations.ui.coverage import state
from cooperations.ui.coverage.cell_panel import show_cell
from cooperations.ui.coverage.matrix_view import SHOWN, figures, legend, switches, table
from cooperations.ui.coverage.sections import sections
from cooperations.ui.filters import active_filters, filter_panel
from cooperations.ui.frame import draw_page
from cooperations.ui.map_view import let_it_show


def content(catalogue: Catalogue) -> None:
    """Draw the matrix for the criteria of the address, first since people wait for it; then what is made of it."""
    memory.recall(catalogue.gazetteer, state.COVERAGE)
    recorded = state.decisions()
    matrix = state.shown(catalogue, recorded)
    st.sidebar.markdown("**Filtrer**")
    st.title("Couverture : où n’y a-t-il encore rien ?", anchor=False)
    active_filters(matrix.criteria, catalogue.gazetteer)
    figures(matrix, recorded)
    above = st.container(key="place-des-reglages")
    table(matrix)
    let_it_show(SHOWN)
    with above:
        switches(matrix)
    legend(matrix)
    show_cell(matrix, recorded)
    filter_panel(catalogue.gazetteer, with_reach=False)
    sections(matrix, recorded)
    state.show_done()
    memory.remember(matrix.criteria, state.COVERAGE)


draw_page(content)
