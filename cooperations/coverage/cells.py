"""One cell of the matrix, and the matrix."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cooperations import vocabularies as v
from cooperations.sheets import french_date
from cooperations.text import number, plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cooperations.catalogue import Catalogue
    from cooperations.criteria import Criteria
    from cooperations.decisions import Survey

COUNTINGS = ("ici", "couvrant")
SIGNS = {"couvert": "●", "rien_trouve": "∅", "non_enquete": "?", "hors_sujet": "—", "filtre": "0"}
"""What stands for a state of COVERAGE_STATES where words are too long."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A practice type or sub-type in a territory.

    `inside` counts what is situated in the territory, `covering` what applies to it from a wider one and is not inside.
    `surveys` are newest first. `target` is how many practices a group wants, None when nobody said.
    `hidden` is how many more the cell counts without the filters of text, status and location.
    """

    code: str
    key: str
    inside: int
    covering: int
    counting: str
    surveys: tuple[Survey, ...] = ()
    target: int | None = None
    hidden: int = 0

    @property
    def count(self) -> int:
        """How many practices the cell counts, in the sense of `counting`: one of COUNTINGS."""
        return self.inside + (self.covering if self.counting == "couvrant" else 0)

    @property
    def state(self) -> str:
        """A code of COVERAGE_STATES; practices prevail over surveys, and the last survey over the others."""
        if self.count:
            return "couvert"
        if self.hidden:
            return "filtre"
        return self.surveys[0].finding if self.surveys else "non_enquete"

    @property
    def missing(self) -> int | None:
        """How many practices the target lacks, never below zero; None without a target."""
        return None if self.target is None else max(0, self.target - self.count)

    @property
    def is_gap(self) -> bool:
        """Whether nothing exists here although it should: neither covered, nor filtered out, nor beside the subject."""
        return self.state in {"rien_trouve", "non_enquete"}


@dataclass(frozen=True)
class Coverage:
    """Every cell of `codes` × `keys`, whatever the data; `cells` are by territory, then by code.

    Types choose the codes and territories the keys; what the other filters leave out makes no gap.

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

    @property
    def leading(self) -> tuple[str, ...]:
        """The codes that no other one shown contains: through them each practice counts once."""
        return tuple(code for code in self.codes if v.PRACTICES[code].parent not in self.codes)

    @property
    def leading_cells(self) -> tuple[Cell, ...]:
        """The cells that figures count."""
        leading = self.leading
        return tuple(cell for cell in self.cells if cell.code in leading)

    def row(self, key: str) -> tuple[Cell, ...]:
        """Return the cells of one territory, in the order of `codes`."""
        start = self.keys.index(key) * len(self.codes)
        return self.cells[start : start + len(self.codes)]


def in_words(cell: Cell) -> str:
    """Return what a cell says, in words and not in colours: « 2 pratiques », « cherché, rien trouvé (GARIE, …) »."""
    if cell.state in {"couvert", "filtre"}:
        return _counted_in_words(cell)
    if not cell.surveys:
        return "non enquêté"
    survey = cell.surveys[0]
    if survey.finding == "hors_sujet":
        return f"hors sujet ({survey.note})"
    return f"cherché, rien trouvé ({survey.organisation}, {french_date(survey.day.isoformat())})"


def signed(cell: Cell) -> str:
    """Return who looked and when, or why the cell is beside the subject, in a few words; empty for other states."""
    if cell.state not in v.FINDINGS:
        return ""
    survey = cell.surveys[0]
    return str(survey.note) if survey.finding == "hors_sujet" else f"{survey.organisation}, {survey.day:%d/%m/%Y}"


def in_full(cell: Cell) -> str:
    """Return what a cell says, with all that its last survey says: who, when, and where or why."""
    if cell.state not in v.FINDINGS:
        return in_words(cell)
    survey = cell.surveys[0]
    if survey.finding == "hors_sujet":
        return f"{in_words(cell)}, dit par {survey.organisation} le {french_date(survey.day.isoformat())}"
    return in_words(cell) + (f"\u00a0: {survey.note}" if survey.note else "")


def _counted_in_words(cell: Cell) -> str:
    words = plural(cell.count, "pratique") if cell.count else f"0 pour ces filtres ({number(cell.hidden)} sans filtre)"
    if cell.counting == "couvrant" and cell.covering:
        words += f", dont {number(cell.covering)} couvrant le territoire"
    searched = next((survey for survey in cell.surveys if survey.finding == "rien_trouve"), None)
    if searched:
        day = french_date(searched.day.isoformat())
        words += f"\u00a0; cherché, rien trouvé par {searched.organisation} le {day}"
    return words
