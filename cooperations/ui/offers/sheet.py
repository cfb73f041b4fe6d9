"""The page of one structure: what lists say of it, what people corrected, what it took part in."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import folium
import numpy as np
import streamlit as st
from streamlit_folium import st_folium

from cooperations.offers import words
from cooperations.offers.cards import cards, distances_km
from cooperations.offers.needs import place_of
from cooperations.sheets import french_date
from cooperations.ui.base_map import Subject, base_map
from cooperations.ui.markdown import escape_markdown, tooltip_text
from cooperations.ui.moderating.done import show_done
from cooperations.ui.offers import state
from cooperations.ui.offers.correction import LABELS, correction_form
from cooperations.ui.offers.past_view import show_past
from cooperations.ui.palette import SECTOR_SIGNS, sector_legend

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cooperations.offers.cards import Card
    from cooperations.offers.directory import Directory
    from cooperations.store import Store

HEIGHT_PX, ZOOM = 300, 11
MOST_AWARDS = 20


def show_offer(directory: Directory, store: Store, offer_id: str, *, dark: bool) -> None:
    """Draw the page of an offer, or say that none has this id."""
    found = _card(directory, store, offer_id)
    if found is None:
        st.title("Structure introuvable", anchor=False)
        st.warning(
            "Aucune structure n’a cette adresse\u00a0: elle a pu changer d’identifiant.", icon=":material/search_off:"
        )
        st.page_link(state.OFFERS_PAGE, label="Chercher une structure", icon=":material/storefront:")
        return
    show_done()
    _head(found, directory)
    left, right = st.columns([3, 2], gap="large")
    with left:
        _facts(found, directory)
        _proofs(found)
        show_past(found, directory.catalogue)
    with right:
        _map(found, directory, dark=dark)
        correction_form(found, directory.catalogue.gazetteer)


def _card(directory: Directory, store: Store, offer_id: str) -> Card | None:
    place = place_of(state.need(), directory.catalogue.gazetteer)
    rows = directory.rows_of([offer_id])
    distances = distances_km(directory, np.array(rows), place) if place and rows else []
    return next(iter(cards(directory, store, [offer_id], distances, place)), None)


def _head(card: Card, directory: Directory) -> None:
    offer = card.offer
    st.title(escape_markdown(offer.name), anchor=False)
    kind = words.kind_in_words(offer)
    where = words.place_in_words(offer, directory.catalogue.gazetteer)
    st.markdown(escape_markdown(" · ".join(part for part in (kind, where, *card.reasons) if part)))
    with st.container(horizontal=True, vertical_alignment="center"):
        kept = offer.id in state.kept()
        label = "Retirer de la sélection" if kept else "Retenir cette structure"
        icon = ":material/bookmark_remove:" if kept else ":material/bookmark_add:"
        st.button(label, icon=icon, on_click=state.toggle, args=(offer.id,), type="secondary" if kept else "primary")
        if offer.website:
            st.link_button("Site internet", offer.website, icon=":material/open_in_new:")
        st.page_link(state.OFFERS_PAGE, label="Retour aux structures", icon=":material/arrow_back:")


def _facts(card: Card, directory: Directory) -> None:
    st.header("Ce que l’on en sait", anchor=False)
    rows = "".join(f"<dt>{escape(label)}</dt><dd>{escape(text)}</dd>" for label, text in _rows(card, directory))
    st.html(f'<dl class="coop-faits">{rows}</dl>')
    for sentence in words.findings_in_words(card.offer):
        st.caption(f":material/build: {escape_markdown(sentence)}")


def _rows(card: Card, directory: Directory) -> Iterator[tuple[str, str]]:
    offer, gazetteer = card.offer, directory.catalogue.gazetteer
    consent = offer.contact_consent_on
    everything = (
        ("Nom d’usage", offer.trade_name),
        ("Activité", offer.activity),
        ("Familles d’achat", words.purchases_in_words(offer)),
        ("Types de prestation", words.services_in_words(offer)),
        ("Intervient", words.area_in_words(offer, gazetteer)),
        ("Adresse", words.address_in_words(offer, gazetteer)),
        ("SIRET", offer.siret),
        ("Code NAF", offer.naf),
        ("Labels", ", ".join(words.split(offer.labels))),
        ("Courriel", offer.email if consent else None),
        ("Téléphone", offer.phone if consent else None),
        ("Contact publié", consent and f"avec l’accord du {french_date(consent.isoformat())}"),
        ("Source", f"{words.source_in_words(offer)}, {french_date(offer.source_date.isoformat())}"),
    )
    yield from ((label, text) for label, text in everything if text)
    for one in card.corrections:
        day = french_date(one.recorded_at.date().isoformat())
        yield f"Corrigé\u00a0: {_lowered(LABELS[one.attribute])}", f"{one.organisation}, le {day}"


def _lowered(label: str) -> str:
    return f"{label[:1].lower()}{label[1:]}"


def _proofs(card: Card) -> None:
    st.header("Ce qu’elle a déjà fait", anchor=False)
    if not card.proofs and not card.awards:
        st.markdown("Aucune coopération ni aucun marché connus ici. Cela ne dit pas qu’il n’y en a pas.")
    for proof in card.proofs:
        label = escape_markdown(f"{proof.words[:1].upper()}{proof.words[1:]}")
        st.page_link("pratique.py", label=label, query_params={"id": proof.practice_id}, icon=":material/handshake:")
    lines = [f"- {escape_markdown(words.award_in_words(award))}" for award in card.awards[:MOST_AWARDS]]
    if lines:
        st.markdown("\n".join(["**Marchés publics attribués**", "", *lines]))


def _map(card: Card, directory: Directory, *, dark: bool) -> None:
    rows = directory.rows_of([card.offer.id])
    if card.offer.longitude is None or card.offer.latitude is None or not rows:
        st.info("Aucune source ne situe cette structure par un point.", icon=":material/location_off:")
        return
    subject = Subject("Carte de la structure", sector_legend())
    drawn = base_map(directory.catalogue.gazetteer.perimeter, dark=dark, clickable=False, subject=subject)
    place = [card.offer.latitude, card.offer.longitude]
    colour = list(SECTOR_SIGNS.values())[int(directory.sector[rows[0]])].colour
    exact = card.offer.precision == "adresse"
    folium.CircleMarker(
        place, radius=9, color=colour, weight=3, fill=True, fill_color=colour, fill_opacity=0.9 if exact else 0,
        tooltip=folium.Tooltip(tooltip_text(card.offer.name)),
    ).add_to(drawn)  # fmt: skip
    if card.offer.area_radius_km:
        folium.Circle(place, radius=1000 * card.offer.area_radius_km, color=colour, weight=2, fill=False).add_to(drawn)
    drawn.options |= {"center": place, "zoom": ZOOM}
    st_folium(drawn, key=f"carte-{card.offer.id}", height=HEIGHT_PX, use_container_width=True, returned_objects=[])
    st.caption("À l’adresse." if exact else "Point approché\u00a0: celui de la commune.")
