"""The matrix as a Folium map: one type, or how many types are missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import folium
import streamlit as st
from streamlit_folium import st_folium

from cooperations import vocabularies as v
from cooperations.ui.base_map import base_map, frame
from cooperations.ui.coverage import state
from cooperations.ui.coverage.matrix_view import query
from cooperations.ui.layers import CoverageLayer
from cooperations.ui.theme import is_dark
from cooperations.web.boundaries import departments_url, epci_url

if TYPE_CHECKING:
    from cooperations.coverage import Coverage

KEY = "carte-couverture"
HEIGHT_PX = 520
SHADES = {state.MISSING_TYPES: "Nombre de types manquants"} | {term.code: term.label for term in v.PRACTICES}


def show_coverage_map(matrix: Coverage) -> None:
    """Draw the map of the matrix; a click on a department shows its EPCI."""
    shades = [state.MISSING_TYPES, *matrix.codes]
    if state.held(state.SHADE) not in shades:
        st.session_state[state.SHADE] = state.MISSING_TYPES
    st.selectbox("Colorer selon", shades, format_func=SHADES.__getitem__, key=state.SHADE)
    group = folium.FeatureGroup(name="Couverture", control=False)
    CoverageLayer("couverture", _options(matrix)).add_to(group)
    st_folium(
        base_map(matrix.catalogue.gazetteer.perimeter, dark=is_dark(), clickable=False),
        key=KEY,
        height=HEIGHT_PX,
        use_container_width=True,
        returned_objects=[],
        feature_group_to_add=group,
        on_change=lambda: _on_click(matrix),
    )
    st.caption(
        "Le signe dit la même chose que la teinte : un nombre, ∅ cherché sans rien trouver, ? non enquêté, — hors "
        "sujet. Un clic sur un département montre ses intercommunalités. La matrice dit la même chose en texte."
    )


def _options(matrix: Coverage) -> dict[str, Any]:
    gazetteer = matrix.catalogue.gazetteer
    level = gazetteer[matrix.keys[0]].level
    return {
        "contours": epci_url() if level == "epci" else departments_url(),
        "niveau": level,
        "adresse": f"/api/couverture/matrice?{query(matrix)}",
        "teinte": state.held(state.SHADE),
        "cadre": frame(gazetteer, matrix.keys),
    }


def _on_click(matrix: Coverage) -> None:
    said: Any = st.session_state.get(KEY) or {}
    key = str(said.get("valeur", ""))
    gazetteer = matrix.catalogue.gazetteer
    if said.get("evenement") == "territoire" and key in gazetteer and gazetteer[key].level == "departement":
        state.drill_down(key)
