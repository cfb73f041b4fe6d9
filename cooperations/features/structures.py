"""Structures as features: what lists and data/ say, corrected, under the same ids as the pages."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import shapely

from cooperations.errors import DataChanged
from cooperations.features.tables import (
    BATCH,
    POINTS,
    FeatureTable,
    arrays_batch,
    column_types,
    schema_of,
)
from cooperations.features.window import FeaturePage
from cooperations.mercator import to_world
from cooperations.offers.cards import curated_offers, unit_of
from cooperations.offers.model import Offer
from cooperations.offers.proofs import proofs_by_siren
from cooperations.offers.records import Correction, corrected
from cooperations.offers.search import ROUNDED_M, search
from cooperations.offers.words import kind_in_words, place_in_words, purchases_in_words, source_in_words
from cooperations.projection import to_metres

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import numpy.typing as npt

    from cooperations.catalogue import Catalogue, Rows
    from cooperations.features.window import Box, Feature, Window
    from cooperations.offers.directory import Directory
    from cooperations.offers.needs import Need
    from cooperations.offers.search import Found
    from cooperations.store import Store

    Cells = tuple[Any, ...]

NAMES = tuple(Offer.model_fields)
PLACED = ("longitude", "latitude")
"""What the geometry says."""
CONTACT = ("email", "phone")
"""Given only with a consent."""
MERIDIAN = 3.0
"""Of Lambert 93, in degrees."""
SOME = 8
"""When fewer than one row in so many are asked, sorting them is quicker than going over all."""
SAID_BY = {
    "libelle_categorie": ("kind", "family"),
    "libelle_lieu": ("commune_code", "city", "department_code"),
    "libelle_achats": ("purchase_families", "purchase_origin"),
    "libelle_source": ("source",),
}
"""What each of our words depends on: the same words are found once."""
SCHEMA = schema_of(column_types(Offer, PLACED) | dict.fromkeys((*SAID_BY, "pratiques", "fiche"), pa.string()))


def structure_page(directory: Directory, store: Store, need: Need, window: Window) -> FeaturePage:
    """Return the structures that answer a need and are in the window; the period is that of their source."""
    rows = in_window(search(directory, need), window)
    left = by_id(directory, rows, window.after)
    ids = directory.ids(left[: window.limit])
    following = ids[-1] if len(left) > len(ids) and ids else ""
    return FeaturePage(structure_features(directory, store, ids), len(rows), following)


def structure_table(directory: Directory, store: Store, need: Need, window: Window) -> FeatureTable:
    """Return all the structures that answer a need and are in the window.

    Reading them raises DataChanged when an import takes one away meanwhile.
    """
    ordered = by_id(directory, in_window(search(directory, need), window))

    def batches() -> Iterator[pa.RecordBatch]:
        for start in range(0, len(ordered), BATCH):
            ids = directory.ids(ordered[start : start + BATCH])
            batch = structure_batch(directory.catalogue, store, ids)
            if batch.num_rows != len(ids):
                raise DataChanged
            yield batch

    return FeatureTable("structures", "Structures", SCHEMA, POINTS, len(ordered), batches)


def structure_features(directory: Directory, store: Store, ids: Sequence[str]) -> list[Feature]:
    """Return some structures as features, in their order; an id that is not held is left out.

    The same columns as `structure_batch`, without a passage through Arrow, which takes a fifth of the time of a page.
    """
    columns, places = _columns(directory.catalogue, store, ids)
    for number, field in enumerate(SCHEMA):
        if pa.types.is_temporal(field.type):
            columns[number] = [day and day.isoformat() for day in columns[number]]
    names = SCHEMA.names[:-1]
    rows = (dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True))
    return [
        {"type": "Feature", "id": row["id"], "geometry": _point(*place), "properties": row}
        for row, place in zip(rows, places, strict=True)
    ]


def structure_batch(catalogue: Catalogue, store: Store, ids: Sequence[str]) -> pa.RecordBatch:
    """Return some structures: their columns, our words, and what they took part in."""
    columns, places = _columns(catalogue, store, ids)
    east, north = np.array(places, dtype=float).reshape(-1, 2).T
    points = np.asarray(shapely.points(east, north), dtype=object)
    points[np.isnan(east)] = None
    return arrays_batch(SCHEMA, columns, shapely.to_wkb(points))


def _columns(
    catalogue: Catalogue, store: Store, ids: Sequence[str]
) -> tuple[list[Sequence[Any]], list[tuple[float | None, float | None]]]:
    """Return some structures by column, in the order of SCHEMA, and their places."""
    rows = _read(catalogue, store, ids)
    columns = dict(zip(NAMES, zip(*rows, strict=True) if rows else [()] * len(NAMES), strict=True))
    for name in CONTACT:
        both = zip(columns[name], columns["contact_consent_on"], strict=True)
        columns[name] = tuple(value if consent else None for value, consent in both)
    said = [_said(name, rows, says) for name, says in _words(catalogue).items()]
    said.append(_practices(catalogue, zip(*(columns[name] for name in ("source", "source_key", "siret")), strict=True)))
    pages = [f"/offre?id={one}" for one in columns["id"]]
    kept = [columns[name] for name in NAMES if name not in PLACED]
    return [*kept, *said, pages], list(zip(*(columns[name] for name in PLACED), strict=True))


def _point(longitude: float | None, latitude: float | None) -> dict[str, Any] | None:
    return None if longitude is None else {"type": "Point", "coordinates": [longitude, latitude]}


def _words(catalogue: Catalogue) -> dict[str, Callable[[Offer], str]]:
    return {
        "libelle_categorie": kind_in_words,
        "libelle_lieu": lambda offer: place_in_words(offer, catalogue.gazetteer),
        "libelle_achats": purchases_in_words,
        "libelle_source": source_in_words,
    }


def _practices(catalogue: Catalogue, named: Iterable[tuple[str, str, str | None]]) -> list[str]:
    """Return the practices in which some structures, by source, key and SIRET, took part."""
    proofs = proofs_by_siren(catalogue)
    found = (proofs.get(unit_of(*one, catalogue), ()) for one in named)
    return ["|".join(proof.practice_id for proof in proved) for proved in found]


def _said(name: str, rows: Sequence[Cells], says: Callable[[Offer], str]) -> list[str]:
    """Return what is said of each row; the same values say the same."""
    places = [NAMES.index(attribute) for attribute in SAID_BY[name]]
    known: dict[Cells, str] = {}
    said = []
    for row in rows:
        key = tuple(row[place] for place in places)
        if key not in known:
            # What it depends on is enough: a whole record for each row takes half of the time of a page.
            some: Any = SimpleNamespace(**dict(zip(SAID_BY[name], key, strict=True)))
            known[key] = says(some)
        said.append(known[key])
    return said


def _read(catalogue: Catalogue, store: Store, ids: Sequence[str]) -> list[Cells]:
    """Return the values of some structures as people corrected them, in their order."""
    curated = curated_offers(catalogue, ids)
    held = store.lists.cells(Offer, NAMES, [one for one in ids if one not in curated])
    held |= {one: tuple(dict(offer).values()) for one, offer in curated.items()}
    corrections: dict[str, list[Correction]] = defaultdict(list)
    for correction in store.recorded(Correction):
        if correction.offer_id in held:
            corrections[correction.offer_id].append(correction)
    for one, changes in corrections.items():
        offer = Offer.model_validate(dict(zip(NAMES, held[one], strict=True)))
        held[one] = tuple(dict(corrected(offer, changes, catalogue.gazetteer)).values())
    return [held[one] for one in dict.fromkeys(ids) if one in held]


def by_id(directory: Directory, rows: Rows, after: str = "") -> npt.NDArray[np.int32]:
    """Return some rows in the order of their ids, those after one only."""
    first = directory.identifiers.rank_after(after) if after else 0
    left = directory.identifiers.order[first:]
    if len(rows) == len(directory):
        return left
    if len(rows) < len(directory) // SOME:
        ranks = np.sort(directory.identifiers.ranks[rows])
        return directory.identifiers.order[ranks[np.searchsorted(ranks, first) :]]
    asked = np.zeros(len(directory), dtype=np.bool_)
    asked[rows] = True
    return left[asked[left]]


def in_window(found: Found, window: Window) -> Rows:
    """Return the rows of what was found that a window holds."""
    directory, rows = found.directory, found.members
    if window.box:
        # Without a place, rows go from south to north.
        rows = rows if found.place else _in_band(directory, rows, window.box)
        rows = rows[_in_box(directory, rows, window.box)]
    if window.period.start or window.period.end:
        days = directory.frame["source_date"].to_numpy()[rows].astype("datetime64[D]")
        start, end = window.period.start or date.min, window.period.end or date.max
        rows = rows[(days >= np.datetime64(start)) & (days <= np.datetime64(end))]
    return rows


def _in_band(directory: Directory, rows: Rows, box: Box) -> Rows:
    """Return the rows between the two norths that hold a box, of rows that go from south to north.

    A parallel bends to the north on both sides of the projection's meridian.
    """
    west, south, east, north = box
    if west > east:
        return rows
    nearest, farthest = np.clip(MERIDIAN, west, east), west if MERIDIAN - west > east - MERIDIAN else east
    low, high = to_metres(float(nearest), south)[1] - ROUNDED_M, to_metres(farthest, north)[1] + ROUNDED_M
    if not np.isfinite((low, high)).all():
        return rows
    band = np.searchsorted(directory.north[: directory.located], (low, high))
    start, end = np.searchsorted(rows, band)
    return rows[start:end]


def _in_box(directory: Directory, rows: Rows, box: Box) -> Any:
    west, south, east, north = box
    (left, top), (right, bottom) = to_world(west, north), to_world(east, south)
    x, y = directory.x[rows], directory.y[rows]
    across = (x >= left) & (x <= right) if west <= east else (x >= left) | (x <= right)
    return (x >= 0) & across & (y >= top) & (y <= bottom)
