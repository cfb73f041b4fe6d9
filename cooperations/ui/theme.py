"""Which of the two themes the person's screen shows."""

from pathlib import Path

import streamlit as st

STYLE = Path(__file__).with_name("style.css")


def is_dark() -> bool:
    """Return whether the page is drawn in the dark theme."""
    return st.context.theme.type == "dark"
