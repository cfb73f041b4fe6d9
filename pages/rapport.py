"""The page of funders: the figures of a territory and a period, their change, and the report to take away."""

import streamlit as st

from cooperations.catalogue import Catalogue
from cooperations.ui import memory
from cooperations.ui.filters import active_filters, filter_panel
from cooperations.ui.frame import draw_page
from cooperations.ui.reporting import choice, files, shown


def content(catalogue: Catalogue) -> None:
    """Draw the report of the criteria of the address, and its files."""
    memory.recall(catalogue.gazetteer, choice.REPORT)
    made = choice.asked(catalogue)
    st.sidebar.markdown("**Filtrer**")
    filter_panel(catalogue.gazetteer, years=choice.years(catalogue, made.day))
    st.title("Rapport pour les financeurs", anchor=False)
    active_filters(made.order.criteria, catalogue.gazetteer)
    choice.choose_snapshot()
    shown.show_summary(made)
    shown.show_figures(made)
    files.show_files(made)
    shown.show_charts(made)
    memory.remember(made.order.criteria, choice.REPORT)


draw_page(content)
