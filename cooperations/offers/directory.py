"""The read index of offers: columns in memory, ready to be searched around a place and drawn.

Rows are positions, sorted from south to north so that a search looks at a band of the country only; those without a
point come last. `east` and `north` are EPSG:2154 metres, NaN without a point. `x` and `y` are integer Web Mercator
positions as in `mercator`, NOWHERE without a point. Sets of codes are bits, in the order of their vocabulary.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from cachetools import LRUCache

from cooperations.offers.encoding import CURATED, encoded, kept
from cooperations.offers.identifiers import Identifiers, ranks_of
from cooperations.offers.model import Offer
from cooperations.offers.proofs import units
from cooperations.offers.records import changes
from cooperations.offers.terms import SECTORS
from cooperations.pyramid import Index, curve

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
NOT_SELLING = ("acteur_public", "entreprise_hors_ess")
KEPT_ANSWERS = 48
"""Answers that are kept; one that holds every row takes the room of FULL_ANSWER, for the memory it takes."""
FULL_ANSWER = 16


@dataclass(frozen=True, slots=True)
class Frames:
    """What an index is made of: frames of COLUMNS, imported or curated, and the corrections of people."""

    imported: Iterable[pd.DataFrame]
    curated: pd.DataFrame
    corrections: Sequence[Correction] = ()


class Directory:
    """The offers of one revision, indexed once and never changed."""

    def __init__(self, frames: Frames, catalogue: Catalogue, revision: int) -> None:
        self.catalogue = catalogue
        self.revision = revision
        frame = _sorted(pd.concat(_encoded(frames, catalogue.gazetteer), ignore_index=True))
        self.identifiers = Identifiers(frame["id"])
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

    def prepare(self) -> None:
        """Work out what a first question would wait for: the order of names, and that of the curve."""
        _ = self.name_rank, self.curve

    @cached_property
    def index(self) -> Index:
        """What is needed to draw rows."""
        return Index(self.x, self.y, self.sector, len(SECTORS.codes), self.ids, np.argsort)

    @property
    def version(self) -> str:
        """What the address of an answer names the index by: the lists, and the records they are beside."""
        return f"{self.catalogue.revision}-{self.revision}"

    def __contains__(self, offer_id: object) -> bool:
        return self.identifiers.row(str(offer_id)) is not None

    @cached_property
    def name_rank(self) -> npt.NDArray[np.int32]:
        """The position of each row in the alphabetical order of names."""
        return ranks_of(self.texts)

    @cached_property
    def with_area(self) -> Rows:
        """The rows that have a point and say how far they go."""
        says = ~np.isnan(self.radius_m) | (self.area != self.no_area)
        return np.flatnonzero(says[: self.located])

    def rows_of(self, ids: Iterable[str]) -> list[int]:
        """Return the rows of some offers in their order; ids that are not held are left out."""
        return [row for row in map(self.identifiers.row, ids) if row is not None]

    def ids(self, rows: npt.NDArray[Any] | Sequence[int]) -> list[str]:
        """Return the ids of some rows."""
        return self.identifiers.of(np.asarray(rows, dtype=np.intp))


def _encoded(frames: Frames, gazetteer: Gazetteer) -> list[pd.DataFrame]:
    """Return the columns of the index; a frame is worked out while the database is asked for the next one."""

    def make(frame: pd.DataFrame) -> pd.DataFrame:
        return encoded(_corrected(frame, frames.corrections, gazetteer))

    with ThreadPoolExecutor(1) as beside:
        return list(beside.map(make, chain(frames.imported, [frames.curated])))


def _sorted(both: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that are kept, from south to north."""
    frame = both[kept(both)].drop(columns=["source", "siret", "curated"])
    order = np.lexsort((ranks_of(frame["id"]), frame["north"].to_numpy()))
    return frame.take(order).reset_index(drop=True)


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
    corrections = list(corrections)
    held = frozenset(frame["id"]) if corrections else frozenset()
    wanted = [one for one in corrections if one.offer_id in held]
    if not wanted:
        return frame
    changed = frame.astype(object).set_index("id", drop=False)
    for one in wanted:
        for attribute, value in changes(one, gazetteer).items():
            if attribute in changed:
                changed.loc[one.offer_id, attribute] = value
    return changed.reset_index(drop=True)
