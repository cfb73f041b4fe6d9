"""The columns of the read index of offers, made of the frames of a list: texts folded, codes as small numbers.

A list may have a million rows: each distinct value is looked at once, and texts stay in Arrow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from cooperations import vocabularies as v
from cooperations.folding import fold_all, joined
from cooperations.mercator import NOWHERE, to_world_arrays
from cooperations.offers.proofs import NO_UNIT
from cooperations.offers.terms import EXACT, SECTOR_OF_FAMILY, SECTOR_OF_KIND, SECTORS, SERVICES
from cooperations.projection import to_metres_arrays
from cooperations.purchases import PURCHASE_FAMILIES, SEPARATOR

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

CURATED = "pratiques"
"""The source of the structures that data/ describes."""
NO_SIRET = -1
ESTABLISHMENT = 100_000
"""A SIRET is a SIREN and five digits."""


def encoded(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the columns of the index for the rows of a frame."""
    longitude = pd.to_numeric(frame["longitude"]).to_numpy(np.float64)
    latitude = pd.to_numeric(frame["latitude"]).to_numpy(np.float64)
    east, north = to_metres_arrays(longitude, latitude)
    x, y = to_world_arrays(longitude, latitude)
    kind, family = _positions(frame["kind"], v.KINDS), _positions(frame["family"], v.FAMILIES)
    siret = _numbers(frame["siret"], NO_SIRET)
    return pd.DataFrame(
        {
            "id": frame["id"].astype("str"),
            "name": frame["name"].astype("str"),
            "text": pd.array(_searched(frame), dtype="str"),
            "siret": siret,
            "siren": _siren(frame, siret),
            "source_date": _days(frame["source_date"]),
            "source": frame["source"].astype("str"),
            "curated": frame["source"].eq(CURATED).to_numpy(bool),
            "kind": kind,
            "family": family,
            "sector": _sectors(kind, family),
            "purchases": _bits(frame["purchase_families"], PURCHASE_FAMILIES).astype(np.int32),
            "services": _bits(frame["services"], SERVICES).astype(np.int8),
            "radius_m": (pd.to_numeric(frame["area_radius_km"]).to_numpy(np.float32) * 1000),
            "area": frame["area_territories"].astype("str").fillna(""),
            "exact": _each(frame["precision"], lambda code: code in EXACT, default=False),
            "east": east.astype(np.float32),
            "north": north.astype(np.float32),
            "x": np.where(np.isnan(east), NOWHERE, x).astype(np.int32),
            "y": np.where(np.isnan(east), NOWHERE, y).astype(np.int32),
        }
    )


def kept(frame: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Keep an establishment and kind from one list, the latest; and a structure of data/ only when no list has it.

    A list that tells sites of one SIRET apart keeps them all.
    """
    held = np.ones(len(frame), dtype=np.bool_)
    again = frame[(frame["siret"] != NO_SIRET) & frame.duplicated(["siret", "kind"], keep=False)]
    again = again.sort_values(["curated", "source_date", "id"], ascending=[True, False, True])
    best = again.groupby(["siret", "kind"], sort=False)["source"].transform("first")
    held[again.index[again["source"] != best]] = False
    listed = frame[~frame["curated"]]
    alone = frame["siret"] == NO_SIRET
    known = (~alone & frame["siret"].isin(listed["siret"])) | (
        alone & (frame["siren"] >= 0) & frame["siren"].isin(listed["siren"])
    )
    held[(frame["curated"] & known).to_numpy(dtype=np.bool_)] = False
    return held


def _searched(frame: pd.DataFrame) -> pa.Array:
    """Return what a text is looked for in: the name, and the rest after a sign that sorts before any letter."""
    name, *rest = (fold_all(_texts(frame[name])) for name in ("name", "trade_name", "activity", "city"))
    return joined(name, pa.scalar("\1", pa.large_string()), *rest)


def _texts(cells: pd.Series[Any]) -> pa.Array:
    held = pa.array(cells.astype("str"), type=pa.large_string(), from_pandas=True)
    return held.combine_chunks() if isinstance(held, pa.ChunkedArray) else held


def _numbers(cells: pd.Series[Any], absent: int) -> npt.NDArray[np.int64]:
    """Return texts of digits as numbers."""
    return np.asarray(pc.fill_null(pc.cast(_texts(cells), pa.int64()), absent))


def _siren(frame: pd.DataFrame, siret: npt.NDArray[np.int64]) -> npt.NDArray[np.int32]:
    otherwise = _numbers(frame["siren"], NO_UNIT) if "siren" in frame else NO_UNIT
    return np.where(siret == NO_SIRET, otherwise, siret // ESTABLISHMENT).astype(np.int32)


def _days(cells: pd.Series[Any]) -> npt.NDArray[np.datetime64]:
    ranks, distinct = pd.factorize(cells)
    days = np.append(pd.to_datetime(pd.Series(distinct)).to_numpy("datetime64[s]"), np.datetime64("NaT"))
    return np.asarray(days[ranks])


def _positions(cells: pd.Series[Any], vocabulary: v.Vocabulary) -> npt.NDArray[np.int8]:
    position = {code: index for index, code in enumerate(vocabulary.codes)}
    return _each(cells, lambda code: position.get(code, -1), default=-1).astype(np.int8)


def _sectors(kind: npt.NDArray[np.int8], family: npt.NDArray[np.int8]) -> npt.NDArray[np.int8]:
    order, other = SECTORS.codes.index, SECTORS.codes.index("autre")
    of_family = np.array([order(SECTOR_OF_FAMILY.get(code, "autre")) for code in v.FAMILIES.codes] + [other], np.int8)
    of_kind = np.array([order(SECTOR_OF_KIND.get(code, "autre")) for code in v.KINDS.codes] + [other], np.int8)
    return np.where((kind >= 0) & (of_kind[kind] != other), of_kind[kind], of_family[family])


def _bits(cells: pd.Series[Any], vocabulary: v.Vocabulary) -> npt.NDArray[np.int64]:
    bit = {code: 1 << index for index, code in enumerate(vocabulary.codes)}
    return _each(cells, lambda cell: sum(bit.get(code, 0) for code in cell.split(SEPARATOR)), default=0)


def _each(cells: pd.Series[Any], value: Callable[[str], int], default: int) -> npt.NDArray[Any]:
    """Return the value of each cell, worked out once for each that differs; an absent one has `default`."""
    ranks, distinct = pd.factorize(cells)
    return np.array([*(value(str(one)) for one in distinct), default])[ranks]
