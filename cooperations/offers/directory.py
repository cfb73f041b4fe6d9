"""The read index of offers: columns in memory, ready to be searched around a place and drawn.

Rows are positions, sorted from south to north so that a search looks at a band of the country only; those without a
point come last. `east` and `north` are EPSG:2154 metres, NaN without a point. `x` and `y` are integer Web Mercator
positions as in `mercator`, NOWHERE without a point. Sets of codes are bits, in the order of their vocabulary.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from cachetools import LRUCache

from cooperations import vocabularies as v
from cooperations.mercator import NOWHERE, to_world_arrays
from cooperations.offers.model import Offer
from cooperations.offers.proofs import NO_UNIT, units
from cooperations.offers.records import changes
from cooperations.offers.terms import EXACT, SECTOR_OF_FAMILY, SECTOR_OF_KIND, SECTORS, SERVICES
from cooperations.projection import to_metres_arrays
from cooperations.purchases import PURCHASE_FAMILIES, SEPARATOR
from cooperations.pyramid import Index, curve
from cooperations.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt

    from cooperations.catalogue import Catalogue, Rows
    from cooperations.model import Structure
    from cooperations.offers.records import Correction
    from cooperations.territories import Gazetteer

COLUMNS = (
    "id", "source", "source_date", "name", "trade_name", "family", "kind", "siret", "activity", "purchase_families",
    "services", "area_radius_km", "area_territories", "city", "commune_code", "department_code", "longitude",
    "latitude", "precision",
)  # fmt: skip
"""The attributes of an offer that the index needs; the rest is read from the store when an offer is shown."""
CURATED = "pratiques"
"""The source of the structures that data/ describes."""
NOT_SELLING = ("acteur_public", "entreprise_hors_ess")
KEPT_ANSWERS = 48
"""Answers that are kept; one that holds every row takes the room of FULL_ANSWER, for the memory it takes."""
FULL_ANSWER = 16


@dataclass(frozen=True, slots=True)
class Frames:
    """What an index is made of: frames of COLUMNS, imported or curated, and the corrections of people."""

    imported: Sequence[pd.DataFrame]
    curated: pd.DataFrame
    corrections: Sequence[Correction] = ()


class Directory:
    """The offers of one revision, indexed once and never changed."""

    def __init__(self, frames: Frames, catalogue: Catalogue, revision: int) -> None:
        self.catalogue = catalogue
        self.revision = revision
        every = [_corrected(one, frames.corrections, catalogue.gazetteer) for one in (*frames.imported, frames.curated)]
        both = pd.concat([_encoded(one) for one in every], ignore_index=True)
        frame = both[_kept(both)].sort_values(["north", "id"], ignore_index=True, na_position="last")
        del frame["source"]
        areas, self.area_keys = pd.factorize(frame.pop("area"))
        self.area: npt.NDArray[np.int32] = areas.astype(np.int32)
        self.no_area = next((code for code, keys in enumerate(self.area_keys) if not keys), -1)
        self.frame = frame
        self.located = int(frame["north"].notna().sum())
        self.lock = Lock()
        self.answers: LRUCache[Any, Any] = LRUCache(KEPT_ANSWERS, getsizeof=lambda found: self._share(len(found)))
        self.texts: pd.Series[str] = frame["text"]
        self.east: npt.NDArray[np.float32] = frame["east"].to_numpy()
        self.north: npt.NDArray[np.float32] = frame["north"].to_numpy()
        self.x: npt.NDArray[np.int32] = frame["x"].to_numpy()
        self.y: npt.NDArray[np.int32] = frame["y"].to_numpy()
        self.kind: npt.NDArray[np.int8] = frame["kind"].to_numpy()
        self.family: npt.NDArray[np.int8] = frame["family"].to_numpy()
        self.sector: npt.NDArray[np.int8] = frame["sector"].to_numpy()
        self.purchases: npt.NDArray[np.int32] = frame["purchases"].to_numpy()
        self.services: npt.NDArray[np.int8] = frame["services"].to_numpy()
        self.siren: npt.NDArray[np.int32] = frame["siren"].to_numpy()
        self.radius_m: npt.NDArray[np.float32] = frame["radius_m"].to_numpy()

    def __len__(self) -> int:
        return len(self.frame)

    def _share(self, found: int) -> float:
        return 1 + (FULL_ANSWER - 1) * found / max(1, len(self))

    @cached_property
    def curve(self) -> Rows:
        """The rows that have a point, along the curve that cuts the map into cells."""
        return curve(self.x, self.y)

    @cached_property
    def index(self) -> Index:
        """What is needed to draw rows."""
        return Index(self.x, self.y, self.sector, len(SECTORS.codes), self.ids, np.argsort)

    @cached_property
    def row_by_id(self) -> pd.Index[str]:
        """The ids, as an index that finds their row."""
        found: pd.Index[str] = pd.Index(self.frame["id"])
        return found

    @cached_property
    def name_rank(self) -> npt.NDArray[np.int32]:
        """The position of each row in the alphabetical order of names."""
        return np.asarray(self.texts.rank(method="first").to_numpy(np.int32))

    @cached_property
    def _sorted_ids(self) -> pd.Series[str]:
        return self.frame["id"].sort_values()

    @cached_property
    def id_rank(self) -> npt.NDArray[np.int32]:
        """The position of each row in the order of ids, which pages of an API follow."""
        ranks = np.empty(len(self), dtype=np.int32)
        ranks[self._sorted_ids.index.to_numpy()] = np.arange(len(self), dtype=np.int32)
        return ranks

    def rank_after(self, offer_id: str) -> int:
        """Return the position of the first id after `offer_id`, which need not be held any more."""
        return int(self._sorted_ids.searchsorted(offer_id, side="right"))

    @cached_property
    def with_area(self) -> Rows:
        """The rows that have a point and say how far they go."""
        says = ~np.isnan(self.radius_m) | (self.area != self.no_area)
        return np.flatnonzero(says[: self.located])

    def rows_of(self, ids: Iterable[str]) -> list[int]:
        """Return the rows of some offers in their order; ids that are not held are left out."""
        found = self.row_by_id.get_indexer(pd.Index(list(ids), dtype=self.row_by_id.dtype)).tolist()
        return [row for row in found if row >= 0]

    def ids(self, rows: Rows | Sequence[int]) -> list[str]:
        """Return the ids of some rows."""
        return [str(one) for one in self.frame["id"].iloc[np.asarray(rows, dtype=np.intp)]]


def structures_frame(structures: Iterable[Structure], catalogue: Catalogue) -> pd.DataFrame:
    """Return the structures of data/ that may sell, as a frame of COLUMNS."""
    rows = [_as_offer(one, catalogue) for one in structures if one.family not in NOT_SELLING]
    return pd.DataFrame(rows, columns=[*COLUMNS, "siren"])


def curated_offer(structure: Structure, catalogue: Catalogue) -> Offer:
    """Return a structure of data/ as an offer."""
    values = {name: value for name, value in _as_offer(structure, catalogue).items() if name in Offer.model_fields}
    whole = values | {
        "source_key": structure.id,
        "address": structure.address,
        "post_code": structure.post_code,
        "website": structure.website,
    }
    return Offer.model_validate(whole)


def _as_offer(structure: Structure, catalogue: Catalogue) -> dict[str, Any]:
    commune = structure.commune_code and catalogue.gazetteer[f"commune:{structure.commune_code}"]
    exact = structure.longitude is not None
    return {
        "id": f"{CURATED}-{structure.id}",
        "source": CURATED,
        "source_date": structure.checked_on,
        "name": structure.name,
        "family": structure.family,
        "kind": structure.kind,
        "siret": structure.siret,
        "siren": str(units(catalogue)[structure.id]),
        "activity": structure.activity,
        "city": commune.name if commune else None,
        "commune_code": structure.commune_code,
        "longitude": structure.longitude if exact or not commune else commune.longitude,
        "latitude": structure.latitude if exact or not commune else commune.latitude,
        "precision": "adresse" if exact else "commune" if commune else "inconnue",
    }


def _corrected(frame: pd.DataFrame, corrections: Iterable[Correction], gazetteer: Gazetteer) -> pd.DataFrame:
    """Return a frame with what people corrected, oldest first."""
    held = frozenset(frame["id"])
    wanted = [one for one in corrections if one.offer_id in held]
    if not wanted:
        return frame
    changed = frame.astype(object).set_index("id", drop=False)
    for one in wanted:
        for attribute, value in changes(one, gazetteer).items():
            if attribute in changed:
                changed.loc[one.offer_id, attribute] = value
    return changed.reset_index(drop=True)


def _encoded(frame: pd.DataFrame) -> pd.DataFrame:
    longitude = pd.to_numeric(frame["longitude"]).to_numpy(np.float64)
    latitude = pd.to_numeric(frame["latitude"]).to_numpy(np.float64)
    east, north = to_metres_arrays(longitude, latitude)
    x, y = to_world_arrays(longitude, latitude)
    kind, family = _positions(frame["kind"], v.KINDS), _positions(frame["family"], v.FAMILIES)
    siret = frame["siret"].astype("str")
    return pd.DataFrame(
        {
            "id": frame["id"].astype("str"),
            "name": frame["name"].astype("str"),
            "text": _searched(frame),
            "siret": siret,
            "siren": _siren(frame, siret),
            "source_date": pd.to_datetime(frame["source_date"]),
            "source": frame["source"].astype("str"),
            "curated": frame["source"].eq(CURATED).to_numpy(bool),
            "kind": kind,
            "family": family,
            "sector": _sectors(kind, family),
            "purchases": _bits(frame["purchase_families"], PURCHASE_FAMILIES).astype(np.int32),
            "services": _bits(frame["services"], SERVICES).astype(np.int8),
            "radius_m": (pd.to_numeric(frame["area_radius_km"]).to_numpy(np.float32) * 1000),
            "area": _text(frame["area_territories"]),
            "place": _text(frame["commune_code"]),
            "exact": frame["precision"].isin(EXACT).to_numpy(bool),
            "east": east.astype(np.float32),
            "north": north.astype(np.float32),
            "x": np.where(np.isnan(east), NOWHERE, x).astype(np.int32),
            "y": np.where(np.isnan(east), NOWHERE, y).astype(np.int32),
        }
    )


def _kept(frame: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Keep an establishment and kind from one list, the latest; and a structure of data/ only when no list has it.

    A list that tells sites of one SIRET apart keeps them all.
    """
    kept = np.ones(len(frame), dtype=np.bool_)
    latest = frame.sort_values(["curated", "source_date"], ascending=[True, False], kind="stable")
    latest = latest[latest["siret"].notna()]
    again = latest[latest.duplicated(["siret", "kind"], keep=False)]
    best = again.groupby(["siret", "kind"], sort=False)["source"].transform("first")
    kept[again.index[again["source"] != best]] = False
    listed = frame[~frame["curated"]]
    alone = frame["siret"].isna()
    known = (~alone & frame["siret"].isin(listed["siret"].dropna())) | (
        alone & (frame["siren"] >= 0) & frame["siren"].isin(listed["siren"])
    )
    kept[(frame["curated"] & known).to_numpy(dtype=np.bool_)] = False
    return kept


def _searched(frame: pd.DataFrame) -> pd.Series[str]:
    """Return what a text is looked for in: the name, and the rest after a sign that sorts before any letter."""
    parts = (_text(frame[name]) for name in ("name", "trade_name", "activity", "city"))
    folded = [fold(" ".join((name, "\1", *rest))) for name, *rest in zip(*parts, strict=True)]
    return pd.Series(folded, index=frame.index, dtype="str")


def _text(cells: pd.Series[Any]) -> pd.Series[Any]:
    return cells.astype("str").fillna("")


def _siren(frame: pd.DataFrame, siret: pd.Series[str]) -> npt.NDArray[np.int32]:
    known = siret.str[:9]
    if "siren" in frame:
        known = known.fillna(frame["siren"].astype("str"))
    return np.asarray(pd.to_numeric(known).fillna(NO_UNIT).to_numpy(np.int32))


def _positions(cells: pd.Series[Any], vocabulary: v.Vocabulary) -> npt.NDArray[np.int8]:
    position = {code: index for index, code in enumerate(vocabulary.codes)}
    return np.asarray(cells.map(position).fillna(-1).to_numpy(np.int8))


def _sectors(kind: npt.NDArray[np.int8], family: npt.NDArray[np.int8]) -> npt.NDArray[np.int8]:
    order, other = SECTORS.codes.index, SECTORS.codes.index("autre")
    of_family = np.array([order(SECTOR_OF_FAMILY.get(code, "autre")) for code in v.FAMILIES.codes] + [other], np.int8)
    of_kind = np.array([order(SECTOR_OF_KIND.get(code, "autre")) for code in v.KINDS.codes] + [other], np.int8)
    return np.where((kind >= 0) & (of_kind[kind] != other), of_kind[kind], of_family[family])


def _bits(cells: pd.Series[Any], vocabulary: v.Vocabulary) -> npt.NDArray[np.int64]:
    bit = {code: 1 << index for index, code in enumerate(vocabulary.codes)}
    distinct = {cell: sum(bit.get(code, 0) for code in str(cell).split(SEPARATOR)) for cell in cells.dropna().unique()}
    return np.asarray(cells.map(distinct).fillna(0).to_numpy(np.int64))
