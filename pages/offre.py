"""The page of one structure, at the address /offre?id=siae-12 for instance."""

import streamlit as st

from cooperations.catalogue import Catalogue
from cooperations.runtime import application
from cooperations.ui import memory
from cooperations.ui.frame import draw_page
from cooperations.ui.offers import state
from cooperations.ui.offers.sheet import show_offer
from cooperations.ui.theme import is_dark


def content(catalogue: Catalogue) -> None:
    """Draw the structure that the address names."""
    state.arrive()
    offer_id = st.query_params.get("id", "")
    memory.recall(catalogue.gazetteer, state.SHEET)
    memory.remember(state.need(), state.SHEET, {"id": [offer_id]} if offer_id else None)
    app = application()
    show_offer(app.directory(), app.store, offer_id, dark=is_dark())


draw_page(content)
