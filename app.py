"""What is served: the Streamlit pages, and beside them the data that the map asks for.

Run with `streamlit run app.py`.
"""

import streamlit as st

from cooperations.light import LIGHT_ROUTES
from cooperations.ui.frame import say_failure
from cooperations.web import MIDDLEWARE, ROUTES, opening

app = st.App(
    "pages/navigation.py",
    lifespan=opening,
    routes=[*LIGHT_ROUTES, *ROUTES],
    middleware=MIDDLEWARE,
    on_script_error=say_failure,
)
