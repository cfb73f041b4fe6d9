"""Going from a page to another: asked from a callback, done at the start of the next run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from cooperations.ui import memory
from cooperations.ui.frame import MAP_PAGE, PRACTICE_PAGE
from cooperations.ui.map_view import MAP_KEY, SHOWN

if TYPE_CHECKING:
    from cooperations.territories import Gazetteer

_ASKED = "_fiche_demandee"


def ask_practice(practice_id: str) -> None:
    """Ask for the page of a practice."""
    st.session_state[_ASKED] = practice_id


def go_if_asked() -> None:
    """Go to the page that was asked for, if any."""
    practice_id = st.session_state.pop(_ASKED, None)
    if practice_id:
        st.switch_page(PRACTICE_PAGE, query_params={"id": practice_id})


def go_to_map() -> None:
    """Go back to the map as it was last seen."""
    st.switch_page(MAP_PAGE, query_params=memory.last_map_query())


def on_map_event(gazetteer: Gazetteer) -> None:
    """Do what the person asked from the map; what the browser sends is checked first."""
    said: Any = st.session_state.get(MAP_KEY) or {}
    value = str(said.get("valeur", ""))
    if said.get("evenement") == "montree":
        st.session_state[SHOWN] = True
    elif said.get("evenement") == "territoire" and value in gazetteer:
        memory.toggle_territory(value)
    elif said.get("evenement") == "couleurs":
        st.session_state["couleurs"] = memory.COLOURED if value else ""
    elif said.get("evenement") == "fiche":
        ask_practice(value)
