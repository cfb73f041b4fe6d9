"""What a report is asked for: criteria, and the snapshot with which its figures are compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cooperations.criteria import EVERYTHING, Criteria
from cooperations.errors import UnknownTerritory
from cooperations.text import fold

if TYPE_CHECKING:
    from cooperations.decisions import Snapshot
    from cooperations.territories import Gazetteer

LEVELS = ("departement", "region", "commune", "epci")
"""In which order a bare code is looked for."""


@dataclass(frozen=True, slots=True)
class Order:
    """The criteria, which hold territory and period; the snapshot to compare with, if any."""

    criteria: Criteria = EVERYTHING
    since: Snapshot | None = None


def territory_named(wanted: str, gazetteer: Gazetteer) -> str:
    """Return the key that « 40 », « Landes », « 33063 » or « departement:40 » names; raises UnknownTerritory.

    Of several that have the same name, a department prevails, then the most inhabited.
    """
    said = wanted.strip()
    for key in (said, *(f"{level}:{said.upper()}" for level in LEVELS if re.fullmatch(r"\w{2,9}", said, re.ASCII))):
        if key in gazetteer or gazetteer.successor(key):
            return gazetteer.renewed(key)[0]
    found = [one for one in gazetteer.search(said) if fold(one.name) == fold(said)] if said else []
    if not found:
        raise UnknownTerritory(wanted)
    return max(found, key=lambda one: (one.level == "departement", one.population)).key
