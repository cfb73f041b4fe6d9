"""What the page shows beside the criteria: how it counts, what it measures, which cell is open."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from cooperations import vocabularies as v
from cooperations.coverage import coverage
from cooperations.coverage.cells import COUNTINGS
from cooperations.coverage.denominators import MEASURES
from cooperations.runtime import application
from cooperations.ui import memory
from cooperations.ui.memory import PageMemory, Parameter, one_among

if TYPE_CHECKING:
    from cooperations.catalogue import Catalogue
    from cooperations.coverage import Coverage
    from cooperations.decisions import Decisions
    from cooperations.territories import Gazetteer

COUNTING, MEASURE, CELL, SHADE, TAB = "compter", "mesure", "cellule", "teinte", "volet"
TABS = ("Manques", "Actions", "Carte", "Instantanés", "Fichiers")
MISSING_TYPES = "manques"
COUNTING_LABELS = {"ici": "Ici même", "couvrant": "Aussi ce qui couvre le territoire"}
_DONE, _MADE = "_couverture_fait", "_couverture_faits"


def is_cell(value: str, gazetteer: Gazetteer) -> bool:
    """Return whether a text is « type|niveau:code »."""
    code, _, key = value.partition("|")
    return code in v.PRACTICES and key in gazetteer


COVERAGE = PageMemory(
    "couverture",
    {
        COUNTING: one_among(COUNTINGS, COUNTINGS[0]),
        MEASURE: one_among(MEASURES.codes, MEASURES.codes[0]),
        TAB: one_among(TABS, TABS[0]),
        SHADE: one_among((MISSING_TYPES, *v.PRACTICES.codes), MISSING_TYPES),
        CELL: Parameter("", is_cell),
    },
)


def held(parameter: str) -> str:
    """Return the present value of one of the page's parameters."""
    return str(st.session_state.get(parameter) or COVERAGE.parameters[parameter].default)


def decisions() -> Decisions:
    """Return what groups recorded, as it is now."""
    return application().decisions()


def shown(catalogue: Catalogue, recorded: Decisions) -> Coverage:
    """Return the matrix that the address asks for."""
    return coverage(catalogue, memory.held(), recorded, held(COUNTING))


def open_cell(value: str) -> None:
    """Open a cell, or close the open one with an empty value; from a callback."""
    st.session_state[CELL] = value


def drill_down(key: str) -> None:
    """Show the EPCI of a department; from a callback."""
    memory.change(replace(memory.held(), territories=(key,)))


def drill_up() -> None:
    """Show the departments again; from a callback."""
    memory.change(replace(memory.held(), territories=()))


def say_done(sentence: str) -> None:
    """Keep a sentence to show at the next run, when something was recorded."""
    st.session_state[_DONE] = sentence
    st.session_state[_MADE] = records_made() + 1


def records_made() -> int:
    """Return how many times something was recorded in this session."""
    return int(st.session_state.get(_MADE, 0))


def show_done() -> None:
    """Show what was just recorded."""
    sentence = st.session_state.pop(_DONE, "")
    if sentence:
        st.toast(sentence, icon=":material/check_circle:", duration="long")
