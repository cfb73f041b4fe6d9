"""The page of a meeting, for a projector: one practice type or one territory at a time."""

import streamlit as st

from cooperations.catalogue import Catalogue
from cooperations.coverage import coverage
from cooperations.meeting import drafts_of, slides
from cooperations.runtime import application
from cooperations.ui import meeting_view, memory
from cooperations.ui.coverage import state
from cooperations.ui.filters import active_filters
from cooperations.ui.frame import draw_page


def content(catalogue: Catalogue) -> None:
    """Draw the slide that the address asks for."""
    gazetteer = catalogue.gazetteer
    memory.recall(gazetteer, meeting_view.MEETING)
    recorded = application().decisions()
    matrix = coverage(catalogue, memory.held(), recorded)
    shown = slides(matrix, st.session_state[meeting_view.BY])
    with st.container(key="reunion"):
        bar = st.container()
        active_filters(matrix.criteria, gazetteer)
        meeting_view.say_empty(matrix)
        at = meeting_view.position(shown)
        with bar:
            meeting_view.bar(shown, at)
        for slide in shown[at : at + 1]:
            meeting_view.show_slide(slide)
            meeting_view.show_drafts(drafts_of(slide, recorded.drafts, gazetteer), gazetteer)
            meeting_view.offer_line(slide, matrix)
    state.show_done()
    memory.remember(matrix.criteria, meeting_view.MEETING)


draw_page(content)
