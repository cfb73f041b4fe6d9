"""What the page shows beside the criteria: in which way, which month, which meeting is open."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import streamlit as st

from cooperations.agenda import applicable, events_of
from cooperations.agenda.months import is_month, month_of
from cooperations.fields import PARIS
from cooperations.ui import memory
from cooperations.ui.memory import PageMemory, Parameter, one_among

if TYPE_CHECKING:
    from cooperations.catalogue import Catalogue
    from cooperations.criteria import Criteria
    from cooperations.model import Event

VIEW, MONTH, OPEN = "affichage", "mois", "rencontre"
VIEWS = {"liste": "Liste", "mois": "Mois", "carte": "Carte"}
_IDENTIFIER = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

AGENDA = PageMemory(
    "agenda",
    {
        VIEW: one_among(VIEWS, "liste"),
        MONTH: Parameter("", lambda value, _: is_month(value)),
        OPEN: Parameter("", lambda value, _: bool(_IDENTIFIER.fullmatch(value))),
    },
)


@dataclass(frozen=True)
class Shown:
    """What a run of the page is about: the meetings that answer the criteria, and the moment it is."""

    catalogue: Catalogue
    criteria: Criteria
    events: tuple[Event, ...]
    now: datetime


def shown(catalogue: Catalogue) -> Shown:
    """Return what the address asks for."""
    criteria = applicable(memory.held())
    return Shown(catalogue, criteria, events_of(catalogue, criteria), datetime.now(PARIS))


def say_unused() -> None:
    """Say that some of the filters of the session are about practices alone."""
    asked = memory.held()
    if applicable(asked) != asked:
        st.caption("Le statut et la localisation ne filtrent que les pratiques, pas les rencontres.")


def held(parameter: str) -> str:
    """Return the present value of one of the page's parameters."""
    return str(st.session_state.get(parameter) or AGENDA.parameters[parameter].default)


def month_shown(now: datetime) -> str:
    """Return the month that the address asks for, or the present one."""
    return held(MONTH) or month_of(now.date())


def open_event(event_id: str) -> None:
    """Open a meeting, or close the open one with an empty id; from a callback."""
    memory.act()
    st.session_state[OPEN] = event_id if _IDENTIFIER.fullmatch(event_id) else ""


def go_to_month(name: str) -> None:
    """Show a month; from a callback."""
    memory.act()
    st.session_state[MONTH] = name if is_month(name) else ""


def show_month(name: str) -> None:
    """Show a month in the month view; from a callback."""
    st.session_state[VIEW] = "mois"
    go_to_month(name)
