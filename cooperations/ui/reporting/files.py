"""The report as files: a link when it is soon made, and progress when it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import streamlit as st

from cooperations.errors import CooperationsError
from cooperations.text import plural
from cooperations.ui.markdown import escape_markdown
from cooperations.web.report_files import SINCE

if TYPE_CHECKING:
    from cooperations.reports.content import Report
    from cooperations.reports.writing import Format

SOON = 2_000
"""Practices of which a report takes a second."""
_ASKED, _MADE = "_rapport_demande", "_rapport_fait"


def show_files(made: Report) -> None:
    """Draw the three files."""
    from cooperations.reports.writing import FORMATS  # noqa: PLC0415 - slow to import, and only this page needs it

    st.subheader("Emporter le rapport", anchor=False)
    st.caption(
        "Chiffres, carte, graphiques, matrice, manques, actions, liste, complétude, sources, méthode et empreinte. "
        "Les mêmes données donnent le même fichier, à l’octet près."
    )
    soon = len(made.now.selection) <= SOON
    if not soon:
        st.caption(f"{plural(len(made.now.selection), 'pratique')}\u00a0: préparer un fichier prend quelques secondes.")
    with st.container(horizontal=True, gap="small"):
        for one in FORMATS.values():
            _button(made, one, soon=soon)
    asked = st.session_state.get(_ASKED, "")
    if not soon and asked in FORMATS:
        _prepare(made, FORMATS[asked])


def _button(made: Report, one: Format, *, soon: bool) -> None:
    label, key = f"{one.name}, {one.purpose}", f"preparer-{one.extension}"
    if soon:
        st.link_button(label, _address(made, one), icon=":material/download:")
    else:
        st.button(label, key=key, icon=":material/hourglass:", on_click=_ask, args=(one.extension,))


def _ask(extension: str) -> None:
    st.session_state[_ASKED] = extension


def _prepare(made: Report, one: Format) -> None:
    from cooperations.reports.writing import file_name  # noqa: PLC0415 - same as above

    bar = st.progress(0.0, text="Préparation…")

    def say(share: float, step: str) -> None:
        bar.progress(min(share, 1.0), text=f"{one.name}\u00a0: {step}")

    key = (one.extension, made.digest)
    kept: Any = st.session_state.get(_MADE)
    try:
        content = kept[1] if kept and kept[0] == key else one.write(made, say)
    except CooperationsError as error:
        bar.empty()
        st.error(escape_markdown(str(error)), icon=":material/error:")
        return
    st.session_state[_MADE] = (key, content)
    bar.empty()
    name = file_name(made, one.extension)
    label = f"Télécharger {name}"
    st.download_button(label, content, name, one.media_type, icon=":material/download:", on_click="ignore")


def _address(made: Report, one: Format) -> str:
    since = made.order.since
    query = urlencode([*made.order.criteria.to_query(), *([(SINCE, since.id)] if since else [])])
    return f"/export/rapport.{one.extension}{f'?{query}' if query else ''}"
