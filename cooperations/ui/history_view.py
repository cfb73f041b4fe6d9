"""The history of a practice or a structure: who changed what and when, comparing two versions, going back to one."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from cooperations.accounts.rights import may
from cooperations.contributions.compare import between
from cooperations.contributions.decide import present, restore
from cooperations.contributions.history import history_of, in_lines, lines
from cooperations.contributions.model import Change
from cooperations.runtime import application
from cooperations.ui import session
from cooperations.ui.markdown import escape_markdown
from cooperations.ui.moderating.done import act

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cooperations.catalogue import Catalogue
    from cooperations.contributions.history import Version

MOST_SHOWN = 30


def show_history(catalogue: Catalogue, entity_id: str, entity: str = "practice") -> None:
    """Draw the way to correct a record, then what became of it."""
    asked = {"corriger": entity_id} | ({"sujet": entity} if entity != "practice" else {})
    st.page_link("contribuer.py", label="Proposer une correction", query_params=asked, icon=":material/edit:")
    with st.expander("Historique", icon=":material/history:"):
        found = history_of(application().store, entity, entity_id)
        for version in reversed(found[-MOST_SHOWN:]):
            show_version(version.label, in_lines(version, catalogue, entity))
        versions = [one for one in found if one.entity == entity and one.values]
        if len(versions) > 1:
            _comparison(versions, catalogue)


def show_version(label: str, said: Iterable[str]) -> None:
    """Draw who and when, then what."""
    items = "".join(f"<li>{escape(line)}</li>" for line in said)
    st.html(f'<div class="coop-version"><p>{escape(label)}</p><ul>{items}</ul></div>')


def _comparison(versions: list[Version], catalogue: Catalogue) -> None:
    labels = {one.number: one.label for one in versions}
    numbers = list(labels)
    left, right = st.columns(2)
    old = left.selectbox("Comparer", numbers, index=len(numbers) - 2, format_func=labels.__getitem__)
    new = right.selectbox("avec", numbers, index=len(numbers) - 1, format_func=labels.__getitem__)
    by_number = {one.number: one for one in versions}
    found = lines(between(versions[0].entity, by_number[old].values, by_number[new].values, catalogue))
    st.markdown("\n".join(f"- {escape_markdown(line)}" for line in found) or "Ces deux versions disent la même chose.")
    if may(session.person(), "restaurer"):
        _restoring(by_number[old], catalogue)


def _restoring(version: Version, catalogue: Catalogue) -> None:
    now = present(catalogue, version.entity, version.entity_id)
    if version.values == now:
        return
    change = Change(version.entity, version.entity_id, version.values, now)
    if st.button(f"Revenir à la version du {escape_markdown(version.label)}", icon=":material/restore:"):
        what = f"{version.entity} {version.entity_id}, revision {version.number}"
        act(
            lambda: restore(application().store, session.person(), change), "La version choisie est rétablie.",
            action="restaurer", what=what, right="restaurer",
        )  # fmt: skip
