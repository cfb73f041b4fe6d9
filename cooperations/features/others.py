"""Territories and events as features."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from shapely import box as shapely_box

from cooperations.agenda import events_of, occurrences, point_of
from cooperations.agenda.words import page_of
from cooperations.features.tables import AREAS, BATCH, FeatureTable, batch_of, features_of, schema_of
from cooperations.features.window import FeaturePage, in_box, page_by_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cooperations.catalogue import Catalogue
    from cooperations.criteria import Criteria
    from cooperations.features.window import Feature, Window
    from cooperations.model import Event
    from cooperations.territories import Gazetteer, Territory

TERRITORY_SCHEMA = schema_of(
    dict.fromkeys(("id", "niveau", "code", "nom", "libelle"), pa.string())
    | {"population": pa.int64(), "longitude": pa.float64(), "latitude": pa.float64()}
    | {"codes_postaux": pa.string(), "dans": pa.string(), "dans_perimetre": pa.bool_()}
)


def territory_page(gazetteer: Gazetteer, levels: tuple[str, ...], window: Window) -> FeaturePage:
    """Return the territories of some levels (all without any) whose bounds touch the window."""
    held = _territories(gazetteer, levels, window)
    return page_by_id(held, lambda one: one.key, window, lambda shown: features_of(_batch(gazetteer, shown)))


def territory_table(gazetteer: Gazetteer, levels: tuple[str, ...], window: Window) -> FeatureTable:
    """Return all the territories of some levels (all without any) whose bounds touch the window."""
    held = sorted(_territories(gazetteer, levels, window), key=lambda one: one.key)

    def batches() -> Iterator[pa.RecordBatch]:
        for start in range(0, len(held), BATCH):
            yield _batch(gazetteer, held[start : start + BATCH])

    return FeatureTable("territoires", "Territoires", TERRITORY_SCHEMA, AREAS, len(held), batches)


def territory_feature(gazetteer: Gazetteer, territory: Territory) -> Feature:
    """Return one territory with its outline."""
    return features_of(_batch(gazetteer, [territory]))[0]


def event_page(catalogue: Catalogue, criteria: Criteria, window: Window) -> FeaturePage:
    """Return the events that meet criteria, of a period and in a box."""
    gazetteer = catalogue.gazetteer
    held = [one for one in events_of(catalogue, criteria) if is_in(one, window, gazetteer)]
    return page_by_id(held, lambda one: one.id, window, lambda shown: [event_feature(one, gazetteer) for one in shown])


def event_feature(event: Event, gazetteer: Gazetteer) -> Feature:
    """Return one event: its published columns, its page and its iCalendar file."""
    point = point_of(event, gazetteer)
    properties = event.model_dump(mode="json", by_alias=True, exclude={"longitude", "latitude"})
    properties |= {name: "|".join(properties[name]) for name in ("types_pratique", "territoires")}
    properties |= {"fiche": f"/{page_of(event.id)}", "icalendar": f"/agenda/{event.id}.ics"}
    geometry = {"type": "Point", "coordinates": [point.longitude, point.latitude]} if point else None
    return {"type": "Feature", "id": event.id, "geometry": geometry, "properties": properties}


def is_in(event: Event, window: Window, gazetteer: Gazetteer) -> bool:
    """Return whether an event is in the box, and has a date in the period; one without a date is in all."""
    point, period = point_of(event, gazetteer), window.period
    if not in_box(window.box, point.longitude if point else None, point.latitude if point else None):
        return False
    dates = occurrences(event, period.start or date.min, period.end or date.max)
    return any(True for _ in dates) or not (event.starts_at or event.period)


def _batch(gazetteer: Gazetteer, territories: Sequence[Territory]) -> pa.RecordBatch:
    outlines = [gazetteer.outline(one.key) for one in territories]
    return batch_of(TERRITORY_SCHEMA, [_properties(one) for one in territories], outlines)


def _properties(territory: Territory) -> dict[str, Any]:
    return {
        "id": territory.key,
        "niveau": territory.level,
        "code": territory.code,
        "nom": territory.name,
        "libelle": territory.label,
        "population": territory.population,
        "longitude": territory.longitude,
        "latitude": territory.latitude,
        "codes_postaux": "|".join(territory.post_codes),
        "dans": "|".join(territory.parents),
        "dans_perimetre": territory.in_perimeter,
    }


def _territories(gazetteer: Gazetteer, levels: tuple[str, ...], window: Window) -> list[Territory]:
    return [one for one in gazetteer if (not levels or one.level in levels) and _touches(one, window)]


def _touches(territory: Territory, window: Window) -> bool:
    return window.box is None or bool(shapely_box(*window.box).intersects(shapely_box(*territory.bounds)))
