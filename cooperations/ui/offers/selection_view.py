"""The short list: what is kept, what it takes away, and keeping it under a link."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

import numpy as np
import streamlit as st

from cooperations.decisions import decide
from cooperations.errors import CooperationsError
from cooperations.offers import words
from cooperations.offers.cards import cards, distances_km
from cooperations.offers.needs import need_from_query, place_of
from cooperations.offers.records import ShortList
from cooperations.sheets import french_date
from cooperations.text import plural
from cooperations.ui import memory
from cooperations.ui.markdown import escape_markdown
from cooperations.ui.offers import state
from cooperations.ui.session import desk

if TYPE_CHECKING:
    from cooperations.offers.cards import Card
    from cooperations.offers.directory import Directory
    from cooperations.offers.needs import Need
    from cooperations.store import Store

FORMATS = {"csv": "CSV", "xlsx": "Tableur (XLSX)", "vcf": "Carnet d’adresses (vCard)"}
_OPENED, _REMOVED = "_selection_ouverte", "_retirees"


def open_kept(store: Store, directory: Directory) -> None:
    """Take the kept list that the address names into the session, once; say when it is not there."""
    wanted = str(st.session_state.get(state.KEPT_LIST) or "")
    if not wanted or st.session_state.get(_OPENED) == wanted:
        return
    found = next((one for one in store.recorded(ShortList) if one.id == wanted), None)
    if found is None:
        st.warning("Cette sélection n’existe pas, ou son lien est incomplet.", icon=":material/link_off:")
        return
    pairs = parse_qsl(found.query)
    need, _ = need_from_query(pairs, directory.catalogue.gazetteer, frozenset({state.KEPT}))
    memory.hold(need)
    st.session_state[state.KEPT] = dict(pairs).get(state.KEPT, "")
    st.session_state[_OPENED] = wanted


def show_kept_name(store: Store) -> None:
    """Say whose list this is, when it comes from a link; once it is changed it is nobody's, nor is the address."""
    wanted = str(st.session_state.get(state.KEPT_LIST) or "")
    found = next((one for one in store.recorded(ShortList) if one.id == wanted), None) if wanted else None
    if found and dict(parse_qsl(found.query)).get(state.KEPT, "") != ",".join(state.kept()):
        st.session_state[state.KEPT_LIST] = ""
    elif found:
        day = french_date(found.recorded_at.date().isoformat())
        note = f" {escape_markdown(found.note)}" if found.note else ""
        st.markdown(
            f"**{escape_markdown(found.name)}**, gardée par {escape_markdown(found.organisation)} le {day}.{note}"
        )


def show_cards(directory: Directory, store: Store, need: Need) -> None:
    """Draw what is kept, or say how to keep something."""
    held = state.kept()
    _offer_undo()
    if not held:
        st.info(
            "Rien n’est encore retenu. Dans «\u00a0Trouver une offre\u00a0», le bouton «\u00a0Retenir\u00a0» "
            "ajoute une structure ici."
        )
        st.page_link(state.OFFERS_PAGE, label="Trouver une offre", icon=":material/storefront:")
        return
    known = [one for one in held if one in directory]
    if len(known) < len(held):
        gone = len(held) - len(known)
        verb = "ne sont" if gone > 1 else "n’est"
        st.warning(f"{plural(gone, 'structure')} de ce lien {verb} plus dans les listes.", icon=":material/history:")
    place = place_of(need, directory.catalogue.gazetteer)
    distances = distances_km(directory, np.array(directory.rows_of(known), np.intp), place) if place else []
    for card in cards(directory, store, known, distances, place):
        _card(card, directory)


def show_ways_out(need: Need) -> None:
    """Draw the files, the printed page, the link and the form that keeps the list."""
    query = selection_query(need)
    st.header("Emporter", anchor=False)
    with st.container(horizontal=True):
        for extension, label in FORMATS.items():
            address = f"/export/offres/selection.{extension}?{query}"
            st.link_button(label, address, icon=":material/download:")
        st.link_button("Imprimer", f"/imprimer/selection?{query}", icon=":material/print:")
    st.header("Partager", anchor=False)
    st.markdown("L’adresse de cette page dit le besoin et les structures retenues\u00a0: elle s’envoie telle quelle.")
    st.code(f"{_origin()}/selection?{query}", language=None, wrap_lines=True)
    _keep_form(query)


def selection_query(need: Need) -> str:
    """Return the query that says the need and what is kept."""
    return urlencode([*need.to_query(), (state.KEPT, ",".join(state.kept()))])


def _card(card: Card, directory: Directory) -> None:
    offer, gazetteer = card.offer, directory.catalogue.gazetteer
    with st.container(border=True):
        line = st.container(horizontal=True, wrap=False, vertical_alignment="center", key=f"titre-{offer.id}")
        line.page_link(
            state.OFFER_PAGE, label=f"**{escape_markdown(offer.name)}**", query_params={"id": offer.id}, width="stretch"
        )
        line.button("Retirer", key=f"retirer-{offer.id}", type="tertiary", on_click=_take_out, args=(offer.id,))
        facts = (words.kind_in_words(offer), words.place_in_words(offer, gazetteer), words.purchases_in_words(offer))
        st.markdown(escape_markdown(" · ".join(part for part in facts if part)))
        if card.reasons:
            st.markdown(f"**{escape_markdown(' · '.join(card.reasons))}**")
        for proof in card.proofs:
            st.markdown(f"✓ {escape_markdown(proof.words)}")


def _take_out(offer_id: str) -> None:
    st.session_state[_REMOVED] = state.kept()
    state.toggle(offer_id)


def _offer_undo() -> None:
    before = st.session_state.get(_REMOVED, ())
    if before and before != state.kept():
        st.button("Annuler le retrait", icon=":material/undo:", on_click=_undo)


def _undo() -> None:
    state.keep_only(st.session_state.pop(_REMOVED, ()))


def _keep_form(query: str) -> None:
    with st.expander("Garder sous un nom, avec un lien court", icon=":material/bookmark_add:"), st.form("garder"):
        name = st.text_input("Nom de la sélection", max_chars=300, placeholder="Entretien des parcs, lot 2…")
        organisation = st.text_input("Organisation qui la garde", max_chars=300)
        note = st.text_input("Note (facultatif)", max_chars=2000)
        st.caption("Qui a le lien voit la sélection. Aucun nom de personne n’est nécessaire.")
        if st.form_submit_button("Garder", type="primary"):
            _keep(name, organisation, note, query)


def _keep(name: str, organisation: str, note: str, query: str) -> None:
    try:
        made = decide(ShortList, name=name, organisation=organisation, note=note, query=query)
        desk().add(made, made.organisation)
    except CooperationsError as error:
        st.error(escape_markdown(str(error)), icon=":material/error:")
        return
    st.success("Sélection gardée. Voici son lien\u00a0:", icon=":material/check_circle:")
    st.code(f"{_origin()}/selection?{state.KEPT_LIST}={made.id}", language=None, wrap_lines=True)


def _origin() -> str:
    parts = str(st.context.url or "").split("/")
    return "/".join(parts[:3])
