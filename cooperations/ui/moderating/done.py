"""What has just been decided, said after the page is drawn again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from cooperations.contributions.telling import tell_answer
from cooperations.errors import CooperationsError
from cooperations.ui import session
from cooperations.ui.contributing.form import said
from cooperations.ui.markdown import escape_markdown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cooperations.contributions.model import Proposal

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


def act(decide: Callable[[], object], done: str, *, action: str, what: str, right: str = "moderer") -> None:
    """Decide something, then draw the page again; what prevents it is said where the person is."""
    try:
        with session.desk().acting(right, action, what):
            decide()
    except CooperationsError as error:
        st.error(said(error), icon=":material/error:")
        return
    say_done(done)
    st.rerun()


def settle(decide: Callable[[], Proposal], done: str, *, action: str, proposal: Proposal) -> None:
    """Decide about a proposal as `act` does, and tell who proposed when they left an address."""
    try:
        with session.desk().acting("moderer", action, f"Proposal {proposal.id}"):
            after = decide()
        told = tell_answer(after)
    except CooperationsError as error:
        st.error(said(error), icon=":material/error:")
        return
    say_done(f"{done} {told.said}" if told and not told.problem else done, [told.said] if told and told.problem else ())
    st.rerun()
