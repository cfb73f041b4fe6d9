"""What the page shows of a report: its figures, its charts, each beside the table that says the same."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import streamlit as st

from cooperations import vocabularies as v
from cooperations.reports import words
from cooperations.text import number
from cooperations.ui.markdown import escape_markdown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cooperations.figures import Bar
    from cooperations.reports.content import Report

HEADINGS = {"types": "Type de pratique", "repartition": "Territoire", "temps": "Année de début"}
MANY_ROWS = 10
"""A table that is longer opens under its chart."""


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
        beside = not chart.bars[0].group
        left, right = st.columns([3, 2], gap="large") if beside else (st.container(), st.container())
        left.altair_chart(chart.draw(chart.bars), theme="streamlit", key=f"graphique-{name}")
        with right:
            _table(HEADINGS[name], chart.bars)


def _table(heading: str, bars: Sequence[Bar]) -> None:
    """Draw what a chart shows, in few columns: a telephone shows them whole."""
    rows = _by_group(bars) if bars[0].group else [(v.PRACTICES.label(bar.code), str(bar.count)) for bar in bars]
    columns = (heading, "Pratiques", "Dont")[: len(rows[0])]
    lines = [f"| {' | '.join(map(escape_markdown, row))} |" for row in (columns, *rows)]
    lines.insert(1, ("|:--|--:|", "|:--|--:|:--|")[len(columns) > 2])  # noqa: PLR2004 - the third is words
    with st.expander("Le tableau qui dit la même chose") if len(rows) > MANY_ROWS else st.container():
        st.markdown("\n".join(lines))


def _by_group(bars: Sequence[Bar]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for group, held in groupby(bars, key=lambda bar: bar.group):
        some = [bar for bar in held if bar.count]
        words = ", ".join(f"{v.PRACTICES.label(bar.code)}\u00a0{number(bar.count)}" for bar in some)
        rows.append((group, number(sum(bar.count for bar in some)), words or "–"))
    return rows
