"""Where a meeting is held, in words and on the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cooperations.catalogue import Point

if TYPE_CHECKING:
    from cooperations.model import Event
    from cooperations.territories import Gazetteer, Territory


def point_of(event: Event, gazetteer: Gazetteer) -> Point | None:
    """Return where a meeting is drawn: its own point, or that of its commune, or nowhere."""
    if event.longitude is not None and event.latitude is not None:
        return Point(event.longitude, event.latitude)
    key = f"commune:{event.commune_code}"
    return Point(gazetteer[key].longitude, gazetteer[key].latitude) if key in gazetteer else None


def place_in_words(event: Event, gazetteer: Gazetteer) -> str:
    """Return the place and its commune, an empty text when neither is known: « Salle A, Mont-de-Marsan (40) »."""
    key = f"commune:{event.commune_code}"
    commune = _commune(gazetteer[key]) if key in gazetteer else ""
    return ", ".join(part for part in (event.place, commune) if part)


def _commune(territory: Territory) -> str:
    department = next((key for key in territory.parents if key.startswith("departement:")), "")
    return f"{territory.name} ({department.partition(':')[2]})" if department else territory.name


def territories_in_words(event: Event, gazetteer: Gazetteer) -> str:
    """Return the territories that a meeting is about."""
    return ", ".join(gazetteer[key].label if key in gazetteer else key for key in event.territories)
