"""The code that puts the map, the matrix or one practice on another site."""

import streamlit as st

from cooperations.catalogue import Catalogue
from cooperations.ui import embedding, memory
from cooperations.ui.filters import active_filters, filter_panel
from cooperations.ui.frame import draw_page


def content(catalogue: Catalogue) -> None:
    """Draw the choices, the code and what it shows."""
    gazetteer = catalogue.gazetteer
    memory.recall(gazetteer, embedding.PAGE)
    st.sidebar.markdown("**Filtrer les pratiques**")
    filter_panel(gazetteer)
    st.title("Intégrer sur un autre site", anchor=False)
    active_filters(memory.held(), gazetteer)
    embedding.choices(catalogue)
    embedding.code(catalogue)
    embedding.sites()
    memory.remember(memory.held(), embedding.PAGE)


draw_page(content)
