"""Correcting what a list says of a structure: the correction stays, whatever is imported afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from cooperations.decisions import decide
from cooperations.errors import CooperationsError
from cooperations.offers.encoding import CURATED
from cooperations.offers.records import CORRECTABLE, Correction
from cooperations.offers.terms import SERVICES
from cooperations.offers.words import split
from cooperations.purchases import PURCHASE_FAMILIES, SEPARATOR
from cooperations.ui.markdown import escape_markdown
from cooperations.ui.session import desk

if TYPE_CHECKING:
    from cooperations.offers.cards import Card
    from cooperations.offers.model import Offer
    from cooperations.territories import Gazetteer
    from cooperations.vocabularies import Vocabulary

LABELS = {
    "name": "Nom",
    "trade_name": "Nom d’usage",
    "activity": "Activité",
    "purchase_families": "Familles d’achat",
    "services": "Types de prestation",
    "area_radius_km": "Rayon d’intervention (km)",
    "area_territories": "Territoires d’intervention",
    "address": "Numéro et voie",
    "commune_code": "Commune (code INSEE)",
    "labels": "Labels (séparés par «\u00a0|\u00a0»)",
    "website": "Site internet",
}
CHOICES: dict[str, Vocabulary] = {"purchase_families": PURCHASE_FAMILIES, "services": SERVICES}


def correction_form(card: Card, gazetteer: Gazetteer) -> None:
    """Draw the form; only what differs from what is shown is kept."""
    if card.offer.source == CURATED:
        # It is corrected by a proposal, which its history offers.
        return
    with st.expander("Corriger cette structure", icon=":material/edit:"):
        st.caption("Une correction reste, même quand la liste est importée de nouveau. Chacune garde qui et quand.")
        with st.form("correction", border=False):
            values = {attribute: _field(card.offer, attribute, gazetteer) for attribute in CORRECTABLE}
            organisation = st.text_input("Organisation qui corrige", max_chars=300)
            note = st.text_input("D’où vient la valeur juste (facultatif)", max_chars=2000)
            if st.form_submit_button("Garder la correction", type="primary"):
                _keep(card.offer, values, organisation, note)


def _field(offer: Offer, attribute: str, gazetteer: Gazetteer) -> str:
    held, label = getattr(offer, attribute), LABELS[attribute]
    if attribute in CHOICES:
        vocabulary = CHOICES[attribute]
        return SEPARATOR.join(
            st.multiselect(
                label, vocabulary.codes, list(split(held)), format_func=vocabulary.label, placeholder="Choisir"
            )
        )
    if attribute == "area_territories":
        departments = {one.key: one.label for one in gazetteer.departments} | {
            gazetteer.perimeter.key: "Toute la région"
        }
        known = {key: departments.get(key, key) for key in dict.fromkeys((*departments, *split(held)))}
        chosen = st.multiselect(
            label, list(known), list(split(held)), format_func=known.__getitem__, placeholder="Choisir"
        )
        return SEPARATOR.join(chosen)
    if attribute == "activity":
        return str(st.text_area(label, held or "", max_chars=4000))
    text = f"{held:g}" if isinstance(held, float) else str(held or "")
    return str(st.text_input(label, text, max_chars=500))


def _keep(offer: Offer, values: dict[str, str], organisation: str, note: str) -> None:
    changed = {name: value.strip() for name, value in values.items() if value.strip() != _as_text(offer, name)}
    if not changed:
        st.info("Rien n’est changé\u00a0: il n’y a rien à garder.")
        return
    try:
        common: dict[str, Any] = {"offer_id": offer.id, "organisation": organisation, "note": note}
        made = [decide(Correction, **common, attribute=name, value=value) for name, value in changed.items()]
        desk().correct(made)
    except CooperationsError as error:
        st.error(escape_markdown(str(error)), icon=":material/error:")
        return
    st.toast("Correction gardée.", icon=":material/check_circle:")
    st.rerun()


def _as_text(offer: Offer, name: str) -> str:
    held = getattr(offer, name)
    return f"{held:g}" if isinstance(held, float) else str(held or "").strip()
