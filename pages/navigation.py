"""The script that app.py serves: what all pages share, and which there are."""

from urllib.parse import urlsplit

import streamlit as st

from cooperations.ui import session
from cooperations.web.assets import APP_FOLDER
from cooperations.web.page import TITLE

FOR_ACCOUNTS = {"moderation": "Modération", "acces": "Mon accès"}
PAGES = {
    "": [
        st.Page("carte.py", title="Carte", default=True),
        st.Page("offres.py", title="Trouver une offre", url_path="offres"),
        st.Page("groupement.py", title="Groupement", url_path="groupement"),
        st.Page("couverture.py", title="Couverture", url_path="couverture"),
        st.Page("pratique.py", title="Fiches", url_path="pratique"),
        st.Page("contribuer.py", title="Proposer", url_path="contribuer"),
        # Reached from the others: a visitor has nothing to do there first.
        st.Page("selection.py", title="Ma sélection", url_path="selection", visibility="hidden"),
        st.Page("offre.py", title="Structure", url_path="offre", visibility="hidden"),
    ],
    "Se réunir": [
        st.Page("agenda.py", title="Agenda", url_path="agenda"),
        st.Page("reunion.py", title="Réunion", url_path="reunion"),
        st.Page("reseau.py", title="Réseau", url_path="reseau"),
    ],
    "Données": [
        st.Page("rapport.py", title="Rapport", url_path="rapport"),
        st.Page("donnees.py", title="Données et API", url_path="donnees"),
        st.Page("importer.py", title="Importer", url_path="importer"),
        st.Page("integrer.py", title="Intégrer", url_path="integrer", visibility="hidden"),
    ],
}
# Elsewhere a visitor has nothing to do there, and each page known to the menu weighs on every filter of the map.
if session.has_entered() or urlsplit(st.context.url or "/acces").path.strip("/") in FOR_ACCOUNTS:
    PAGES["Contribuer"] = [st.Page(f"{path}.py", title=title, url_path=path) for path, title in FOR_ACCOUNTS.items()]
page = st.navigation(PAGES, position="top")
st.set_page_config(page_title=f"{page.title} · {TITLE}", page_icon=str(APP_FOLDER / "icone.png"), layout="wide")
page.run()
