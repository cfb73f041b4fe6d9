"""What a buyer looks for: one frozen value shared by page, map layer, exports and groups."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from cooperations.errors import InvalidParameter
from cooperations.offers.terms import SERVICES
from cooperations.purchases import PURCHASE_FAMILIES
from cooperations.query import IgnoredParameter, Query, Reading, in_vocabulary, read, short_text
from cooperations.text import decimal, of
from cooperations.vocabularies import FAMILIES, KINDS, PRACTICES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cooperations.territories import Gazetteer

RADII_KM = (5, 10, 20, 30, 50, 75, 100, 150)
DEFAULT_RADIUS_KM = "30"
FARTHEST_KM = 300
YES = "oui"
POINT = "point"


@dataclass(frozen=True, slots=True)
class Need(Query):
    """Where, how far and what; within one filter the values are alternatives, between them all must hold.

    `place` is a territory key, or « point:longitude,latitude » in WGS 84 degrees. `beyond` also takes structures
    seated farther than the radius that say they come to the place.
    """

    place: str = ""
    radius_km: str = DEFAULT_RADIUS_KM
    purchase_families: tuple[str, ...] = ()
    text: str = ""
    practice_types: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    beyond: str = ""

    @property
    def radius_m(self) -> float:
        """The buyer's radius in metres."""
        return 1000 * float(self.radius_km)


ANYTHING = Need()
NEED_PARAMETERS = dict(
    zip(
        ("lieu", "rayon", "achat", "q", "type", "categorie", "famille", "prestation", "loin"),
        (field.name for field in fields(Need)),
        strict=True,
    )
)
Need.parameters = NEED_PARAMETERS


@dataclass(frozen=True, slots=True)
class Place:
    """Where a buyer is: WGS 84 degrees, a name, and the keys of the territories that hold the point."""

    longitude: float
    latitude: float
    label: str
    keys: tuple[str, ...]
    level: str


def place_of(need: Need, gazetteer: Gazetteer) -> Place | None:
    """Return the place of a need, None when it says none; raises UnknownTerritory or InvalidParameter.

    A territory stands at its commune's point, or at its middle.
    """
    if not need.place:
        return None
    if need.place.startswith(f"{POINT}:"):
        return place_at(*_point(need.place), gazetteer)
    here = gazetteer[need.place]
    return Place(here.longitude, here.latitude, here.label, _holders(here.key, gazetteer), here.level)


def place_at(longitude: float, latitude: float, gazetteer: Gazetteer, label: str = "") -> Place:
    """Return the place of a point, named after its commune unless it has a name of its own."""
    found = gazetteer.locate(longitude, latitude)
    where = found.label if found else f"{decimal(round(latitude, 4))} ; {decimal(round(longitude, 4))}"
    keys = _holders(found.key, gazetteer) if found else ()
    return Place(longitude, latitude, label or f"Un point {of(where)}" if found else label or where, keys, POINT)


def _holders(key: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    """Return what holds a territory: its lineage, and the present regions of its departments, which lists name."""
    lineage = gazetteer.lineage(key)
    outlines = gazetteer.national_departments
    codes = [one.partition(":")[2] for one in lineage if one.startswith("departement:")]
    regions = outlines.loc[outlines["code_insee"].isin(codes), "code_region"].unique()
    return (*lineage, *(f"region:{code}" for code in regions))


def point_text(longitude: float, latitude: float) -> str:
    """Return a point as the parameter of a place, to about a metre."""
    return f"{POINT}:{longitude:.5f},{latitude:.5f}"


def need_from_query(
    pairs: Iterable[tuple[str, str]], gazetteer: Gazetteer, others: frozenset[str] = frozenset()
) -> tuple[Need, tuple[IgnoredParameter, ...]]:
    """Read a need from query parameters; what makes no sense is left out and reported (see `query.read`)."""
    return read(Need, pairs, Reading(_checks(gazetteer), "lieu", others), gazetteer)


def _checks(gazetteer: Gazetteer) -> dict[str, Callable[[str], str]]:
    return {
        "lieu": lambda value: _place_problem(value, gazetteer),
        "rayon": _radius_problem,
        "achat": in_vocabulary(PURCHASE_FAMILIES),
        "q": short_text,
        "type": in_vocabulary(PRACTICES),
        "categorie": in_vocabulary(KINDS),
        "famille": in_vocabulary(FAMILIES),
        "prestation": in_vocabulary(SERVICES),
        "loin": lambda value: "" if value == YES else f"seul « {YES} » est attendu",
    }


def _place_problem(value: str, gazetteer: Gazetteer) -> str:
    if value.startswith(f"{POINT}:"):
        try:
            _point(value)
        except InvalidParameter as error:
            return str(error)
        return ""
    return "" if value in gazetteer else "ce lieu n’est pas connu"


def _radius_problem(value: str) -> str:
    if re.fullmatch(r"\d{1,3}", value) and 0 < int(value) <= FARTHEST_KM:
        return ""
    return f"un nombre entier de kilomètres, de 1 à {FARTHEST_KM}, est attendu"


def _point(text: str) -> tuple[float, float]:
    try:
        longitude, latitude = (float(part) for part in text.removeprefix(f"{POINT}:").split(","))
    except ValueError:
        longitude = latitude = math.nan
    if not (abs(longitude) <= 180 and abs(latitude) <= 85):  # noqa: PLR2004 - the limits of Web Mercator
        raise InvalidParameter("lieu", "« point:longitude,latitude » en degrés est attendu")
    return longitude, latitude
