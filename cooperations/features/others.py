"""Territories and events as features."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shapely import box as shapely_box
from shapely.geometry import mapping

from cooperations.features.window import FeaturePage, page_by_id

if TYPE_CHECKING:
    from cooperations.catalogue import Catalogue
    from cooperations.features.window import Feature, Window
    from cooperations.model import Event
    from cooperations.territories import Gazetteer, Territory


def territory_page(gazetteer: Gazetteer, levels: tuple[str, ...], window: Window) -> FeaturePage:
    """Return the territories of some levels (all without any) whose bounds touch the window."""
    held = [one for one in gazetteer if (not levels or one.level in levels) and _touches(one, window)]
    return page_by_id(held, lambda one: one.key, window, lambda one: territory_feature(gazetteer, one))


def territory_feature(gazetteer: Gazetteer, territory: Territory) -> Feature:
    """Return one territory with its outline, in WGS 84 degrees."""
    properties = {
        "niveau": territory.level,
        "code": territory.code,
        "nom": territory.name,
        "libelle": territory.label,
        "population": territory.population,
        "codes_postaux": "|".join(territory.post_codes),
        "dans": "|".join(territory.parents),
        "dans_perimetre": territory.in_perimeter,
    }
    geometry: dict[str, Any] = mapping(gazetteer.outline(territory.key))
    return {"type": "Feature", "id": territory.key, "geometry": geometry, "properties": properties}


def event_page(catalogue: Catalogue, window: Window) -> FeaturePage:
    """Return the events of a period; they have no geometry, so a box holds none."""
    held = [] if window.box else [one for one in catalogue.events if _happens(one, window)]
    return page_by_id(held, lambda one: one.id, window, event_feature)


def event_feature(event: Event) -> Feature:
    """Return one event."""
    properties = event.model_dump(mode="json", by_alias=True)
    return {"type": "Feature", "id": event.id, "geometry": None, "properties": properties}


def _touches(territory: Territory, window: Window) -> bool:
    return window.box is None or bool(shapely_box(*window.box).intersects(shapely_box(*territory.bounds)))


def _happens(event: Event, window: Window) -> bool:
    start = event.starts_at.date() if event.starts_at else None
    end = event.ends_at.date() if event.ends_at else start
    return window.period.meets(start, end)
