"""The list beside the map: the same practices, sorted and paged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from cooperations.criteria import EVERYTHING
from cooperations.listing import ORDERS, page_of
from cooperations.text import number, plural
from cooperations.ui import memory
from cooperations.ui.components import practice_list
from cooperations.ui.travel import ask_practice

if TYPE_CHECKING:
    from cooperations.listing import Page
    from cooperations.selection import Selection


def show_list(selection: Selection) -> None:
    """Draw the order, the lines of the page, and the pages."""
    page = page_of(selection, _order(), _number())
    if not page.total:
        _say_empty()
        return
    st.caption(_extent(page))
    practice_list(list(page.lines), ask_practice)
    if page.page_count > 1:
        st.session_state["pages"] = page.number
        st.pagination(page.page_count, key="pages", on_change=_turn)


def _order() -> str:
    if st.session_state["tri"] not in ORDERS:
        st.session_state["tri"] = ORDERS.codes[0]
    chosen: str = st.selectbox(
        "Trier la liste par",
        ORDERS.codes,
        index=ORDERS.codes.index(st.session_state["tri"]),
        format_func=ORDERS.label,
        key="filtre_tri",
    )
    st.session_state["tri"] = chosen
    return chosen


def _number() -> int:
    try:
        return int(st.session_state["page"])
    except ValueError:
        return 1


def _turn() -> None:
    st.session_state["page"] = str(st.session_state["pages"])


def _extent(page: Page) -> str:
    if page.page_count == 1:
        return plural(page.total, "pratique")
    return f"{plural(page.total, 'pratique')}, de {number(page.first)} à {number(page.last)}"


def _say_empty() -> None:
    st.info(
        "Aucune pratique ne répond à ces critères. C’est peut-être un manque à combler : "
        "retirez un filtre, ou élargissez le territoire.",
        icon=":material/filter_alt_off:",
    )
    st.button("Effacer tous les filtres", on_click=memory.change, args=(EVERYTHING,))
