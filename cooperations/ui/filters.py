"""The filter panel, and the chips that say and remove what is filtered."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from cooperations import vocabularies as v
from cooperations.criteria import EVERYTHING, LONGEST_TEXT, Criteria, value_in_words
from cooperations.periods import is_inverted
from cooperations.query import notices
from cooperations.sheets import french_date
from cooperations.ui import memory
from cooperations.ui.components import territory_search
from cooperations.ui.markdown import escape_markdown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cooperations.territories import Gazetteer


def filter_panel(gazetteer: Gazetteer, *, with_reach: bool = True, years: Sequence[str] = ()) -> None:
    """Draw the filters in the sidebar; the session holds what they say. A page may say the reach in its own way.

    With `years`, a period is chosen among them; elsewhere the address may hold one, which its chip says.
    """
    with st.sidebar:
        st.text_input(
            "Rechercher",
            key=memory.widget_key("text"),
            placeholder="Nom, structure, commune…",
            max_chars=LONGEST_TEXT,
            on_change=_first_page,
        )
        _multiselect("Type de pratique", "practice_types", v.PRACTICES, "Tous les types")
        territory_search(gazetteer, on_choice=_add_territory)
        with st.container():
            if with_reach and memory.held().territories:
                _reach()
        if years:
            _period(years)
        _more_filters()


def active_filters(criteria: Criteria, gazetteer: Gazetteer) -> None:
    """Draw one removable chip per active filter, and say which parameters of the address were ignored.

    Always one container, empty or not: if it came and went, the map below would be built again.
    """
    with st.container(horizontal=True, gap="small", key="filtres-actifs"):
        say_ignored()
        chips = criteria.to_query()
        for name, value in chips:
            key = f"retirer-{name}-{value}"
            label = chip_label(name, value, gazetteer)
            st.button(label, key=key, icon=":material/close:", on_click=_remove, args=(name, value))
        if len(chips) > 1:
            st.button("Tout effacer", key="tout-effacer", type="tertiary", on_click=memory.change, args=(EVERYTHING,))


def say_ignored() -> None:
    """Say which parameters of the address were converted, and which ignored."""
    converted, ignored = notices(memory.ignored_parameters())
    if converted:
        st.info(escape_markdown(converted), icon=":material/history:")
    if ignored:
        st.warning(escape_markdown(ignored), icon=":material/link_off:")


def chip_label(name: str, value: str, gazetteer: Gazetteer) -> str:
    """Return the French words of one active filter, safe to show as Markdown."""
    return escape_markdown(value_in_words(name, value, gazetteer))


def _multiselect(label: str, attribute: str, vocabulary: v.Vocabulary, placeholder: str) -> None:
    st.multiselect(
        label,
        vocabulary.codes,
        key=memory.widget_key(attribute),
        format_func=lambda code: f"{'— ' if vocabulary[code].parent else ''}{vocabulary.label(code)}",
        placeholder=placeholder,
        on_change=_first_page,
    )


def _more_filters() -> None:
    used = bool(memory.held().statuses or memory.held().locations)
    # Always drawn, closed or not: Streamlit forgets the value of a widget that is not.
    with st.expander("Statut et localisation", expanded=used, key="plus-de-filtres"):
        _multiselect("Statut", "statuses", v.STATUSES, "Tous les statuts")
        _multiselect("Localisation", "locations", v.LOCATION_GROUPS, "Toutes")


def _reach() -> None:
    st.radio(
        "Montrer",
        v.REACHES.codes,
        key=memory.widget_key("reach"),
        format_func=v.REACHES.label,
        on_change=_first_page,
    )


def _period(years: Sequence[str]) -> None:
    criteria = memory.held()
    left, right = st.columns(2)
    with left:
        _year("À partir de", "le début", "start", [*years, criteria.start], _since_changed)
    with right:
        kept = [year for year in years if not is_inverted(criteria.start, year)]
        _year("Jusqu’à", "la fin", "end", [*kept, criteria.end], _first_page)


def _year(label: str, open_end: str, attribute: str, years: Sequence[str], on_change: Callable[[], None]) -> None:
    options = sorted({"", *years})
    st.selectbox(
        label,
        options,
        key=memory.widget_key(attribute),
        format_func=lambda year: french_date(year) or open_end,
        on_change=on_change,
    )


def _since_changed() -> None:
    criteria = memory.held()
    if is_inverted(criteria.start, criteria.end):
        memory.hold(replace(criteria, end=""))
    _first_page()


def _first_page() -> None:
    memory.first_page()


def _add_territory(key: str) -> None:
    criteria = memory.held()
    if key not in criteria.territories:
        memory.change(replace(criteria, territories=(*criteria.territories, key)))


def _remove(name: str, value: str) -> None:
    memory.change(memory.held().without(name, value))
