"""Records → the text of their CSV file, the very bytes of data/ when nothing changed."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import TYPE_CHECKING, Any

from cooperations.dataset.reader import columns

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cooperations.model import Record

_WORDS = {True: "oui", False: "non"}


def cells_of(record: Record) -> dict[str, str]:
    """Return the cells of a record by published column, as a file holds them."""
    return dict(zip(columns(type(record)), (as_cell(value) for _, value in record), strict=True))


def as_cell(value: Any) -> str:
    """Return the text of one cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _WORDS[value]
    if isinstance(value, (tuple, list)):
        return "|".join(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def csv_text(model: type[Record], records: Iterable[Record]) -> str:
    """Return the whole file of some records."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns(model), lineterminator="\n")
    writer.writeheader()
    writer.writerows(map(cells_of, records))
    return out.getvalue()
