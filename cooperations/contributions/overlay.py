"""Laying accepted changes over the records of data/: the same for map, list, matrix, API and exports."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from cooperations.dataset.load import Dataset
from cooperations.model import Event, Participation, Practice, Record, Structure

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cooperations.contributions.model import Change, Values

R = TypeVar("R", bound=Record)
Folded = tuple[bool, "Values | None"]
"""Whether what was there before is gone, and the values laid over it; None when nothing is left."""


def entity_of(model: type[Record]) -> str:
    """Return the name under which the store keeps a model."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", model.__name__).lower()


ENTITIES: dict[str, type[Record]] = {entity_of(one): one for one in (Practice, Structure, Participation, Event)}


def key_of(record: Record) -> str:
    """Return the identity of a record: the parts of its primary key, separated by « / »."""
    fields = type(record).model_fields
    keys = [name for name, info in fields.items() if info.alias in type(record).primary_key]
    return "/".join(str(getattr(record, name)) for name in keys)


def values_of(record: Record) -> Values:
    """Return the attributes of a record as JSON keeps them."""
    return {name: as_value(value) for name, value in record}


def as_value(value: Any) -> Any:
    """Return one value as JSON keeps it."""
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if isinstance(value, date) else value


def folded(changes: Iterable[Change]) -> Folded:
    """Return what successive changes of one record come to."""
    values: Values = {}
    alone = gone = False
    for change in changes:
        if change.given is None:
            alone, values, gone = True, {}, True
        else:
            values, gone = values | change.given, False
    return alone, None if gone else values


def laid_over(model: type[R], held: R | None, changes: Iterable[Change]) -> R | None:
    """Return a record under its changes; changes that data/ has made senseless are without effect."""
    alone, values = folded(changes)
    if values is None:
        return None
    base = {} if alone or held is None else values_of(held)
    try:
        return model.model_validate(base | values)
    except ValidationError:
        return held


def applied(dataset: Dataset, changes: Sequence[Change]) -> Dataset:
    """Return the dataset under all changes, oldest first; a link to a record that is gone goes too."""
    if not changes:
        return dataset
    by_key: dict[str, dict[str, list[Change]]] = defaultdict(lambda: defaultdict(list))
    for change in changes:
        by_key[change.entity][change.entity_id].append(change)
    practices = _records(Practice, dataset.practices, by_key["practice"])
    structures = _records(Structure, dataset.structures, by_key["structure"])
    links = _records(Participation, dataset.participations, by_key["participation"])
    events = _records(Event, dataset.events, by_key["event"])
    known = {one.id for one in practices}, {one.id for one in structures}
    kept = tuple(one for one in links if one.practice_id in known[0] and one.structure_id in known[1])
    held = tuple(one if one.organiser_id in {None, *known[1]} else _without_organiser(one) for one in events)
    return Dataset(practices, structures, kept, held, dataset.digest)


def _without_organiser(event: Event) -> Event:
    return event.model_copy(update={"organiser_id": None})


def _records(model: type[R], held: tuple[R, ...], changes: dict[str, list[Change]]) -> tuple[R, ...]:
    if not changes:
        return held
    found = {key_of(record): record for record in held}
    for key, some in changes.items():
        record = laid_over(model, found.get(key), some)
        if record is None:
            found.pop(key, None)
        else:
            found[key] = record
    return tuple(found.values())
