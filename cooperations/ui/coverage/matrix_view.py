"""The matrix: its figures, its switches, its legend."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

import streamlit as st

from cooperations.coverage.cells import COUNTINGS
from cooperations.coverage.denominators import MEASURES
from cooperations.coverage.tables import matching_actions
from cooperations.figures import coverage_figures
from cooperations.text import plural
from cooperations.ui.components import mount
from cooperations.ui.coverage import state

if TYPE_CHECKING:
    from cooperations.coverage import Coverage
    from cooperations.decisions import Decisions

KEY = "matrice"
SHOWN = "_matrice_montree"


def figures(matrix: Coverage, recorded: Decisions) -> None:
    """Draw how many cells are in each state; a sub-type does not count beside its type."""
    actions = matching_actions(recorded.actions, matrix.criteria, matrix.catalogue.gazetteer)
    with st.container(key="chiffres-cles"):
        st.markdown("\n".join(f"- {one.label} **{one.words}**" for one in coverage_figures(matrix, actions)))


def switches(matrix: Coverage) -> None:
    """Draw how to count, what to measure, and the way back to the departments."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="reglages"):
        st.segmented_control(
            "Compter", list(state.COUNTING_LABELS), format_func=state.COUNTING_LABELS.__getitem__, required=True,
            key=state.COUNTING,
        )  # fmt: skip
        st.segmented_control(
            "Montrer", MEASURES.codes, format_func=MEASURES.label, required=True, key=state.MEASURE,
            help="Un nombre brut ne compare pas deux territoires : la Gironde a cinq fois plus d’habitants que le "
            "Lot-et-Garonne.",
        )  # fmt: skip
        if matrix.criteria.territories:
            st.button("Tous les départements", icon=":material/arrow_upward:", on_click=state.drill_up)


def table(matrix: Coverage) -> None:
    """Draw the matrix, which the browser asks for; a cell opens, a department shows its EPCI."""
    measure = state.held(state.MEASURE)
    data = {
        "adresse": f"/api/couverture/matrice?{query(matrix, mesure=measure)}",
        "compter": matrix.counting,
        "choisie": state.held(state.CELL),
        "descendre": len(matrix.keys) > 1,
        "version": state.records_made(),
    }
    gazetteer = matrix.catalogue.gazetteer

    def choose(value: str) -> None:
        if state.is_cell(value, gazetteer):
            state.open_cell(value)

    def descend(key: str) -> None:
        if key in gazetteer:
            state.drill_down(key)

    mount("matrice", KEY, data, {"choisir": choose, "descendre": descend, "montree": _note_shown})


def query(matrix: Coverage, **others: str) -> str:
    """Return the query string that asks a route for what the page shows."""
    return urlencode([*matrix.criteria.to_query(), ("compter", matrix.counting), *others.items()])


def _note_shown(_moment: object) -> None:
    st.session_state[SHOWN] = True


def legend(matrix: Coverage) -> None:
    """Say what the signs of the matrix mean."""
    elsewhere = matrix.catalogue.gazetteer.perimeter.name
    counted = plural(sum(matrix.totals[code] for code in matrix.leading), "pratique")
    hides = any(cell.state == "filtre" for cell in matrix)
    covering = "+1 couvrant" if matrix.counting == COUNTINGS[0] else "dont 1 couvrant"
    filtered = "**0** : les filtres écartent les pratiques de la case, ce n’est pas un manque. " if hides else ""
    st.caption(
        "**Plein** : au moins une pratique. **∅ cadre** : cherché, rien trouvé. **? hachures** : non enquêté, on ne "
        f"sait pas. **— gris** : hors sujet. {filtered}« {covering} » : une pratique vaut pour un territoire plus "
        "vaste, sans se situer ici. La dernière ligne compte aussi ce qui est sans territoire ou vaut pour toute "
        f"l’{elsewhere} ({counted} sur la carte). Flèches : d’une case à l’autre ; Entrée : ouvrir."
    )
    embedding = [("quoi", "matrice"), *matrix.criteria.to_query()]
    st.page_link("integrer.py", label="Intégrer cette matrice", icon=":material/code:", query_params=embedding)
