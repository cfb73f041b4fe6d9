"""The list beside the map: the same practices, sorted and paged."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from cooperations.criteria import EVERYTHING
from cooperations.listing import ORDERS, page_of
from cooperations.selection import select
from cooperations.text import number, plural
from cooperations.ui import memory
from cooperations.ui.components import practice_list
from cooperations.ui.paging import asked_page, show_pages
from cooperations.ui.travel import ask_practice

if TYPE_CHECKING:
    from cooperations.listing import Page
    from cooperations.selection import Selection


def show_list(selection: Selection) -> None:
    """Draw the lines of the page in their order, and the pages."""
    order = _order()
    page = page_of(selection, order, asked_page())
    if not page.total:
        _say_empty(selection)
        return
    st.markdown(f"**{_extent(page)}**")
    practice_list(page, selection.criteria.query_string(), order, ask_practice, _sort)
    show_pages(page.page_count, page.number)


def _order() -> str:
    order = str(st.session_state["tri"])
    return order if order in ORDERS else ORDERS.codes[0]


def _sort(order: str) -> None:
    if order in ORDERS:
        memory.act()
        st.session_state["tri"] = order


def _extent(page: Page) -> str:
    if page.page_count == 1:
        return plural(page.total, "pratique")
    return f"{plural(page.total, 'pratique')}, de {number(page.first)} à {number(page.last)}"


def _say_empty(selection: Selection) -> None:
    st.info(
        "Aucune pratique ne répond à ces critères. C’est peut-être un manque à combler : un territoire sans exemple "
        "n’est pas un territoire sans pratique. Retirez un filtre, ou élargissez le territoire.",
        icon=":material/filter_alt_off:",
    )
    wider = replace(selection.criteria, reach="couvrant")
    covering = len(select(selection.catalogue, wider)) if wider.territories else 0
    if covering:
        label = f"Voir {plural(covering, 'pratique')} qui couvre{'nt' if covering > 1 else ''} ce territoire"
        st.button(label, on_click=memory.change, args=(wider,), type="primary")
    st.button("Effacer tous les filtres", on_click=memory.change, args=(EVERYTHING,))
