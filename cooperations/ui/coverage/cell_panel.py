"""One cell, opened: what is there, what was looked for, what is nearest, and what to decide."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from cooperations import vocabularies as v
from cooperations.coverage import scored
from cooperations.coverage.cells import in_words
from cooperations.coverage.gaps import nearest_in_words
from cooperations.criteria import Criteria
from cooperations.selection import select
from cooperations.sheets import french_date, line
from cooperations.ui import memory
from cooperations.ui.coverage import state
from cooperations.ui.coverage.forms import action_form, survey_form, target_form
from cooperations.ui.frame import PRACTICE_PAGE
from cooperations.ui.markdown import escape_markdown

if TYPE_CHECKING:
    from cooperations.coverage import Cell, Coverage
    from cooperations.decisions import Decisions


def show_cell(matrix: Coverage, recorded: Decisions) -> None:
    """Draw the open cell, if there is one; always in one container, so that the page below stays."""
    code, _, key = state.held(state.CELL).partition("|")
    with st.container(key="case"):
        if code in matrix.codes and key in matrix.keys:
            with st.container(border=True):
                _cell(matrix.cell(code, key), matrix, recorded)


def _cell(cell: Cell, matrix: Coverage, recorded: Decisions) -> None:
    territory = matrix.catalogue.gazetteer[cell.key]
    title, close = st.columns([8, 1], vertical_alignment="center")
    title.subheader(f"{v.PRACTICES.label(cell.code)} – {escape_markdown(territory.label)}", anchor=False)
    close.button("Fermer", icon=":material/close:", type="tertiary", on_click=state.open_cell, args=("",))
    left, right = st.columns([2, 3], gap="large")
    with left:
        st.markdown(f"**{escape_markdown(in_words(cell)[:1].upper() + in_words(cell)[1:])}**")
        _practices(cell, matrix)
        _records(cell, recorded)
        _nearest(cell, matrix)
    with right:
        survey, action, target = st.tabs(["Noter un relevé", "Ouvrir une action", "Fixer un objectif"])
        with survey:
            survey_form(cell, matrix.catalogue)
        with action:
            action_form(cell, matrix.catalogue)
        with target:
            target_form(cell, matrix.catalogue)


def _practices(cell: Cell, matrix: Coverage) -> None:
    asked = replace(matrix.criteria, practice_types=(cell.code,), territories=(cell.key,), reach="couvrant")
    inside = select(matrix.catalogue, replace(asked, reach="dedans"))
    for row in select(matrix.catalogue, asked).rows:
        one = line(matrix.catalogue, row)
        covers = "" if row in inside.rows else " (couvre un territoire plus vaste)"
        label = f"{escape_markdown(one.name)}{covers}"
        st.page_link(PRACTICE_PAGE, label=label, query_params={"id": one.id}, icon=":material/description:")
    if cell.state == "filtre":
        wider = Criteria(matrix.criteria.practice_types, matrix.criteria.territories)
        st.button("Retirer ces filtres", icon=":material/filter_alt_off:", on_click=memory.change, args=(wider,))


def _records(cell: Cell, recorded: Decisions) -> None:
    said = [
        f"{v.FINDINGS.label(survey.finding)}, {survey.organisation}, le {french_date(survey.day.isoformat())}"
        + (f" : {survey.note}" if survey.note else "")
        for survey in cell.surveys
    ]
    said += [
        f"Action « {action.what} », {action.owner} : {v.ACTION_STATES.label(action.state).lower()}"
        for action in recorded.actions_of((cell.code, cell.key))
    ]
    if cell.target is not None:
        said.append(f"Objectif : {cell.target}, il en manque {cell.missing}" if cell.missing else "Objectif atteint")
    if said:
        st.markdown("\n".join(f"- {escape_markdown(one)}" for one in said))


def _nearest(cell: Cell, matrix: Coverage) -> None:
    for gap in scored(matrix, [cell] if cell.is_gap else []):
        words = nearest_in_words(gap.nearest)
        st.markdown(escape_markdown(words[:1].upper() + words[1:]))
        if gap.nearest:
            query = {"id": gap.nearest.practice_id}
            st.page_link(PRACTICE_PAGE, label="Voir cet exemple", query_params=query)
