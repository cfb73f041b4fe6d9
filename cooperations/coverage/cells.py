"""One cell of the matrix, and the matrix."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cooperations.sheets import french_date
from cooperations.text import number, plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cooperations.catalogue import Catalogue
    from cooperations.criteria import Criteria
    from cooperations.decisions import Survey

COUNTINGS = ("ici", "couvrant")


@dataclass(frozen=True, slots=True)
class Cell:
    """A practice type or sub-type in a territory.

    `inside` counts what is situated in the territory, `covering` what applies to it from a wider one and is not inside.
    `surveys` are newest first. `target` is how many practices a group wants, None when nobody said.
    """

    code: str
    key: str
    inside: int
    covering: int
    counting: str
    surveys: tuple[Survey, ...] = ()
    target: int | None = None

    @property
    def count(self) -> int:
        """How many practices the cell counts, in the sense of `counting`: one of COUNTINGS."""
        return self.inside + (self.covering if self.counting == "couvrant" else 0)

    @property
    def state(self) -> str:
        """A code of COVERAGE_STATES; practices prevail over surveys, and the last survey over the others."""
        if self.count:
            return "couvert"
        return self.surveys[0].finding if self.surveys else "non_enquete"

    @property
    def missing(self) -> int | None:
        """How many practices the target lacks, never below zero; None without a target."""
        return None if self.target is None else max(0, self.target - self.count)

    @property
    def is_gap(self) -> bool:
        """Whether nothing exists here although it should: not covered, and not beside the subject."""
        return self.state in {"rien_trouve", "non_enquete"}


@dataclass(frozen=True)
class Coverage:
    """Every cell of `codes` × `keys`, whatever the data; `cells` are by territory, then by code.

    `totals` are how many practices of each code meet the criteria anywhere, as on the map page;
    `key_totals` how many practices of any type each territory counts, in the sense of `counting`.
    """

    catalogue: Catalogue
    criteria: Criteria
    counting: str
    codes: tuple[str, ...]
    keys: tuple[str, ...]
    cells: tuple[Cell, ...]
    totals: dict[str, int]
    key_totals: dict[str, int]

    def __iter__(self) -> Iterator[Cell]:
        return iter(self.cells)

    def cell(self, code: str, key: str) -> Cell:
        """Return one cell; raises KeyError when the matrix does not show it."""
        if code not in self.codes or key not in self.keys:
            raise KeyError((code, key))
        return self.cells[self.keys.index(key) * len(self.codes) + self.codes.index(code)]

    def row(self, key: str) -> tuple[Cell, ...]:
        """Return the cells of one territory, in the order of `codes`."""
        start = self.keys.index(key) * len(self.codes)
        return self.cells[start : start + len(self.codes)]


def in_words(cell: Cell) -> str:
    """Return what a cell says, in words and not in colours: « 2 pratiques », « cherché, rien trouvé (GARIE, …) »."""
    if cell.state == "couvert":
        return _covered_in_words(cell)
    if not cell.surveys:
        return "non enquêté"
    survey = cell.surveys[0]
    if survey.finding == "hors_sujet":
        return f"hors sujet ({survey.note})"
    return f"cherché, rien trouvé ({survey.organisation}, {french_date(survey.day.isoformat())})"


def _covered_in_words(cell: Cell) -> str:
    words = plural(cell.count, "pratique")
    if cell.counting == "couvrant" and cell.covering:
        words += f", dont {number(cell.covering)} couvrant le territoire"
    searched = next((survey for survey in cell.surveys if survey.finding == "rien_trouve"), None)
    if searched:
        day = french_date(searched.day.isoformat())
        words += f"\u00a0; cherché, rien trouvé par {searched.organisation} le {day}"
    return words
