"""The map and the list of what answers a need: the same structures, in the same order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import folium
import streamlit as st
from streamlit_folium import st_folium

from cooperations.offers.cards import PAGE_SIZE
from cooperations.offers.needs import ANYTHING, YES
from cooperations.offers.search import search
from cooperations.text import number, plural
from cooperations.ui import memory
from cooperations.ui.base_map import HEIGHT_PX, Subject, base_map, offer_options
from cooperations.ui.components import offer_list
from cooperations.ui.layers import OfferLayer
from cooperations.ui.map_view import SHOWN
from cooperations.ui.offers import state
from cooperations.ui.paging import asked_page, show_pages
from cooperations.ui.palette import sector_legend

if TYPE_CHECKING:
    from cooperations.offers.directory import Directory
    from cooperations.offers.needs import Need
    from cooperations.offers.search import Found

MAP_KEY = "carte-offres"
SEMICOLON = "\u00a0; "


def show_map(directory: Directory, need: Need, *, dark: bool) -> None:
    """Draw the map of what answers a need; a click on it says the place."""
    perimeter = directory.catalogue.gazetteer.perimeter
    group = folium.FeatureGroup(name="Structures", control=False)
    OfferLayer("offres", offer_options(directory, need)).add_to(group)
    st_folium(
        base_map(perimeter, dark=dark, clickable=False, subject=Subject("Carte des structures", sector_legend())),
        key=MAP_KEY,
        height=HEIGHT_PX,
        use_container_width=True,
        returned_objects=[],
        feature_group_to_add=group,
        on_change=_on_map_event,
    )


def show_list(directory: Directory, need: Need) -> None:
    """Draw a page of the list, what was left out and why, and the pages."""
    found = search(directory, need)
    if not len(found):
        _say_empty(directory, need, found)
        return
    pages = max(1, -(-len(found) // PAGE_SIZE))
    page = min(asked_page(), pages)
    st.markdown(f"**{_extent(found, page)}**")
    query = need.query_string()
    address = f"/api/offres/liste?{query}&page={page}&v={directory.version}".replace("?&", "?")
    offer_list(address, state.kept(), _TRIGGERS)
    show_pages(pages, page)
    _say_left_out(found, need)


_TRIGGERS: dict[str, Any] = {
    "retenir": state.keep_all,
    "offre": state.ask_offer,
    "pratique": state.ask_practice,
}


def _on_map_event() -> None:
    said: Any = st.session_state.get(MAP_KEY) or {}
    event, value = said.get("evenement"), said.get("valeur", "")
    if event == "montree":
        st.session_state[SHOWN] = True
    elif event == "lieu":
        state.set_point(value)
    elif event == "offre":
        state.ask_offer(value)


def _extent(found: Found, page: int) -> str:
    first, last = (page - 1) * PAGE_SIZE + 1, min(page * PAGE_SIZE, len(found))
    order = "les plus proches d’abord" if found.place else "par ordre alphabétique"
    some = f"\u00a0: {number(first)} à {number(last)}" if len(found) > PAGE_SIZE else ""
    return f"{plural(len(found), 'structure')}, {order}{some}"


def _say_left_out(found: Found, need: Need) -> None:
    said = []
    if found.unserved:
        near = "structure proche" if found.unserved == 1 else "structures proches"
        verb = "dit" if found.unserved == 1 else "disent"
        said.append(f"{number(found.unserved)} {near} {verb} ne pas intervenir ici")
    if found.place and found.without_point:
        said.append(f"{plural(found.without_point, 'structure')} de toute la France sans point, donc sans distance")
    if said:
        st.caption(f"Non montrées\u00a0: {SEMICOLON.join(said)}.")
    if found.farther and need.beyond != YES:
        _offer_beyond(found, need)


def _offer_beyond(found: Found, need: Need) -> None:
    verb = "viennent" if found.farther > 1 else "vient"
    label = f"Voir aussi {plural(found.farther, 'structure')} plus loin, qui {verb} jusqu’ici"
    st.button(label, on_click=memory.change, args=(replace(need, beyond=YES),), icon=":material/add_road:")


def _say_empty(directory: Directory, need: Need, found: Found) -> None:
    if need == ANYTHING:
        st.info(
            "Aucune structure n’est encore connue. Importez une liste (page «\u00a0Importer\u00a0»).",
            icon=":material/upload_file:",
        )
        return
    st.info(
        "Aucune structure connue ne répond à ce besoin. Élargissez le rayon, ou retirez un filtre.",
        icon=":material/filter_alt_off:",
    )
    for radius in (50, 100):
        if found.place and float(need.radius_km) < radius:
            wider = replace(need, radius_km=str(radius))
            count = len(search(directory, wider))
            if count:
                label = f"Chercher jusqu’à {radius}\u00a0km ({plural(count, 'structure')})"
                st.button(label, on_click=memory.change, args=(wider,), type="primary")
                break
    _say_left_out(found, need)
    st.button("Effacer tous les filtres", on_click=memory.change, args=(ANYTHING,))
