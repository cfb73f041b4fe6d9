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
from cooperations.features.rows import by_id, in_window
from cooperations.features.tables import (
    BATCH,
    POINTS,
    FeatureTable,
    arrays_batch,
    column_types,
    schema_of,
)
from cooperations.features.window import FeaturePage
from cooperations.offers.cards import curated_offers, unit_of
from cooperations.offers.model import Offer
from cooperations.offers.proofs import proofs_by_siren
from cooperations.offers.records import Correction, corrected
from cooperations.offers.search import search
from cooperations.offers.words import kind_in_words, place_in_words, purchases_in_words, source_in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from cooperations.catalogue import Catalogue
    from cooperations.features.window import Feature, Window
    from cooperations.offers.directory import Directory
    from cooperations.offers.needs import Need
    from cooperations.store import Store

    Cells = tuple[Any, ...]

NAMES = tuple(Offer.model_fields)
PLACED = ("longitude", "latitude")
"""What the geometry says."""
CONTACT = ("email", "phone")
"""Given only with a consent."""
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
    ids = directory.ids(by_id(directory, rows, window.after, window.limit + 1))
    shown = ids[: window.limit]
    following = shown[-1] if len(ids) > len(shown) else ""
    return FeaturePage(structure_features(directory, store, shown), len(rows), following)


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
    names = SCHEMA.names[:-1]
    return [
        {"type": "Feature", "id": row[0], "geometry": _point(*place), "properties": dict(zip(names, row, strict=True))}
        for row, place in zip(zip(*columns, strict=True), places, strict=True)
    ]


def structure_batch(catalogue: Catalogue, store: Store, ids: Sequence[str]) -> pa.RecordBatch:
    """Return some structures: their columns, our words, and what they took part in."""
    columns, places = _columns(catalogue, store, ids)
    for number, field in enumerate(SCHEMA):
        if pa.types.is_temporal(field.type):
            columns[number] = [day and date.fromisoformat(day) for day in columns[number]]
    east, north = np.array(places, dtype=float).reshape(-1, 2).T
    points = np.asarray(shapely.points(east, north), dtype=object)
    points[np.isnan(east)] = None
    return arrays_batch(SCHEMA, columns, shapely.to_wkb(points))


def _columns(
    catalogue: Catalogue, store: Store, ids: Sequence[str]
) -> tuple[list[Sequence[Any]], list[tuple[float | None, float | None]]]:
    """Return some structures by column, in the order of SCHEMA, and their places; days are ISO 8601 texts."""
    rows = _read(catalogue, store, ids)
    columns = dict(zip(NAMES, zip(*rows, strict=True) if rows else [()] * len(NAMES), strict=True))
    for name in CONTACT:
        both = zip(columns[name], columns["contact_consent_on"], strict=True)
        columns[name] = tuple(value if consent else None for value, consent in both)
    said = [_said(columns, name, says) for name, says in _words(catalogue).items()]
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


def _said(columns: dict[str, Cells], name: str, says: Callable[[Offer], str]) -> list[str]:
    """Return what is said of each structure; the same values say the same."""
    attributes = SAID_BY[name]
    keys = list(zip(*(columns[attribute] for attribute in attributes), strict=True))
    # What it depends on is enough: a whole record for each row takes half of the time of a page.
    some: Any = {key: SimpleNamespace(**dict(zip(attributes, key, strict=True))) for key in dict.fromkeys(keys)}
    known = {key: says(one) for key, one in some.items()}
    return [known[key] for key in keys]


def _read(catalogue: Catalogue, store: Store, ids: Sequence[str]) -> list[Sequence[Any]]:
    """Return the values of some structures as people corrected them, in their order; days are ISO 8601 texts."""
    curated = curated_offers(catalogue, ids)
    held: dict[str, Sequence[Any]] = dict(store.lists.cells(Offer, [one for one in ids if one not in curated]))
    held |= {one: _cells(offer) for one, offer in curated.items()}
    corrections: dict[str, list[Correction]] = defaultdict(list)
    for correction in store.recorded(Correction):
        if correction.offer_id in held:
            corrections[correction.offer_id].append(correction)
    for one, changes in corrections.items():
        offer = Offer.model_validate(dict(zip(NAMES, held[one], strict=True)))
        held[one] = _cells(corrected(offer, changes, catalogue.gazetteer))
    return [held[one] for one in dict.fromkeys(ids) if one in held]


def _cells(offer: Offer) -> Cells:
    return tuple(value.isoformat() if isinstance(value, date) else value for value in dict(offer).values())
