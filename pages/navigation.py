"""The script that app.py serves: what all pages share, and which there are."""

import streamlit as st

from cooperations.web.assets import APP_FOLDER
from cooperations.web.page import TITLE

PAGES = [
    st.Page("carte.py", title="Carte", icon=":material/map:", default=True),
    st.Page("offres.py", title="Trouver une offre", icon=":material/storefront:", url_path="offres"),
    st.Page("groupement.py", title="Groupement", icon=":material/groups:", url_path="groupement"),
    st.Page("couverture.py", title="Couverture", icon=":material/grid_on:", url_path="couverture"),
    st.Page("reseau.py", title="Réseau", icon=":material/hub:", url_path="reseau"),
    st.Page("reunion.py", title="Réunion", icon=":material/co_present:", url_path="reunion"),
    st.Page("pratique.py", title="Fiches", icon=":material/description:", url_path="pratique"),
    st.Page("importer.py", title="Importer", icon=":material/upload_file:", url_path="importer"),
    st.Page("donnees.py", title="Données", icon=":material/database:", url_path="donnees"),
    # Reached from the others: a visitor has nothing to do there first.
    st.Page("selection.py", title="Ma sélection", url_path="selection", visibility="hidden"),
    st.Page("offre.py", title="Structure", url_path="offre", visibility="hidden"),
]
# Before the navigation, whose own icons Streamlit would fetch from somebody else's server.
st.set_page_config(page_title=TITLE, page_icon=str(APP_FOLDER / "icone.png"), layout="wide")
page = st.navigation(PAGES, position="top")
st.set_page_config(page_title=f"{page.title} · {TITLE}")
page.run()
