"""What is said of a practice, in words: the same sentences for popup, list, page and, later, reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from cooperations import vocabularies as v

if TYPE_CHECKING:
    from datetime import datetime

    from cooperations.catalogue import Catalogue
    from cooperations.model import Practice

PRACTICE_PAGE = "pratique"
MINUTES = "Compte rendu"
"""How the source of a practice begins when the minutes of 2016 name it."""


@dataclass(frozen=True, slots=True)
class Line:
    """A practice in a list: texts in French, an unknown status left out; `address` is relative to the root."""

    id: str
    name: str
    practice_type: str
    type_label: str
    place: str
    status: str
    address: str
    longitude: float | None
    latitude: float | None


def line(catalogue: Catalogue, row: int) -> Line:
    """Return the line of a practice."""
    practice, point = catalogue.practices[row], catalogue.points[row]
    return Line(
        practice.id,
        practice.name,
        practice.practice_type,
        type_label(practice),
        place_label(catalogue, practice),
        "" if practice.status == "inconnu" else v.STATUSES.label(practice.status),
        address(practice.id),
        point.longitude if point else None,
        point.latitude if point else None,
    )


def address(practice_id: str) -> str:
    """Return the address of a practice's page, relative to the application's root."""
    return f"{PRACTICE_PAGE}?{urlencode({'id': practice_id})}"


def type_label(practice: Practice) -> str:
    """Return the type, and the sub-type after it: « Groupement d’acteurs : création d’activités »."""
    label = v.PRACTICE_TYPES.label(practice.practice_type)
    subtype = v.PRACTICE_SUBTYPES.label(practice.subtype)
    return f"{label} : {subtype[0].lower()}{subtype[1:]}" if subtype else label


def place_label(catalogue: Catalogue, practice: Practice) -> str:
    """Return where the practice is, as precisely as it is known."""
    if not practice.territories:
        return v.LOCATION_GROUPS.label(practice.precision)
    names = ", ".join(catalogue.gazetteer[key].label for key in practice.territories)
    return f"Hors région : {names}" if practice.precision == "hors_perimetre" else names


def facts(catalogue: Catalogue, practice: Practice) -> list[tuple[str, str]]:
    """Return what is known of a practice, and from where, as labels and texts; absent facts are left out."""
    sourced = (
        (extract_label(practice.source), f"«\u00a0{practice.extract}\u00a0»"),
        ("Source", practice.source),
        ("Relue le", french_date(practice.checked_on.isoformat())),
    )
    return [*described(catalogue, practice), *sourced]


def described(catalogue: Catalogue, practice: Practice) -> list[tuple[str, str]]:
    """Return what is known of a practice as labels and texts, absent facts left out."""
    deduced = " (déduit de l’ordre du tableau du compte rendu)" if practice.subtype_deduced else ""
    confidence = v.CONFIDENCES[practice.confidence]
    rows = (
        ("Territoire", place_label(catalogue, practice)),
        ("Précision", v.PRECISIONS[practice.precision].definition),
        ("Lieu désigné", practice.place),
        ("Période", period_label(practice)),
        ("Statut", v.STATUSES[practice.status].definition),
        ("Sous-type", practice.subtype and v.PRACTICE_SUBTYPES.label(practice.subtype) + deduced),
        ("Certitude", f"{confidence.label}. {confidence.definition}"),
    )
    return [(label, text) for label, text in rows if text]


def extract_label(source: str) -> str:
    """Return what the extract of a source is called."""
    return "Extrait du compte rendu" if source.startswith(MINUTES) else "Extrait de la source"


def period_label(practice: Practice) -> str:
    """Return the period in words, or an empty string when nothing is known."""
    start, end = french_date(practice.start), french_date(practice.end)
    if start and end:
        return start if start == end else f"{start} à {end}"
    if start:
        whole_day = str(practice.start).count("-") == 2  # noqa: PLR2004 - a year, a month and a day
        return f"Depuis {'le ' if whole_day else ''}{start}"
    return f"Jusqu’à {end}" if end else ""


MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


def french_date(partial: str | None) -> str:
    """Return « 2014 », « juin 2015 » or « 12 juillet 2016 » from a partial ISO date."""
    if not partial:
        return ""
    year, *rest = partial.split("-")
    words = [year]
    if rest:
        words.insert(0, MONTHS[int(rest[0]) - 1])
    if len(rest) == 2:  # noqa: PLR2004 - a month and a day
        words.insert(0, "1er" if int(rest[1]) == 1 else str(int(rest[1])))
    return " ".join(words)


def french_moment(moment: datetime) -> str:
    """Return « le 25 novembre 2026 à 14 h 05 »."""
    return f"le {french_date(moment.date().isoformat())} à {moment:%H}\u00a0h\u00a0{moment:%M}"


def credit(catalogue: Catalogue) -> str:
    """Return the source, the licence and the date of the data, as one text."""
    perimeter = catalogue.gazetteer.perimeter
    latest = max(practice.checked_on for practice in catalogue.practices)
    return (
        f"Source : compte rendu du groupe de travail de la CRESS Aquitaine, 12 juillet 2016, et sources publiques. "
        f"Données relues le {french_date(latest.isoformat())}, sous Licence Ouverte 2.0. {perimeter.attribution}"
    )
