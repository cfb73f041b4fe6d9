"""Small components of our own, without a frame.

Their scripts are assets: the browser keeps them, and a rerun does not send them again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from cooperations.counts import columns
from cooperations.listing import ORDERS
from cooperations.ui.palette import SECTOR_SIGNS, SIGNS
from cooperations.vocabularies import PRACTICES

if TYPE_CHECKING:
    from collections.abc import Callable

    from cooperations.listing import Page
    from cooperations.selection import Selection
    from cooperations.territories import Gazetteer

# Sent with each change, so it is short: web/page.py holds what it calls. With a line break, since Streamlit takes a
# single line for a path.
_LOADER = 'export default c=>\ncoop(c,"%s")'


def mount(name: str, key: str, data: dict[str, Any], triggers: dict[str, Callable[[Any], None]]) -> None:
    """Mount the component that the asset `name`.js draws; each trigger of the browser calls its function."""
    component = st.components.v2.component(f"cooperations_{name}", js=_LOADER % name)
    callbacks: dict[str, Any] = {
        f"on_{trigger}_change": _handler(key, trigger, act) for trigger, act in triggers.items()
    }
    component(key=key, data=data, **callbacks)


def _handler(key: str, trigger: str, act: Callable[[Any], None]) -> Callable[[], None]:
    def handle() -> None:
        value = st.session_state.get(key, {}).get(trigger)
        if value is not None:
            act(value)

    return handle


def territory_search(
    gazetteer: Gazetteer,
    on_choice: Callable[[str], None],
    label: str = "Territoire",
    done: str = " est ajouté aux filtres.",
    key: str = "chercher-territoire",
) -> None:
    """Draw a field that finds a territory by name or post code; `on_choice` gets its key, `done` follows its name."""
    data = {
        "libelle": label,
        "invite": "Commune, code postal, EPCI…",
        "region": gazetteer.perimeter.name,
        "fait": done,
    }
    mount("territoire", key, data, {"choix": on_choice})


def practice_list(
    page: Page, query: str, order: str, on_open: Callable[[str], None], on_order: Callable[[str], None]
) -> None:
    """Draw a page of practices, which the browser asks for, as a list that follows the map.

    `query` says the criteria; `on_open` gets the id of a practice, `on_order` a code of ORDERS.
    """
    data = {
        "adresse": f"/api/carte/liste?{query}&tri={order}&page={page.number}".replace("?&", "?"),
        "tri": order,
        "tris": {term.code: term.label for term in ORDERS},
        "signes": [[sign.character, sign.colour] for sign in SIGNS.values()],
    }
    mount("liste", "liste-pratiques", data, {"ouvrir": on_open, "trier": on_order})


def offer_list(address: str, kept: tuple[str, ...], triggers: dict[str, Callable[[Any], None]]) -> None:
    """Draw the cards that `address` answers.

    Of the triggers, `offre` gets the id of an offer, `pratique` that of a practice, and `retenir` all that is now
    kept, « id,id »: two quick presses may reach the server as one.
    """
    signs = [[sign.character, sign.colour] for sign in SECTOR_SIGNS.values()]
    mount("offres", "liste-offres", {"adresse": address, "retenues": list(kept), "signes": signs}, triggers)


def around_me(on_place: Callable[[Any], None]) -> None:
    """Draw the button that asks the device where it is; `on_place` gets « longitude,latitude »."""
    mount("autour", "autour-de-moi", {}, {"lieu": on_place})


def count_table(selection: Selection, on_cell: Callable[[dict[str, str]], None]) -> None:
    """Draw counts, which the browser asks for, as a table of buttons; `on_cell` gets the filter of the one pressed."""
    shown = columns(selection)

    def press(cell: list[str | int]) -> None:
        code, position = str(cell[0]), int(cell[1])
        chosen = dict(shown[position].filter) if position < len(shown) else {}
        on_cell({**chosen, "type": code} if code in PRACTICES else chosen)

    data = {
        "adresse": f"/api/carte/comptes?{selection.criteria.query_string()}",
        "signes": {code: sign.character for code, sign in SIGNS.items()},
    }
    mount("tableau", "tableau-comptes", data, {"filtrer": press})
