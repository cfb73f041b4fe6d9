"""Building a group: lots, proposals, composing by hand, and the permanent groups that exist already."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from cooperations.errors import GroupingFailed
from cooperations.offers.composition import (
    Composition,
    compose,
    kind_label,
    lot_label,
    permanent_groups,
    suggestions,
)
from cooperations.offers.grouping import MOST_LOTS, groups
from cooperations.offers.needs import place_of
from cooperations.text import number, plural
from cooperations.ui.markdown import escape_markdown
from cooperations.ui.offers import state

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cooperations.catalogue import Catalogue
    from cooperations.offers.directory import Directory
    from cooperations.offers.grouping import Group, Member
    from cooperations.offers.needs import Need

EXPLANATION = (
    "Chaque structure proposée reçoit au moins un lot, et chaque lot va à une structure\u00a0: les activités se "
    "complètent. "
    "Le meilleur groupement couvre le plus de lots, puis il est le plus proche. On additionne les distances des "
    "membres, et 5\u00a0km par membre (moins de signatures)\u00a0; on retire 20\u00a0km quand deux membres ont déjà "
    "coopéré ensemble, et 5\u00a0km quand l’un a déjà coopéré avec d’autres. Le calcul est exact, parmi les "
    "2\u202f000 structures les plus proches qui couvrent un lot. Chaque proposition partage au plus la moitié de ses "
    "membres avec celles d’avant."
)


def say_what_is_missing(need: Need, catalogue: Catalogue) -> bool:
    """Say what the need still lacks for groups to be proposed; return whether it lacks something."""
    lacking = []
    if place_of(need, catalogue.gazetteer) is None:
        lacking.append("un lieu (à gauche, ou un clic sur la carte de «\u00a0Trouver une offre\u00a0»)")
    if not need.purchase_families:
        lacking.append("les lots, c’est-à-dire les familles d’achat du besoin")
    if lacking:
        st.info(f"Pour proposer des groupements, il manque {' et '.join(lacking)}.", icon=":material/groups:")
    if len(need.purchase_families) > MOST_LOTS:
        st.warning(f"Seuls les {MOST_LOTS} premiers lots sont pris en compte.", icon=":material/filter_8:")
    return bool(lacking)


def show_proposals(directory: Directory, need: Need) -> None:
    """Draw the best groups, each with what it covers and what is missing."""
    st.header("Groupements proposés", anchor=False)
    try:
        with st.spinner("Recherche des groupements…", show_time=False):
            found = groups(directory, need)
    except GroupingFailed as error:
        st.error(str(error), icon=":material/timer_off:")
        return
    if not found:
        st.info(
            "Aucune structure connue ne couvre un de ces lots dans ce rayon. Élargissez-le, ou retirez un lot.",
            icon=":material/filter_alt_off:",
        )
    for position, group in enumerate(found, 1):
        _proposal(position, group, directory)
    with st.expander("Comment sont-ils choisis\u00a0?"):
        st.markdown(EXPLANATION)


def show_composition(directory: Directory, need: Need) -> None:
    """Draw the group composed by hand: members, lots, what is missing and who could take it."""
    st.header("Votre groupement", anchor=False)
    held = state.kept()
    if not held:
        st.markdown(
            "Choisissez une proposition, ou retenez des structures dans «\u00a0Trouver une offre\u00a0»\u00a0: "
            "elles viennent ici."
        )
        return
    group = compose(directory, need, held)
    _members(directory, group)
    _verdict(directory, need, group)
    st.page_link(state.SELECTION_PAGE, label="Garder, imprimer, emporter ce groupement", icon=":material/bookmarks:")


def show_permanent(catalogue: Catalogue, need: Need) -> None:
    """List the permanent groups, nearest first."""
    st.header("Groupements permanents déjà connus", anchor=False)
    found = permanent_groups(catalogue, place_of(need, catalogue.gazetteer))
    if not found:
        st.markdown("Aucun groupement permanent dans les données.")
    for one, km in found:
        where = f"à {number(round(km))}\u00a0km" if km is not None else one.place
        label = f"{escape_markdown(one.name)} · {escape_markdown(where)}"
        st.page_link("pratique.py", label=label, query_params={"id": one.id}, icon=":material/handshake:")


def _proposal(position: int, group: Group, directory: Directory) -> None:
    with st.container(border=True):
        title = st.container(horizontal=True, wrap=False, vertical_alignment="center")
        title.markdown(f"**Proposition {position}** · {_extent(group)}", width="stretch")
        ids = tuple(directory.ids([member.row for member in group.members]))
        chosen = set(ids) == set(state.kept())
        label, icon = ("Choisie", ":material/check:") if chosen else ("Choisir", None)
        title.button(
            label, key=f"choisir-{position}", icon=icon, disabled=chosen, on_click=state.keep_only, args=(ids,)
        )
        st.markdown("\n".join(_member(member, directory) for member in group.members))
        if group.missing:
            st.warning(f"Sans réponse\u00a0: {_lots(group.missing)}.", icon=":material/report:")
        else:
            st.caption("Tous les lots sont couverts.")
        for pair in group.together:
            st.caption(f":material/handshake: {_names(directory, pair)} ont déjà coopéré.")


def _extent(group: Group) -> str:
    if len(group.members) == 1:
        return f"une structure, à {_far(group.farthest_km)}"
    return f"{plural(len(group.members), 'structure')}, la plus lointaine à {_far(group.farthest_km)}"


def _member(member: Member, directory: Directory) -> str:
    name = escape_markdown(str(directory.frame["name"].iloc[member.row]))
    kind = kind_label(directory, member.row)
    return f"- **{_lots(member.lots)}**\u00a0: {name}{f' ({kind})' if kind else ''}, {_far(member.distance_km)}"


def _far(km: float) -> str:
    return f"{number(round(km))}\u00a0km" if km >= 1 else "moins de 1\u00a0km"


def _members(directory: Directory, group: Composition) -> None:
    for row, covered in zip(group.rows, group.covers, strict=True):
        offer_id = directory.ids([row])[0]
        with st.container(horizontal=True, wrap=False, vertical_alignment="center"):
            name = escape_markdown(str(directory.frame["name"].iloc[row]))
            note = _lots(covered) or ("activité non précisée" if row in group.unknown else "ne couvre aucun lot")
            far = " · hors du rayon" if row in group.too_far else ""
            st.markdown(f"**{name}**\u00a0: {note}{far}", width="stretch")
            st.button("Retirer", key=f"retirer-{offer_id}", type="tertiary", on_click=state.toggle, args=(offer_id,))
    for pair in group.together:
        st.caption(f":material/handshake: {_names(directory, pair)} ont déjà coopéré.")


def _verdict(directory: Directory, need: Need, group: Composition) -> None:
    if not need.purchase_families:
        return
    if not group.missing:
        st.success("Chaque lot est couvert par au moins une structure.", icon=":material/check_circle:")
        return
    st.warning(f"Sans réponse\u00a0: {_lots(group.missing)}.", icon=":material/report:")
    for lot in group.missing:
        _suggest(directory, need, lot, group)


def _suggest(directory: Directory, need: Need, lot: str, group: Composition) -> None:
    found = suggestions(directory, need, lot, group.rows)
    st.markdown(
        f"Pour **{lot_label(lot)}**\u00a0:" if found else f"Pour **{lot_label(lot)}**, personne de connu dans ce rayon."
    )
    for row, km in found:
        offer_id = directory.ids([row])[0]
        label = f"{escape_markdown(str(directory.frame['name'].iloc[row]))}, {_far(km)}"
        with st.container(horizontal=True, wrap=False, vertical_alignment="center"):
            st.markdown(label, width="stretch")
            st.button("Ajouter", key=f"ajouter-{lot}-{offer_id}", on_click=state.toggle, args=(offer_id,))


def _lots(codes: Iterable[str]) -> str:
    return ", ".join(map(lot_label, codes))


def _names(directory: Directory, rows: Iterable[int]) -> str:
    return " et ".join(escape_markdown(str(directory.frame["name"].iloc[row])) for row in rows)
