"""What became of a record, version after version: who, when, what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cooperations import vocabularies as v
from cooperations.contributions.compare import Difference, between, link_in_words
from cooperations.decisions import PARIS
from cooperations.sheets import french_date
from cooperations.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from cooperations.catalogue import Catalogue
    from cooperations.contributions.model import Values
    from cooperations.store import Store

FROM_DATA = "data/"
_NOUNS = {"practice": "Pratique", "structure": "Structure", "participation": "Participation", "event": "Rencontre"}


@dataclass(frozen=True, slots=True)
class Version:
    """One revision: `author` is a role and an organisation, `values` the record after it, None when it is gone."""

    number: int
    made_at: datetime
    author: str
    entity: str
    entity_id: str
    before: Values | None
    values: Values | None

    @property
    def label(self) -> str:
        """When and by whom: « 25 novembre 2026 à 14 h 05, CRESS Aquitaine (modérateur) »."""
        return f"{moment(self.made_at)}, {self.by}"

    @property
    def by(self) -> str:
        """Who, in words."""
        return "fichiers publiés" if self.author == FROM_DATA else self.author


def moment(when: datetime) -> str:
    """Return a day and an hour in words."""
    local = when.astimezone(PARIS)
    return f"{french_date(local.date().isoformat())} à {local.hour}\u00a0h\u00a0{local.minute:02d}"


def history_of(store: Store, entity: str, entity_id: str) -> list[Version]:
    """Return the versions of a practice or of a structure, oldest first, with those of who takes part in what."""
    rows = store.contributions.history(entity, [entity_id])
    named = {"prefix": f"{entity_id}/"} if entity == "practice" else {"part": f"/{entity_id}/"}
    rows = rows + store.contributions.history("participation", (), **named)
    return sorted(map(_version, rows), key=lambda one: one.number)


def latest(store: Store, count: int) -> list[Version]:
    """Return the last changes of the published records, the newest first."""
    return [_version(row) for row in store.contributions.latest(count)]


def in_lines(version: Version, catalogue: Catalogue, of: str = "practice") -> list[str]:
    """Return what a version changed, one line a field, in the history of a practice or `of` a structure."""
    if version.entity == "participation":
        return [_part_in_words(version, catalogue, of)]
    return lines(between(version.entity, version.before, version.values, catalogue))


def _part_in_words(version: Version, catalogue: Catalogue, of: str) -> str:
    if of == "practice":
        verb = "n’y prend plus part" if version.values is None else "y prend part"
        return f"{link_in_words(version.entity_id, catalogue)} {verb}"
    practice_id, _, role = version.entity_id.split("/")
    verb = "Ne prend plus part à" if version.values is None else "Prend part à"
    return f"{verb} «\u00a0{_practice_name(practice_id, catalogue)}\u00a0» ({v.ROLES.label(role).lower()})"


def _practice_name(practice_id: str, catalogue: Catalogue) -> str:
    return next((one.name for one in catalogue.practices if one.id == practice_id), practice_id)


def lines(found: Iterable[Difference]) -> list[str]:
    """Return differences in words."""
    return [f"{one.label}\u00a0: {_short(one.before)} → {_short(one.after)}" for one in found]


def title(version: Version, catalogue: Catalogue) -> str:
    """Return what a version is about, in words."""
    values: dict[str, Any] = version.values or version.before or {}
    if version.entity == "participation":
        return f"{_NOUNS[version.entity]}\u00a0: {_practice_name(version.entity_id.partition('/')[0], catalogue)}"
    verb = "" if version.before and version.values else " ajoutée" if version.values else " retirée"
    return f"{_NOUNS[version.entity]}{verb}\u00a0: {values.get('name', version.entity_id)}"


def _version(row: dict[str, Any]) -> Version:
    return Version(*(row[name] for name in ("number", "made_at", "author", "entity", "entity_id", "before", "after")))


def _short(text: str) -> str:
    whole = " ".join(text.split())
    return whole if len(fold(whole)) <= 160 else f"{whole[:160]}…"  # noqa: PLR2004 - a line of a list
