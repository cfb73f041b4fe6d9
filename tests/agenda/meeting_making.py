"""Made-up meetings at real places of Aquitaine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cooperations.catalogue import Catalogue
from cooperations.model import Event
from tests.making import a_dataset, a_practice

if TYPE_CHECKING:
    from cooperations.territories import Gazetteer

NOTHING_KNOWN = {
    "id": "essai",
    "nom": "Rencontre d’essai",
    "statut": "annonce",
    "description": "Une rencontre d’essai.",
    "source": "Un essai",
    "extrait_source": "Un extrait",
}


def a_meeting(event_id: str = "essai", **cells: str) -> Event:
    """Return a meeting of which nothing is known but what `cells` say, by published column names."""
    return Event.model_validate(NOTHING_KNOWN | {"id": event_id} | cells)


def every(rule: str, start: str = "2027-01-12T09:00:00+01:00", end: str = "") -> Event:
    """Return a meeting that comes again."""
    return a_meeting(debut=start, fin=end, recurrence=rule)


def with_meetings(gazetteer: Gazetteer, *events: Event) -> Catalogue:
    """Return a catalogue of one practice and some meetings."""
    return Catalogue(a_dataset([a_practice()], events=events), gazetteer, revision=1)
