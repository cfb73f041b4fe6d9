"""The peer of a page without a map: a Streamlit page that shows one word."""

import streamlit as st

app = st.App("page.py")
