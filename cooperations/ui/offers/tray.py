"""The bar that says what is kept, and where it leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from cooperations.text import plural
from cooperations.ui.offers import state

if TYPE_CHECKING:
    from cooperations.offers.directory import Directory


def show_tray(directory: Directory) -> None:
    """Draw how many offers are kept, and the ways on; always one container, so that the map below stays."""
    held = state.kept()
    with st.container(key="retenues-barre", horizontal=True, vertical_alignment="center"):
        if not held:
            st.caption(_invitation(len(directory)))
            return
        st.markdown(f"**{plural(len(held), 'structure')} retenue{'s' if len(held) > 1 else ''}**")
        st.page_link(state.SELECTION_PAGE, label="Voir la sélection", icon=":material/bookmarks:")
        st.page_link(state.GROUP_PAGE, label="Monter un groupement", icon=":material/groups:")
        st.button("Vider", key="vider-retenues", type="tertiary", on_click=state.keep_only, args=((),))


def _invitation(offers: int) -> str:
    if not offers:
        return "Aucune structure n’est encore connue."
    if not state.need().place:
        return "Choisissez un lieu\u00a0: une commune, un code postal, ou un clic sur la carte."
    return "Retenez des structures pour en faire une liste à emporter, ou un groupement."
