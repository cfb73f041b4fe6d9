"""The page of one practice: everything known about it, how surely, and what is near it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from cooperations import vocabularies as v
from cooperations.documents.practice_sheets import consenting, practice_sheet
from cooperations.errors import StoreUnavailable
from cooperations.neighbours import Neighbour, same_territory, same_type
from cooperations.runtime import application
from cooperations.sheets import type_label
from cooperations.text import fold
from cooperations.ui.booklet_view import show_booklet
from cooperations.ui.frame import MAP_PAGE, PRACTICE_PAGE
from cooperations.ui.history_view import show_history
from cooperations.ui.markdown import escape_markdown
from cooperations.ui.moderating.done import show_done
from cooperations.ui.palette import SIGNS
from cooperations.ui.sheet_map import show_practice_map
from cooperations.ui.sheet_parts import show_contacts, show_facts, show_heading, show_missing, show_told
from cooperations.ui.travel import go_to_map

if TYPE_CHECKING:
    from cooperations.catalogue import Catalogue
    from cooperations.documents.practice_sheets import Consenting
    from cooperations.model import Practice


MOST_LISTED = 60


def show_sheet(catalogue: Catalogue, practice_id: str, *, dark: bool) -> None:
    """Draw the whole sheet."""
    practice = catalogue.practice(practice_id)
    show_done()
    if st.button("Retour à la carte", icon=":material/arrow_back:", type="tertiary"):
        go_to_map()
    status = v.STATUSES.label(practice.status)
    show_heading(practice.name, practice.practice_type, f"{type_label(practice)} · {status}")
    sheet = practice_sheet(catalogue, practice_id, _agreed(catalogue, practice))
    left, right = st.columns([3, 2], gap="large")
    with left:
        show_told(sheet)
        st.header("Ce que l’on en sait", anchor=False)
        show_facts(sheet)
        show_contacts(sheet)
        show_missing(sheet)
        show_history(catalogue, practice_id)
    with right:
        show_practice_map(catalogue, practice, dark=dark)
        _neighbours("De même type", same_type(catalogue, practice_id), "Aucune autre pratique de ce type.")
        st.page_link(PRACTICE_PAGE, label="La fiche de ce type", query_params={"type": practice.practice_type})
        st.page_link(MAP_PAGE, label="Toutes celles de ce type", query_params={"type": practice.practice_type})
        _neighbours(
            "Sur le même territoire",
            same_territory(catalogue, practice_id),
            "Aucune autre pratique connue sur ce territoire."
            if practice.territories
            else "La pratique n’a pas de territoire connu.",
        )
        embedding = {"quoi": "pratique", "pratique": practice_id}
        st.page_link("integrer.py", label="Intégrer cette fiche", icon=":material/code:", query_params=embedding)


def _agreed(catalogue: Catalogue, practice: Practice) -> Consenting:
    """Return the contacts that may be shown, none while the database is away: the page says so at its top."""
    try:
        return consenting(application().store, catalogue, [practice])
    except StoreUnavailable:
        return {}


def _neighbours(title: str, found: list[Neighbour], empty: str) -> None:
    st.header(title, anchor=False)
    if not found:
        st.markdown(empty)
    for neighbour in found:
        sign = SIGNS[neighbour.line.practice_type].character
        label = f"{sign} {escape_markdown(neighbour.line.name)}{_distance(neighbour)}"
        st.page_link(PRACTICE_PAGE, label=label, query_params={"id": neighbour.line.id})


def _distance(neighbour: Neighbour) -> str:
    if neighbour.distance_km is None:
        return ""
    if neighbour.distance_km < 1:
        return " · moins de 1 km"
    return f" · {'environ ' if neighbour.approximate else ''}{neighbour.distance_km:.0f} km"


def choose_practice(catalogue: Catalogue) -> None:
    """Draw the choice of a practice, for who comes without an address."""
    st.title("Fiche d’une pratique", anchor=False)
    names = {practice.id: practice.name for practice in catalogue.practices}
    ordered = sorted(names, key=lambda practice_id: fold(names[practice_id]))
    chosen = st.selectbox(
        "Quelle pratique ?",
        ordered,
        index=None,
        format_func=names.__getitem__,
        placeholder="Choisir dans la liste, ou taper un nom",
    )
    if chosen:
        st.switch_page(PRACTICE_PAGE, query_params={"id": chosen})
    show_booklet(catalogue)
    st.header("Par type de pratique", anchor=False)
    for term in v.PRACTICE_TYPES:
        label = f"{SIGNS[term.code].character} {escape_markdown(term.label)}"
        st.page_link(PRACTICE_PAGE, label=label, query_params={"type": term.code})
    st.header("Par nom", anchor=False)
    for practice_id in ordered[:MOST_LISTED]:
        st.page_link(PRACTICE_PAGE, label=escape_markdown(names[practice_id]), query_params={"id": practice_id})
