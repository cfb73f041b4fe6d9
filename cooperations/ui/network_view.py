"""The parts of the page « Réseau »: figures, graph, partners and table of the same links."""

from __future__ import annotations

from collections import Counter
from textwrap import wrap
from typing import TYPE_CHECKING

import graphviz
import pandas as pd
import streamlit as st

from cooperations import vocabularies as v
from cooperations.criteria import EVERYTHING
from cooperations.network import PRACTICE, STRUCTURE
from cooperations.sheets import address, place_label, type_label
from cooperations.text import number, plural
from cooperations.ui import memory
from cooperations.ui.frame import PRACTICE_PAGE
from cooperations.ui.markdown import escape_markdown, markdown_link
from cooperations.ui.memory import PageMemory
from cooperations.ui.palette import SIGNS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cooperations.catalogue import Catalogue
    from cooperations.network import Network, Node, Tie
    from cooperations.selection import Selection

NETWORK = PageMemory("reseau", {})
# Beyond, the graph is taller than four screens and its lines cross too often to be followed.
MOST_DRAWN = 150
MOST_LISTED = 60
# Streamlit writes every text of a graph at 9.6 units, whatever DOT says.
FONT_SIZE = "9.6"
# Narrow enough for a telephone to show the whole.
LABEL_WIDTHS = {STRUCTURE: 18, PRACTICE: 26}
OPEN = ":material/description:"
# Streamlit wraps what is in rows of more than 4 rem: the longest names are then read whole.
ROW_HEIGHT_PX, TABLE_HEIGHT_PX = 65, 560
WIDTHS_PX = {
    "Fiche": 50,
    "Structure": 140,
    "Rôle": 90,
    "Certitude": 110,
    "Pratique": 200,
    "Type": 215,
    "Territoire": 195,
}


def network_figures(network: Network, selection: Selection) -> None:
    """Draw the figures of the network."""
    practices = f"{number(len(network.practices))} sur {number(len(selection))}"
    shown = (
        ("Structures", number(len(network.structures))),
        ("Pratiques avec un acteur connu", practices),
        ("Liens", number(len(network.links))),
        ("Structures dans plusieurs pratiques", number(len(network.bridges))),
    )
    with st.container(key="chiffres-cles"):
        st.markdown("\n".join(f"- {label} **{value}**" for label, value in shown))


def say_empty(selection: Selection) -> None:
    """Say that there is nothing to draw, and what to do."""
    count = len(selection)
    why = (
        f"Aucune structure connue ne prend part aux pratiques filtrées ({plural(count, 'pratique')}). "
        if count
        else "Aucune pratique ne répond à ces critères, donc aucune structure. "
    )
    st.info(f"{why}Retirez un filtre, ou élargissez le territoire.", icon=":material/filter_alt_off:")
    st.button("Effacer tous les filtres", on_click=memory.change, args=(EVERYTHING,))


def show_graph(network: Network, *, dark: bool) -> None:
    """Draw the graph, or say that it is too large to be read."""
    if is_too_large(network):
        st.info(
            f"{number(len(network.nodes))} structures et pratiques, {plural(len(network.links), 'lien')} : un dessin "
            f"ne se lit plus au-delà de {MOST_DRAWN}. Filtrez par territoire ou par type. Le tableau dit tout.",
            icon=":material/hub:",
        )
        return
    st.caption(
        f"À gauche les structures, à droite les pratiques : {_legend(network)}. Sur chaque lien, le rôle ; "
        "en tirets, un rôle déduit du type de pratique. Un clic sur une pratique ouvre sa fiche."
    )
    figures = f"{plural(len(network.structures), 'structure')}, {plural(len(network.practices), 'pratique')}"
    links = plural(len(network.links), "lien")
    st.graphviz_chart(
        drawing(network, dark=dark), alt=f"Graphe : {figures}, {links}. Le tableau « Qui fait quoi » dit la même chose."
    )


def is_too_large(network: Network) -> bool:
    """Return whether a drawing of the network could not be read."""
    return max(len(network.nodes), len(network.links)) > MOST_DRAWN


def drawing(network: Network, *, dark: bool) -> graphviz.Graph:
    """Return the graph in DOT: structures left, practices right, the role on each link."""
    ink, fill, line = ("#eef3f5", "#1f2a30", "#9fb0b8") if dark else ("#1d2b33", "#eef1ee", "#5c6b73")
    text = {"fontname": "Helvetica", "fontsize": FONT_SIZE, "fontcolor": ink}
    graph = graphviz.Graph(
        "reseau",
        graph_attr={"rankdir": "LR", "bgcolor": "transparent", "nodesep": "0.1", "ranksep": "0.3", "tooltip": " "},
        node_attr=text | {"height": "0.3", "margin": "0.1,0.05", "color": line, "fillcolor": fill},
        edge_attr=text | {"color": line},
    )
    # Graphviz draws from the bottom what comes first: the practices that gather most structures end at the top.
    gathered = Counter(link.practice_id for link in network.links)
    practices = sorted(network.practices, key=lambda one: gathered[one.id], reverse=True)
    for node in reversed((*network.structures, *practices)):
        graph.node(_name(node.kind, node.id), **_node_style(node))
    for link in reversed(network.links):
        ends = _name(STRUCTURE, link.structure_id), _name(PRACTICE, link.practice_id)
        role = [v.ROLES.label(link.role).lower(), *["(déduit)"] * link.deduced]
        graph.edge(*ends, label=_text(role), style="dashed" if link.deduced else "solid", tooltip=" ".join(role))
    return graph


def _name(kind: str, node_id: str) -> str:
    return f"{kind} {node_id}"


def _node_style(node: Node) -> dict[str, str]:
    label = wrap(node.label, LABEL_WIDTHS[node.kind])
    if node.kind == STRUCTURE:
        tooltip = f"{node.label} ({v.FAMILIES.label(node.type)})"
        return {"shape": "box", "style": "rounded,filled", "label": _text(label), "tooltip": _text([tooltip])}
    sign = SIGNS[node.type]
    return {
        "shape": "note",
        "label": _text([f"{sign.character} {label[0]}", *label[1:]]),
        "color": sign.colour,
        "penwidth": "2",
        "URL": address(node.id),
        "target": "_self",
        "tooltip": _text([f"{v.PRACTICE_TYPES.label(node.type)} : ouvrir la fiche"]),
    }


def _text(lines: Iterable[str]) -> str:
    """Return lines as DOT shows them: neither backslashes, nor entities, nor HTML-like labels mean anything."""
    shown: str = graphviz.nohtml(r"\n".join(graphviz.escape(line.replace("&", "&amp;")) for line in lines))
    return shown


def _legend(network: Network) -> str:
    drawn = {node.type for node in network.practices}
    return ", ".join(
        f"{SIGNS[term.code].character} {term.label[0].lower()}{term.label[1:]}"
        for term in v.PRACTICE_TYPES
        if term.code in drawn
    )


def show_partners(network: Network) -> None:
    """Draw the structures that link several practices, and the choice of one structure to see with whom it works."""
    st.header("Qui relie plusieurs pratiques", anchor=False)
    _list(network.bridges, "Aucune structure ne prend part à plusieurs des pratiques filtrées.")
    st.header("Avec qui coopère…", anchor=False)
    names = {node.id: node.label for node in network.structures}
    chosen = st.selectbox(
        "Une structure",
        names,
        format_func=names.__getitem__,
        index=None,
        key="structure",
        placeholder="Choisir ou taper un nom",
    )
    if chosen:
        _list(network.partners(chosen), "Les sources ne nomment personne d’autre dans ses pratiques.")


def _list(ties: tuple[Tie, ...], empty: str) -> None:
    lines = [
        f"- **{escape_markdown(tie.structure.label)}** : "
        + ", ".join(markdown_link(practice.label, address(practice.id)) for practice in tie.practices)
        for tie in ties[:MOST_LISTED]
    ]
    st.markdown("\n".join(lines) or empty)
    _say_cut(len(ties))


def _say_cut(count: int) -> None:
    if count > MOST_LISTED:
        st.caption(f"Les {MOST_LISTED} premières sur {number(count)}. Filtrez pour voir les autres.")


def show_links(network: Network, catalogue: Catalogue) -> None:
    """Draw the table of the links, which a click on a column's name sorts."""
    st.header("Qui fait quoi", anchor=False)
    st.dataframe(
        link_frame(network, catalogue),
        hide_index=True,
        width="stretch",
        height=TABLE_HEIGHT_PX if len(network.links) * ROW_HEIGHT_PX > TABLE_HEIGHT_PX else "content",
        row_height=ROW_HEIGHT_PX,
        column_config={
            **{name: st.column_config.TextColumn(width=width) for name, width in WIDTHS_PX.items()},
            "Fiche": st.column_config.LinkColumn(width=WIDTHS_PX["Fiche"], display_text=OPEN),
        },
    )


def link_frame(network: Network, catalogue: Catalogue) -> pd.DataFrame:
    """Return the links in words, one row each."""
    names = {node.id: node.label for node in network.structures}
    rows = []
    for link in network.links:
        practice = catalogue.practice(link.practice_id)
        certainty = "déduit" if link.deduced else "dit par la source"
        place = place_label(catalogue, practice)
        role = v.ROLES.label(link.role)
        rows.append(
            (
                address(practice.id),
                names[link.structure_id],
                role,
                certainty,
                practice.name,
                type_label(practice),
                place,
            )
        )
    return pd.DataFrame(rows, columns=list(WIDTHS_PX))


def show_without_actor(network: Network) -> None:
    """Say which practices the graph leaves out, since no structure is known to take part."""
    absent = network.without_actor
    if not absent:
        return
    with st.expander(
        f"{plural(len(absent), 'pratique')} sans acteur connu, absente{'s' * (len(absent) > 1)} du graphe"
    ):
        for practice in absent[:MOST_LISTED]:
            label = f"{SIGNS[practice.practice_type].character} {escape_markdown(practice.name)}"
            st.page_link(PRACTICE_PAGE, label=label, query_params={"id": practice.id})
        _say_cut(len(absent))
