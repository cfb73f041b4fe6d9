"""What has just been decided, said after the page is drawn again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from cooperations.errors import CooperationsError
from cooperations.ui import session
from cooperations.ui.contributing.form import said
from cooperations.ui.markdown import escape_markdown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_DONE = "_moderation_fait"


def say_done(sentence: str, failures: Sequence[str] = ()) -> None:
    """Keep what was done, and what could not be, for the next run."""
    st.session_state[_DONE] = (sentence, tuple(failures))


def show_done() -> None:
    """Show what was just done."""
    sentence, failures = st.session_state.pop(_DONE, ("", ()))
    if sentence:
        st.toast(sentence, icon=":material/check_circle:", duration="long")
    for failure in failures:
        st.warning(escape_markdown(failure), icon=":material/error:")


def act(decide: Callable[[], object], done: str) -> None:
    """Decide something, then draw the page again; what prevents it is said where the person is."""
    try:
        session.desk().admit("moderer")
        decide()
    except CooperationsError as error:
        st.error(said(error), icon=":material/error:")
        return
    say_done(done)
    st.rerun()
