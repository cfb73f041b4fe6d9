"""Numbers, days and addresses: coordinates in degrees (WGS 84), scores from 0 to 1, kilometres, sites, contacts."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
from pydantic import TypeAdapter, ValidationError

from cooperations.fields import WebAddress
from cooperations.intake.vector import matches, numbers, per_value, replaced
from cooperations.offers.model import FARTHEST_KM
from cooperations.text import plural

if TYPE_CHECKING:
    from cooperations.intake.work import Work

AXES = {"longitude": 180.0, "latitude": 90.0}
DECIMAL = "Écrire un nombre décimal avec un point, comme 44.84966."
PLAIN_SITE = r"^https?://[A-Za-z0-9][A-Za-z0-9-]*(?:\.[A-Za-z0-9-]+)+(?:/[A-Za-z0-9/_.~%?=&#+,;:-]*)?$"
"""Addresses that are surely right; the others are asked to the model, one by one."""
KILOMETRES = r"(?i)[\s\v\x1c-\x1f\x{85}\p{Z}]*(?:km|kilom[eè]tres?)\.?\n?$"
EMAIL = r"^[^@\s\p{Z}]+@[^@\s\p{Z}]+\.[^@\s\p{Z}]+$"
SITE = TypeAdapter(WebAddress)
ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*|[+-]\d{2}:?\d{2}|Z)?")
FRENCH_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?: .*)?")


def check(work: Work) -> None:
    """Check the values of all rows: numbers go to `work.numbers`, days to `work.days`."""
    _coordinates(work)
    _score(work)
    _radius(work)
    _website(work)
    _contacts(work)


def day_of(cell: str) -> date | None:
    """Return the day of a cell (ISO, with or without a time or an offset, or dd/mm/yyyy), None when it is not one."""
    iso, french = ISO_DAY.fullmatch(cell), FRENCH_DAY.fullmatch(cell)
    try:
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        return date(int(french[3]), int(french[2]), int(french[1])) if french else None
    except ValueError:
        return None


def days(work: Work, attribute: str) -> None:
    """Read a column of days; what is no day is refused."""
    found = per_value(work.cells[attribute], day_of)
    work.days[attribute] = found
    wrong = work.filled(attribute) & np.array([day is None for day in found], dtype=bool)
    work.refuse(wrong, attribute, "date malformée", "Écrire AAAA-MM-JJ, comme 2020-12-01.")


def _coordinates(work: Work) -> None:
    for axis, farthest in AXES.items():
        values, wrong = numbers(work.cells[axis])
        work.refuse(wrong, axis, f"{axis} illisible", DECIMAL)
        far = np.abs(values) > farthest
        remedy = f"Elle doit être comprise entre {-farthest:g} et {farthest:g} degrés."
        work.refuse(far, axis, f"{axis} impossible", remedy)
        work.numbers[axis] = np.where(far, np.nan, values)
    for axis, other in (("longitude", "latitude"), ("latitude", "longitude")):
        alone = ~work.filled(axis) & work.filled(other)
        work.refuse(alone, axis, "une coordonnée manque", "Donner la longitude et la latitude, ou aucune des deux.")
    lost = np.isnan(work.numbers["longitude"]) | np.isnan(work.numbers["latitude"])
    for axis in AXES:
        work.numbers[axis] = np.where(lost, np.nan, work.numbers[axis])


def _score(work: Work) -> None:
    """Read the geocoder's own score; one that is no number says nothing."""
    empty = np.full(len(work), np.nan)
    work.numbers["geocoding_score"] = (
        numbers(work.cells["geocoding_score"])[0] if "geocoding_score" in work.cells else empty
    )


def _radius(work: Work) -> None:
    work.numbers["area_radius_km"] = np.full(len(work), np.nan)
    if not work.filled("area_radius_km").any():
        return
    cells = replaced(work.cells["area_radius_km"], KILOMETRES, "")
    values, wrong = numbers(cells)
    work.refuse(wrong, "area_radius_km", "rayon illisible", "Écrire un nombre de kilomètres, comme 30.")
    far = ~np.isnan(values) & ~((values > 0) & (values <= FARTHEST_KM))
    work.refuse(far, "area_radius_km", "rayon impossible", f"Donner un nombre de kilomètres, de 1 à {FARTHEST_KM}.")
    work.numbers["area_radius_km"] = np.where(far, np.nan, values)


def _website(work: Work) -> None:
    bare = matches(work.cells["website"], r"(?i)^www\.")
    work.note(bare, "website", "l’adresse internet n’a pas de https://", "Il est ajouté devant.")
    work.put("website", bare, "https://" + work.cells["website"])
    doubtful = work.filled("website") & ~matches(work.cells["website"], PLAIN_SITE)
    if doubtful.any():
        right = per_value(work.cells["website"].where(doubtful, ""), _is_a_site)
        wrong = doubtful & ~right.astype(bool)
        remedy = "Elle n’est pas reprise ; écrire une adresse complète, qui commence par https://."
        work.note(wrong, "website", "adresse internet refusée", remedy)
        work.put("website", wrong, "")


def _is_a_site(cell: str) -> bool:
    try:
        SITE.validate_python(cell)
    except ValidationError:
        return False
    return True


def _contacts(work: Work) -> None:
    """Keep the contacts of an organisation only where the list dates its consent; else say once how many go."""
    days(work, "contact_consent_on")
    consented = np.array([day is not None for day in work.days["contact_consent_on"]], dtype=bool)
    for attribute, what in (("email", "courriel"), ("phone", "téléphone")):
        left: Any = work.filled(attribute) & ~consented
        if left.any():
            problem = f"{plural(int(left.sum()), what)} sans date de consentement"
            work.say(attribute, problem, "Non repris : donner une colonne de consentement datée.")
        work.put(attribute, left, "")
    wrong = work.filled("email") & ~matches(work.cells["email"], EMAIL)
    work.note(wrong, "email", "courriel malformé", "Il n’est pas repris.")
    work.put("email", wrong, "")
