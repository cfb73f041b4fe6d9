"""How far a structure says that it goes: « 30 km », « département », « Landes », « région », « France entière »."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from cooperations.fields import LEVELS
from cooperations.intake.departments import codes_by_name
from cooperations.intake.vector import as_column, per_value
from cooperations.offers.model import FARTHEST_KM
from cooperations.purchases import SEPARATOR
from cooperations.text import fold

if TYPE_CHECKING:
    from cooperations.intake.work import Work
    from cooperations.territories import Gazetteer

WHOLE_COUNTRY = "pays:FR"
KILOMETRES = re.compile(r"(\d{1,4}(?:[.,]\d+)?) ?(?:km|kilometres?)\b.*")
KEY = re.compile(rf"(?:{'|'.join(LEVELS)}):[0-9A-Z]{{2,9}}|{WHOLE_COUNTRY}")
CODED = re.compile(r"(.*?) ?\(?(\d{2}|2a|2b|97\d)\)?")
PIECES = re.compile(r"[|;/\n]|,(?! *[a-z])")
COUNTRY_WORDS = frozenset(("france entiere", "france", "country", "national", "toute la france", "nationale"))
OWN_WORDS = {"departement": "departement", "department": "departement", "region": "region"}
UNSAID = frozenset(("non disponible", "custom", "zones", "distance en kilometres", "non renseigne"))
REGIONS = {
    "11": ("Île-de-France", "75 77 78 91 92 93 94 95"),
    "24": ("Centre-Val de Loire", "18 28 36 37 41 45"),
    "27": ("Bourgogne-Franche-Comté", "21 25 39 58 70 71 89 90"),
    "28": ("Normandie", "14 27 50 61 76"),
    "32": ("Hauts-de-France", "02 59 60 62 80"),
    "44": ("Grand Est", "08 10 51 52 54 55 57 67 68 88"),
    "52": ("Pays de la Loire", "44 49 53 72 85"),
    "53": ("Bretagne", "22 29 35 56"),
    "75": ("Nouvelle-Aquitaine", "16 17 19 23 24 33 40 47 64 79 86 87"),
    "76": ("Occitanie", "09 11 12 30 31 32 34 46 48 65 66 81 82"),
    "84": ("Auvergne-Rhône-Alpes", "01 03 07 15 26 38 42 43 63 69 73 74"),
    "93": ("Provence-Alpes-Côte d'Azur", "04 05 06 13 83 84"),
    "94": ("Corse", "2A 2B"),
    "01": ("Guadeloupe", "971"),
    "02": ("Martinique", "972"),
    "03": ("Guyane", "973"),
    "04": ("La Réunion", "974"),
    "06": ("Mayotte", "976"),
}
"""Regions since 2016 and their departments (INSEE, code officiel géographique)."""
REGION_OF = {department: code for code, (_, held) in REGIONS.items() for department in held.split()}


@dataclass(frozen=True, slots=True)
class Area:
    """What a cell says: a radius in kilometres (NaN without), keys of territories, what is not understood.

    `own` are the levels of the row's own territories that it goes to: « département » adds the one where it is.
    """

    radius: float = float("nan")
    keys: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    unknown: str = ""


def check(work: Work, gazetteer: Gazetteer) -> None:
    """Read the intervention areas: `cells["area_territories"]` becomes keys, a radius goes to `work.numbers`.

    What is not understood is left out and said; the row is kept, for it says enough without it.
    """
    cells = work.cells["area_territories"]
    if not work.filled("area_territories").any():
        return
    names = {fold(name): f"region:{code}" for code, (name, _) in REGIONS.items()}
    names |= {fold(name): f"departement:{code}" for name, code in codes_by_name(gazetteer).items()}
    areas = per_value(cells, lambda cell: area_of(cell, names))
    unknown = as_column([area.unknown for area in areas], cells)
    remedy = "Écrire « 30 km », un département, une région, ou « France entière »."
    work.note((unknown != "").to_numpy(), "area_territories", "zone d’intervention illisible", remedy, shown=unknown)
    said = np.array([area.radius for area in areas], dtype=float)
    radius = work.numbers["area_radius_km"]
    work.numbers["area_radius_km"] = np.where(np.isnan(radius), said, radius)
    pairs = zip(areas, work.cells["department_code"], strict=True)
    work.cells["area_territories"] = as_column([_keys(area, department) for area, department in pairs], cells)


def area_of(cell: str, names: dict[str, str]) -> Area:
    """Return what a cell says; `names` gives the key of a folded name of department or region."""
    found = [_piece(piece.strip(), names) for piece in PIECES.split(cell) if piece.strip()]
    radii = [one.radius for one in found if not pd.isna(one.radius)]
    return Area(
        max(radii, default=float("nan")),
        tuple(dict.fromkeys(key for one in found for key in one.keys)),
        tuple(dict.fromkeys(level for one in found for level in one.own)),
        ", ".join(one.unknown for one in found if one.unknown),
    )


def _piece(piece: str, names: dict[str, str]) -> Area:
    told = fold(piece)
    if KEY.fullmatch(piece):
        return Area(keys=(piece,))
    if (distance := KILOMETRES.fullmatch(told)) is not None:
        radius = float(distance[1].replace(",", "."))
        return Area(radius=radius) if 0 < radius <= FARTHEST_KM else Area(unknown=piece)
    if told in COUNTRY_WORDS:
        return Area(keys=(WHOLE_COUNTRY,))
    if told in OWN_WORDS:
        return Area(own=(OWN_WORDS[told],))
    return Area() if told in UNSAID else _named(piece, told, names)


def _named(piece: str, told: str, names: dict[str, str]) -> Area:
    """Return the area of a name, alone or with its code: « Landes », « Landes (40) », « 40 »."""
    if told in names:
        return Area(keys=(names[told],))
    coded = CODED.fullmatch(told)
    if coded and coded[2].upper() in REGION_OF and (not coded[1] or coded[1] in names):
        return Area(keys=(f"departement:{coded[2].upper()}",))
    return Area(unknown=piece)


def _keys(area: Area, department: str) -> str:
    own = {"departement": f"departement:{department}", "region": f"region:{REGION_OF.get(department, '')}"}
    added = [own[level] for level in area.own if department in REGION_OF]
    return SEPARATOR.join(dict.fromkeys((*area.keys, *added)))
