"""What is made of the matrix, one tab each; only the open one is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from cooperations.ui.coverage import state
from cooperations.ui.coverage.action_view import show_actions
from cooperations.ui.coverage.gap_view import files, show_gaps
from cooperations.ui.coverage.map_view import show_coverage_map
from cooperations.ui.coverage.snapshot_view import show_snapshots

if TYPE_CHECKING:
    from collections.abc import Callable

    from cooperations.coverage import Coverage
    from cooperations.decisions import Decisions


def sections(matrix: Coverage, recorded: Decisions) -> None:
    """Draw the tabs, and what the open one holds."""
    drawn: tuple[Callable[[], None], ...] = (
        lambda: show_gaps(matrix),
        lambda: show_actions(matrix, recorded),
        lambda: show_coverage_map(matrix),
        lambda: show_snapshots(matrix, recorded),
        lambda: files(matrix),
    )
    for tab, draw in zip(st.tabs(state.TABS, on_change="rerun", key=state.TAB), drawn, strict=True):
        if tab.open:
            with tab:
                draw()
