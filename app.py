"""What is served: the Streamlit pages, and beside them the data that the map asks for.

Run with `streamlit run app.py`.
"""

import streamlit as st

from cooperations.light import LIGHT_ROUTES, PREVIEWS
from cooperations.ui.frame import say_failure
from cooperations.web import ROUTES, middleware, opening

app = st.App(
    "pages/navigation.py",
    lifespan=opening,
    routes=[*LIGHT_ROUTES, *ROUTES],
    middleware=middleware(PREVIEWS),
    on_script_error=say_failure,
)
