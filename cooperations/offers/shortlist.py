"""A short list to take away: a table, the cards of an address book, and what the file says of itself.

A contact is in it only when a consent is recorded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import vobject

from cooperations.exports import Sheet, data_day
from cooperations.offers import words
from cooperations.offers.words import need_in_words
from cooperations.sheets import french_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from cooperations.catalogue import Catalogue
    from cooperations.offers.cards import Card
    from cooperations.offers.needs import Need
    from cooperations.territories import Gazetteer

COLUMNS = (
    "Nom",
    "Nom d’usage",
    "Catégorie",
    "Familles d’achat",
    "Types de prestation",
    "Raisons",
    "Distance (km)",
    "Point exact",
    "Intervient",
    "Adresse",
    "Commune",
    "Code INSEE",
    "SIRET",
    "A déjà fait",
    "Site internet",
    "Courriel",
    "Téléphone",
    "Source",
    "Date de la source",
    "Corrigé par",
    "Identifiant",
)


def offers_sheet(cards: Sequence[Card], gazetteer: Gazetteer) -> Sheet:
    """Return offers as a table, one line each, in their order."""
    return Sheet("Structures", COLUMNS, tuple(_line(card, gazetteer) for card in cards))


def cover(title: str, need: Need, sources: Iterable[str], catalogue: Catalogue, day: date) -> tuple[str, ...]:
    """Return what a file says of itself: what it is, the need, the days, the sources, the licence."""
    return (
        f"{title}.",
        f"Besoin : {need_in_words(need, catalogue.gazetteer)}.",
        (
            f"Export du {french_date(day.isoformat())} ; données de la carte relues le "
            f"{french_date(data_day(catalogue).isoformat())}."
        ),
        f"Sources : {', '.join(sorted(sources)) or 'aucune'}.",
        "Distances à vol d’oiseau, jusqu’au siège. Contacts donnés seulement avec un consentement enregistré.",
        "Licence : Licence Ouverte 2.0 pour les données de la carte ; chaque liste garde la sienne.",
        catalogue.gazetteer.perimeter.attribution,
    )


def sources_of(cards: Iterable[Card]) -> set[str]:
    """Return the names of the lists that some offers come from."""
    return {words.source_in_words(card.offer) for card in cards}


def vcards(cards: Sequence[Card], cover_lines: Sequence[str], gazetteer: Gazetteer) -> str:
    """Return offers as vCard 3.0, which address books read: organisations, never people."""
    note = " ".join(cover_lines[1:3])
    return "".join(_vcard(card, note, gazetteer) for card in cards)


def _line(card: Card, gazetteer: Gazetteer) -> tuple[str | float | date | None, ...]:
    offer = card.offer
    consent = offer.contact_consent_on is not None
    proofs = [*(proof.words for proof in card.proofs), *map(words.award_in_words, card.awards)]
    return (
        offer.name,
        offer.trade_name,
        words.kind_in_words(offer),
        words.purchases_in_words(offer),
        words.services_in_words(offer),
        " ; ".join(card.reasons),
        None if card.distance_km is None else round(card.distance_km, 1),
        "oui" if offer.precision == "adresse" else "non",
        words.area_in_words(offer, gazetteer),
        offer.address,
        words.place_in_words(offer, gazetteer),
        offer.commune_code,
        offer.siret,
        " ; ".join(proofs),
        offer.website,
        offer.email if consent else None,
        offer.phone if consent else None,
        words.source_in_words(offer),
        offer.source_date,
        ", ".join(sorted({one.organisation for one in card.corrections})),
        offer.id,
    )


def _vcard(card: Card, note: str, gazetteer: Gazetteer) -> str:
    offer, made = card.offer, vobject.vCard()
    made.add("fn").value = offer.name
    made.add("n").value = vobject.vcard.Name(family=offer.name)
    made.add("org").value = [offer.name]
    made.add("uid").value = offer.id
    city = offer.city or words.place_in_words(offer, gazetteer)
    made.add("adr").value = vobject.vcard.Address(
        street=offer.address or "", city=city, code=offer.post_code or "", country="France"
    )
    said = " ; ".join(part for part in (words.purchases_in_words(offer), *card.reasons, note) if part)
    made.add("note").value = said
    if offer.website:
        made.add("url").value = offer.website
    if offer.longitude is not None and offer.latitude is not None:
        made.add("geo").value = f"{offer.latitude:.5f};{offer.longitude:.5f}"
    if offer.contact_consent_on:
        _add_contact(made, offer.email, offer.phone)
    return str(made.serialize())


def _add_contact(made: vobject.base.Component, email: str | None, phone: str | None) -> None:
    if email:
        made.add("email").value = email
    if phone:
        made.add("tel").value = phone
