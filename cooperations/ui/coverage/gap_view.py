"""The gaps, the worst first, each with its nearest example and why it is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from cooperations import vocabularies as v
from cooperations.coverage import gaps
from cooperations.coverage.gaps import nearest_in_words
from cooperations.coverage.indicators import INDICATORS, SCORE_EXPLANATION
from cooperations.text import decimal, number, plural
from cooperations.ui.coverage import state
from cooperations.ui.coverage.matrix_view import query
from cooperations.ui.markdown import escape_markdown

if TYPE_CHECKING:
    from cooperations.coverage import Coverage, Gap

PAGE_SIZE = 10
PAGES = "pages-manques"
FILES = {
    "matrice": ("Matrice", "Une ligne par territoire, une colonne par type, l’état de chaque case en mots."),
    "manques": (
        "Manques",
        "Les cases sans exemple, classées, avec ce qui fait leur score et l’exemple le plus proche.",
    ),
    "actions": ("Actions", "Qui fait quoi, pour quelle rencontre, et où cela en est."),
}


def show_gaps(matrix: Coverage) -> None:
    """Draw a page of the list, how the score is made, and the files to take away."""
    found = gaps(matrix)
    if not found:
        st.info(
            "Aucun manque ici : chaque case a une pratique, avec ou sans ces filtres, ou est hors sujet.",
            icon=":material/task_alt:",
        )
        return
    st.markdown(_extent(found, matrix.leading))
    page = min(int(st.session_state.get(PAGES) or 1), -(-len(found) // PAGE_SIZE))
    first = (page - 1) * PAGE_SIZE
    for rank, gap in enumerate(found[first : first + PAGE_SIZE], first + 1):
        _gap(rank, gap, matrix)
    if len(found) > PAGE_SIZE:
        st.pagination(-(-len(found) // PAGE_SIZE), key=PAGES)
    with st.expander("Comment le score est fait"):
        st.markdown(SCORE_EXPLANATION)
        st.markdown("\n".join(f"- **{one.label}** : {one.explanation}" for one in INDICATORS))
    downloads(matrix, "manques")


def _extent(found: list[Gap], leading: tuple[str, ...]) -> str:
    """Say how many types are missing, as the figures of the page do, and how many sub-types of types that are not."""
    types = sum(gap.cell.code in leading for gap in found)
    parts = len(found) - types
    also = f" Aussi {plural(parts, 'sous-type')} sans exemple, quand le type n’est pas un manque." if parts else ""
    return f"**{plural(types, 'case')} sans exemple**, du manque le plus pressant au moins pressant.{also}"


def files(matrix: Coverage) -> None:
    """Draw the links to all the tables, and what is in each."""
    st.caption("Chaque fichier suit les filtres, et dit lesquels, avec la date, la source et la licence.")
    for name, (label, content) in FILES.items():
        st.markdown(f"**{label}**. {content}")
        downloads(matrix, name)
    st.page_link(
        "rapport.py",
        label="Tout cela dans un rapport, en PDF, en classeur ou en une page",
        icon=":material/summarize:",
        query_params=matrix.criteria.to_query(),
    )


def downloads(matrix: Coverage, name: str) -> None:
    """Draw the links to a table as files; they hold what the filters leave."""
    with st.container(horizontal=True):
        for extension, kind in (("xlsx", "tableur (XLSX)"), ("csv", "CSV")):
            label = f"{FILES[name][0]}, {kind}"
            address = f"/export/couverture/{name}.{extension}?{query(matrix)}"
            st.link_button(label, address, icon=":material/download:", type="tertiary")


def _gap(rank: int, gap: Gap, matrix: Coverage) -> None:
    territory = matrix.catalogue.gazetteer[gap.cell.key]
    text, beside = st.columns([7, 4], vertical_alignment="center")
    text.markdown(
        f"**{rank}. {v.PRACTICES.label(gap.cell.code)} – {escape_markdown(territory.label)}**  \n"
        f"{number(territory.population)} habitants sans exemple ; {v.COVERAGE_STATES.label(gap.cell.state).lower()} ; "
        f"{escape_markdown(nearest_in_words(gap.nearest))}"
    )
    cell = f"{gap.cell.code}|{gap.cell.key}"
    key, icon = f"manque-{cell}", ":material/arrow_upward:"
    with beside.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(f"score **{decimal(gap.score)}**", help=_reasons(gap), width="content")
        st.button("Ouvrir", key=key, on_click=state.open_cell, args=(cell,), icon=icon)


def _reasons(gap: Gap) -> str:
    shares = ((one.label, gap.indicators[one.code]) for one in INDICATORS)
    return "\n".join(f"- {label} : {round(100 * share)} sur 100" for label, share in shares if share is not None)
