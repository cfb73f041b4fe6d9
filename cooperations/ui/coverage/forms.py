"""The forms of a cell: a survey, an action, a target. What is refused is said, and stays in the form."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import streamlit as st

from cooperations import vocabularies as v
from cooperations.agenda.due import to_come
from cooperations.decisions import NOTE_LENGTH, Action, Survey, Target, decide, form_label
from cooperations.errors import CooperationsError, InvalidDecision
from cooperations.fields import PARIS
from cooperations.model import NAME_LENGTH
from cooperations.runtime import application
from cooperations.text import fold, namesake
from cooperations.ui.coverage import state
from cooperations.ui.markdown import escape_markdown
from cooperations.ui.session import desk

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from streamlit.delta_generator import DeltaGenerator

    from cooperations.catalogue import Catalogue
    from cooperations.coverage import Cell
    from cooperations.decisions import CellDecision

NOBODY = "Une organisation, jamais une personne."
_ASKED = "_organisation_demandee"


def survey_form(cell: Cell, catalogue: Catalogue) -> None:
    """Record that somebody looked and found nothing, or that the cell is beside the subject."""
    if cell.count or cell.hidden:
        st.caption("La case a déjà des pratiques : le relevé est gardé et montré à côté d’elles.")
    with _form("releve", cell):
        finding = st.radio(
            form_label(Survey, "finding"), v.FINDINGS.codes, format_func=v.FINDINGS.label, horizontal=True
        )
        organisation = organisation_field(form_label(Survey, "organisation"), catalogue)
        day = st.date_input(form_label(Survey, "day"), value="today", max_value="today", format="DD/MM/YYYY")
        note = st.text_area(form_label(Survey, "note"), max_chars=NOTE_LENGTH, height=80)
        refusal = st.empty()
        if st.form_submit_button("Enregistrer le relevé", type="primary"):
            values = {"finding": finding, "organisation": organisation, "day": day, "note": note}
            record(Survey, cell, organisation, "Relevé enregistré.", values, refusal)


def action_form(cell: Cell, catalogue: Catalogue) -> None:
    """Open an action: what, by whom, for which meeting, and the sheet to write."""
    with _form("action", cell):
        what = st.text_input(form_label(Action, "what"), max_chars=NAME_LENGTH)
        owner = organisation_field(form_label(Action, "owner"), catalogue)
        left, right = st.columns([3, 2])
        meeting, due_on = _meeting(left, right, catalogue)
        sheet = st.text_input(form_label(Action, "sheet"), max_chars=NAME_LENGTH)
        refusal = st.empty()
        if st.form_submit_button("Ouvrir l’action", type="primary"):
            asked = {"what": what, "owner": owner, "meeting": meeting, "due_on": due_on, "sheet": sheet}
            asked["state"] = v.ACTION_STATES.codes[0]
            record(Action, cell, owner, "Action ouverte.", asked, refusal)


def _meeting(left: DeltaGenerator, right: DeltaGenerator, catalogue: Catalogue) -> tuple[str, date | None]:
    """Draw the choice of a meeting, in the agenda when it knows some to come; its day is then that of the action."""
    coming, label = to_come(catalogue.events, datetime.now(PARIS)), form_label(Action, "meeting")
    if coming:
        said = left.selectbox(
            label, list(coming), index=None, placeholder="Choisir dans l’agenda, ou écrire", accept_new_options=True
        )
    else:
        said = left.text_input(label, max_chars=NAME_LENGTH)
    own_day = "Vide\u00a0: celle de l’agenda." if coming else None
    due_on = right.date_input(form_label(Action, "due_on"), value=None, format="DD/MM/YYYY", help=own_day)
    name, day = coming.get(said or "", (said or "", None))
    return name, due_on or day


def target_form(cell: Cell, catalogue: Catalogue) -> None:
    """Set how many practices the group wants here; zero takes the target away."""
    with _form("objectif", cell):
        wanted = st.number_input(form_label(Target, "wanted"), value=cell.target or 1, step=1)
        organisation = organisation_field(form_label(Target, "organisation"), catalogue)
        st.caption("Zéro retire l’objectif.")
        refusal = st.empty()
        if st.form_submit_button("Fixer l’objectif", type="primary"):
            values = {"wanted": wanted, "organisation": organisation}
            record(Target, cell, organisation, "Objectif fixé.", values, refusal)


def _form(name: str, cell: Cell) -> DeltaGenerator:
    """Return a form that is empty again once what it said was recorded, and only then."""
    return st.form(f"{name}-{cell.code}-{cell.key}-{state.records_made()}", border=False)


def organisation_field(label: str, catalogue: Catalogue, **options: Any) -> str:
    """Draw the choice of an organisation: those known, those of the working group first, or another."""
    known = sorted(catalogue.structures.values(), key=lambda one: (not one.in_working_group, fold(one.name)))
    names = [structure.name for structure in known]
    return st.selectbox(
        label, names, index=None, placeholder="Choisir, ou écrire un nom", accept_new_options=True, help=NOBODY,
        **options,
    ) or ""  # fmt: skip


def record(  # noqa: PLR0913, PLR0917 - what, where, by whom, then what is said and where
    model: type[CellDecision], cell: Cell, author: str, done: str, values: dict[str, Any], refusal: DeltaGenerator
) -> None:
    """Keep a record about a cell, then draw the page again; an error is said and keeps what was typed."""
    place = {"practice_code": cell.code, "territory": cell.key}
    with refusal.container():
        if is_meant(author):
            attempt(lambda: desk().add(decide(model, **place, **values), author), done)


def is_meant(organisation: str) -> bool:
    """Return whether a name is to be kept; one that looks like a known one is asked about, once."""
    names = [structure.name for structure in application().catalogue().structures.values()]
    known = namesake(organisation, names)
    if not known or known == organisation or st.session_state.get(_ASKED) == organisation:
        return True
    st.session_state[_ASKED] = organisation
    st.warning(
        f"« {escape_markdown(known)} » est déjà connue. Choisissez-la dans la liste si c’est elle ; "
        f"sinon, validez de nouveau pour garder « {escape_markdown(organisation)} ».",
        icon=":material/help:",
    )
    return False


def attempt(act: Callable[[], None], done: str) -> None:
    """Do something to the store; say that it is done after the next run, or say what prevented it."""
    try:
        act()
    except CooperationsError as error:
        sentences = error.sentences if isinstance(error, InvalidDecision) else (str(error),)
        st.error("  \n".join(map(escape_markdown, sentences)), icon=":material/error:")
        return
    state.say_done(done)
    st.rerun()
