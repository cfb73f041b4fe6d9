"""Practices as features."""

from __future__ import annotations

import calendar
from datetime import date
from typing import TYPE_CHECKING, Any

from cooperations.features.window import FeaturePage, in_box, page_by_id
from cooperations.selection import select
from cooperations.sheets import address, place_label, type_label

if TYPE_CHECKING:
    from cooperations.catalogue import Catalogue
    from cooperations.criteria import Criteria
    from cooperations.features.window import Feature, Window

DECEMBER = 12


def practice_page(catalogue: Catalogue, criteria: Criteria, window: Window) -> FeaturePage:
    """Return the practices that meet criteria and are in the window."""
    rows = [row for row in select(catalogue, criteria).rows.tolist() if _is_in(catalogue, row, window)]
    return page_by_id(
        rows, lambda row: catalogue.practices[row].id, window, lambda row: practice_feature(catalogue, row)
    )


def practice_feature(catalogue: Catalogue, row: int) -> Feature:
    """Return one practice: its published columns, and what its page says of it."""
    practice, point = catalogue.practices[row], catalogue.points[row]
    properties: dict[str, Any] = practice.model_dump(mode="json", by_alias=True, exclude={"longitude", "latitude"})
    properties["territoires"] = "|".join(practice.territories)
    properties |= {
        "libelle_type": type_label(practice),
        "libelle_lieu": place_label(catalogue, practice),
        "acteurs": "|".join(f"{actor.structure.name} ({actor.role})" for actor in catalogue.actors(practice.id)),
        "fiche": f"/{address(practice.id)}",
    }
    geometry = {"type": "Point", "coordinates": [point.longitude, point.latitude]} if point else None
    return {"type": "Feature", "id": practice.id, "geometry": geometry, "properties": properties}


def _is_in(catalogue: Catalogue, row: int, window: Window) -> bool:
    practice, point = catalogue.practices[row], catalogue.points[row]
    where = in_box(window.box, point.longitude if point else None, point.latitude if point else None)
    return where and window.period.meets(_first_day(practice.start), _last_day(practice.end))


def _first_day(partial: str | None) -> date | None:
    return date.fromisoformat(partial + "-01" * (2 - partial.count("-"))) if partial else None


def _last_day(partial: str | None) -> date | None:
    if not partial:
        return None
    year, month, day = (*map(int, partial.split("-")), 0, 0)[:3]
    month = month or DECEMBER
    return date(year, month, day or calendar.monthrange(year, month)[1])
