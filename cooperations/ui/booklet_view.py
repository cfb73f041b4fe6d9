"""Making the booklet of what was last filtered, with its progress, and giving it."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from typing import TYPE_CHECKING

import streamlit as st

from cooperations.criteria import Criteria, criteria_in_words
from cooperations.documents.booklet import MOST_SHEETS, booklet_pdf, compose
from cooperations.errors import StoreUnavailable
from cooperations.runtime import application
from cooperations.selection import select
from cooperations.text import number, plural
from cooperations.ui import memory
from cooperations.ui.markdown import escape_markdown
from cooperations.web.documents import booklet_tag, printer, shelf

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from cooperations.catalogue import Catalogue

BEFORE, MOST_BAR = 0.2, 0.97
"""The shares of the bar: what the preparation takes, and where the typesetting waits for its end."""
ALWAYS_S, A_SHEET_S, EVERY_S = 0.8, 0.025, 0.25
"""What the typesetting is expected to take, and how often the bar moves."""


def show_booklet(catalogue: Catalogue) -> None:
    """Draw what the booklet would hold, and the way to have it."""
    criteria = memory.last_asked(Criteria)
    count = len(select(catalogue, criteria))
    with st.container(border=True, key="livret"):
        st.subheader("Livret des fiches", anchor=False)
        words = escape_markdown(criteria_in_words(criteria, catalogue.gazetteer))
        st.markdown(
            f"Un PDF à imprimer ou à envoyer, avec sommaire et index\u00a0: {plural(count, 'pratique')} ({words}). "
            "Les filtres sont ceux de la carte."
        )
        if count > MOST_SHEETS:
            st.info(f"Un livret tient {number(MOST_SHEETS)} fiches au plus\u00a0: resserrer les filtres de la carte.")
            return
        try:
            _giving(catalogue, criteria)
        except StoreUnavailable:
            st.caption("Le livret se prépare quand la base de données répond.")


def _giving(catalogue: Catalogue, criteria: Criteria) -> None:
    tag, place = booklet_tag(criteria), st.empty()
    made = shelf().get(tag)
    if made is None and place.button("Préparer le livret", icon=":material/menu_book:", key="preparer-livret"):
        made = shelf().put(tag, _made(catalogue, criteria, place))
    if made is not None:
        place.download_button(
            f"Télécharger le livret (PDF, {number(max(1, len(made) // 1000))}\u00a0ko)",
            made,
            "livret.pdf",
            "application/pdf",
            icon=":material/download:",
            type="primary",
            on_click="ignore",
            key="telecharger-livret",
        )


def _made(catalogue: Catalogue, criteria: Criteria, place: DeltaGenerator) -> bytes:
    bar = place.progress(0.0, "Préparation des fiches…")

    def told(done: int, whole: int) -> None:
        bar.progress(BEFORE * done / max(1, whole), f"Préparation des fiches\u00a0: {done} sur {whole}")

    made = compose(catalogue, criteria, application().store, told)
    count = len(made.practices)
    started = time.monotonic()
    with ThreadPoolExecutor(1) as pool:
        setting = pool.submit(booklet_pdf, made, printer())
        while True:
            try:
                document = setting.result(timeout=EVERY_S)
            except NotYet:
                spent = time.monotonic() - started
                share = min(MOST_BAR, BEFORE + (1 - BEFORE) * spent / (ALWAYS_S + A_SHEET_S * count))
                bar.progress(share, f"Mise en page de {plural(count, 'fiche')}… {spent:.0f}\u00a0s")
            else:
                return document
