"""The actions, meeting by meeting, and closing them."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING

import streamlit as st

from cooperations import vocabularies as v
from cooperations.agenda.due import meetings_of
from cooperations.coverage import counted_in
from cooperations.coverage.tables import filled_by, matching_actions, place_name
from cooperations.decisions import PARIS, Action, close_action, revised
from cooperations.sheets import french_date
from cooperations.text import fold, number, plural
from cooperations.ui.coverage.forms import attempt
from cooperations.ui.coverage.gap_view import downloads
from cooperations.ui.markdown import escape_markdown
from cooperations.ui.session import desk

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import date

    from cooperations.catalogue import Catalogue
    from cooperations.coverage import Coverage
    from cooperations.decisions import Decisions

ICONS = {"ouverte": "radio_button_unchecked", "en_cours": "pending", "comblee": "check_circle", "abandonnee": "cancel"}


def show_actions(matrix: Coverage, recorded: Decisions) -> None:
    """Draw the actions by meeting, the next one first, and the files to take away."""
    shown = matching_actions(recorded.actions, matrix.criteria, matrix.catalogue.gazetteer)
    _say_extent(len(shown), len(recorded.actions))
    if not shown:
        return
    ordered = sorted(shown, key=lambda one: (one.due_on, fold(one.meeting), one.recorded_at))
    for (due_on, meeting), actions in groupby(ordered, key=lambda one: (one.due_on, one.meeting)):
        st.markdown(f"#### {escape_markdown(meeting)} – {french_date(due_on.isoformat())}")
        held = list(actions)
        _lead_to_agenda(held[0], matrix)
        for action in held:
            _action(action, matrix)
    downloads(matrix, "actions")


def _lead_to_agenda(action: Action, matrix: Coverage) -> None:
    """Lead to the meetings of the agenda at which an action is due, when there are some."""
    for event in meetings_of(action, matrix.catalogue.events):
        label = f"Dans l’agenda\u00a0: {escape_markdown(event.name)}"
        st.page_link("agenda.py", label=label, query_params={"rencontre": event.id}, icon=":material/event:")


def _say_extent(shown: int, held: int) -> None:
    if not held:
        said = "Aucune action encore. Ouvrez une case de la matrice, puis « Ouvrir une action »."
    elif not shown:
        said = f"Aucune action pour ces types et ces territoires ; {number(held)} en tout."
    elif shown < held:
        said = f"{number(shown)} sur {plural(held, 'action')} : celles des types et des territoires filtrés."
    else:
        return
    st.info(said, icon=":material/checklist:")


def _action(action: Action, matrix: Coverage) -> None:
    catalogue = matrix.catalogue
    fills = counted_in(catalogue, *action.cell, matrix.counting)
    place = place_name(action.territory, catalogue.gazetteer)
    label = f"{action.what} – {v.ACTION_STATES.label(action.state).lower()} – {action.owner}"
    with st.expander(escape_markdown(label), icon=f":material/{ICONS[action.state]}:"):
        sheet = f" Fiche à écrire : {action.sheet}." if action.sheet else ""
        filled = filled_by(action, catalogue)
        beside = "" if action.practice_id in fills else ", qui ne compte pas dans la case"
        closing = f" Comblée par « {filled} »{beside}." if filled else ""
        st.markdown(escape_markdown(f"{v.PRACTICES.label(action.practice_code)}, {place}.{sheet}{closing}"))
        if action.state in v.CLOSED_STATES:
            if st.button("Rouvrir", key=f"rouvrir-{action.id}"):
                _keep(action, lambda: revised(action, state="ouverte", practice_id=None, closed_on=None))
        else:
            _progress(action, fills, catalogue)


def candidates(fills: Collection[str], catalogue: Catalogue) -> dict[str, str]:
    """Return the practices to choose from, by id: those that fill the cell first, and said to, then by name."""
    ordered = sorted(catalogue.practices, key=lambda one: (one.id not in fills, fold(one.name)))
    return {one.id: f"{one.name} (dans la case)" if one.id in fills else one.name for one in ordered}


def _progress(action: Action, fills: Collection[str], catalogue: Catalogue) -> None:
    known = candidates(fills, catalogue)
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    chosen = left.selectbox(
        "Pratique qui comble le manque", known, format_func=known.__getitem__, index=None,
        placeholder="Choisir une pratique", key=f"pratique-{action.id}",
    )  # fmt: skip
    if right.button("Clore l’action", key=f"clore-{action.id}", type="primary"):
        _keep(action, lambda: close_action(action, chosen or "", known, _today()))
    _warn(chosen, fills, action, catalogue)
    with st.container(horizontal=True):
        if action.state == "ouverte" and st.button("Commencer", key=f"commencer-{action.id}"):
            _keep(action, lambda: revised(action, state="en_cours"))
        if st.button("Abandonner", key=f"abandonner-{action.id}"):
            _keep(action, lambda: revised(action, state="abandonnee", closed_on=_today()))


def _warn(chosen: str | None, fills: Collection[str], action: Action, catalogue: Catalogue) -> None:
    if chosen and chosen not in fills:
        cell = f"{v.PRACTICES.label(action.practice_code)}, {place_name(action.territory, catalogue.gazetteer)}"
        st.warning(
            f"« {escape_markdown(catalogue.practice(chosen).name)} » ne compte pas dans la case "
            f"{escape_markdown(cell)} : la case restera comme elle est. L’action peut être close quand même.",
            icon=":material/warning:",
        )


def _keep(action: Action, change: Callable[[], Action]) -> None:
    def act() -> None:
        desk().replace(action, change(), action.owner)

    attempt(act, "Action mise à jour.")


def _today() -> date:
    return datetime.now(PARIS).date()
