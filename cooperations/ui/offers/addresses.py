"""The search of an address, when live sources are on; without them the page does not mention it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from cooperations.errors import CooperationsError
from cooperations.live import search_addresses
from cooperations.live.addresses import SOURCE
from cooperations.offers.needs import point_text
from cooperations.settings import read_live_settings
from cooperations.ui.markdown import escape_markdown
from cooperations.ui.offers import state

if TYPE_CHECKING:
    from cooperations.live import Address

TEXT_KEY = "adresse-cherchee"
SHORTEST = 3


def address_search() -> None:
    """Draw the field that finds an address, and what it found; a failure is said, and the rest goes on."""
    if not read_live_settings().enabled:
        return
    text = st.text_input("Ou une adresse", key=TEXT_KEY, placeholder="12 rue…, ville", max_chars=200)
    if len(text.strip()) < SHORTEST:
        return
    try:
        with st.spinner("Recherche de l’adresse…", show_time=False):
            found = search_addresses(text.strip())
    except CooperationsError as error:
        st.warning(escape_markdown(str(error)), icon=":material/cloud_off:")
        return
    if not found:
        st.caption("Aucune adresse trouvée\u00a0: vérifiez l’orthographe, ou choisissez une commune.")
    for position, address in enumerate(found):
        label = escape_markdown(address.label)
        st.button(label, key=f"adresse-{position}", on_click=_choose, args=(address,), width="stretch")
    st.caption(SOURCE)


def _choose(address: Address) -> None:
    state.set_place(point_text(address.longitude, address.latitude))
    st.session_state[TEXT_KEY] = ""
