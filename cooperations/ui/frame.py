"""What every page has around its content: errors said in French, and the footer."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from cooperations.errors import CooperationsError, DatasetError, StoreUnavailable, UnknownPractice
from cooperations.runtime import application
from cooperations.sheets import credit, french_moment
from cooperations.ui.markdown import escape_markdown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cooperations.catalogue import Catalogue
    from cooperations.errors import DataIssue
    from cooperations.runtime import Application

LOGGER = logging.getLogger(__name__)
MAP_PAGE, PRACTICE_PAGE = "carte.py", "pratique.py"


def draw_page(content: Callable[[Catalogue], None]) -> None:
    """Draw a page from the present catalogue, or say why it cannot be drawn."""
    try:
        app = application()
        catalogue = app.catalogue()
    except DatasetError as error:
        st.error("Les données de l’application ne peuvent pas être lues.", icon=":material/error:")
        show_issues(error.issues)
        return
    except StoreUnavailable as error:
        LOGGER.warning("The page cannot be drawn: %s", error)
        say_unavailable(error)
        return
    except CooperationsError as error:
        LOGGER.exception("The page cannot be drawn")
        say_unavailable(error)
        return
    say_memory(app)
    if app.issues:
        st.warning(
            "Les fichiers de data/ ont des défauts : les données d’avant restent affichées.", icon=":material/warning:"
        )
        with st.expander(f"Voir les défauts ({len(app.issues)})"):
            show_issues(app.issues)
    try:
        content(catalogue)
    except UnknownPractice as error:
        st.title("Pratique introuvable", anchor=False)
        st.warning(escape_markdown(str(error)), icon=":material/search_off:")
        st.page_link(MAP_PAGE, label="Chercher cette pratique sur la carte", icon=":material/map:")
    except StoreUnavailable as error:
        LOGGER.warning("A part of the page cannot be drawn: %s", error)
        say_unavailable(error, offered=app.away_since is not None)
    except CooperationsError as error:
        LOGGER.exception("A part of the page cannot be drawn")
        st.error(escape_markdown(str(error)), icon=":material/error:")
    footer(catalogue)


def say_memory(app: Application) -> None:
    """Say that what is shown was read before: the database does not answer, or the lists are being put in order."""
    if app.away_since:
        st.warning(
            f"La base de données ne répond pas pour l’instant. Ce qui s’affiche a été lu "
            f"{french_moment(app.away_since)}\u00a0; rien n’est perdu, mais rien ne peut s’enregistrer.",
            icon=":material/cloud_off:",
        )
        st.button("Réessayer", icon=":material/refresh:", key="reessayer")
    elif app.is_late:
        st.info(
            "Les listes viennent de changer\u00a0: leur mise en ordre se termine, et l’état d’avant s’affiche encore.",
            icon=":material/hourglass:",
        )


def say_unavailable(error: CooperationsError, *, offered: bool = False) -> None:
    """Say why something cannot be shown now, and offer to ask again unless the page does already."""
    st.error(escape_markdown(str(error)), icon=":material/error:")
    if not offered:
        st.button("Réessayer", icon=":material/refresh:", key="reessayer_ici")


def say_failure(error: Exception) -> bool:
    """Say an unforeseen error in French; the log holds its details."""
    LOGGER.error("The page failed", exc_info=error)
    st.error(
        "Une erreur imprévue empêche d’afficher cette partie de la page. Rechargez la page ; "
        "si l’erreur revient, signalez-la avec l’heure qu’il est : le journal du serveur en garde le détail.",
        icon=":material/error:",
    )
    return True


def show_issues(issues: Sequence[DataIssue]) -> None:
    """List defects so that a person can go and repair each: file, line, column, value, what to do."""
    rows = [(i.file, i.line or None, i.column, i.value, i.problem, i.remedy) for i in issues]
    names = ["Fichier", "Ligne", "Colonne", "Valeur", "Défaut", "Que faire"]
    st.dataframe(pd.DataFrame(rows, columns=names), hide_index=True, width="stretch")
    st.caption(
        "Corrigez ces fichiers puis relancez l’application. "
        "« python -m cooperations verifier » les relit sans la lancer."
    )


def footer(catalogue: Catalogue) -> None:
    """Draw the source, the licence and the date of the data."""
    st.divider()
    st.caption(credit(catalogue))
