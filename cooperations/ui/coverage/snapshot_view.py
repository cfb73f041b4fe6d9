"""Snapshots: keep the state at a meeting, and compare two."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from cooperations.changes import in_lines
from cooperations.decisions import Snapshot, form_label
from cooperations.errors import CooperationsError
from cooperations.model import NAME_LENGTH
from cooperations.sheets import french_date
from cooperations.snapshots import compare, content_of, state_of, take
from cooperations.ui.coverage import state
from cooperations.ui.coverage.forms import attempt, is_meant, organisation_field
from cooperations.ui.markdown import escape_markdown
from cooperations.ui.session import desk

if TYPE_CHECKING:
    from cooperations.catalogue import Catalogue
    from cooperations.coverage import Coverage
    from cooperations.decisions import Decisions
    from cooperations.snapshots import Comparison

NOW = "maintenant"


def show_snapshots(matrix: Coverage, recorded: Decisions) -> None:
    """Draw the form that takes a snapshot, and the comparison of two."""
    left, right = st.columns([2, 3], gap="large")
    with left:
        _take(matrix.catalogue, recorded)
    with right:
        _compare(matrix.catalogue, recorded)


def _take(catalogue: Catalogue, recorded: Decisions) -> None:
    st.markdown("**Garder l’état d’aujourd’hui**")
    with st.form(f"instantane-{state.records_made()}", border=False):
        name = st.text_input(form_label(Snapshot, "name"), max_chars=NAME_LENGTH)
        organisation = organisation_field(form_label(Snapshot, "organisation"), catalogue)
        refusal = st.empty()
        if st.form_submit_button("Garder l’état", type="primary"):
            keep = desk().add
            with refusal.container():
                if is_meant(organisation):
                    attempt(lambda: keep(take(catalogue, recorded, name, organisation), organisation), "État gardé.")
    st.caption("Tout l’état est gardé, sans tenir compte des filtres. Mêmes données, même empreinte.")


def _compare(catalogue: Catalogue, recorded: Decisions) -> None:
    st.markdown("**Comparer deux états**")
    if not recorded.snapshots:
        st.info("Aucun état gardé encore : gardez-en un, il se comparera à la suite.", icon=":material/photo_camera:")
        return
    kept = {one.id: one for one in reversed(recorded.snapshots)}
    labels = {key: _label(one) for key, one in kept.items()} | {NOW: "Maintenant"}
    before = st.selectbox("Avant", list(kept), format_func=labels.__getitem__, key="avant")
    after = st.selectbox("Après", [NOW, *kept], format_func=labels.__getitem__, key="apres")
    try:
        last = state_of(catalogue, recorded) if after == NOW else content_of(kept[after])
        _show(compare(content_of(kept[before]), last), catalogue)
    except CooperationsError as error:
        st.error(escape_markdown(str(error)), icon=":material/error:")


def _label(snapshot: Snapshot) -> str:
    day = french_date(snapshot.recorded_at.date().isoformat())
    return f"{snapshot.name} ({day}, {snapshot.digest[:8]})"


def _show(found: Comparison, catalogue: Catalogue) -> None:
    if found.is_empty:
        st.success("Rien n’a changé entre ces deux états.", icon=":material/equal:")
    for heading, lines in in_lines(found, catalogue.gazetteer).items():
        st.markdown(f"**{heading}** ({len(lines)})\n" + "\n".join(f"\n- {escape_markdown(one)}" for one in lines))
