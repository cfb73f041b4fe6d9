"""What an import would change: rows that are new, rows that differ, rows that are already there as they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from cooperations.intake.work import Intake

HELD_COLUMNS = ("id", "siret", "kind", "digest")
NUMBER_COLUMNS = frozenset(("longitude", "latitude", "area_radius_km", "amount_eur"))
NOT_COMPARED = "source_date"
"""A newer list that says the same changes nothing."""


@dataclass(frozen=True, eq=False)
class Plan:
    """What an import would do. `added` and `changed` have the columns of the model, their index is that of the intake.

    A changed row bears the id under which it is already held. `digests` are those of all accepted rows.
    """

    added: pd.DataFrame
    changed: pd.DataFrame
    unchanged: int
    refused: int
    read: int
    digests: pd.Series[str]


def digests(frame: pd.DataFrame) -> pd.Series[str]:
    """Return 16 hexadecimal digits for each row, made of all its cells but the day of the source."""
    columns: dict[str, pd.Series[Any]] = {}
    for name in frame.columns:
        if name == NOT_COMPARED:
            continue
        if name in NUMBER_COLUMNS:
            columns[name] = frame[name].astype("float64")
        else:
            columns[name] = frame[name].map(str, na_action="ignore").astype("str").fillna("")
    hashed = pd.util.hash_pandas_object(pd.DataFrame(columns, index=frame.index), index=False).to_numpy()
    return pd.Series([f"{value:016x}" for value in hashed.tolist()], index=frame.index, dtype="str")


def plan(intake: Intake, held: pd.DataFrame) -> Plan:
    """Return what importing would change, `held` being the rows of the same source: id, siret, kind and digest.

    A row is the same as a held one by its id, else by its SIRET and kind, when one row alone has them on each side and
    the held one is not in the file by its id: it keeps the id that it had.
    """
    accepted = intake.accepted.copy()
    known = pd.Index(held["id"].astype("str"))
    accepted["id"] = _held_ids(accepted, held, known)
    at = known.get_indexer(pd.Index(accepted["id"].astype("str")))
    before = held["digest"].to_numpy(dtype=object)
    said = digests(accepted)
    same = np.zeros(len(accepted), dtype=bool)
    same[at >= 0] = said.to_numpy(dtype=object)[at >= 0] == before[at[at >= 0]]
    return Plan(
        added=accepted[at < 0],
        changed=accepted[(at >= 0) & ~same],
        unchanged=int(same.sum()),
        refused=intake.refused,
        read=intake.read,
        digests=said,
    )


def _held_ids(accepted: pd.DataFrame, held: pd.DataFrame, known: pd.Index[Any]) -> pd.Series[Any]:
    """Return the ids of the accepted rows, those of the held rows for the ones found by SIRET and kind."""
    ids = accepted["id"]
    if "siret" not in accepted:
        return ids
    unmatched = ~ids.isin(known)
    free = held[~held["id"].isin(ids)]
    by_pair = _alone(free["siret"], free["kind"], free["id"])
    mine = _alone(accepted["siret"][unmatched], accepted["kind"][unmatched], ids[unmatched])
    renamed = {one: by_pair[pair] for pair, one in mine.items() if pair in by_pair}
    return ids.map(lambda one: renamed.get(one, one)) if renamed else ids


def _alone(sirets: Any, kinds: Any, ids: Any) -> dict[tuple[str, str], str]:
    """Return (SIRET, kind) → id of the rows that are alone to have them."""
    rows = pd.DataFrame({"siret": sirets, "kind": kinds.fillna(""), "id": ids}).dropna(subset=["siret"])
    alone = rows[~rows.duplicated(["siret", "kind"], keep=False)]
    return {(row.siret, row.kind): row.id for row in alone.itertuples()}  # type: ignore[misc]
