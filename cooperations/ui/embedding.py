"""The page « Intégrer »: the code of a frame for another site, made from what the address says."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from cooperations.errors import InvalidSetting
from cooperations.offers.needs import Need, need_from_query
from cooperations.offers.words import need_in_words
from cooperations.selection import select
from cooperations.settings import ANY_SITE, SITES, embedding_sites
from cooperations.ui import memory
from cooperations.ui.components import mount
from cooperations.ui.markdown import escape_markdown
from cooperations.ui.memory import PageMemory, Parameter, one_among

if TYPE_CHECKING:
    from cooperations.catalogue import Catalogue
    from cooperations.territories import Gazetteer

KIND, NEED, PRACTICE, WIDE, WIDTH, HEIGHT = "quoi", "besoin", "pratique", "pleine", "largeur", "hauteur"
KINDS = {"carte": "La carte", "offres": "La carte des structures", "matrice": "La matrice", "pratique": "Une pratique"}
TITLES = {
    "carte": "Carte des pratiques de coopération",
    "offres": "Carte des structures de l’ESS",
    "matrice": "Couverture des pratiques de coopération",
}
LIGHT = {"carte": "/carte-legere", "offres": "/offres-legeres"}
NARROWEST_PX, WIDEST_PX, LOWEST_PX, HIGHEST_PX = 280, 2000, 300, 2000
USUAL_PX = (700, 600)
MOST_LISTED = 500
"""Practices to choose among; the filters find the others."""


def _is_need(value: str, gazetteer: Gazetteer) -> bool:
    return not need_from_query(parse_qsl(value), gazetteer)[1]


PAGE = PageMemory(
    "integrer",
    {
        KIND: one_among(KINDS, "carte"),
        NEED: Parameter("", _is_need),
        PRACTICE: Parameter("", lambda value, _: len(value) <= 200),  # noqa: PLR2004 - an id is shorter
    },
)


def kind() -> str:
    """Return what the page embeds: one of KINDS."""
    return str(st.session_state[KIND])


def choices(catalogue: Catalogue) -> None:
    """Draw what to embed, and how large."""
    st.segmented_control("Ce que l’on intègre", list(KINDS), format_func=KINDS.__getitem__, required=True, key=KIND)
    if kind() == "pratique":
        _choose_practice(catalogue)
    elif kind() == "offres":
        _say_need(catalogue.gazetteer)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        wide = st.checkbox("Toute la largeur de la page", value=True, key=WIDE)
        st.number_input(
            "Largeur (pixels)", NARROWEST_PX, WIDEST_PX, USUAL_PX[0], step=10, key=WIDTH, disabled=wide, width=180
        )
        st.number_input("Hauteur (pixels)", LOWEST_PX, HIGHEST_PX, USUAL_PX[1], step=10, key=HEIGHT, width=180)


def code(catalogue: Catalogue) -> None:
    """Draw the code to copy, and the page as it shows there."""
    address = path(catalogue.gazetteer)
    if not address:
        return
    st.header("Le code", anchor=False)
    st.markdown("À copier dans la page de l’autre site, là où le cadre doit être.")
    root = "/".join(str(st.context.url or "").split("/")[:3])
    title = TITLES.get(kind()) or catalogue.practice(str(st.session_state[PRACTICE])).name
    width = "100%" if st.session_state[WIDE] else str(st.session_state[WIDTH])
    height = int(st.session_state[HEIGHT])
    text = frame_code(root + address, title, width, height)
    st.code(text, language=None, wrap_lines=True)
    mount("copier", "copier-le-code", {"texte": text, "libelle": "Copier le code"}, {})
    if kind() in LIGHT:
        light = f"{root}{LIGHT[kind()]}{address.removeprefix(f'/integrer/{kind()}')}"
        st.markdown(f"Ou un simple lien vers la carte légère, sans cadre\u00a0: <{light}>")
    st.header("L’aperçu", anchor=False)
    st.iframe(address, width="stretch" if st.session_state[WIDE] else int(width), height=height, alt=title)


def sites() -> None:
    """Say which sites may show the frame."""
    st.header("Les sites qui peuvent l’intégrer", anchor=False)
    try:
        allowed = embedding_sites()
    except InvalidSetting as error:
        st.error(escape_markdown(str(error)), icon=":material/error:")
        return
    if ANY_SITE in allowed:
        st.markdown("Tous\u00a0: ces pages ne font que lire des données ouvertes, sans compte ni cookie.")
    elif allowed:
        st.markdown("\n".join(f"- {escape_markdown(site)}" for site in allowed))
    else:
        st.markdown("Aucun\u00a0: seule cette application montre ces pages.")
    st.caption(
        f"Le réglage {escape_markdown(SITES)} de l’application le dit. Un site qui n’y est pas montre un cadre vide. "
        "Toutes les autres pages de l’application refusent d’être mises dans un cadre."
    )


def path(gazetteer: Gazetteer) -> str:
    """Return the address of the embed, with the present criteria; empty when there is no practice to choose."""
    query = memory.held().query_string()
    if kind() == "pratique":
        query = urlencode({"id": st.session_state[PRACTICE]}) if st.session_state[PRACTICE] else ""
        return f"/integrer/pratique?{query}" if query else ""
    if kind() == "offres":
        query = _need(gazetteer).query_string()
    return f"/integrer/{kind()}{'?' if query else ''}{query}"


def frame_code(address: str, title: str, width: str, height: int) -> str:
    """Return the HTML of a frame; all that goes into it is escaped."""
    return (
        f'<iframe src="{escape(address)}" title="{escape(title)}" width="{width}" height="{height}" '
        'style="border: 0; max-width: 100%" loading="lazy"></iframe>'
    )


def _choose_practice(catalogue: Catalogue) -> None:
    found = select(catalogue, memory.held()).practices[:MOST_LISTED]
    names = {practice.id: practice.name for practice in found}
    if st.session_state[PRACTICE] not in names:
        st.session_state[PRACTICE] = next(iter(names), "")
    if names:
        st.selectbox("Quelle pratique", list(names), format_func=names.__getitem__, key=PRACTICE)
    else:
        st.info("Aucune pratique ne répond à ces critères.", icon=":material/filter_alt_off:")


def _need(gazetteer: Gazetteer) -> Need:
    return need_from_query(parse_qsl(str(st.session_state[NEED])), gazetteer)[0]


def _say_need(gazetteer: Gazetteer) -> None:
    need = _need(gazetteer)
    words = "toutes les structures" if need == Need() else need_in_words(need, gazetteer)
    st.markdown(f"Le besoin\u00a0: **{escape_markdown(words)}**.")
    st.caption(
        "Pour un autre besoin, filtrez dans «\u00a0Trouver une offre\u00a0», puis «\u00a0Intégrer\u00a0» sur la carte."
    )
