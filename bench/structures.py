"""Made-up offers at the real communes of the region: as many as a measure needs, the same for the same seed.

They follow the population: a commune has its share of the structures, scattered around its point.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from cooperations.offers.model import Offer
from cooperations.offers.terms import STAFF_KINDS
from cooperations.purchases import FAMILIES, SEPARATOR, family_of_naf, joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.random import Generator
    from numpy.typing import NDArray

    from cooperations.territories import Gazetteer

    Numbers = NDArray[np.int64]

SPREAD_KM = 2.0
KM_PER_DEGREE = 111.2
"""Of latitude, everywhere; of longitude, at the equator."""
RADII_KM = (10.0, 20.0, 30.0, 50.0, 100.0)
WITH_RADIUS, WITH_TERRITORIES, REGIONAL = 0.4, 0.1, 0.25
AT_ADDRESS = 0.85
TWO_FAMILIES = 0.35
FORMS = (
    *(("association", kind, 0.05) for kind in ("ACI", "AI", "EI", "GEIQ", "EA", "ESAT")),
    ("association", None, 0.4),
    *(("cooperative", kind, 0.05) for kind in ("SCOP", "SCIC", None)),
    *(("societe_commerciale_ess", kind, 0.02) for kind in ("EI", "ETTI", "EA", "EATT", None)),
    ("mutuelle", None, 0.03),
    ("fondation", None, 0.02),
)
"""Family, kind and share."""
NAMES = (
    ("Atelier", "Jardins", "Régie", "Relais", "Coopérative", "Chantier", "Maison", "Ressourcerie", "Comptoir"),
    ("des Landes", "du Gave", "de l’Adour", "du Midou", "du Béarn", "de la Dordogne", "du Médoc", "des Pins", "du Lot"),
    ("solidaire", "services", "insertion", "propreté", "bois", "paysage", "textile", "numérique", "bâtiment"),
)
STREETS = ("rue des Pins", "avenue de la Gare", "place de la Mairie", "route de Bayonne", "allée des Chênes")
SERVICES_SOLD = ("prestation", "fourniture", SEPARATOR.join(("prestation", "fourniture")))


def made_up_offers(gazetteer: Gazetteer, rows: int = 1_000_000, seed: int = 2016) -> pd.DataFrame:
    """Return `rows` offers, whose columns are the attributes of Offer; an absent cell is missing, points are WGS 84.

    Of them 40 % say a radius in kilometres, 10 % territories, and the others do not say where they go.
    """
    draw = np.random.default_rng(seed)
    places = _places(gazetteer, draw, rows)
    numbers = pd.Series(np.arange(rows)).astype("str")
    sirets = pd.Series(_sirets(rows)).astype("str")
    cells = {
        "id": "banc-" + numbers,
        "source": pd.array(["banc"], dtype="str").take(np.zeros(rows, dtype=np.int64)),
        "source_key": sirets,
        "siret": sirets,
        "name": _names(draw, rows) + " " + numbers,
        **_trades(draw, rows),
        **_areas(draw, places["department_code"], gazetteer.perimeter.key),
        **places,
    }
    frame = pd.DataFrame(cells).assign(source_date=date(2026, 1, 1))
    return frame.reindex(columns=list(Offer.model_fields))


def _picked(values: Sequence[str | None], ranks: Numbers) -> Any:
    return pd.array(list(values), dtype="str").take(ranks)


def _drawn(draw: Generator, values: Sequence[str | None], rows: int) -> Any:
    return _picked(values, draw.integers(0, len(values), rows))


def _places(gazetteer: Gazetteer, draw: Generator, rows: int) -> dict[str, Any]:
    """Draw communes by population, then points around theirs; a row of precision `commune` has the commune's own."""
    communes = [territory for territory in gazetteer if territory.level == "commune"]
    weights = np.array([commune.population for commune in communes], dtype=float)
    ranks = draw.choice(len(communes), rows, p=weights / weights.sum())
    exact = draw.random(rows) < AT_ADDRESS
    latitude = np.array([commune.latitude for commune in communes])[ranks]
    longitude = np.array([commune.longitude for commune in communes])[ranks]
    north, east = draw.normal(0, SPREAD_KM / KM_PER_DEGREE, (2, rows)) * exact
    numbered = pd.Series(draw.integers(1, 200, rows)).astype("str") + " " + _drawn(draw, STREETS, rows)
    return {
        "address": numbered.where(exact),
        "post_code": _picked([commune.post_codes[0] for commune in communes], ranks),
        "city": _picked([commune.name for commune in communes], ranks),
        "commune_code": _picked([commune.code for commune in communes], ranks),
        "department_code": _picked([_department(commune.parents) for commune in communes], ranks),
        "longitude": (longitude + east / np.cos(np.radians(latitude))).round(6),
        "latitude": (latitude + north).round(6),
        "precision": _picked(("commune", "adresse"), exact.astype(np.int64)),
    }


def _department(parents: tuple[str, ...]) -> str:
    return next(key.partition(":")[2] for key in parents if key.startswith("departement:"))


def _names(draw: Generator, rows: int) -> Any:
    what, where, how = (pd.Series(_drawn(draw, words, rows)) for words in NAMES)
    return what + " " + where + " " + how


def _trades(draw: Generator, rows: int) -> dict[str, Any]:
    """Draw what the structures are and sell: the NAF code is one of the first purchase family."""
    shares = np.array([share for *_, share in FORMS])
    forms = draw.choice(len(FORMS), rows, p=shares / shares.sum())
    lends_staff = np.array([kind in STAFF_KINDS for _, kind, _ in FORMS])[forms]
    first = draw.integers(0, len(FAMILIES), rows)
    second = np.where(draw.random(rows) < TWO_FAMILIES, draw.integers(0, len(FAMILIES), rows), first)
    both = [joined((one.code, other.code)) for one in FAMILIES for other in FAMILIES]
    sold = np.where(lends_staff, len(SERVICES_SOLD), draw.integers(0, len(SERVICES_SOLD), rows))
    return {
        "family": _picked([family for family, *_ in FORMS], forms),
        "kind": _picked([kind for _, kind, _ in FORMS], forms),
        "naf": _naf_codes(draw, first),
        "purchase_families": _picked(both, first * len(FAMILIES) + second),
        "purchase_origin": _drawn(draw, ("liste", "naf", "texte"), rows),
        "services": _picked((*SERVICES_SOLD, "mise_a_disposition"), sold),
    }


def _naf_codes(draw: Generator, families: Numbers) -> Any:
    codes = [[code for code in map(_naf_code, family.naf) if family_of_naf(code) == family.code] for family in FAMILIES]
    sizes = np.array([len(held) for held in codes])
    starts = np.cumsum(sizes) - sizes
    ranks = starts[families] + (draw.random(len(families)) * sizes[families]).astype(np.int64)
    return _picked([code for held in codes for code in held], ranks)


def _naf_code(prefix: str) -> str:
    return f"{prefix[:4]:1<4}{prefix[4:] or 'Z'}"


def _areas(draw: Generator, departments: Any, region: str) -> dict[str, Any]:
    """Draw where the structures go: a radius, or their department or the region, or nothing said."""
    rows = len(departments)
    way = draw.random(rows)
    radius = np.array(RADII_KM)[draw.integers(0, len(RADII_KM), rows)]
    own = "departement:" + pd.Series(departments)
    territories = own.mask(draw.random(rows) < REGIONAL, region)
    return {
        "area_radius_km": np.where(way < WITH_RADIUS, radius, np.nan),
        "area_territories": territories.where((way >= WITH_RADIUS) & (way < WITH_RADIUS + WITH_TERRITORIES)),
    }


def _sirets(rows: int) -> Numbers:
    """Return SIRET that all differ and whose keys are right: 7 919 and 89 000 000 have no common divisor."""
    sirens = _with_key(10_000_000 + np.arange(rows, dtype=np.int64) * 7919 % 89_000_000)
    return _with_key(sirens * 10_000 + 1)


def _with_key(numbers: Numbers) -> Numbers:
    """Return `numbers` with the digit that makes them satisfy Luhn's formula behind each."""
    total = np.zeros_like(numbers)
    for place in range(len(str(numbers.max(initial=0)))):
        digit = numbers // 10**place % 10
        doubled = digit * 2 if place % 2 == 0 else digit
        total += doubled - 9 * (doubled > 9)
    return numbers * 10 + -total % 10
