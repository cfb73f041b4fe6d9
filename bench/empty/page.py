"""An empty page with an empty map."""

import folium
from streamlit_folium import st_folium

from cooperations.web.assets import leaflet_url

drawn = folium.Map(location=[44.4, -0.3], zoom_start=8, tiles=None)
drawn.default_js = [("leaflet", leaflet_url("leaflet.js"))]
drawn.default_css = [("leaflet", leaflet_url("leaflet.css"))]
st_folium(drawn, key="carte", height=540, use_container_width=True, returned_objects=[])
