"""The page of a type of practice, at the address /pratique?type=achats_inter_ess for instance."""

from __future__ import annotations

from base64 import b64encode
from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from cooperations.criteria import EVERYTHING
from cooperations.documents.plans import locator_map
from cooperations.documents.printing import plan_in_words, plan_legend
from cooperations.documents.type_sheets import type_sheet
from cooperations.errors import CooperationsError
from cooperations.ui.frame import MAP_PAGE, PRACTICE_PAGE
from cooperations.ui.markdown import escape_markdown
from cooperations.ui.sheet_parts import show_facts, show_heading, show_told

if TYPE_CHECKING:
    from cooperations.catalogue import Catalogue
    from cooperations.documents.model import Sheet


def show_type(catalogue: Catalogue, code: str) -> None:
    """Draw the sheet of a type, or say that it does not exist."""
    try:
        sheet = type_sheet(catalogue, code, EVERYTHING)
    except CooperationsError as error:
        st.title("Type de pratique introuvable", anchor=False)
        st.warning(escape_markdown(str(error)), icon=":material/search_off:")
        st.page_link(PRACTICE_PAGE, label="Toutes les fiches", icon=":material/list:")
        return
    show_heading(sheet.title, sheet.practice_type, sheet.kicker)
    left, right = st.columns([3, 2], gap="large")
    with left:
        show_told(sheet)
        _untold(sheet)
    with right:
        _plan(catalogue, sheet)
        show_facts(sheet)
        _examples(sheet)


def _untold(sheet: Sheet) -> None:
    if sheet.to_complete:
        titles = ", ".join(f"«\u00a0{one.title}\u00a0»" for one in sheet.to_complete)
        st.info(
            f"Aucune pratique de ce type ne dit encore\u00a0: {titles}. "
            "Ce que l’on complète dans la fiche d’une pratique se lit aussi ici.",
            icon=":material/edit_note:",
        )


def _plan(catalogue: Catalogue, sheet: Sheet) -> None:
    drawn = b64encode(locator_map(catalogue.gazetteer, sheet.territories, sheet.spots)).decode()
    said = escape(plan_in_words(sheet), quote=True)
    st.html(f'<img class="coop-plan" alt="{said}" src="data:image/svg+xml;base64,{drawn}">')
    st.caption(plan_legend(sheet))


def _examples(sheet: Sheet) -> None:
    st.header("Les pratiques de ce type", anchor=False)
    if not sheet.examples:
        st.markdown("Aucune n’est connue encore.")
    for one in sheet.examples:
        label = f"{escape_markdown(one.name)} · {escape_markdown(one.place)}"
        st.page_link(PRACTICE_PAGE, label=label, query_params={"id": one.id})
    st.page_link(MAP_PAGE, label="Les voir sur la carte", icon=":material/map:", query_params={"type": sheet.id})
