"""The peers: a Streamlit page that shows thousands of markers as folium does it, with local files."""

import streamlit as st
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from xstatic.pkg import jquery, leaflet_markercluster

from cooperations.web.assets import LEAFLET_FOLDER

app = st.App(
    "page.py",
    routes=[
        Mount("/assets/leaflet/{version}", StaticFiles(directory=LEAFLET_FOLDER)),
        Mount("/assets/jquery", StaticFiles(directory=jquery.BASE_DIR)),
        Mount("/assets/markercluster", StaticFiles(directory=leaflet_markercluster.BASE_DIR)),
    ],
)
