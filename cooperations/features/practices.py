"""Practices as features."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
from shapely import Point

from cooperations.features.tables import (
    BATCH,
    POINTS,
    FeatureTable,
    batch_of,
    column_types,
    features_of,
    schema_of,
)
from cooperations.features.window import FeaturePage, in_box, page_by_id
from cooperations.model import Practice
from cooperations.periods import first_day, last_day
from cooperations.selection import select
from cooperations.sheets import address, place_label, type_label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cooperations.catalogue import Catalogue
    from cooperations.criteria import Criteria
    from cooperations.features.window import Feature, Window

PLACED = {"longitude", "latitude"}
"""What the geometry says."""
WORDS = ("libelle_type", "libelle_lieu", "acteurs", "fiche")
SCHEMA = schema_of(column_types(Practice, PLACED) | dict.fromkeys(WORDS, pa.string()))


def practice_page(catalogue: Catalogue, criteria: Criteria, window: Window) -> FeaturePage:
    """Return the practices that meet criteria and are in the window."""
    rows = practice_rows(catalogue, criteria, window)
    return page_by_id(
        rows, lambda row: catalogue.practices[row].id, window, lambda shown: features_of(_batch(catalogue, shown))
    )


def practice_table(catalogue: Catalogue, criteria: Criteria, window: Window) -> FeatureTable:
    """Return all the practices that meet criteria and are in the window."""
    rows = sorted(practice_rows(catalogue, criteria, window), key=lambda row: catalogue.practices[row].id)

    def batches() -> Iterator[pa.RecordBatch]:
        for start in range(0, len(rows), BATCH):
            yield _batch(catalogue, rows[start : start + BATCH])

    return FeatureTable("pratiques", "Pratiques de coopération", SCHEMA, POINTS, len(rows), batches)


def practice_rows(catalogue: Catalogue, criteria: Criteria, window: Window) -> list[int]:
    """Return the rows of the practices that meet criteria and are in the window."""
    return [row for row in select(catalogue, criteria).rows.tolist() if _is_in(catalogue, row, window)]


def practice_feature(catalogue: Catalogue, row: int) -> Feature:
    """Return one practice: its published columns, and what its page says of it."""
    return features_of(_batch(catalogue, [row]))[0]


def _batch(catalogue: Catalogue, rows: Sequence[int]) -> pa.RecordBatch:
    points = [catalogue.points[row] for row in rows]
    geometries = [Point(point.longitude, point.latitude) if point else None for point in points]
    return batch_of(SCHEMA, [_properties(catalogue, row) for row in rows], geometries)


def _properties(catalogue: Catalogue, row: int) -> dict[str, Any]:
    practice = catalogue.practices[row]
    properties: dict[str, Any] = practice.model_dump(by_alias=True, exclude=PLACED)
    return properties | {
        "territoires": "|".join(practice.territories),
        "libelle_type": type_label(practice),
        "libelle_lieu": place_label(catalogue, practice),
        "acteurs": "|".join(f"{actor.structure.name} ({actor.role})" for actor in catalogue.actors(practice.id)),
        "fiche": f"/{address(practice.id)}",
    }


def _is_in(catalogue: Catalogue, row: int, window: Window) -> bool:
    practice, point = catalogue.practices[row], catalogue.points[row]
    where = in_box(window.box, point.longitude if point else None, point.latitude if point else None)
    return where and window.period.meets(first_day(practice.start), last_day(practice.end))
