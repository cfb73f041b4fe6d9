"""The peer: a Streamlit page that shows an empty st_folium map, with the same local Leaflet."""

import streamlit as st
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from cooperations.web.assets import LEAFLET_FOLDER

app = st.App("page.py", routes=[Mount("/assets/leaflet/{version}", StaticFiles(directory=LEAFLET_FOLDER))])
