"""The import under way in a session: read once for a file, a profile, a mapping and a day."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import streamlit as st

from cooperations.errors import CooperationsError, UnknownColumns
from cooperations.imports import prepare
from cooperations.ui.importing.columns import choose_columns
from cooperations.ui.markdown import escape_markdown

if TYPE_CHECKING:
    from cooperations.imports import Order, Prepared
    from cooperations.runtime import Application

_PREPARED, _MAPPINGS = "_import_lu", "_import_colonnes"


def prepared(app: Application, order: Order) -> Prepared | None:
    """Return the file read and compared with what is held; draw the mapping of its columns when it needs one."""
    content = order.content if isinstance(order.content, bytes) else b""
    file = hashlib.sha256(content).hexdigest()
    mappings: dict[Any, Any] = st.session_state.setdefault(_MAPPINGS, {})
    asked = (file, order.profile)
    mapping = mappings.get(asked)
    wanted = replace(order, profile=None, mapping=mapping) if mapping else order
    try:
        return _read(app, wanted, (*asked, str(mapping), order.source_date))
    except UnknownColumns as error:
        chosen = choose_columns(error, app.store)
        if chosen:
            mappings[asked] = chosen
            st.rerun()
    except CooperationsError as error:
        mappings.pop(asked, None)
        st.error(escape_markdown(str(error)), icon=":material/error:")
    return None


def _read(app: Application, order: Order, key: tuple[Any, ...]) -> Prepared:
    revision = app.store.lists.revision()
    held = st.session_state.get(_PREPARED)
    if held and held[0] == (*key, revision):
        found: Prepared = held[1]
        return found
    bar = st.progress(0.0, "Lecture du fichier…")

    def tell(share: float, what: str) -> None:
        bar.progress(min(share, 1.0), f"{what}…")

    try:
        found = prepare(app, order, tell)
    finally:
        bar.empty()
    st.session_state[_PREPARED] = ((*key, revision), found)
    return found
