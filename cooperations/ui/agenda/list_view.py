"""The meetings as a list: to come, then past ones, marked."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import streamlit as st

from cooperations.agenda import silent_events
from cooperations.agenda.listing import line, sorted_out
from cooperations.criteria import EVERYTHING
from cooperations.text import plural
from cooperations.ui import memory
from cooperations.ui.agenda import state
from cooperations.ui.components import mount

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cooperations.agenda import Occurrence
    from cooperations.model import Event
    from cooperations.ui.agenda.state import Shown

PROPOSE = {"sujet": "evenement"}


def show_list(shown: Shown) -> None:
    """Draw both lists, or say what to do when there is nothing."""
    found = sorted_out(shown.events, shown.now)
    st.subheader(f"À venir ({len(found.coming)})", anchor=False)
    if found.coming:
        draw(found.coming, "a-venir", "Rencontres à venir", shown)
    else:
        _nothing_to_come(shown)
    if found.past:
        st.subheader(f"Passées ({len(found.past)})", anchor=False)
        draw(found.past, "passees", "Rencontres passées", shown)
    say_silent(shown)


def draw(lines: Iterable[Occurrence | Event], key: str, label: str, shown: Shown) -> None:
    """Draw meetings as a list whose names open them."""
    rows = [asdict(line(one, shown.catalogue, shown.now)) for one in lines]
    data = {"lignes": rows, "libelle": label, "ouverte": state.held(state.OPEN)}
    mount("agenda", f"agenda-{key}", data, {"ouvrir": lambda event_id: state.open_event(str(event_id))})


def propose() -> None:
    """Draw the way to the form: once a page, beside the ways to show the agenda."""
    st.page_link("contribuer.py", label="Proposer une rencontre", query_params=PROPOSE, icon=":material/add:")


def say_silent(shown: Shown) -> None:
    """Count what the filters leave out only because the meeting says nothing."""
    count = silent_events(shown.catalogue, shown.criteria)
    if count:
        said = plural(count, "rencontre ne dit pas son type ou son territoire", "rencontres ne disent pas le leur")
        st.caption(f"{said}\u00a0: ces filtres ne la montrent pas." if count == 1 else f"{said}\u00a0: non montrées.")


def _nothing_to_come(shown: Shown) -> None:
    filtered = shown.criteria != EVERYTHING
    why = " pour ces filtres" if filtered else ""
    st.info(
        f"Aucune rencontre à venir{why}\u00a0: proposez-en une, ou abonnez-vous pour être tenu au courant.",
        icon=":material/event_busy:",
    )
    if filtered:
        st.button("Effacer tous les filtres", on_click=memory.change, args=(EVERYTHING,))
