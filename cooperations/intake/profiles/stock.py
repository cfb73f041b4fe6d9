"""Rows that a reader of its own already made into offers (the SIRENE stock): its columns are our attributes.

It is in no registry: `intake.take(stock_table(…), SIRENE, …)` checks and places such rows as any other list's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cooperations.intake.features import cell_of
from cooperations.intake.profiles.base import Profile
from cooperations.intake.raw import RawTable, frame_table
from cooperations.offers.model import Offer

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    *("source_key", "siret", "name", "trade_name", "family", "kind", "naf", "address", "post_code", "city"),
    *("commune_code", "department_code", "longitude", "latitude"),
)

SIRENE = Profile(
    code="sirene",
    label="Entreprises de l’ESS (base Sirene)",
    source_label="Base Sirene des entreprises et de leurs établissements, INSEE, Licence Ouverte 2.0",
    model=Offer,
    columns={attribute: (attribute,) for attribute in COLUMNS},
    required=COLUMNS,
)


def stock_table(file: str, frame: pd.DataFrame) -> RawTable:
    """Return a frame of offers (missing cells are NaN or None) as a raw table, its rows numbered from 2."""
    held = frame[[name for name in COLUMNS if name in frame]].astype(object)
    columns = {str(name): [cell_of(value) for value in held[name].where(held[name].notna(), None)] for name in held}
    return frame_table(file, columns, len(frame), "stock")
