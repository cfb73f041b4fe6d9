"""Points that several rows share: the same address is fine; different ones tell that the point locates none of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from rapidfuzz import fuzz

from cooperations.intake.vector import folded, replaced

if TYPE_CHECKING:
    from cooperations.intake.vector import Column, Mask
    from cooperations.intake.work import Work

SAME_WORDS = 88
"""Of 100: « rue Croix Pèlerine » and « r de la Croix Pelerine » are the same street."""
PER_DEGREE = 1_000_000
"""Points that are the same at a millionth of a degree (10 cm) are one point."""
POST_BOX = r"\b(?:bp|cs|tsa|cidex)\s*[0-9]+|[^a-z0-9 ]"
NUMBER = re.compile(r"\d+")


def shared_points(work: Work, kept: Mask) -> Mask:
    """Return which of the `kept` points stand for rows of different addresses or post codes."""
    found: Mask = np.zeros(len(work), dtype=bool)
    at = np.flatnonzero(kept)
    longitude, latitude = (work.numbers[axis][at] for axis in ("longitude", "latitude"))
    point = np.round((longitude + 180) * PER_DEGREE) * (360 * PER_DEGREE) + np.round((latitude + 90) * PER_DEGREE)
    again = pd.Series(point).duplicated(keep=False).to_numpy()
    held = work.cells.iloc[at[again]]
    several = pd.DataFrame({"post": held["post_code"], "address": _addresses(held["address"])})
    several["at"], several["point"] = at[again], point[again]
    told = several["post"] + "|" + several["address"]
    doubtful = several[told.groupby(several["point"]).transform("nunique") > 1]
    for _, group in doubtful.groupby("point", sort=False):
        if _differ(group):
            found[group["at"].to_numpy()] = True
    return found


def _addresses(column: Column[Any]) -> Column[Any]:
    return replaced(folded(column), POST_BOX, " ").str.strip()


def _differ(group: pd.DataFrame) -> bool:
    """Return whether one row is elsewhere than the first one."""
    if len(set(group["post"])) > 1:
        return True
    first, *others = group["address"].drop_duplicates().tolist()
    return any(not same_address(first, other) for other in others)


def same_address(one: str, other: str) -> bool:
    """Return whether two folded addresses may be the same: no number that contradicts, words that agree."""
    if not one or not other:
        return False
    numbers = set(NUMBER.findall(one)), set(NUMBER.findall(other))
    if all(numbers) and not numbers[0] & numbers[1]:
        return False
    return fuzz.token_set_ratio(NUMBER.sub("", one), NUMBER.sub("", other)) >= SAME_WORDS
