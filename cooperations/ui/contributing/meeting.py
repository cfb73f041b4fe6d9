"""The steps of a meeting: what it deals with, when it is and comes again, where. What is wrong is said at its field."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import streamlit as st

from cooperations import recurrence
from cooperations import vocabularies as v
from cooperations.contributions.meetings import CANCELLED, date_issues
from cooperations.dataset.reader import columns
from cooperations.fields import PARIS
from cooperations.model import Event
from cooperations.ui.components import territory_search
from cooperations.ui.contributing.cancelling import cancelled_dates
from cooperations.ui.contributing.draft import field_label, key
from cooperations.ui.contributing.fields import choice, long_text, text
from cooperations.ui.contributing.placing import add_territory, chosen, commune
from cooperations.ui.markdown import escape_markdown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cooperations.catalogue import Catalogue
    from cooperations.errors import DataIssue
    from cooperations.ui.contributing.draft import Draft

HOURS, PERIOD = ("debut", "fin", "recurrence", CANCELLED), ("periode",)
OTHER = "autre"


def what(held: Draft) -> None:
    """Draw the step « quoi »: its name, its object, its status, the types it deals with."""
    text(held, "nom", placeholder="Rencontre des achats responsables")
    long_text(held, "description", "L’objet de la rencontre.")
    choice(held, "statut", v.EVENT_STATUSES)
    present = [code for code in held.get("types_pratique").split("|") if code in v.PRACTICES]
    said = st.multiselect(
        field_label(held, "types_pratique"), v.PRACTICES.codes, present, format_func=v.PRACTICES.label,
        placeholder="Aucun en particulier", key=key("types_pratique"),
    )  # fmt: skip
    held.put("types_pratique", "|".join(said))


def when_and_where(held: Draft, catalogue: Catalogue) -> None:
    """Draw the dates with what is wrong with them, then the places and who organises."""
    drawn = st.container()
    period = st.container()
    with drawn:
        _moments(held)
    with period:
        text(held, "periode", placeholder="2027 ou 2027-03", most=7, help_text="Quand le jour n’est pas encore connu.")
    issues = _issues(held, catalogue)
    with drawn:
        _say(issues, HOURS)
    with period:
        _say(issues, PERIOD)
    _where(held, catalogue)


def _where(held: Draft, catalogue: Catalogue) -> None:
    text(held, "lieu", placeholder="Locaux de la CRESS")
    commune(held, catalogue, "Commune où elle se tient")
    territory_search(catalogue.gazetteer, add_territory, "Territoires dont il est question", " est ajouté.")
    if held.get("territoires"):
        chosen(held, catalogue.gazetteer)
    names = {one.id: one.name for one in catalogue.structures.values()}
    present = held.get("id_organisateur")
    said = st.selectbox(
        field_label(held, "id_organisateur"), list(names),
        index=list(names).index(present) if present in names else None, format_func=names.__getitem__,
        placeholder="Choisir", key=key("id_organisateur"),
    )  # fmt: skip
    held.put("id_organisateur", said)


def _moments(held: Draft) -> None:
    """Draw the day and the hours of a meeting; without an hour, there is only its month or its year."""
    begins, ends = _moment(held.get("debut")), _moment(held.get("fin"))
    left, middle, right = st.columns(3)
    day = left.date_input("Jour", begins.date() if begins else None, format="DD/MM/YYYY", key=key("jour"))
    start = middle.time_input("Heure de début", begins.time() if begins else None, key=key("heure-debut"))
    end = right.time_input("Heure de fin", ends.time() if ends else None, key=key("heure-fin"))
    for name, hour in (("debut", start), ("fin", end)):
        held.put(name, datetime.combine(day, hour, PARIS).isoformat() if day and hour else "")
    if day and not start:
        st.caption("Donnez aussi l’heure de début\u00a0; ou, à la place du jour, l’année ou le mois.")
    if day and start:
        _recurrence(held, day)
    else:
        held.put("recurrence", "")
    cancelled_dates(held)


def _recurrence(held: Draft, day: date) -> None:
    """Draw how the meeting comes again: what its day suggests, and until when."""
    present = held.get("recurrence")
    without_end = recurrence.ending(present, None)
    rules = recurrence.suggested(day)
    held_as = next((name for name, rule in rules.items() if rule == without_end), OTHER)
    rules |= {OTHER: without_end} if held_as == OTHER else {}
    left, right = st.columns([2, 1])
    said = left.selectbox(
        field_label(held, "recurrence"), list(rules), index=list(rules).index(held_as),
        format_func=lambda name: _in_words(rules[name], day), key=key("recurrence"),
    )  # fmt: skip
    rule = rules.get(said, "")
    held_rule = _parsed(present)
    until = held_rule.until if held_rule else None
    if rule:
        label = "Jusqu’au (facultatif)"
        until = right.date_input(label, until, min_value=day, format="DD/MM/YYYY", key=key("jusqu-au"))
    held.put("recurrence", recurrence.ending(rule, until))


def _in_words(rule: str, day: date) -> str:
    parsed = _parsed(rule)
    return recurrence.in_words(parsed, day).capitalize() if parsed else rule or "Une seule fois"


def _parsed(rule: str) -> recurrence.Rule | None:
    """Return a rule; None for none, or for one that was typed wrong, which its field says."""
    try:
        return recurrence.parse(rule) if rule else None
    except ValueError:
        return None


def _issues(held: Draft, catalogue: Catalogue) -> list[DataIssue]:
    """Return what is wrong with the dates, once some are given."""
    values = {name: held.get(name) for name in columns(Event)}
    if not any(values[name] for name in (*HOURS, *PERIOD)):
        return []
    return date_issues(values, catalogue, datetime.now(PARIS).date(), new=held.target_id is None)


def _say(issues: Sequence[DataIssue], names: Sequence[str]) -> None:
    for issue in issues:
        if issue.column in names:
            st.error(escape_markdown(f"{issue.problem}. {issue.remedy}"), icon=":material/event_busy:")


def _moment(text_held: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text_held).astimezone(PARIS)
    except (ValueError, OverflowError):
        return None
