"""The pages of a list: which one the address asks for, and the buttons that turn them."""

from __future__ import annotations

import streamlit as st

from cooperations.ui import memory

PAGE, _BUTTONS = "page", "pages"


def asked_page() -> int:
    """Return the page that the session asks for, from 1."""
    try:
        return int(str(st.session_state.get(PAGE) or 1))
    except ValueError:
        return 1


def show_pages(count: int, page: int) -> None:
    """Draw the buttons of the pages, when there are several."""
    if count > 1:
        st.session_state[_BUTTONS] = page
        st.pagination(count, key=_BUTTONS, on_change=_turn)


def _turn() -> None:
    memory.act()
    st.session_state[PAGE] = str(st.session_state[_BUTTONS])
