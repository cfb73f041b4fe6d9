"""What is said of an offer, in French: how far, why it answers, where it is, what was found about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cooperations import vocabularies as v
from cooperations.offers.directory import CURATED, EVERYWHERE
from cooperations.offers.terms import EXACT, FINDINGS, SERVICES
from cooperations.purchases import ORIGINS, PURCHASE_FAMILIES, SEPARATOR
from cooperations.text import number

if TYPE_CHECKING:
    from cooperations.offers.model import Award, Offer
    from cooperations.offers.needs import Place
    from cooperations.territories import Gazetteer
    from cooperations.vocabularies import Vocabulary

SEVERAL_KM = 1.0
SOURCES = {
    CURATED: "Données de cette carte",
    "siae": "Les emplois de l’inclusion (SIAE)",
    "esat": "FINESS (ESAT)",
    "sirene": "SIRENE (INSEE)",
    "datainclusion": "data·inclusion",
    "marche": "Le Marché de l’inclusion",
    "decp": "Données essentielles de la commande publique",
}
"""The names of the lists that have a profile."""


def split(cell: str | None) -> tuple[str, ...]:
    """Return the codes of a cell."""
    return tuple(code for code in (cell or "").split(SEPARATOR) if code)


def distance_in_words(distance_km: float | None, precision: str) -> str:
    """Return « 12 km », « environ 12 km » when the point is not an address, or an empty string without a distance."""
    if distance_km is None:
        return ""
    about = "" if precision in EXACT else "environ "
    if distance_km < SEVERAL_KM:
        return f"{about}moins de 1\u00a0km" if not about else "la même commune, ou tout près"
    return f"{about}{number(round(distance_km))}\u00a0km"


def reasons(offer: Offer, distance_km: float | None, place: Place | None, gazetteer: Gazetteer) -> list[str]:
    """Return why an offer answers: « siège à 12 km », « intervient jusqu’à 30 km », « couvre les Landes »."""
    said = [f"siège à {distance_in_words(distance_km, offer.precision)}"] if distance_km is not None else []
    if offer.area_radius_km:
        said.append(f"intervient jusqu’à {number(round(offer.area_radius_km))}\u00a0km")
    keys = split(offer.area_territories)
    shown = [key for key in keys if place is None or key in (*place.keys, EVERYWHERE)]
    said += [f"couvre {territory_in_words(key, gazetteer)}" for key in shown]
    return said


def territory_in_words(key: str, gazetteer: Gazetteer) -> str:
    """Return the name of a territory in a sentence: « les Landes », « toute la France », « Mont-de-Marsan »."""
    level, _, code = key.partition(":")
    if key == EVERYWHERE:
        return "toute la France"
    if level == "departement":
        return gazetteer.department_name(code, article=True)
    if level == "region" and key != gazetteer.perimeter.key:
        return "toute la région"
    return gazetteer[key].name if key in gazetteer else code


def kind_in_words(offer: Offer) -> str:
    """Return the category, or else the legal family, or an empty string."""
    if offer.kind:
        return f"{v.KINDS.label(offer.kind)} ({offer.kind})"
    return "" if offer.family == "inconnue" else v.FAMILIES.label(offer.family)


def place_in_words(offer: Offer, gazetteer: Gazetteer) -> str:
    """Return the commune and department, or what the source writes."""
    key = f"commune:{offer.commune_code}"
    if offer.commune_code and key in gazetteer:
        return gazetteer[key].label.replace("commune, ", "")
    department = f" ({offer.department_code})" if offer.department_code else ""
    return f"{offer.city}{department}" if offer.city else gazetteer.department_name(offer.department_code or "")


def purchases_in_words(offer: Offer) -> str:
    """Return the purchase families, and how they are known when the source does not say them."""
    labels = ", ".join(_labels(offer.purchase_families, PURCHASE_FAMILIES))
    if not labels:
        return ""
    origin = offer.purchase_origin or "liste"
    how = ORIGINS.label(origin)
    return labels if origin == "liste" else f"{labels} ({how[0].lower()}{how[1:]})"


def services_in_words(offer: Offer) -> str:
    """Return the kinds of service."""
    return ", ".join(_labels(offer.services, SERVICES))


def award_in_words(award: Award) -> str:
    """Return a contract in one line: « 2019 : fourniture de repas, pour la Ville de Bayonne »."""
    year = f"{award.notified_on.year} : " if award.notified_on else ""
    buyer = f", pour {award.buyer_name}" if award.buyer_name else ""
    return f"{year}{award.subject}{buyer}"


def source_in_words(offer: Offer) -> str:
    """Return the name of the list that an offer comes from."""
    return SOURCES.get(offer.source, offer.source)


def findings_in_words(offer: Offer) -> list[str]:
    """Return what the import found about the row and did, one sentence each."""
    return [f"{FINDINGS.label(code)}\u00a0: {_lowered(FINDINGS[code].definition)}" for code in split(offer.findings)]


def _labels(cell: str | None, vocabulary: Vocabulary) -> list[str]:
    return [vocabulary.label(code) for code in split(cell) if code in vocabulary]


def _lowered(sentence: str) -> str:
    return f"{sentence[:1].lower()}{sentence[1:]}"
