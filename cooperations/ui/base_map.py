"""The Folium map that all others start from: our boundaries, and what its layers ask for. It knows no Streamlit."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cooperations.mercator import EARTH_RADIUS_M
from cooperations.offers.needs import place_of
from cooperations.ui.layers import BoundaryLayer, LocalMap
from cooperations.ui.palette import legend
from cooperations.web.boundaries import departments_url, epci_url

if TYPE_CHECKING:
    import folium

    from cooperations.offers.directory import Directory
    from cooperations.offers.needs import Need, Place
    from cooperations.selection import Selection
    from cooperations.territories import Gazetteer, Perimeter

HEIGHT_PX = 540
"""Of the map of a page."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a map shows: its title, and code, label, colour and shape of each type of sign."""

    title: str
    types: list[tuple[str, str, str, str]]


def base_map(
    perimeter: Perimeter,
    *,
    dark: bool,
    selection: tuple[str, ...] = (),
    clickable: bool = True,
    subject: Subject | None = None,
) -> folium.Map:
    """Return the map without what it shows: our boundaries, and two backgrounds that need a network."""
    drawn = LocalMap(tiles=None)
    # Anywhere: the first layer frames the map. How far it zooms and moves is carte.js's, which is not sent again.
    drawn.options = {"center": [45, 0], "zoom": 7}
    options = {
        "url": departments_url(),
        "epci": epci_url(),
        "sombre": dark,
        "titre": f"{subject.title} en {perimeter.name}" if subject else "",
        "selection": list(selection),
        "cliquable": clickable,
        "types": subject.types if subject else legend(),
        "region": perimeter.name,
    }
    BoundaryLayer("limites", options).add_to(drawn)
    return drawn


def practice_options(selection: Selection, *, coloured: bool) -> dict[str, Any]:
    """Return what the browser needs to ask for the selection's marks."""
    gazetteer, criteria = selection.catalogue.gazetteer, selection.criteria
    return {
        "requete": criteria.query_string(),
        "revision": selection.catalogue.version,
        "cadre": frame(gazetteer, criteria.territories),
        "selection": list(criteria.territories),
        "choroplethe": coloured,
    }


def offer_options(directory: Directory, need: Need) -> dict[str, Any]:
    """Return what the browser needs to ask for the marks of what answers a need."""
    gazetteer = directory.catalogue.gazetteer
    place = place_of(need, gazetteer)
    box = around(place, need.radius_m) if place else frame(gazetteer, ())
    return {
        "requete": need.query_string(),
        "revision": directory.version,
        "cadre": box,
        "selection": [],
        "choroplethe": False,
        "lieu": [place.longitude, place.latitude] if place else None,
        "rayon_m": need.radius_m,
        "nom": place.label if place else "",
        "inviter": place is None,
    }


def frame(gazetteer: Gazetteer, keys: tuple[str, ...]) -> list[float]:
    """Return the box west, south, east, north that holds the territories, or the whole perimeter."""
    boxes = [gazetteer[key].bounds for key in keys or (gazetteer.perimeter.key,)]
    west, south, east, north = zip(*boxes, strict=True)
    return [min(west), min(south), max(east), max(north)]


def around(place: Place, radius_m: float) -> list[float]:
    """Return the box west, south, east, north that holds a circle, in WGS 84 degrees."""
    half = math.degrees(radius_m / EARTH_RADIUS_M)
    wide = half / math.cos(math.radians(place.latitude))
    return [place.longitude - wide, place.latitude - half, place.longitude + wide, place.latitude + half]
