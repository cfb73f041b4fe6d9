"""What the page shows of a report: its figures, its charts, each beside the table that says the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from cooperations.reports import tables, words
from cooperations.reports.sections import text
from cooperations.ui.markdown import escape_markdown

if TYPE_CHECKING:
    from collections.abc import Callable

    from cooperations.exports import Sheet
    from cooperations.reports.content import Report

SHEETS: dict[str, Callable[[Report], Sheet]] = {
    "types": tables.by_type,
    "repartition": tables.by_territory,
    "temps": tables.over_time,
}
FEW_COLUMNS, MANY_ROWS = 2, 10
"""A table as wide fits beside its chart; a longer one opens under it."""


def show_figures(made: Report) -> None:
    """Draw the key figures, each with its change."""
    lines = (
        f"- {one.figure.label} **{one.figure.words}**{f' ({one.words})' if one.words else ''}" for one in made.changes
    )
    with st.container(key="chiffres-cles"):
        st.markdown("\n".join(lines))
    if made.not_compared:
        st.caption(escape_markdown(f"Comparaison {words.comparison(made)}."))


def show_summary(made: Report) -> None:
    """Say the report in a few sentences; that there is nothing, when there is nothing."""
    said = escape_markdown(words.summary(made))
    if len(made.now.selection):
        st.markdown(said)
    else:
        st.info(said, icon=":material/search_off:")


def show_charts(made: Report) -> None:
    """Draw the charts, the same as in the files."""
    from cooperations.reports.pictures import charts_of  # noqa: PLC0415 - slow to import, and only this page needs it

    for name, chart in charts_of(made).items():
        st.subheader(chart.title, anchor=False)
        sheet = SHEETS[name](made)
        beside = len(sheet.columns) <= FEW_COLUMNS
        left, right = st.columns([3, 2], gap="large") if beside else (st.container(), st.container())
        left.altair_chart(chart.draw(chart.bars), theme="streamlit", key=f"graphique-{name}")
        with right:
            _table(sheet)


def _table(sheet: Sheet) -> None:
    cells = [[escape_markdown(text(cell)) for cell in row] for row in (sheet.columns, *sheet.rows)]
    header, *rows = (f"| {' | '.join(row)} |" for row in cells)
    rule = f"|:--|{'--:|' * (len(sheet.columns) - 1)}"
    with st.expander("Le tableau qui dit la même chose") if len(rows) > MANY_ROWS else st.container():
        st.markdown("\n".join((header, rule, *rows)))
