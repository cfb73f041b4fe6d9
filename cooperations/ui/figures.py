"""Key figures, the count table and the chart of a selection."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from cooperations import vocabularies as v
from cooperations.counts import columns
from cooperations.figures import column_bars, selection_figures
from cooperations.ui import memory
from cooperations.ui.components import count_table

if TYPE_CHECKING:
    from cooperations.selection import Selection

CHART_KEY, CLICK = "graphique", "choix"
TABS = ("Tableau", "Graphique")


def key_figures(selection: Selection) -> None:
    """Draw the figures that a meeting asks for first."""
    # Plain Markdown: for anything else the browser would fetch more code before the map.
    with st.container(key="chiffres-cles"):
        st.markdown("\n".join(f"- {one.label} **{one.words}**" for one in selection_figures(selection)))


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
            st.altair_chart(clickable_bars(selection), key=CHART_KEY, on_select=_filter_on_bar, theme="streamlit")
            st.caption("Un clic sur une barre filtre sur ce type et ce territoire. Le tableau dit la même chose.")


def clickable_bars(selection: Selection) -> Any:
    """Return the chart by territory, on which a bar can be chosen."""
    import altair as alt  # noqa: PLC0415 - slow to import, and only this tab needs it

    from cooperations.documents.charts import by_territory  # noqa: PLC0415 - same

    chosen = alt.selection_point(name=CLICK, fields=["groupe", "type"])
    return by_territory(column_bars(selection), cursor="pointer").add_params(chosen)


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
    cell = {**filters[chosen[0]["groupe"]], "type": types[chosen[0]["type"]]}
    memory.narrow(cell, catalogue.gazetteer)
