"""What each point is worth: held against the declared department and commune, repaired only where it is certain.

A point that is not kept gives way to the commune's own one when the commune is sure, else to no point at all.
Coordinates are WGS 84 degrees; tolerances are metres in EPSG:2154, for outlines are simplified.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from cooperations.intake import communes
from cooperations.intake.ground import TO_METRES, Ground, ground_of
from cooperations.intake.shared import shared_points
from cooperations.intake.vector import as_column
from cooperations.territories import NATIONAL_ERROR_M
from cooperations.text import number

if TYPE_CHECKING:
    from collections.abc import Callable

    from cooperations.intake.vector import Mask, Numbers
    from cooperations.intake.work import Work
    from cooperations.territories import Gazetteer

DEPARTMENT_TOLERANCE_M = 1000
"""For a point that falls in no department: at sea, abroad. In another one, the error of the outlines is enough."""
COMMUNE_TOLERANCE_M = 500
LEAST_SCORE = 0.6
"""Under it, the geocoder of the national address base says itself that its answer is doubtful."""
NOT_KEPT = "Le point n’est pas gardé : la structure est placée à sa commune quand elle est sûre."


def locate(work: Work, gazetteer: Gazetteer) -> None:
    """Settle the commune, the point and the precision of all rows, and say why.

    The point of a row refused for something else is held against its department too, so that all is said at once.
    """
    ground = ground_of(gazetteer)
    communes.find(work, ground)
    given = np.isfinite(work.numbers["longitude"])
    kept = given & ~_outside(work, ground, given) & work.kept
    kept &= ~_uncertain(work, kept)
    kept &= ~_shared(work, kept)
    _communes_of_points(work, gazetteer, ground, kept)
    communes.ambiguous(work, ground)
    _without_point(work, given)
    _settle(work, ground, kept)


class _Places:
    """Where the rows say that they are: the outlines of their department and commune, those that are known."""

    def __init__(self, work: Work, ground: Ground) -> None:
        self.ground = ground
        self.department = ground.departments.at(work.cells["department_code"])
        self.commune = ground.communes.at(work.cells["commune_code"])

    def far(self, longitude: Numbers, latitude: Numbers, among: Mask, *, strict: bool = False) -> tuple[Mask, Mask]:
        """Return which points of `among` are outside their department, and outside their commune only."""
        x, y = (np.full(len(among), np.nan) for _ in range(2))
        x[among], y[among] = TO_METRES.transform(longitude[among], latitude[among])
        department = among & self.ground.departments.far(self.department, x, y, 0 if strict else NATIONAL_ERROR_M)
        if not strict:
            department &= self._elsewhere(department, x, y)
        commune = among & ~department
        commune[commune] = self.ground.communes.far(self.commune[commune], x[commune], y[commune], COMMUNE_TOLERANCE_M)
        return department, commune

    def _elsewhere(self, away: Mask, x: Numbers, y: Numbers) -> Mask:
        """Return which of the points away are in another department, or too far to be on a quay or a beach."""
        departments = self.ground.departments
        east, north = x[away], y[away]
        found: Mask = np.zeros(len(away), dtype=bool)
        found[away] = departments.far(self.department[away], east, north, DEPARTMENT_TOLERANCE_M)
        found[away] |= departments.held(east, north)
        return found


def _outside(work: Work, ground: Ground, given: Mask) -> Mask:
    """Return which points, repaired, are elsewhere than where their row says, and say how far."""
    places = _Places(work, ground)
    department, commune = places.far(work.numbers["longitude"], work.numbers["latitude"], given)
    repaired = _repair(work, places, department | commune)
    again = places.far(work.numbers["longitude"], work.numbers["latitude"], repaired)
    department, commune = department & ~repaired | again[0], commune & ~repaired | again[1]
    work.note(department, "longitude", _how_far(work, places, department), NOT_KEPT, shown=_pair(work))
    work.found("autre_departement", department)
    codes: list[str] = work.cells["commune_code"].tolist()
    told = "le point est hors de la commune de"
    work.note(commune, "longitude", lambda at: f"{told} {ground.labels[codes[at]]}", NOT_KEPT, shown=_pair(work))
    work.found("autre_commune", commune)
    return department | commune


def _repair(work: Work, places: _Places, wrong: Mask) -> Mask:
    """Put back a lost minus sign, or coordinates in their order, when the point then falls where the row says.

    Return which of the wrong points were repaired.
    """
    longitude, latitude = work.numbers["longitude"], work.numbers["latitude"]
    left = wrong.copy()
    swapped = (latitude.copy(), longitude.copy())
    repairs = (
        ("signe_perdu", (-longitude, latitude.copy()), "la longitude a perdu son signe moins", "Il est rétabli."),
        ("coordonnees_inversees", swapped, "longitude et latitude sont inversées", "Elles sont remises en ordre."),
    )
    for finding, (east, north), problem, remedy in repairs:
        possible = left & (np.abs(north) <= 90) & ((places.department >= 0) | (places.commune >= 0))  # noqa: PLR2004 - the poles
        right = possible & ~np.logical_or(*places.far(east, north, possible, strict=True))
        work.note(right, "longitude", problem, remedy, shown=_pair(work))
        work.found(finding, right)
        work.numbers["longitude"] = np.where(right, east, work.numbers["longitude"])
        work.numbers["latitude"] = np.where(right, north, work.numbers["latitude"])
        left &= ~right
    return wrong & ~left


def _how_far(work: Work, places: _Places, away: Mask) -> Callable[[int], str]:
    """Return what says how far each point away is from its department; they are all measured at once."""
    x, y = TO_METRES.transform(work.numbers["longitude"][away], work.numbers["latitude"][away])
    metres = places.ground.departments.distances(places.department[away], x, y)
    gaps = dict(zip(np.flatnonzero(away).tolist(), metres.tolist(), strict=True))
    codes: list[str] = work.cells["department_code"].tolist()

    def told(at: int) -> str:
        gap = gaps[at]
        far = f"{number(round(gap / 1000))}\u00a0km" if gap > DEPARTMENT_TOLERANCE_M else f"{number(round(gap))}\u00a0m"
        return f"le point est à {far} du département {codes[at]}"

    return told


def _uncertain(work: Work, kept: Mask) -> Mask:
    """Return which points their own geocoder doubts, or found without any address to look for."""
    scores = work.numbers["geocoding_score"]
    doubtful: Mask = kept & (scores < LEAST_SCORE)
    if "address" in work.names and np.isfinite(scores).any():
        doubtful |= kept & ~work.filled("address")
    problem = "le géocodage de ce point est incertain"
    work.note(doubtful, "geocoding_score", problem, NOT_KEPT, shown=lambda at: f"{scores[at]:.2f}")
    work.found("geocodage_incertain", doubtful)
    return doubtful


def _shared(work: Work, kept: Mask) -> Mask:
    found = shared_points(work, kept)
    work.note(found, "longitude", "des adresses différentes ont ce même point", NOT_KEPT, shown=_pair(work))
    work.found("point_partage", found)
    return found


def _communes_of_points(work: Work, gazetteer: Gazetteer, ground: Ground, kept: Mask) -> None:
    """Give the rows without a commune that of their point, when the point is sure."""
    inside = np.asarray(work.cells["department_code"].isin(ground.perimeter) | (work.cells["department_code"] == ""))
    at = np.flatnonzero(kept & inside & ~work.filled("commune_code"))
    if not len(at):
        return
    points = shapely.points(work.numbers["longitude"][at], work.numbers["latitude"][at])
    rows, hits = gazetteer.communes_frame.sindex.query(points, predicate="intersects")
    codes = work.cells["commune_code"].to_numpy(dtype=object).copy()
    codes[at[rows]] = gazetteer.communes_frame["code_insee"].to_numpy(dtype=object)[hits]
    work.cells["commune_code"] = as_column(codes, work.cells["commune_code"])
    work.put("department_code", ~work.filled("department_code"), work.cells["commune_code"].str.slice(0, 2))


def _without_point(work: Work, given: Mask) -> None:
    """Say the rows without coordinates: once when the whole list has none."""
    where = work.kept & ~given
    work.found("sans_point", where)
    remedy = "La structure est placée à sa commune quand elle est sûre."
    if "longitude" in work.names:
        work.note(where, "longitude", "la source ne donne pas de coordonnées", remedy, shown="")
    elif where.any():
        work.say("longitude", "la liste ne donne aucune coordonnée", "Les structures sont placées à leur commune.")


def _settle(work: Work, ground: Ground, kept: Mask) -> None:
    """Give each row its point and its precision."""
    codes, values = pd.factorize(work.cells["commune_code"])
    held = [ground.points.get(code, (np.nan, np.nan)) for code in values]
    pairs = np.array([*held, (np.nan, np.nan)])[codes]
    known = np.isfinite(pairs[:, 0])
    for axis, own in zip(("longitude", "latitude"), pairs.T, strict=True):
        work.numbers[axis] = np.where(kept, work.numbers[axis], np.where(known, own, np.nan))
    precision = np.where(work.filled("department_code"), "departement", "inconnue")
    precision = np.where(kept, "adresse", np.where(known, "commune", precision))
    work.cells["precision"] = as_column(precision, work.cells["precision"])


def _pair(work: Work) -> Callable[[int], str]:
    longitude, latitude = work.numbers["longitude"].tolist(), work.numbers["latitude"].tolist()
    return lambda at: f"{longitude[at]:g} ; {latitude[at]:g}"
