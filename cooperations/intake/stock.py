"""The SIRENE stock as an import: filtered on its way, then checked like any other list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from cooperations.errors import DataIssue
from cooperations.intake import take
from cooperations.intake.profiles.base import Profile
from cooperations.intake.raw import RawTable
from cooperations.intake.sirene import COLUMNS, REASONS, SOURCE, read_sirene
from cooperations.offers.model import Offer
from cooperations.text import number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from pathlib import Path

    from cooperations.intake.sirene import SireneStock
    from cooperations.intake.work import Intake
    from cooperations.territories import Gazetteer

PROFILE = Profile(
    code=SOURCE,
    label="SIRENE, établissements de l’ESS (INSEE)",
    source_label="INSEE, base Sirene des entreprises et de leurs établissements, Licence Ouverte 2.0",
    model=Offer,
    columns={name: (name,) for name in COLUMNS if name != "source"},
    required=COLUMNS,
)
SCANNED = 0.7
"""The share of the time that reading the stock takes."""


def read_stock(  # noqa: PLR0913 - what a stock is made of
    establishments: Path,
    units: Path | None,
    gazetteer: Gazetteer,
    *,
    source_date: date,
    departments: tuple[str, ...] = (),
    on_progress: Callable[[float, str], None] | None = None,
) -> Intake:
    """Return what comes of a stock: the active establishments of the ESS; what the filter left out is a notice.

    `read` counts the rows that the filter kept. Raises UnreadableFile.
    """

    def scanned(rows: int, total: int | None) -> None:
        if on_progress:
            share = SCANNED * rows / total if total else SCANNED / 2
            on_progress(share, f"{number(rows)} établissements lus")

    stock = read_sirene(establishments, units, departments=departments, on_progress=scanned)
    frames = [frame.astype(object).where(frame.notna(), "").astype("str") for frame in stock]
    frame = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=list(COLUMNS), dtype="str")
    raw = RawTable(
        establishments.name,
        COLUMNS,
        frame,
        np.arange(2, len(frame) + 2),
        notices=tuple(_left_out(establishments.name, stock)),
        format="sirene",
    )
    return take(raw, PROFILE, gazetteer, source_date=source_date)


def _left_out(file: str, stock: SireneStock) -> Iterator[DataIssue]:
    counts = stock.counts
    yield DataIssue(
        file, 0, "", number(counts.read), "établissements lus dans le stock", f"{number(counts.kept)} gardés."
    )
    for code, count in counts.left_out.items():
        term = REASONS[code]
        yield DataIssue(file, 0, "", number(count), f"laissés de côté : {term.label.lower()}", term.definition)
