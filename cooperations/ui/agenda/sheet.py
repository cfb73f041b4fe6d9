"""The meeting that is open: what is known of it, what it has on its table, how to keep it in one's own agenda."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from cooperations import vocabularies as v
from cooperations.agenda import place_in_words, shown_of, when_in_words
from cooperations.agenda.due import actions_due, gaps_dealt_with, subject
from cooperations.agenda.listing import about_in_words, following, marks
from cooperations.agenda.words import cancelled_in_words, rule_in_words
from cooperations.coverage.tables import place_name
from cooperations.runtime import application
from cooperations.text import plural
from cooperations.ui.agenda import state
from cooperations.ui.contributing.form import DATES_PART, PART_PARAMETER
from cooperations.ui.markdown import escape_markdown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cooperations.coverage import Gap
    from cooperations.decisions import Action
    from cooperations.model import Event
    from cooperations.territories import Gazetteer
    from cooperations.ui.agenda.state import Shown

MOST_GAPS = 5


def show_opened(shown: Shown) -> None:
    """Draw the meeting that the address names, or say that there is none."""
    wanted = state.held(state.OPEN)
    if not wanted:
        return
    found = next((event for event in shown.catalogue.events if event.id == wanted), None)
    if found is None:
        st.warning(f"Aucune rencontre n’a l’identifiant «\u00a0{wanted}\u00a0».", icon=":material/search_off:")
        return
    with st.container(border=True, key="rencontre-ouverte"):
        st.header(escape_markdown(found.name), anchor=False)
        rows = "".join(f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in _facts(found, shown))
        st.html(f'<dl class="coop-faits">{rows}</dl>')
        _tools(found)
        _table(found, shown)


def _facts(event: Event, shown: Shown) -> Iterator[tuple[str, str]]:
    """Yield what is known, absent facts left out."""
    occurrence = shown_of(event, shown.now)
    said = marks(event, occurrence, shown.now)
    later = ", ".join(following(event, occurrence)) if occurrence and event.recurrence else ""
    organiser = shown.catalogue.structures.get(event.organiser_id or "")
    rows = (
        ("Quand", "\u00a0– ".join((when_in_words(occurrence), *map(str.lower, said)))),
        ("Revient", rule_in_words(event)),
        ("Dates suivantes", later),
        ("Dates annulées", cancelled_in_words(event)),
        ("Où", place_in_words(event, shown.catalogue.gazetteer)),
        ("Organisation", organiser.name if organiser else ""),
        ("Objet", event.description),
        ("Traite de", about_in_words(event, shown.catalogue)),
        ("Statut", v.EVENT_STATUSES[event.status].definition),
        ("Extrait de la source", f"«\u00a0{event.extract}\u00a0»"),
        ("Source", event.source),
    )
    yield from ((name, text) for name, text in rows if text)


def _tools(event: Event) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        if event.starts_at or event.period:
            st.link_button("Mettre dans mon agenda", f"/agenda/{event.id}.ics", icon=":material/event:", type="primary")
        st.page_link(
            "contribuer.py", label="Proposer une correction", icon=":material/edit:",
            query_params={"corriger": event.id, "sujet": "evenement"},
        )  # fmt: skip
        if event.recurrence:
            st.page_link(
                "contribuer.py", label="Annuler une date", icon=":material/event_busy:",
                query_params={"corriger": event.id, "sujet": "evenement", PART_PARAMETER: DATES_PART},
            )  # fmt: skip
        st.button("Fermer", icon=":material/close:", on_click=state.open_event, args=("",), type="tertiary")


def _table(event: Event, shown: Shown) -> None:
    """Draw the actions that are due, and the gaps that the meeting deals with."""
    catalogue, recorded = shown.catalogue, application().decisions()
    actions = actions_due(event, catalogue.events, recorded.actions)
    gaps = gaps_dealt_with(event, catalogue, recorded)
    if actions:
        st.markdown(f"**Actions attendues** ({len(actions)})")
        st.markdown("\n".join(_action(one, catalogue.gazetteer) for one in actions))
    if gaps:
        more = f", dont les {MOST_GAPS} plus pressants" if len(gaps) > MOST_GAPS else ""
        st.markdown(f"**Manques traités**\u00a0: {plural(len(gaps), 'case')} sans exemple{more}")
        st.markdown("\n".join(_gap(one, catalogue.gazetteer) for one in gaps[:MOST_GAPS]))
    asked = subject(event)
    if asked:
        st.page_link(
            "couverture.py", label="Voir ces types et ces territoires dans la couverture", icon=":material/grid_on:",
            query_params=asked.to_query(),
        )  # fmt: skip


def _action(action: Action, gazetteer: Gazetteer) -> str:
    where = f"{v.PRACTICES.label(action.practice_code)}, {place_name(action.territory, gazetteer)}"
    said = f"{action.what} ({action.owner}, {v.ACTION_STATES.label(action.state).lower()}) – {where}"
    return f"- {escape_markdown(said)}"


def _gap(gap: Gap, gazetteer: Gazetteer) -> str:
    label = f"{v.PRACTICES.label(gap.cell.code)}, {place_name(gap.cell.key, gazetteer)}"
    return f"- {escape_markdown(label)}"
