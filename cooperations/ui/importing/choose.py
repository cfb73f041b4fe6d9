"""Choosing a file and how to read it."""

from __future__ import annotations

import streamlit as st

from cooperations.imports import Order, today
from cooperations.intake.profiles import PROFILES
from cooperations.intake.stock import PROFILE as SIRENE_PROFILE
from cooperations.ui.markdown import escape_markdown

TYPES = ("csv", "txt", "tsv", "xlsx", "xls", "ods", "geojson", "json", "parquet")
AUTO = ""


def choose_order() -> Order | None:
    """Draw the choice of a file, of its list and of its day; return what is asked, or None without a file."""
    given = st.file_uploader("Fichier\u00a0: CSV de tout encodage, tableur, GeoJSON ou Parquet", type=TYPES)
    left, right = st.columns(2)
    known = {profile.code: profile.label for profile in (*PROFILES, SIRENE_PROFILE)}
    labels = {AUTO: "La reconnaître à ses colonnes"} | known
    profile = left.selectbox("De quelle liste s’agit-il\u00a0?", list(labels), format_func=labels.__getitem__)
    day = right.date_input("À quelle date vaut-elle\u00a0?", today(), max_value=today(), format="DD/MM/YYYY")
    if given is None:
        _say_lists()
        return None
    return Order(given.name, given.getvalue(), day, profile or None)


def _say_lists() -> None:
    names = "\n".join(f"- {escape_markdown(profile.label)}" for profile in PROFILES)
    st.markdown(
        f"Listes reconnues à leurs colonnes\u00a0:\n\n{names}\n"
        "- toute autre liste, en disant à quoi correspond chaque colonne"
    )
    st.caption("Un extrait de SIRENE se donne ici\u00a0; le stock entier, par la ligne de commande (voir README).")
