"""The usual recipe: `?points=5000` draws a MarkerCluster, `?points=50000&vite=oui` a FastMarkerCluster."""

import folium
import streamlit as st
from folium.plugins import FastMarkerCluster, MarkerCluster
from streamlit_folium import st_folium

from bench.structures import made_up_offers
from cooperations.runtime import read_geo
from cooperations.settings import ROOT
from cooperations.web.assets import leaflet_url

# The stock callback also wants Leaflet.AwesomeMarkers, which would cost this peer more.
MARKER = "(row) => L.marker(new L.LatLng(row[0], row[1]))"


@st.cache_data
def structures(rows: int) -> list[tuple[float, float, str]]:
    """Return the points and names, kept between visitors."""
    frame = made_up_offers(read_geo(ROOT / "geo"), rows)
    return list(frame[["latitude", "longitude", "name"]].itertuples(index=False, name=None))


def with_local_files(drawn: folium.Map, cluster: MarkerCluster) -> folium.Map:
    """Return the map, and have its files and the cluster's come from this server."""
    drawn.default_js = [("leaflet", leaflet_url("leaflet.js")), ("jquery", "/assets/jquery/jquery.min.js")]
    drawn.default_css = [("leaflet", leaflet_url("leaflet.css"))]
    base = "/assets/markercluster"
    cluster.default_js = [("markerclusterjs", f"{base}/leaflet.markercluster.js")]
    cluster.default_css = [
        ("markerclustercss", f"{base}/MarkerCluster.css"),
        ("markerclusterdefaultcss", f"{base}/MarkerCluster.Default.css"),
    ]
    return drawn


points = structures(int(st.query_params.get("points", "5000")))
# A cluster wants the last zoom, which would come with tiles; without network there are none.
drawn = folium.Map(location=[44.4, -0.3], zoom_start=8, tiles=None)
drawn.options["max_zoom"] = 18
if st.query_params.get("vite"):
    cluster: MarkerCluster = FastMarkerCluster(
        [[latitude, longitude] for latitude, longitude, _ in points], callback=MARKER
    )  # type: ignore[no-untyped-call]
else:
    cluster = MarkerCluster()  # type: ignore[no-untyped-call]
    for latitude, longitude, name in points:
        folium.Marker([latitude, longitude], popup=name).add_to(cluster)
cluster.add_to(drawn)
st_folium(with_local_files(drawn, cluster), key="carte", height=540, use_container_width=True, returned_objects=[])
