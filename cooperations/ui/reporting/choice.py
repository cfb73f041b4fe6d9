"""What a report is asked for: the filters of all pages, a period, and the snapshot to compare with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from cooperations.catalogue import OPEN_START
from cooperations.reports.order import Order
from cooperations.reports.words import snapshot_name
from cooperations.runtime import application
from cooperations.ui import memory
from cooperations.ui.memory import PageMemory, Parameter
from cooperations.web.report_files import SINCE, kept_report

if TYPE_CHECKING:
    from datetime import date

    from cooperations.catalogue import Catalogue
    from cooperations.decisions import Snapshot
    from cooperations.reports.content import Report


def _kept() -> dict[str, Snapshot]:
    return {one.id: one for one in reversed(application().decisions().snapshots)}


REPORT = PageMemory("rapport", {SINCE: Parameter("", lambda value, _: value in _kept())})


def years(catalogue: Catalogue, last: date) -> list[str]:
    """Return the years from the first known start of a practice to the last day of the data."""
    days = catalogue.frame["first"].to_numpy()
    known = days[days != OPEN_START]
    first = type(last).fromordinal(int(known.min())).year if known.size else last.year
    return [str(year) for year in range(min(first, last.year), last.year + 1)]


def asked(catalogue: Catalogue) -> Report:
    """Return the report that the address asks for."""
    since = str(st.session_state.get(SINCE) or "")
    return kept_report(catalogue, application().decisions(), Order(memory.held(), _kept().get(since)))


def choose_snapshot() -> None:
    """Draw the choice of the snapshot, or say how to take one."""
    kept = _kept()
    if not kept:
        st.caption("Aucun instantané gardé encore\u00a0: la page Couverture en garde, et le rapport s’y comparera.")
        return
    st.selectbox(
        "Comparer à",
        ["", *kept],
        key=SINCE,
        format_func=lambda key: snapshot_name(kept[key]) if key else "Aucun instantané",
        width=480,
    )
