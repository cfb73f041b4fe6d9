"""The small map of a practice's page: the practice, and the structures that take part."""

from __future__ import annotations

from typing import TYPE_CHECKING

import folium
import streamlit as st
from streamlit_folium import st_folium

from cooperations.catalogue import Point
from cooperations.ui.base_map import base_map, frame
from cooperations.ui.markdown import tooltip_text
from cooperations.ui.palette import SIGNS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cooperations.catalogue import Catalogue
    from cooperations.model import Practice

HEIGHT_PX = 340
CLOSEST_ZOOM = 12
ACTOR_COLOUR, ACTOR_RADIUS_PX = "#6b7a83", 6
PRACTICE_RADIUS_PX = 9


def show_practice_map(catalogue: Catalogue, practice: Practice, *, dark: bool) -> None:
    """Draw the map, zoomed on the practice's territories."""
    drawn = base_map(catalogue.gazetteer.perimeter, dark=dark, selection=practice.territories, clickable=False)
    for dot in _dots(catalogue, practice):
        dot.add_to(drawn)
    west, south, east, north = frame(catalogue.gazetteer, practice.territories)
    drawn.fit_bounds([[south, west], [north, east]], max_zoom=CLOSEST_ZOOM)
    st_folium(drawn, key=f"carte-{practice.id}", height=HEIGHT_PX, use_container_width=True, returned_objects=[])
    st.caption("Point coloré : la pratique, creux quand seule la commune est connue. Points gris : les structures.")


def _dots(catalogue: Catalogue, practice: Practice) -> Iterator[folium.CircleMarker]:
    for actor in catalogue.actors(practice.id):
        structure = actor.structure
        if structure.longitude is not None and structure.latitude is not None:
            place = Point(structure.longitude, structure.latitude)
            yield _dot(place, structure.name, ACTOR_COLOUR, ACTOR_RADIUS_PX)
    point = catalogue.points[catalogue.row(practice.id)]
    if point:
        exact = practice.precision == "adresse"
        colour = SIGNS[practice.practice_type].colour
        yield _dot(point, practice.place or practice.name, colour, PRACTICE_RADIUS_PX, filled=exact)


def _dot(point: Point, label: str, colour: str, radius_px: int, *, filled: bool = True) -> folium.CircleMarker:
    return folium.CircleMarker(
        [point.latitude, point.longitude],
        radius=radius_px,
        color=colour,
        weight=3,
        fill=True,
        fill_color=colour if filled else "var(--fond)",
        fill_opacity=0.9,
        tooltip=folium.Tooltip(tooltip_text(label)),
    )
