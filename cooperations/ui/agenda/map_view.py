"""The meetings on a map, those without a known place listed below."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import folium
import streamlit as st
from streamlit_folium import st_folium

from cooperations.agenda import Occurrence, point_of
from cooperations.agenda.listing import line, sorted_out
from cooperations.ui.agenda import state
from cooperations.ui.agenda.list_view import draw, say_silent
from cooperations.ui.base_map import base_map, frame
from cooperations.ui.layers import MeetingLayer
from cooperations.ui.theme import is_dark

if TYPE_CHECKING:
    from cooperations.catalogue import Point
    from cooperations.model import Event
    from cooperations.ui.agenda.state import Shown

KEY = "carte-agenda"
HEIGHT_PX = 480


def show_map(shown: Shown) -> None:
    """Draw the map, then what it cannot show."""
    gazetteer = shown.catalogue.gazetteer
    found = sorted_out(shown.events, shown.now)
    places, nowhere = _by_place((*found.coming, *found.past), shown)
    group = folium.FeatureGroup(name="Rencontres", control=False)
    MeetingLayer("rencontres", {"lieux": places, "cadre": frame(gazetteer, shown.criteria.territories)}).add_to(group)
    st_folium(
        base_map(gazetteer.perimeter, dark=is_dark(), selection=shown.criteria.territories, clickable=False),
        key=KEY,
        height=HEIGHT_PX,
        use_container_width=True,
        returned_objects=[],
        feature_group_to_add=group,
        on_change=_on_click,
    )
    st.caption(
        "Un signe plein\u00a0: une rencontre à venir, à son adresse ou à sa commune\u00a0; en pointillé, des "
        "rencontres passées. La vue «\u00a0Liste\u00a0» dit la même chose en texte."
    )
    if nowhere:
        st.subheader(f"Sans commune connue ({len(nowhere)})", anchor=False)
        draw(nowhere, "sans-lieu", "Rencontres sans commune connue", shown)
    elif not places:
        st.info("Aucune rencontre pour ces filtres.", icon=":material/event_busy:")
    say_silent(shown)


def _by_place(
    lines: tuple[Occurrence | Event, ...], shown: Shown
) -> tuple[list[dict[str, Any]], list[Occurrence | Event]]:
    """Return the places with their meetings, and the meetings that have none."""
    places: dict[Point, list[Occurrence | Event]] = defaultdict(list)
    nowhere: list[Occurrence | Event] = []
    for one in lines:
        event = one.event if isinstance(one, Occurrence) else one
        point = point_of(event, shown.catalogue.gazetteer)
        (places[point] if point else nowhere).append(one)
    return [_place(point, held, shown) for point, held in places.items()], nowhere


def _place(point: Point, held: list[Occurrence | Event], shown: Shown) -> dict[str, Any]:
    rows = [(one, line(one, shown.catalogue, shown.now)) for one in held]
    return {
        "longitude": point.longitude,
        "latitude": point.latitude,
        "nom": rows[0][1].place,
        "rencontres": [
            {
                "id": row.id,
                "nom": row.name,
                "quand": ", ".join((row.when, *(mark.lower() for mark in row.marks))),
                "texte": ", ".join((row.name, row.when, *row.marks)),
                "passee": isinstance(one, Occurrence) and one.is_past(shown.now),
            }
            for one, row in rows
        ],
    }


def _on_click() -> None:
    said: Any = st.session_state.get(KEY) or {}
    if said.get("evenement") == "rencontre":
        state.open_event(str(said.get("valeur", "")))
