"""Key figures, the count table and the chart of a selection."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from cooperations import vocabularies as v
from cooperations.counts import TOTAL, cell, columns, count_matrix
from cooperations.text import number
from cooperations.ui import memory
from cooperations.ui.components import count_table
from cooperations.ui.palette import SIGNS

if TYPE_CHECKING:
    import altair as alt

    from cooperations.selection import Selection

CHART_KEY, CLICK = "graphique", "choix"
TABS = ("Tableau", "Graphique")
BAR_HEIGHT_PX = 34


def key_figures(selection: Selection) -> None:
    """Draw the figures that a meeting asks for first."""
    matrix = count_matrix(selection)
    departments = [department.key for department in selection.catalogue.gazetteer.departments]
    covered = sum(cell(matrix, TOTAL, key) > 0 for key in departments)
    types = sum(cell(matrix, code, TOTAL) > 0 for code in v.PRACTICE_TYPES.codes)
    placed = selection.by_location
    nowhere = f", dont {number(placed['inconnue'])} sans territoire" if placed["inconnue"] else ""
    shown = (
        ("Pratiques", f"{number(len(selection))} sur {number(len(selection.catalogue))}"),
        ("Types représentés", f"{types} sur {len(v.PRACTICE_TYPES.codes)}"),
        ("Départements avec un exemple", f"{covered} sur {len(departments)}"),
        ("Sans localisation précise", number(selection.without_point) + nowhere),
        (v.LOCATION_GROUPS.label("hors_perimetre"), number(placed["hors_perimetre"])),
    )
    # Plain Markdown: for anything else the browser would fetch more code before the map.
    with st.container(key="chiffres-cles"):
        st.markdown("\n".join(f"- {label} **{value}**" for label, value in shown))


def counts_section(selection: Selection) -> None:
    """Draw the counts by type and territory, as a table and as a chart; a click filters."""
    st.header("Par type et par territoire", anchor=False)
    table, chart = st.tabs(TABS, on_change="rerun", key="chiffres")
    if table.open:
        with table:
            gazetteer = selection.catalogue.gazetteer
            count_table(selection, lambda cell: memory.narrow(cell, gazetteer))
    if chart.open:
        with chart:
            st.altair_chart(stacked_bars(selection), key=CHART_KEY, on_select=_filter_on_bar, theme="streamlit")
            st.caption("Un clic sur une barre filtre sur ce type et ce territoire. Le tableau dit la même chose.")


def stacked_bars(selection: Selection) -> alt.Chart:
    """Return the counts as horizontal bars by territory, stacked by type."""
    import altair as alt  # noqa: PLC0415 - slow to import, and only this tab needs it

    frame = bar_frame(selection)
    labels = [term.label for term in v.PRACTICE_TYPES]
    colours = alt.Scale(domain=labels, range=[SIGNS[code].colour for code in v.PRACTICE_TYPES.codes])
    chart: alt.Chart = (
        alt.Chart(frame, height=alt.Step(BAR_HEIGHT_PX), title="Pratiques par territoire et par type")
        .mark_bar(stroke="white", strokeWidth=1, cursor="pointer")
        .encode(
            x=alt.X("sum(pratiques):Q", title="Pratiques", axis=alt.Axis(tickMinStep=1, format="d")),
            y=alt.Y(
                "territoire:N", title=None, sort=list(dict.fromkeys(frame["territoire"])), axis=alt.Axis(labelLimit=220)
            ),
            color=alt.Color(
                "type:N", title=None, scale=colours, legend=alt.Legend(orient="bottom", columns=2, labelLimit=320)
            ),
            order=alt.Order("rang:Q"),
            tooltip=[
                alt.Tooltip("territoire:N", title="Territoire"),
                alt.Tooltip("type:N", title="Type"),
                alt.Tooltip("pratiques:Q", title="Pratiques"),
            ],
        )
        .add_params(alt.selection_point(name=CLICK, fields=["territoire", "type"]))
    )
    return chart


def bar_frame(selection: Selection) -> pd.DataFrame:
    """Return one row per territory and type: territoire, type, rang, pratiques; zeros included."""
    matrix = count_matrix(selection)
    rows = [
        (column.label, term.label, rank, cell(matrix, term.code, column.key))
        for column in columns(selection)
        for rank, term in enumerate(v.PRACTICE_TYPES)
    ]
    return pd.DataFrame(rows, columns=["territoire", "type", "rang", "pratiques"])


def _filter_on_bar() -> None:
    state: Any = st.session_state.get(CHART_KEY)
    chosen = state["selection"][CLICK] if state else []
    if not chosen:
        return
    from cooperations.runtime import application  # noqa: PLC0415 - a callback runs outside the page that draws
    from cooperations.selection import select  # noqa: PLC0415 - same

    catalogue = application().catalogue()
    filters = {column.label: dict(column.filter) for column in columns(select(catalogue, memory.held()))}
    types = {term.label: term.code for term in v.PRACTICE_TYPES}
    cell = {**filters[chosen[0]["territoire"]], "type": types[chosen[0]["type"]]}
    memory.narrow(cell, catalogue.gazetteer)
