"""What a snapshot kept, read again as a catalogue and decisions: its figures are computed as those of today are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from cooperations import vocabularies as v
from cooperations.catalogue import Catalogue
from cooperations.dataset import Dataset
from cooperations.decisions import PARIS, Action, Decisions, Survey, Target
from cooperations.model import Practice
from cooperations.snapshots import State, content_of

if TYPE_CHECKING:
    from datetime import date

    from cooperations.criteria import Criteria
    from cooperations.decisions import Snapshot
    from cooperations.snapshots import KeptPractice
    from cooperations.territories import Gazetteer

NOT_KEPT = {"locations": "la localisation", "text": "un texte cherché", "start": "une période", "end": "une période"}
"""The criteria that a snapshot cannot answer: it does not keep what they read."""
NOTHING_SAID = {"subtype_deduced": False, "description": "", "source": "", "extract": "", "confidence": "moyenne"}
LEVELS = ("commune", "epci", "departement", "region")


@dataclass(frozen=True, slots=True)
class Past:
    """The state that a snapshot kept."""

    catalogue: Catalogue
    decisions: Decisions


def why_not_comparable(criteria: Criteria) -> str:
    """Return what of criteria a snapshot cannot answer, in words; empty when it can."""
    said = (words for name, words in NOT_KEPT.items() if getattr(criteria, name))
    return " et ".join(dict.fromkeys(said))


def past_of(snapshot: Snapshot, gazetteer: Gazetteer) -> Past:
    """Return what a snapshot kept; raises AlteredSnapshot. What the vocabularies or geo/ lost since is left out."""
    state = State.model_validate_json(content_of(snapshot))
    day = snapshot.recorded_at.date()
    moment = datetime.combine(day, time(), PARIS)
    practices = tuple(_practice(one, gazetteer, day) for one in state.practices if _has_known_codes(one))
    decisions = Decisions(
        surveys=tuple(Survey.model_construct(recorded_at=moment, **dict(one)) for one in state.surveys),
        targets=tuple(
            Target.model_construct(id="", recorded_at=moment, organisation="", **dict(one)) for one in state.targets
        ),
        actions=tuple(Action.model_construct(recorded_at=moment, **dict(one)) for one in state.actions),
    )
    return Past(Catalogue(Dataset(practices, (), (), (), snapshot.digest), gazetteer, revision=0), decisions)


def _practice(kept: KeptPractice, gazetteer: Gazetteer, day: date) -> Practice:
    known = (key for key in kept.territories if key in gazetteer or gazetteer.successor(key))
    territories = tuple(dict.fromkeys(gazetteer.renewed(key)[0] for key in known))
    known_of_it: dict[str, Any] = NOTHING_SAID | dict(kept) | {"territories": territories, "checked_on": day}
    # Unchecked: nothing is known of it but what was kept.
    return Practice.model_construct(None, **known_of_it | {"precision": _precision(territories, gazetteer)})


def _has_known_codes(kept: KeptPractice) -> bool:
    subtype_is_known = kept.subtype is None or kept.subtype in v.PRACTICE_SUBTYPES
    return kept.practice_type in v.PRACTICE_TYPES and subtype_is_known and kept.status in v.STATUSES


def _precision(territories: tuple[str, ...], gazetteer: Gazetteer) -> str:
    """Return a precision that suits territories; no figure that is compared reads it."""
    if not territories:
        return "inconnue"
    if not any(gazetteer[key].in_perimeter for key in territories):
        return "hors_perimetre"
    return next(level for level in LEVELS if any(key.startswith(f"{level}:") for key in territories))
