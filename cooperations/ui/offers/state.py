"""What the buyers' pages share: the need, and the offers that were kept, both in the address."""

from __future__ import annotations

import re
from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING, Any

import streamlit as st

from cooperations.offers.needs import Need, point_text
from cooperations.offers.records import MOST_KEPT
from cooperations.ui import memory
from cooperations.ui.frame import PRACTICE_PAGE
from cooperations.ui.memory import PageMemory, Parameter

if TYPE_CHECKING:
    from cooperations.territories import Gazetteer

KEPT, PAGE, KEPT_LIST = "retenues", "page", "garde"
OFFER_PAGE, SELECTION_PAGE, GROUP_PAGE, OFFERS_PAGE = "offre.py", "selection.py", "groupement.py", "offres.py"
_ID = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_ASKED = "_offre_demandee"
PATIENCE_S = 3.0


def _are_ids(value: str, _gazetteer: Gazetteer) -> bool:
    return bool(re.fullmatch(rf"{_ID}(,{_ID})*", value)) and value.count(",") < MOST_KEPT


_KEPT_OFFERS = Parameter("", _are_ids, lasting=True)
_PAGES = Parameter("1", lambda value, _: value.isdecimal() and int(value[:9]) > 0)
_KEPT_LIST_ID = Parameter("", lambda value, _: bool(re.fullmatch(r"[0-9a-f-]{36}", value)))
OFFERS = PageMemory("offres", {PAGE: _PAGES, KEPT: _KEPT_OFFERS}, Need)
GROUPS = PageMemory("groupement", {KEPT: _KEPT_OFFERS}, Need)
SELECTION = PageMemory("selection", {KEPT: _KEPT_OFFERS, KEPT_LIST: _KEPT_LIST_ID}, Need)
SHEET = PageMemory("offre", {KEPT: _KEPT_OFFERS}, Need)


def need() -> Need:
    """Return the need that the session holds."""
    return memory.held_as(Need)


def kept() -> tuple[str, ...]:
    """Return the ids of the offers kept, in the order in which they were."""
    return tuple(one for one in str(st.session_state.get(KEPT) or "").split(",") if one)


def keep_only(ids: tuple[str, ...]) -> None:
    """Keep some offers and no other; from a callback."""
    memory.act()
    st.session_state[KEPT] = ",".join(dict.fromkeys(ids[:MOST_KEPT]))


def toggle(offer_id: str) -> None:
    """Keep an offer, or take it out when it is kept; from a callback. The id comes from the browser."""
    held = kept()
    if not re.fullmatch(_ID, offer_id):
        return
    if offer_id in held:
        keep_only(tuple(one for one in held if one != offer_id))
    elif len(held) >= MOST_KEPT:
        _say_full()
    else:
        keep_only((*held, offer_id))


def keep_all(value: Any) -> None:
    """Keep the offers of a list « id,id »; from a callback. It comes from the browser: what is no id is left out."""
    ids = tuple(one for one in str(value).split(",") if re.fullmatch(_ID, one))
    if len(ids) > MOST_KEPT:
        _say_full()
    else:
        keep_only(ids)


def _say_full() -> None:
    st.toast(f"Une sélection tient {MOST_KEPT} structures au plus\u00a0: retirez-en une.", icon=":material/block:")


def set_place(key: str) -> None:
    """Look around a territory or a point; from a callback."""
    memory.change(replace(need(), place=key))


def set_point(value: Any) -> None:
    """Look around « longitude,latitude », as the browser says it; what is no point is left out."""
    try:
        longitude, latitude = (float(part) for part in str(value).split(","))
    except ValueError:
        return
    if abs(longitude) <= 180 and abs(latitude) <= 85:  # noqa: PLR2004 - the limits of Web Mercator
        set_place(point_text(longitude, latitude))


def ask_offer(offer_id: Any) -> None:
    """Ask for the page of an offer; from a callback."""
    _ask(OFFER_PAGE, offer_id)


def ask_practice(practice_id: Any) -> None:
    """Ask for the page of a practice; from a callback."""
    _ask(PRACTICE_PAGE, practice_id)


def _ask(page: str, wanted: Any) -> None:
    st.session_state[_ASKED] = (page, str(wanted), monotonic())


def go_if_asked() -> None:
    """Go to the page that was asked for, if any; the need and the selection stay in the session.

    A run under way may cut the one that goes: it is asked again until the page has come, for a moment.
    """
    page, wanted, moment = st.session_state.get(_ASKED, ("", "", 0.0))
    if page and monotonic() - moment < PATIENCE_S:
        st.switch_page(page, query_params={"id": wanted})


def arrive() -> None:
    """Say that the page that was asked for has come."""
    st.session_state.pop(_ASKED, None)
