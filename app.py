"""What is served: the Streamlit pages, and beside them the data that the map asks for.

Run with `streamlit run app.py`.
"""

import streamlit as st

from cooperations.ui.frame import say_failure
from cooperations.web import MIDDLEWARE, ROUTES

app = st.App("pages/navigation.py", routes=ROUTES, middleware=MIDDLEWARE, on_script_error=say_failure)
