"""The parts of the page « Données et API »."""

from __future__ import annotations

from datetime import datetime
from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from cooperations import vocabularies as v
from cooperations.agenda import shown_of, when_in_words
from cooperations.counts import TOTAL, count_matrix
from cooperations.criteria import EVERYTHING
from cooperations.fields import PARIS
from cooperations.model import RECORDS
from cooperations.offers.model import Award, Offer
from cooperations.offers.words import SOURCES
from cooperations.runtime import application
from cooperations.selection import select
from cooperations.sheets import french_date
from cooperations.text import plural
from cooperations.ui.markdown import escape_markdown
from cooperations.ui.palette import SIGNS

if TYPE_CHECKING:
    from cooperations.catalogue import Catalogue


def introduction(catalogue: Catalogue) -> None:
    """Say what the data are and who made them."""
    st.title("Données et API", anchor=False)
    st.markdown(
        "Les exemples viennent du compte rendu du 12 juillet 2016 du groupe de travail « Coopération économique / "
        "Consommation responsable » de la CRESS Aquitaine (aujourd’hui CRESS Nouvelle-Aquitaine). Chaque ligne cite "
        "l’extrait dont elle est tirée, ses autres sources, la précision de sa localisation et la certitude des faits. "
        "Rien n’y est deviné, et aucun nom de personne n’est publié."
    )
    st.markdown(
        f"**{plural(len(catalogue), 'pratique')}**, **{plural(len(catalogue.structures), 'structure')}**, "
        f"**{plural(len(catalogue.events), 'rencontre')}**, sous Licence Ouverte 2.0."
    )


def vocabulary(catalogue: Catalogue) -> None:
    """List the practice types with their definition and their count."""
    st.header("Les types de pratiques", anchor=False)
    totals = count_matrix(select(catalogue, EVERYTHING))[TOTAL]
    signs = {term.code: "—" if term.parent else SIGNS[term.code].character for term in v.PRACTICES}
    described = "".join(
        f"<dt>{signs[t.code]} {escape(t.label)}</dt>"
        f"<dd>{escape(t.definition)} <small>{plural(int(totals[t.code]), 'pratique')}</small></dd>"
        for t in v.PRACTICES
    )
    st.html(f'<dl class="coop-faits">{described}</dl>')


def meetings(catalogue: Catalogue) -> None:
    """List the meetings of the data, and lead to the agenda."""
    st.header("Les rencontres", anchor=False)
    now = datetime.now(PARIS)
    for event in catalogue.events:
        status = v.EVENT_STATUSES.label(event.status).lower()
        name, when = escape_markdown(event.name), escape_markdown(when_in_words(shown_of(event, now)))
        st.markdown(f"- **{name}**, {when} ({status})  \n  {escape_markdown(event.description)}")
    st.page_link("agenda.py", label="Ouvrir l’agenda", icon=":material/event:")


def lists() -> None:
    """Say which lists were imported, how many rows each has, and of what day."""
    st.header("Les listes importées", anchor=False)
    store = application().store.lists
    rows = [
        f"- {escape_markdown(SOURCES.get(source, source))} : {plural(count, noun)}, au {french_date(day.isoformat())}"
        for model, noun in ((Offer, "structure"), (Award, "marché"))
        for source, (count, day) in store.sources(model).items()
    ]
    st.markdown(
        "\n".join(rows) or "Aucune liste n’est encore importée : seules les structures de la carte sont connues."
    )
    st.page_link("importer.py", label="Importer une liste", icon=":material/upload_file:")


def embeds() -> None:
    """Lead to the page that puts ours on another site."""
    st.header("Sur un autre site", anchor=False)
    st.markdown(
        "La carte, la matrice ou une pratique dans un cadre d’un autre site, et une carte légère pour un téléphone "
        "ou un public nombreux."
    )
    st.page_link("integrer.py", label="Intégrer sur un autre site", icon=":material/code:")


def gaps(catalogue: Catalogue) -> None:
    """Say what the data do not know."""
    st.header("Ce que les données ne savent pas", anchor=False)
    placed = select(catalogue, EVERYTHING).by_location
    deduced = sum(practice.subtype_deduced for practice in catalogue.practices)
    st.markdown(
        f"- {plural(placed['territoire'], 'pratique')} à l’échelle d’un territoire, sans point ; "
        f"{placed['inconnue']} sans territoire connu ; {placed['hors_perimetre']} hors de la région.\n"
        f"- {plural(deduced, 'sous-type')} déduits de l’ordre du tableau du compte rendu : chaque ligne le dit.\n"
        "- Un département sans exemple n’est pas un département sans pratique : personne ne l’a encore dit."
    )


def downloads(catalogue: Catalogue) -> None:
    """Offer the files, as they are published."""
    st.header("Les fichiers sources", anchor=False)
    folder = application().settings.data_folder
    with st.container(horizontal=True):
        for model in RECORDS:
            path = folder / model.file_name
            if path.is_file():
                st.download_button(
                    model.title,
                    path.read_bytes(),
                    model.file_name,
                    "text/csv",
                    icon=":material/download:",
                    on_click="ignore",
                )
    st.caption(f"Fichiers CSV en UTF-8, décrits par un Table Schema. Empreinte des données : {catalogue.digest[:12]}.")
