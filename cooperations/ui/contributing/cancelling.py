"""The dates of a series that are cancelled, each with its reason."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import streamlit as st

from cooperations import cancellations
from cooperations.agenda.words import day_in_words
from cooperations.contributions.meetings import CANCELLED, dates_to_cancel
from cooperations.dataset.reader import columns
from cooperations.fields import PARIS
from cooperations.model import Event
from cooperations.ui.contributing.draft import field_label, key

if TYPE_CHECKING:
    from cooperations.ui.contributing.draft import Draft


def cancelled_dates(held: Draft) -> None:
    """Draw the choice of the dates to cancel, and why; nothing for a meeting that does not come again."""
    if not held.get("recurrence"):
        held.put(CANCELLED, "")
        return
    present = cancellations.pairs(held.get(CANCELLED))
    values = {name: held.get(name) for name in columns(Event)}
    # Another rule has other dates.
    name = f"{CANCELLED}-{held.get('debut')}-{held.get('recurrence')}"
    said = st.multiselect(
        field_label(held, CANCELLED), dates_to_cancel(values, datetime.now(PARIS).date()), sorted(present),
        format_func=_in_words, placeholder="Aucune", key=key(name),
        help="La série continue\u00a0: seules ces dates n’ont pas lieu.",
    )  # fmt: skip
    reasons = {day: _reason(day, present.get(day, "")) for day in sorted(said)}
    # What nobody touched stays as it was written.
    if reasons != present:
        held.put(CANCELLED, cancellations.as_text(reasons))


def _reason(day: str, present: str) -> str:
    label = f"Raison, {_in_words(day)}"
    most = cancellations.LONGEST_REASON
    return st.text_input(label, present, placeholder="Salle fermée", max_chars=most, key=key(f"raison-{day}"))


def _in_words(day: str) -> str:
    """Return a day in French, or as it was written when it is none."""
    try:
        return day_in_words(date.fromisoformat(day))
    except ValueError:
        return day
