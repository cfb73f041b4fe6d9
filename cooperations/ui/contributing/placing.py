"""The step « où »: by commune or wider territory, or by a point on the map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import folium
import streamlit as st
from streamlit_folium import st_folium

from cooperations.ui.base_map import base_map, frame
from cooperations.ui.components import territory_search
from cooperations.ui.contributing.draft import draft, key
from cooperations.ui.contributing.fields import text
from cooperations.ui.markdown import escape_markdown

if TYPE_CHECKING:
    from cooperations.catalogue import Catalogue
    from cooperations.territories import Gazetteer
    from cooperations.ui.contributing.draft import Draft

HEIGHT_PX, CLOSEST_ZOOM, DECIMALS = 320, 13, 5
POINT = ("longitude", "latitude")


def where(held: Draft, catalogue: Catalogue, *, dark: bool) -> None:
    """Draw the territories, the point on the map, and what the point stands for."""
    territory_search(
        catalogue.gazetteer, add_territory, "Commune, intercommunalité, département ou région", " est ajouté."
    )
    chosen(held, catalogue.gazetteer)
    if st.toggle("Donner un point précis sur la carte", bool(held.get("longitude")), key=key("point")):
        _point(held, catalogue, dark=dark)
    left, right = st.columns(2)
    with left:
        text(held, "periode_debut", placeholder="2024 ou 2024-05", most=10)
    with right:
        text(held, "periode_fin", placeholder="Vide si cela dure encore", most=10)


def where_structure(held: Draft, catalogue: Catalogue) -> None:
    """Draw the place of a structure: its commune and its address."""
    commune(held, catalogue)
    left, right = st.columns([3, 1])
    with left:
        text(held, "adresse", placeholder="12 rue du Moulin")
    with right:
        text(held, "code_postal", most=5)


def commune(held: Draft, catalogue: Catalogue, label: str = "Commune") -> None:
    """Draw the search for a commune, and the one that is chosen."""
    territory_search(catalogue.gazetteer, set_commune, label, " est choisie.", "chercher-commune")
    code = held.get("code_commune")
    if f"commune:{code}" in catalogue.gazetteer:
        st.markdown(f"Commune choisie\u00a0: **{escape_markdown(catalogue.gazetteer[f'commune:{code}'].label)}**")


def chosen(held: Draft, gazetteer: Gazetteer) -> None:
    """Draw the territories of the form, each with the way to take it out."""
    keys = _keys(held)
    if not keys:
        st.caption("Aucun territoire encore. Sans lieu connu, continuez\u00a0: l’exemple sera compté comme tel.")
    with st.container(horizontal=True, gap="small", key="lieux-choisis"):
        for one in keys:
            label = gazetteer[one].label if one in gazetteer else one
            st.button(escape_markdown(label), key=f"oter-{one}", icon=":material/close:", on_click=_remove, args=(one,))


def _point(held: Draft, catalogue: Catalogue, *, dark: bool) -> None:
    gazetteer, known = catalogue.gazetteer, tuple(one for one in _keys(held) if one in catalogue.gazetteer)
    st.caption("Touchez la carte à l’endroit voulu. Sans souris, écrivez la longitude et la latitude.")
    drawn = base_map(gazetteer.perimeter, dark=dark, selection=known, clickable=False)
    west, south, east, north = frame(gazetteer, known)
    drawn.fit_bounds([[south, west], [north, east]], max_zoom=CLOSEST_ZOOM)
    group = folium.FeatureGroup(name="Point", control=False)
    for place in _placed(held):
        folium.CircleMarker(place, radius=9, weight=3, fill=True).add_to(group)
    said: dict[str, Any] = st_folium(
        drawn, key=key("carte"), height=HEIGHT_PX, use_container_width=True, returned_objects=["last_clicked"],
        feature_group_to_add=group,
    )  # fmt: skip
    clicked = (said or {}).get("last_clicked")
    if clicked and st.session_state.get(key("touche")) != clicked:
        st.session_state[key("touche")] = clicked
        _place(held, gazetteer, clicked["lng"], clicked["lat"])
        st.rerun()
    left, right = st.columns(2)
    with left:
        text(held, "longitude", most=12)
    with right:
        text(held, "latitude", most=12)
    text(held, "lieu", placeholder="Ce que le point désigne\u00a0: siège, atelier, plateforme…")


def _placed(held: Draft) -> list[list[float]]:
    try:
        return [[float(held.get("latitude")), float(held.get("longitude"))]]
    except ValueError:
        return []


def _place(held: Draft, gazetteer: Gazetteer, longitude: float, latitude: float) -> None:
    """Take the point that was touched; its commune comes with it when no territory holds it."""
    for name, value in zip(POINT, (longitude, latitude), strict=True):
        held.put(name, f"{value:.{DECIMALS}f}")
        st.session_state[key(name)] = held.get(name)
    keys = tuple(one for one in _keys(held) if one in gazetteer)
    found = gazetteer.locate(longitude, latitude)
    if found and not gazetteer.covers(keys, longitude, latitude):
        held.put("territoires", found.key)


def _keys(held: Draft) -> list[str]:
    return [one for one in held.get("territoires").split("|") if one]


def add_territory(one: str) -> None:
    """Add a territory to those of the form; from a callback."""
    held = draft()
    held.put("territoires", "|".join(dict.fromkeys([*_keys(held), one])))


def _remove(one: str) -> None:
    held = draft()
    held.put("territoires", "|".join(other for other in _keys(held) if other != one))


def set_commune(one: str) -> None:
    """Take a commune for that of the form; from a callback."""
    level, _, code = one.partition(":")
    if level == "commune":
        draft().put("code_commune", code)
