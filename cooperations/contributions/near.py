"""What looks like something that is already known: by name, then by territory and actors."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from cooperations.offers.encoding import CURATED
from cooperations.sheets import address, place_label, type_label
from cooperations.text import fold
from cooperations.vocabularies import FAMILIES, KINDS

if TYPE_CHECKING:
    from collections.abc import Collection

    from cooperations.catalogue import Catalogue

SHORTEST, MOST_NEAR = 3, 5
CLOSE, SAME = 78.0, 90.0
"""Of 100, rapidfuzz: from where a name is worth showing, and from where it is probably the same."""
BONUS = 6.0
"""What a shared territory, and shared actors, add each."""


@dataclass(frozen=True, slots=True)
class Near:
    """A practice whose name is close; `score` is out of 100, `probably` whether it looks like the same one."""

    id: str
    name: str
    about: str
    address: str
    score: float
    probably: bool


def plain(name: str) -> str:
    """Return a name to compare: an elision is a word of its own, however it is typed."""
    return fold(name).replace("'", " ")


@lru_cache(maxsize=1)
def _names(catalogue: Catalogue) -> tuple[str, ...]:
    return tuple(plain(practice.name) for practice in catalogue.practices)


def near(
    catalogue: Catalogue,
    name: str,
    territories: Collection[str] = (),
    actors: Collection[str] = (),
    but: str | None = None,
) -> list[Near]:
    """Return the practices that a name may mean, the closest first; `actors` are ids of structures."""
    wanted = plain(name)
    if len(wanted) < SHORTEST:
        return []
    close = process.extract(wanted, _names(catalogue), scorer=fuzz.token_set_ratio, score_cutoff=CLOSE, limit=50)
    found = [_near(catalogue, row, wanted, score, territories, actors) for _, score, row in close]
    kept = [one for one in found if one.id != but]
    return sorted(kept, key=lambda one: (-one.score, fold(one.name)))[:MOST_NEAR]


def _near(  # noqa: PLR0913, PLR0917 - a row, its score, and what raises it
    catalogue: Catalogue, row: int, wanted: str, score: float, territories: Collection[str], actors: Collection[str]
) -> Near:
    practice = catalogue.practices[row]
    # The words of one within the other score 100, whatever else it says: the whole name decides too.
    total = (score + fuzz.token_sort_ratio(wanted, plain(practice.name))) / 2
    inside = {key for one in practice.territories for key in catalogue.gazetteer.lineage(one)}
    total += BONUS * bool(inside & {*territories})
    total += BONUS * bool({actor.structure.id for actor in catalogue.actors(practice.id)} & {*actors})
    about = f"{type_label(practice)}, {place_label(catalogue, practice)}"
    return Near(practice.id, practice.name, about, address(practice.id), min(total, 100.0), total >= SAME)


def near_structures(catalogue: Catalogue, name: str, but: str | None = None) -> list[Near]:
    """Return the structures that a name may mean, the closest first."""
    wanted = plain(name)
    known = {one.id: plain(one.name) for one in catalogue.structures.values() if one.id != but}
    if len(wanted) < SHORTEST:
        return []
    close = process.extract(wanted, known, scorer=fuzz.token_set_ratio, score_cutoff=CLOSE, limit=MOST_NEAR)
    found = []
    for _, score, key in close:
        structure = catalogue.structures[key]
        total = (score + fuzz.token_sort_ratio(wanted, known[key])) / 2
        about = KINDS.label(structure.kind) or FAMILIES.label(structure.family)
        found.append(Near(key, structure.name, about, f"offre?id={CURATED}-{key}", total, total >= SAME))
    return found


def near_names(name: str, known: dict[str, str]) -> list[str]:
    """Return the keys of `known` whose names look like `name`, the closest first."""
    folded = {key: plain(one) for key, one in known.items()}
    close = process.extract(plain(name), folded, scorer=fuzz.token_sort_ratio, score_cutoff=SAME, limit=MOST_NEAR)
    return [key for _, _, key in close]
