"""A group composed by hand: which lots its members cover, which are missing, and who is nearest for these."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from cooperations import vocabularies as v
from cooperations.offers.cards import distances_km
from cooperations.offers.needs import place_of
from cooperations.offers.proofs import partners_by_siren
from cooperations.offers.search import search_nearest
from cooperations.projection import to_metres
from cooperations.purchases import PURCHASE_FAMILIES
from cooperations.sheets import line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cooperations.catalogue import Catalogue
    from cooperations.offers.directory import Directory
    from cooperations.offers.needs import Need, Place
    from cooperations.sheets import Line

MOST_SUGGESTED = 5
PERMANENT = "reponses_groupees_permanentes"


@dataclass(frozen=True, slots=True)
class Composition:
    """Rows of a group and the lots that each covers; a lot that none covers is missing.

    `unknown` members say nothing of what they sell: they may cover a lot all the same. `outside` ones do not answer
    the need: too far, or they do not come.
    """

    rows: tuple[int, ...]
    covers: tuple[tuple[str, ...], ...]
    missing: tuple[str, ...]
    unknown: tuple[int, ...]
    too_far: tuple[int, ...]
    together: tuple[tuple[int, int], ...]


def compose(directory: Directory, need: Need, ids: Sequence[str]) -> Composition:
    """Return what a group chosen by hand covers of a need's lots."""
    rows = directory.rows_of(ids)
    lots = need.purchase_families
    covers = tuple(tuple(lot for lot in lots if _sells(directory, row, lot)) for row in rows)
    missing = tuple(lot for lot in lots if not any(lot in held for held in covers))
    unknown = tuple(row for row in rows if not directory.purchases[row])
    return Composition(
        tuple(rows), covers, missing, unknown, _too_far(directory, need, rows), _together(directory, rows)
    )


def suggestions(directory: Directory, need: Need, lot: str, held: Sequence[int]) -> list[tuple[int, float]]:
    """Return the nearest rows that would cover one lot, with their distance in km; members apart."""
    found = search_nearest(directory, replace(need, purchase_families=(lot,)), MOST_SUGGESTED + len(held))
    pairs = zip(found.rows.tolist(), found.distances_km.tolist(), strict=True)
    return [pair for pair in pairs if pair[0] not in held][:MOST_SUGGESTED]


def permanent_groups(catalogue: Catalogue, place: Place | None) -> list[tuple[Line, float | None]]:
    """Return the permanent groups that data/ knows, nearest first, with their distance in km when both have a point."""
    rows = [row for row, practice in enumerate(catalogue.practices) if practice.subtype == PERMANENT]
    found = [(line(catalogue, row), _distance_km(catalogue, row, place)) for row in rows]
    return sorted(found, key=lambda pair: (pair[1] is None, pair[1] or 0.0, pair[0].name))


def lot_label(lot: str) -> str:
    """Return the label of a lot."""
    return PURCHASE_FAMILIES.label(lot)


def kind_label(directory: Directory, row: int) -> str:
    """Return the category of a row, or an empty string."""
    position = int(directory.kind[row])
    return v.KINDS.codes[position] if position >= 0 else ""


def _sells(directory: Directory, row: int, lot: str) -> bool:
    return bool(int(directory.purchases[row]) >> PURCHASE_FAMILIES.codes.index(lot) & 1)


def _too_far(directory: Directory, need: Need, rows: list[int]) -> tuple[int, ...]:
    place = place_of(need, directory.catalogue.gazetteer)
    if place is None or not rows:
        return ()
    distances = distances_km(directory, np.array(rows, dtype=np.intp), place)
    return tuple(row for row, km in zip(rows, distances, strict=True) if km is not None and 1000 * km > need.radius_m)


def _together(directory: Directory, rows: list[int]) -> tuple[tuple[int, int], ...]:
    partners = partners_by_siren(directory.catalogue)
    sirens = {row: int(directory.siren[row]) for row in rows}
    return tuple(
        (one, other)
        for index, one in enumerate(rows)
        for other in rows[index + 1 :]
        if sirens[one] != sirens[other] and sirens[other] in partners.get(sirens[one], ())
    )


def _distance_km(catalogue: Catalogue, row: int, place: Place | None) -> float | None:
    point = catalogue.points[row]
    if point is None or place is None:
        return None
    here, there = to_metres(place.longitude, place.latitude), to_metres(point.longitude, point.latitude)
    return float(np.hypot(here[0] - there[0], here[1] - there[1])) / 1000
