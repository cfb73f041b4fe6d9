"""What a downloaded file says of itself: what it is, its filters, the days, the sources, the licence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cooperations.exports import cover_lines, data_day
from cooperations.offers.model import Offer
from cooperations.offers.shortlist import cover
from cooperations.offers.words import SOURCES
from cooperations.sheets import french_date
from cooperations.territories import LEVEL_LABELS

if TYPE_CHECKING:
    from datetime import date

    from cooperations.catalogue import Catalogue
    from cooperations.criteria import Criteria
    from cooperations.features.window import Window
    from cooperations.offers.needs import Need
    from cooperations.store import Store
    from cooperations.territories import Gazetteer


@dataclass(frozen=True, slots=True)
class Cover:
    """The sentences of a cover, the first one its title, and the day on which the data were last read."""

    lines: tuple[str, ...]
    day: date

    @property
    def title(self) -> str:
        """What the file is."""
        return self.lines[0].rstrip(".")


def practices_cover(catalogue: Catalogue, criteria: Criteria, window: Window, day: date) -> Cover:
    """Return the cover of practices, made on `day`."""
    lines = cover_lines("Pratiques de coopération", criteria, catalogue, day)
    return Cover((*lines, *window_lines(window)), data_day(catalogue))


def structures_cover(catalogue: Catalogue, store: Store, need: Need, window: Window, day: date) -> Cover:
    """Return the cover of structures, made on `day`."""
    sources = {SOURCES["pratiques"], *(SOURCES.get(source, source) for source in store.lists.sources(Offer))}
    return Cover((*cover("Structures", need, sources, catalogue, day), *window_lines(window)), data_day(catalogue))


def territories_cover(catalogue: Catalogue, levels: tuple[str, ...], window: Window, day: date) -> Cover:
    """Return the cover of territories, made on `day`."""
    gazetteer: Gazetteer = catalogue.gazetteer
    said = ", ".join(LEVEL_LABELS[level] for level in levels) or "tous les niveaux"
    lines = (
        "Territoires.",
        f"Filtres : {said}.",
        f"Export du {french_date(day.isoformat())}.",
        gazetteer.perimeter.attribution,
    )
    return Cover((*lines, *window_lines(window)), data_day(catalogue))


def window_lines(window: Window) -> tuple[str, ...]:
    """Return the sentences that say a box and a period, when there are some."""
    start, end = (french_date(day.isoformat()) if day else "" for day in (window.period.start, window.period.end))
    period = " ".join(part for part in (start and f"à partir du {start}", end and f"jusqu’au {end}") if part)
    box = ", ".join(f"{side:g}" for side in window.box or ())
    return tuple(line for line in (box and f"Cadre : {box} (degrés).", period and f"Période : {period}.") if line)
