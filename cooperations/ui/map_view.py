"""The Folium map of the practices, inside a Streamlit page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import folium
from streamlit_folium import st_folium

from cooperations.ui.layers import BoundaryLayer, PracticeLayer
from cooperations.ui.palette import legend
from cooperations.web.assets import leaflet_url
from cooperations.web.boundaries import departments_url

if TYPE_CHECKING:
    from collections.abc import Callable

    from cooperations.selection import Selection
    from cooperations.territories import Gazetteer, Perimeter

MAP_KEY = "carte"
HEIGHT_PX = 540
MOST_ZOOM = 18
IGN_PLAN = (
    "https://data.geopf.fr/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=GEOGRAPHICALGRIDSYSTEMS.PLANIGNV2"
    "&STYLE=normal&FORMAT=image/png&TILEMATRIXSET=PM&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}"
)
OSM = "https://tile.openstreetmap.org/{z}/{x}/{y}.png"


def show_map(selection: Selection, *, dark: bool, choropleth: bool, on_event: Callable[[], None]) -> None:
    """Draw the map of a selection; `on_event` runs when the person asks something of the page from it."""
    perimeter = selection.catalogue.gazetteer.perimeter
    group = folium.FeatureGroup(name="Pratiques", control=False)
    PracticeLayer("pratiques", practice_options(selection, choropleth=choropleth)).add_to(group)
    st_folium(
        base_map(perimeter, dark=dark),
        key=MAP_KEY,
        height=HEIGHT_PX,
        use_container_width=True,
        returned_objects=[],
        feature_group_to_add=group,
        on_change=on_event,
    )


def base_map(
    perimeter: Perimeter, *, dark: bool, selection: tuple[str, ...] = (), clickable: bool = True
) -> folium.Map:
    """Return the map without practices: our boundaries, and two backgrounds that need a network."""
    drawn = folium.Map(tiles=None, attribution_control=True, zoom_snap=0.25, min_zoom=5)
    # Without a tile layer Leaflet has no deepest zoom.
    drawn.options["maxZoom"] = MOST_ZOOM
    drawn.default_js = [("leaflet", leaflet_url("leaflet.js"))]
    drawn.default_css = [("leaflet", leaflet_url("leaflet.css"))]
    title = f"Carte des pratiques de coopération en {perimeter.name}"
    options = {
        "url": departments_url(),
        "sombre": dark,
        "titre": title,
        "attribution": "Limites : IGN, INSEE",
        "selection": list(selection),
        "cliquable": clickable,
    }
    for name, url, attribution in (
        ("Plan IGN (internet)", IGN_PLAN, "© IGN"),
        ("OpenStreetMap (internet)", OSM, "© OpenStreetMap"),
    ):
        folium.TileLayer(url, name=name, attr=attribution, overlay=True, show=False, max_zoom=MOST_ZOOM).add_to(drawn)
    BoundaryLayer("limites", options).add_to(drawn)
    folium.LayerControl(collapsed=True).add_to(drawn)
    return drawn


def practice_options(selection: Selection, *, choropleth: bool) -> dict[str, Any]:
    """Return what the browser needs to ask for the selection's marks."""
    gazetteer, criteria = selection.catalogue.gazetteer, selection.criteria
    return {
        "requete": criteria.query_string(),
        "revision": selection.catalogue.revision,
        "cadre": frame(gazetteer, criteria.territories),
        "selection": list(criteria.territories),
        "choroplethe": choropleth,
        "types": legend(),
        "region": gazetteer.perimeter.name,
    }


def frame(gazetteer: Gazetteer, keys: tuple[str, ...]) -> list[float]:
    """Return the box west, south, east, north that holds the territories, or the whole perimeter."""
    boxes = [gazetteer[key].bounds for key in keys or (gazetteer.perimeter.key,)]
    west, south, east, north = zip(*boxes, strict=True)
    return [min(west), min(south), max(east), max(north)]
