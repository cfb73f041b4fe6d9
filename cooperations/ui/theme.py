"""Which of the two themes the person's screen shows."""

import streamlit as st


def is_dark() -> bool:
    """Return whether the page is drawn in the dark theme."""
    return st.context.theme.type == "dark"
