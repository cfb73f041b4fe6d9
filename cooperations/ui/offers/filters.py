"""What a buyer says: where, how far, what; and the chips that say and remove it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from cooperations import vocabularies as v
from cooperations.offers.needs import ANYTHING, RADII_KM, YES, Need
from cooperations.offers.terms import SERVICES
from cooperations.offers.words import need_filters
from cooperations.purchases import PURCHASE_FAMILIES
from cooperations.query import LONGEST_TEXT
from cooperations.ui import memory
from cooperations.ui.components import around_me, territory_search
from cooperations.ui.filters import say_ignored
from cooperations.ui.markdown import escape_markdown
from cooperations.ui.offers import state
from cooperations.ui.offers.addresses import address_search

if TYPE_CHECKING:
    from cooperations.territories import Gazetteer
    from cooperations.vocabularies import Vocabulary

_BEYOND = "besoin-plus-loin"


def need_panel(gazetteer: Gazetteer, families_label: str = "Ce que vous achetez") -> None:
    """Draw the filters in the sidebar; the session holds what they say."""
    with st.sidebar:
        territory_search(gazetteer, state.set_place, "Autour de", " est le lieu de la recherche.")
        around_me(state.set_point)
        address_search()
        _radius()
        _multiselect(families_label, "purchase_families", PURCHASE_FAMILIES, "Toutes les familles d’achat")
        st.text_input(
            "Rechercher",
            key=_key("text"),
            placeholder="Nom, métier, ville…",
            max_chars=LONGEST_TEXT,
            on_change=memory.first_page,
        )
        _more()


def active_need(need: Need, gazetteer: Gazetteer) -> None:
    """Draw one removable chip per filter, and say which parameters of the address were ignored."""
    with st.container(horizontal=True, gap="small", key="filtres-actifs"):
        say_ignored()
        chips = need_filters(need, gazetteer)
        for words, name, value in chips:
            key = f"retirer-{name}-{value}"
            st.button(escape_markdown(words), key=key, icon=":material/close:", on_click=_remove, args=(name, value))
        if len(chips) > 1:
            st.button("Tout effacer", key="tout-effacer", type="tertiary", on_click=memory.change, args=(ANYTHING,))


def _key(attribute: str) -> str:
    return memory.widget_key(attribute, Need)


def _radius() -> None:
    options = sorted({*RADII_KM, int(state.need().radius_km)})
    st.select_slider(
        "À quelle distance au plus, à vol d’oiseau",
        [str(one) for one in options],
        key=_key("radius_km"),
        format_func=lambda km: f"{km}\u00a0km",
        on_change=memory.first_page,
        disabled=not state.need().place,
    )


def _multiselect(label: str, attribute: str, vocabulary: Vocabulary, placeholder: str) -> None:
    st.multiselect(
        label,
        vocabulary.codes,
        key=_key(attribute),
        format_func=lambda code: f"{'— ' if vocabulary[code].parent else ''}{vocabulary.label(code)}",
        placeholder=placeholder,
        on_change=memory.first_page,
    )


def _more() -> None:
    held = state.need()
    used = bool(held.practice_types or held.kinds or held.families or held.services or held.beyond)
    with st.expander("Plus de filtres", expanded=used, key="plus-de-filtres-offres"):
        _multiselect("Catégorie de structure", "kinds", v.KINDS, "Toutes")
        _multiselect("Famille juridique", "families", v.FAMILIES, "Toutes")
        _multiselect("Type de prestation", "services", SERVICES, "Tous")
        _multiselect("A déjà pris part à", "practice_types", v.PRACTICES, "Toute pratique, ou aucune")
        st.checkbox(
            "Aussi celles, plus loin, qui disent venir jusqu’ici",
            value=held.beyond == YES,
            key=_BEYOND,
            on_change=_set_beyond,
            disabled=not held.place,
        )


def _set_beyond() -> None:
    memory.change(replace(state.need(), beyond=YES if st.session_state.get(_BEYOND) else ""))


def _remove(name: str, value: str) -> None:
    memory.change(state.need().without(name, value))
