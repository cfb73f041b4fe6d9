"""How the components of this folder are mounted, and what they give back."""

from __future__ import annotations

from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from cooperations.ui.palette import SIGNS

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from cooperations.counts import Column
    from cooperations.sheets import Line
    from cooperations.territories import Gazetteer

FOLDER = Path(__file__).parent


@cache
def _read(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def _mount(name: str, key: str, data: dict[str, Any], triggers: dict[str, Callable[[Any], None]]) -> None:
    component = st.components.v2.component(
        f"cooperations_{name}", html='<div class="coop"></div>', js=_read(f"{name}.js"), css=_read("components.css")
    )
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


def territory_search(gazetteer: Gazetteer, on_choice: Callable[[str], None]) -> None:
    """Draw a field that finds a territory by name or post code; `on_choice` gets its key."""
    data = {
        "libelle": "Territoire",
        "invite": "Commune, code postal, EPCI, département…",
        "region": gazetteer.perimeter.name,
    }
    _mount("territoire", "chercher-territoire", data, {"choix": on_choice})


def practice_list(lines: list[Line], on_open: Callable[[str], None]) -> None:
    """Draw the practices as a list that follows the map; `on_open` gets the id of the one to open."""
    rows = [
        asdict(line) | {"signe": SIGNS[line.practice_type].character, "couleur": SIGNS[line.practice_type].colour}
        for line in lines
    ]
    _mount("liste", "liste-pratiques", {"lignes": rows}, {"ouvrir": on_open})


def count_table(
    matrix: pd.DataFrame,
    columns: tuple[Column, ...],
    labels: list[tuple[str, str, str]],
    on_cell: Callable[[dict[str, str]], None],
) -> None:
    """Draw counts as a table whose numbers are buttons; `on_cell` gets the filter of the one pressed.

    `labels` are, for each row of the matrix, its code, its label and the sign before it.
    """
    data = {
        "colonnes": [{"libelle": column.label, "filtre": dict(column.filter)} for column in columns],
        "lignes": [
            {"code": code, "libelle": label, "signe": sign, "valeurs": matrix.loc[[code]].to_numpy().ravel().tolist()}
            for code, label, sign in labels
        ],
    }
    _mount("tableau", "tableau-comptes", data, {"filtrer": on_cell})
