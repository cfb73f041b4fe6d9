"""What a meeting looks at, one slide after the other: a practice type over the territories, or the reverse."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from cooperations import vocabularies as v
from cooperations.coverage.cells import in_words
from cooperations.text import number, plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cooperations.coverage import Cell, Coverage
    from cooperations.decisions import Draft
    from cooperations.territories import Gazetteer, Territory

By = Literal["type", "territoire"]
VIEWS: tuple[By, ...] = ("type", "territoire")


@dataclass(frozen=True, slots=True)
class SlideLine:
    """A cell in words; `state` is a code of COVERAGE_STATES, `is_part` a sub-type below its type."""

    label: str
    state: str
    words: str
    cell: Cell
    is_part: bool = False


@dataclass(frozen=True, slots=True)
class Slide:
    """One practice type or one territory; `key` is its code or its territory key."""

    key: str
    title: str
    subtitle: str
    lines: tuple[SlideLine, ...]
    figures: tuple[str, ...]


def slides(coverage: Coverage, by: By) -> tuple[Slide, ...]:
    """Return the slides of a matrix, zero cells included; none when it shows no cell."""
    if not coverage.cells:
        return ()
    if by == "type":
        return tuple(_of_type(coverage, code) for code in coverage.codes)
    return tuple(_of_territory(coverage, key) for key in coverage.keys)


def drafts_of(slide: Slide, drafts: Iterable[Draft], gazetteer: Gazetteer) -> tuple[Draft, ...]:
    """Return the drafts about what a slide shows, or about a part of it."""
    return tuple(draft for draft in drafts if slide.key in _above(draft, gazetteer))


def _of_type(coverage: Coverage, code: str) -> Slide:
    term, gazetteer = v.PRACTICES[code], coverage.catalogue.gazetteer
    cells = [coverage.cell(code, key) for key in coverage.keys]
    lines = tuple(SlideLine(_short(gazetteer[cell.key]), cell.state, in_words(cell), cell) for cell in cells)
    part_of = f"Sous-type de « {v.PRACTICES.label(term.parent)} ». " if term.parent else ""
    return Slide(code, term.label, part_of + term.definition, lines, _figures(cells, "territoire"))


def _of_territory(coverage: Coverage, key: str) -> Slide:
    territory, cells = coverage.catalogue.gazetteer[key], coverage.row(key)
    lines = tuple(
        SlideLine(v.PRACTICES.label(cell.code), cell.state, in_words(cell), cell, cell.code not in coverage.leading)
        for cell in cells
    )
    leading = coverage.leading
    counted = [cell for cell in cells if cell.code in leading]
    return Slide(key, territory.label, f"{number(territory.population)} habitants", lines, _figures(counted, "type"))


def _short(territory: Territory) -> str:
    return territory.label if territory.level == "departement" else territory.name


def _figures(cells: Iterable[Cell], noun: str) -> tuple[str, ...]:
    held = tuple(cells)
    states = Counter(cell.state for cell in held)
    without = (term for term in v.COVERAGE_STATES if term.code != "couvert" and states[term.code])
    shown = (f"{term.label} : {states[term.code]}" for term in without)
    return (_with_example(states["couvert"], len(held), noun), *shown, *_targets(held))


def _with_example(covered: int, total: int, noun: str) -> str:
    if not covered:
        return f"Aucun exemple, sur {plural(total, noun)}"
    return f"{plural(covered, noun)} sur {total} {'a' if covered == 1 else 'ont'} un exemple"


def _targets(cells: Iterable[Cell]) -> Iterator[str]:
    lacking = [cell.missing for cell in cells if cell.missing is not None]
    if any(lacking):
        yield f"Objectif : il manque {plural(sum(lacking), 'pratique')}"
    elif lacking:
        yield "Objectif atteint"


def _above(draft: Draft, gazetteer: Gazetteer) -> set[str | None]:
    containers = gazetteer.lineage(draft.territory) if draft.territory in gazetteer else ()
    return {draft.practice_code, v.PRACTICES[draft.practice_code].parent, *containers}
