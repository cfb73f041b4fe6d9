"""The Folium map of the practices, inside a Streamlit page."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import folium
import streamlit as st
from streamlit_folium import st_folium

from cooperations.ui.layers import BoundaryLayer, LocalMap, PracticeLayer
from cooperations.ui.palette import legend
from cooperations.web.boundaries import departments_url, epci_url

if TYPE_CHECKING:
    from collections.abc import Callable

    from cooperations.selection import Selection
    from cooperations.territories import Gazetteer, Perimeter

MAP_KEY = "carte"
SHOWN = "_carte_montree"
PATIENCE_S, PAUSE_S = 2.5, 0.04
HEIGHT_PX = 540


@dataclass(frozen=True, slots=True)
class Subject:
    """What a map shows: its title, and code, label, colour and shape of each type of sign."""

    title: str
    types: list[tuple[str, str, str, str]]


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


def base_map(
    perimeter: Perimeter,
    *,
    dark: bool,
    selection: tuple[str, ...] = (),
    clickable: bool = True,
    subject: Subject | None = None,
) -> folium.Map:
    """Return the map without what it shows: our boundaries, and two backgrounds that need a network."""
    drawn = LocalMap(tiles=None)
    # Anywhere: the first layer frames the map. How far it zooms and moves is carte.js's, which is not sent again.
    drawn.options = {"center": [45, 0], "zoom": 7}
    options = {
        "url": departments_url(),
        "epci": epci_url(),
        "sombre": dark,
        "titre": f"{subject.title} en {perimeter.name}" if subject else "",
        "selection": list(selection),
        "cliquable": clickable,
        "types": subject.types if subject else legend(),
        "region": perimeter.name,
    }
    BoundaryLayer("limites", options).add_to(drawn)
    return drawn


def practice_options(selection: Selection, *, coloured: bool) -> dict[str, Any]:
    """Return what the browser needs to ask for the selection's marks."""
    gazetteer, criteria = selection.catalogue.gazetteer, selection.criteria
    return {
        "requete": criteria.query_string(),
        "revision": selection.catalogue.revision,
        "cadre": frame(gazetteer, criteria.territories),
        "selection": list(criteria.territories),
        "choroplethe": coloured,
    }


def frame(gazetteer: Gazetteer, keys: tuple[str, ...]) -> list[float]:
    """Return the box west, south, east, north that holds the territories, or the whole perimeter."""
    boxes = [gazetteer[key].bounds for key in keys or (gazetteer.perimeter.key,)]
    west, south, east, north = zip(*boxes, strict=True)
    return [min(west), min(south), max(east), max(north)]
