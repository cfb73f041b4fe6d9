"""What became of an imported structure: what lists changed of it, and what people corrected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cooperations.decisions import decide
from cooperations.offers.model import Offer
from cooperations.offers.records import CORRECTABLE, Correction

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from cooperations.store import Store

ENTITY = "offer"
FROM_A_LIST = "liste importée de nouveau"
BACK = "Retour à la valeur d’avant"


@dataclass(frozen=True, slots=True)
class Past:
    """One value that changed: when, by whom, and what it was; `note` says where the new one comes from."""

    made_at: datetime
    by: str
    attribute: str
    before: str
    after: str
    note: str = ""

    @property
    def is_a_correction(self) -> bool:
        """Whether a person changed it, and not a list."""
        return self.by != FROM_A_LIST


def past_of(store: Store, offer_id: str, corrections: Iterable[Correction]) -> list[Past]:
    """Return what changed of an offer, the latest first; `corrections` are its own, oldest first."""
    rows = store.lists.rows(Offer, [offer_id])
    values = {name: _text(getattr(rows[offer_id], name)) for name in CORRECTABLE} if offer_id in rows else {}
    found = [*_of_lists(store, offer_id), *_of_people(values, corrections)]
    return sorted(found, key=lambda one: one.made_at, reverse=True)


def back(offer_id: str, one: Past, organisation: str) -> Correction:
    """Return the correction that gives an offer the value that it had before."""
    said: dict[str, Any] = {"organisation": organisation, "note": BACK, "value": one.before or None}
    return decide(Correction, offer_id=offer_id, attribute=one.attribute, **said)


def _of_lists(store: Store, offer_id: str) -> Iterator[Past]:
    for row in store.contributions.history(ENTITY, [offer_id]):
        before, after = row["before"] or {}, row["after"] or {}
        for name in CORRECTABLE:
            if _text(before.get(name)) != _text(after.get(name)):
                yield Past(row["made_at"], FROM_A_LIST, name, _text(before.get(name)), _text(after.get(name)))


def _of_people(listed: dict[str, str], corrections: Iterable[Correction]) -> Iterator[Past]:
    values = dict(listed)
    for one in sorted(corrections, key=lambda one: one.recorded_at):
        after = one.value or ""
        yield Past(
            one.recorded_at, one.organisation, one.attribute, values.get(one.attribute, ""), after, one.note or ""
        )
        values[one.attribute] = after


def _text(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value or "")
