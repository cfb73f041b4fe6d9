"""The Folium map of the practices, inside a Streamlit page."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import folium
import streamlit as st
from streamlit_folium import st_folium

from cooperations.ui.base_map import HEIGHT_PX, base_map, practice_options
from cooperations.ui.layers import PracticeLayer

if TYPE_CHECKING:
    from collections.abc import Callable

    from cooperations.selection import Selection

MAP_KEY = "carte"
SHOWN = "_carte_montree"
PATIENCE_S, PAUSE_S = 2.5, 0.04


def show_map(selection: Selection, *, dark: bool, coloured: bool, on_event: Callable[[], None]) -> None:
    """Draw the map of a selection; `on_event` runs when the person asks something of the page from it."""
    perimeter = selection.catalogue.gazetteer.perimeter
    group = folium.FeatureGroup(name="Pratiques", control=False)
    PracticeLayer("pratiques", practice_options(selection, coloured=coloured)).add_to(group)
    st_folium(
        base_map(perimeter, dark=dark),
        key=MAP_KEY,
        height=HEIGHT_PX,
        use_container_width=True,
        returned_objects=[],
        feature_group_to_add=group,
        on_change=on_event,
    )


def let_it_show(shown: str = SHOWN) -> None:
    """Hold the rest of a first visit until the map, or what else a page is for, is on screen: PATIENCE_S at most.

    A browser that has two cores shows it a third later when it must build the whole page at once. It
    says when it is drawn, which restarts the script where it reads the session.
    """
    deadline = time.monotonic() + PATIENCE_S
    while not st.session_state.get(shown) and time.monotonic() < deadline:
        time.sleep(PAUSE_S)
    st.session_state[shown] = True
