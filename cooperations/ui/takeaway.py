"""What the page « Données et API » gives to take away: files that follow the filters, and how a program asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from cooperations.criteria import Criteria, criteria_in_words
from cooperations.downloads import FORMATS
from cooperations.offers.needs import Need
from cooperations.offers.search import search
from cooperations.offers.words import need_in_words
from cooperations.runtime import application
from cooperations.selection import select
from cooperations.text import plural
from cooperations.ui import memory
from cooperations.ui.frame import PRACTICE_PAGE
from cooperations.ui.markdown import escape_markdown

if TYPE_CHECKING:
    from cooperations.catalogue import Catalogue

COLLECTIONS = "/api/collections"


def files(catalogue: Catalogue) -> None:
    """Offer practices and structures as they were last filtered, and all the territories, in each format."""
    st.header("Télécharger", anchor=False)
    st.markdown(
        "Ce que l’on vient de filtrer sur la carte ou dans « Trouver une offre », en un fichier. XLSX et CSV pour un "
        "tableur, GeoPackage pour QGIS, GeoJSON pour un site, GeoParquet pour une analyse."
    )
    gazetteer, directory = catalogue.gazetteer, application().directory()
    criteria, need = memory.last_asked(Criteria), memory.last_asked(Need)
    shown = plural(len(select(catalogue, criteria)), "pratique")
    _files("pratiques", f"{shown} : {criteria_in_words(criteria, gazetteer)}", criteria.query_string())
    st.page_link(PRACTICE_PAGE, label="Les mêmes pratiques en un livret de fiches (PDF)", icon=":material/menu_book:")
    found = plural(len(search(directory, need)), "structure")
    _files("structures", f"{found} : {need_in_words(need, gazetteer)}", need.query_string())
    _files("territoires", f"{plural(sum(1 for _ in gazetteer), 'territoire')}, avec leurs limites", "")


def api() -> None:
    """Say how a program reads the same data."""
    st.header("L’API ouverte", anchor=False)
    root = f"{'/'.join(str(st.context.url or '').split('/')[:3])}/api"
    st.markdown(
        "Les mêmes données, avec les mêmes filtres que les pages, pour un autre site, un tableur ou un SIG. "
        "C’est une OGC API – Features (lue par QGIS et GDAL), sans clé, ouverte à la lecture depuis tout site. "
        f"Sa définition OpenAPI est à [{root}/openapi.json]({root}/openapi.json)."
    )
    shell, python, qgis = st.tabs(["curl", "Python", "QGIS"])
    shell.code(shell_example(root), language="bash")
    python.code(python_example(root), language="python")
    qgis.markdown(
        "Pour une couche qui suit les données : Couche, Ajouter une couche, Ajouter une couche WFS / OGC API – "
        "Features, Nouveau, puis cette adresse :"
    )
    qgis.code(root, language=None)
    qgis.markdown(
        "Pour un fichier déjà filtré : Couche, Ajouter une couche, Ajouter une couche vecteur, Protocole HTTP(S), "
        "type GeoJSON, puis :"
    )
    qgis.code(f"{root}/collections/pratiques/telecharger.geojson?territoire=departement:40", language=None)


def shell_example(root: str) -> str:
    """Return commands that work as they are: a page of items, the matrix, who is near, a file."""
    return (
        f"curl '{root}/collections/pratiques/items?territoire=departement:40'\n"
        f"curl '{root}/couverture?type=groupement_acteurs'\n"
        f"curl '{root}/proximite?lieu=commune:40192&rayon=30&achat=nettoyage'\n"
        f"curl -OJ '{root}/collections/pratiques/telecharger.xlsx?territoire=departement:40'"
    )


def python_example(root: str) -> str:
    """Return a program that works as it is: a table, and a map layer."""
    return (
        "import geopandas\nimport pandas\n\n"
        f'api = "{root}"\n'
        'structures = pandas.read_csv(f"{api}/collections/structures/telecharger.csv?lieu=commune:40192&rayon=30")\n'
        'pratiques = geopandas.read_file(f"OAPIF:{api}", layer="pratiques")\n'
        "print(len(structures), len(pratiques))"
    )


def _files(collection: str, words: str, query: str) -> None:
    with st.container(key=f"fichiers-{collection}", gap="small"):
        st.markdown(f"**{escape_markdown(words)}**")
        with st.container(horizontal=True, gap="small"):
            for one in FORMATS.values():
                address = f"{COLLECTIONS}/{collection}/telecharger.{one.extension}"
                st.link_button(one.name, f"{address}?{query}" if query else address, icon=":material/download:")
