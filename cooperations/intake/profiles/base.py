"""What a profile is: the columns of one known list, and what each of them means to us."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

from cooperations.intake.vector import holds
from cooperations.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from cooperations.intake.raw import RawTable
    from cooperations.offers.model import Award, Offer

Cells = pd.DataFrame
"""One column of text per attribute of the model (and a few that only the checks read), '' for an empty cell."""

EXTRAS = ("geocoding_score",)
"""What a list may say beyond the model: how sure its geocoder was, from 0 to 1."""


def _unchanged(cells: Cells, raw: RawTable) -> Cells:
    del raw
    return cells


@dataclass(frozen=True, eq=False)
class Profile:
    """How one list is read.

    `source_label` names the source and its licence. `columns` gives, for each attribute of `model`, the names that the
    list gave to its column over the years, the first one found being taken; names are compared without accents or case.
    `required` are the columns without which a file is not this list. `derive` makes what a single column does not say.
    `words` translates cells of vocabularies (attribute → folded word → code); a word that it does not know is refused,
    or left out and said for the attributes of `lenient`. `widths` are codes of digits whose lost zeros are certain.
    `sites` is true when the list has several sites under one SIRET, told apart by its own key.
    """

    code: str
    label: str
    source_label: str
    model: type[Offer | Award]
    columns: Mapping[str, tuple[str, ...]]
    required: tuple[str, ...]
    derive: Callable[[Cells, RawTable], Cells] = _unchanged
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    lenient: frozenset[str] = frozenset()
    widths: Mapping[str, int] = field(default_factory=dict)
    sites: bool = False

    @property
    def wanted(self) -> tuple[str, ...]:
        """The columns that the profile reads, as the list names them today."""
        return tuple(names[0] for names in self.columns.values())

    def recognises(self, header: Sequence[str]) -> bool:
        """Return whether a file with this header is such a list."""
        held = {fold(name) for name in header}
        return bool(self.required) and all(fold(name) in held for name in self.required)

    def names(self, header: Collection[str]) -> dict[str, str]:
        """Return for each attribute the column of this file that says it."""
        held = {fold(name): name for name in reversed(tuple(header))}
        found = {
            attribute: next((held[fold(name)] for name in names if fold(name) in held), "")
            for attribute, names in self.columns.items()
        }
        return {attribute: name for attribute, name in found.items() if name}

    def map(self, raw: RawTable) -> Cells:
        """Return the cells of a file under our names, a row for each of its rows; nothing is judged yet."""
        empty = pd.Series("", index=raw.frame.index, dtype="str")
        named = {attribute: _trimmed(raw.frame[name]) for attribute, name in self.names(raw.header).items()}
        missing = {attribute: empty for attribute in self.model.model_fields if attribute not in named}
        cells = pd.DataFrame({**named, **missing}, index=raw.frame.index)
        cells["source"] = self.code
        return self.derive(cells, raw)


def _trimmed(column: pd.Series[Any]) -> pd.Series[Any]:
    """Return cells without spaces around them, nor the null characters that no database keeps."""
    return (column.str.replace("\0", "", regex=False) if holds(column, "\0").any() else column).str.strip()


def column_of(raw: RawTable, name: str) -> pd.Series[Any]:
    """Return a column of the file by its name (accents and case apart), or empty cells."""
    held = {fold(known): known for known in reversed(raw.header)}
    if fold(name) in held:
        return raw.frame[held[fold(name)]].str.strip()
    return pd.Series("", index=raw.frame.index, dtype="str")


def both(first: pd.Series[Any], second: pd.Series[Any], between: str = ", ") -> pd.Series[Any]:
    """Return two columns as one, with `between` where both have a text."""
    joined = first + between + second
    return joined.where((first != "") & (second != ""), first + second)
