"""What is said of an offer, in French: how far, why it answers, where it is, what was found about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cooperations import vocabularies as v
from cooperations.offers.encoding import CURATED
from cooperations.offers.model import EVERYWHERE
from cooperations.offers.needs import POINT, place_of
from cooperations.offers.terms import EXACT, FINDINGS, SERVICES
from cooperations.purchases import ORIGINS, PURCHASE_FAMILIES, SEPARATOR
from cooperations.text import number, of

if TYPE_CHECKING:
    from cooperations.offers.model import Award, Offer
    from cooperations.offers.needs import Need, Place
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


def distance_in_words(distance_km: float, precision: str) -> str:
    """Return « à 12 km », or « à environ 12 km » when the point is not an address."""
    exact = precision in EXACT
    if distance_km < SEVERAL_KM:
        return "à moins de 1\u00a0km" if exact else "dans la même commune, ou tout près"
    return f"à {'' if exact else 'environ '}{number(round(distance_km))}\u00a0km"


def reasons(offer: Offer, distance_km: float | None, place: Place | None, gazetteer: Gazetteer) -> list[str]:
    """Return why an offer answers: « siège à 12 km », « intervient jusqu’à 30 km », « couvre les Landes »."""
    said = [f"siège {distance_in_words(distance_km, offer.precision)}"] if distance_km is not None else []
    if offer.area_radius_km:
        said.append(f"intervient jusqu’à {number(round(offer.area_radius_km))}\u00a0km")
    shown = [key for key in split(offer.area_territories) if place is None or key in (*place.keys, EVERYWHERE)]
    return [*said, *(f"couvre {territory_in_words(key, gazetteer)}" for key in shown)]


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


def filter_in_words(name: str, value: str, need: Need, gazetteer: Gazetteer) -> str:
    """Return the French words of one query parameter of a need, as plain text."""
    vocabularies = {
        "achat": PURCHASE_FAMILIES,
        "type": v.PRACTICES,
        "categorie": v.KINDS,
        "famille": v.FAMILIES,
        "prestation": SERVICES,
    }
    if name in vocabularies:
        return vocabularies[name].label(value)
    if name == "lieu":
        place = place_of(need, gazetteer)
        return f"{need.radius_km}\u00a0km autour {around_in_words(place, gazetteer)}" if place else value
    return {"loin": "Aussi plus loin", "rayon": f"{value}\u00a0km"}.get(name, f"« {value} »")


def around_in_words(place: Place, gazetteer: Gazetteer) -> str:
    """Return « de Dax (commune, 40) », « d’un point de Dax… », « du milieu des Landes »: what is around it follows."""
    if place.level == POINT:
        return of(f"{place.label[:1].lower()}{place.label[1:]}") if place.keys else f"du point {place.label}"
    if place.level == "commune":
        return of(place.label)
    name = territory_in_words(place.keys[0], gazetteer) if place.level == "departement" else place.label
    return f"du milieu {of(name)}"


def need_filters(need: Need, gazetteer: Gazetteer) -> list[tuple[str, str, str]]:
    """Return each filter: its French words, then the name and the value of its query parameter.

    The radius is in the words of the place.
    """
    pairs = [pair for pair in need.to_query() if pair[0] != "rayon"]
    return [(filter_in_words(name, value, need, gazetteer), name, value) for name, value in pairs]


def need_in_words(need: Need, gazetteer: Gazetteer) -> str:
    """Return a need as one phrase, or « aucun filtre »."""
    return " ; ".join(words for words, _, _ in need_filters(need, gazetteer)) or "aucun filtre"


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


def address_in_words(offer: Offer, gazetteer: Gazetteer) -> str:
    """Return the address in one line."""
    city = " ".join(part for part in (offer.post_code, offer.city or place_in_words(offer, gazetteer)) if part)
    return ", ".join(part for part in (offer.address, city) if part)


def area_in_words(offer: Offer, gazetteer: Gazetteer) -> str:
    """Return how far the structure says it goes, or an empty string."""
    radius = f"jusqu’à {number(round(offer.area_radius_km))}\u00a0km" if offer.area_radius_km else ""
    names = ", ".join(territory_in_words(key, gazetteer) for key in split(offer.area_territories))
    return " ; ".join(part for part in (radius, names) if part)


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
