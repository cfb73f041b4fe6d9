"""A month as a table of days, gone through by keyboard, with its meetings in full below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from cooperations.agenda import shown_of
from cooperations.agenda.listing import marks
from cooperations.agenda.months import month, month_of, moved
from cooperations.agenda.occurrences import order
from cooperations.agenda.words import day_in_words, hour
from cooperations.ui.agenda import state
from cooperations.ui.agenda.list_view import draw, say_silent
from cooperations.ui.components import mount

if TYPE_CHECKING:
    from datetime import date

    from cooperations.agenda import Occurrence
    from cooperations.agenda.months import Month
    from cooperations.ui.agenda.state import Shown


def show_month(shown: Shown) -> None:
    """Draw the month that the address asks for."""
    name = state.month_shown(shown.now)
    found = month(name, shown.events)
    triggers = {"mois": lambda wanted: state.go_to_month(str(wanted)), "ouvrir": lambda one: state.open_event(str(one))}
    mount("mois", "agenda-mois", _data(found, shown), triggers)
    within = {one for day, some in found.days.items() if month_of(day) == name for one in some}
    held = (*sorted(within, key=order), *found.vague)
    if held:
        st.subheader(f"Les rencontres de {found.label}", anchor=False)
        draw(held, "du-mois", f"Rencontres de {found.label}", shown)
    else:
        _nothing(found, shown)
    say_silent(shown)


def _data(found: Month, shown: Shown) -> dict[str, Any]:
    today = shown.now.date()
    return {
        "mois": found.name,
        "libelle": found.label,
        "avant": moved(found.name, -1),
        "apres": moved(found.name, 1),
        "present": month_of(today),
        "semaines": [[_day(day, found, shown) for day in week] for week in found.weeks],
    }


def _day(day: date, found: Month, shown: Shown) -> dict[str, Any]:
    return {
        "numero": day.day,
        "jour": day_in_words(day),
        "dehors": month_of(day) != found.name,
        "aujourdhui": day == shown.now.date(),
        "rencontres": [_meeting(one, day, shown) for one in found.days.get(day, ())],
    }


def _meeting(one: Occurrence, day: date, shown: Shown) -> dict[str, Any]:
    said = marks(one.event, one, shown.now)
    starts = hour(one.start) if one.start else ""
    return {
        "id": one.event.id,
        "nom": one.event.name,
        "heure": starts if day == one.first else "suite",
        "marques": ", ".join((*map(str.lower, said), *filter(None, [one.cancelled]))),
        "passee": one.is_past(shown.now),
        "annulee": one.is_cancelled,
    }


def _nothing(found: Month, shown: Shown) -> None:
    """Say that a month is empty, and lead to the next meeting, or to the last one when none is to come."""
    st.info(f"Aucune rencontre en {found.label}.", icon=":material/event_busy:")
    known = [one for event in shown.events if (one := shown_of(event, shown.now)) and not one.is_vague]
    coming = sorted((one for one in known if not one.is_past(shown.now)), key=order)
    for one in coming[:1] or sorted(known, key=order)[-1:]:
        label = f"Voir la {'prochaine' if coming else 'dernière'}\u00a0: {day_in_words(one.first)}"
        st.button(label, icon=":material/event:", on_click=state.go_to_month, args=(month_of(one.first),))
