"""The matrix of every EPCI over many practices, and the same counts as pandas alone makes them."""

from __future__ import annotations

import random
import statistics
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import pandas as pd

from bench.server import ROOT
from cooperations import vocabularies as v
from cooperations.catalogue import Catalogue
from cooperations.coverage import coverage
from cooperations.criteria import Criteria
from cooperations.dataset import Dataset
from cooperations.decisions import Decisions
from cooperations.model import Practice
from cooperations.runtime import read_geo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cooperations.coverage import Coverage
    from cooperations.territories import Gazetteer

T = TypeVar("T")

PRACTICES = 250_000
RUNS = 7
WIDER = 0.1
"""The share of practices that hold for a department or for the region, and cover its EPCI."""


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds: the first matrix of a catalogue, one afterwards, pandas' own; and whether both counted the same."""

    practices: int
    keys: int
    first: float
    median: float
    crosstab: float
    same: bool


def timed_matrix() -> Timing:
    """Time the matrix and its peer, turn by turn on the same practices."""
    gazetteer = read_geo(ROOT / "geo")
    practices = tuple(_practices(gazetteer))
    catalogue = Catalogue(Dataset(practices, (), (), (), "bench"), gazetteer, revision=1)
    frame = _frame(practices, gazetteer)
    asked = Criteria(territories=tuple(department.key for department in gazetteer.departments))

    def matrix() -> Coverage:
        return coverage(catalogue, asked, Decisions(), "couvrant")

    first, shown = _timed(matrix)
    pairs = [(_timed(matrix)[0], _timed(lambda: _crosstab(frame, shown.keys))) for _ in range(RUNS)]
    own_counts = [[shown.cell(code, key).inside for key in shown.keys] for code in v.PRACTICE_TYPES.codes]
    return Timing(
        len(practices),
        len(shown.keys),
        first,
        statistics.median(own for own, _ in pairs),
        statistics.median(seconds for _, (seconds, _) in pairs),
        own_counts == pairs[0][1][1].to_numpy().tolist(),
    )


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    started = time.perf_counter()
    done = work()
    return time.perf_counter() - started, done


def _practices(gazetteer: Gazetteer) -> Iterator[Practice]:
    """Make practices up, the same at each run; they are not validated, which would take most of the time."""
    draw = random.Random(2016)  # noqa: S311 - made-up data, not a secret
    communes = [one.key for one in gazetteer if one.level == "commune"]
    wider = [*(one.key for one in gazetteer.departments), gazetteer.perimeter.key]
    kinds = [(term.parent or term.code, term.code if term.parent else None) for term in v.PRACTICES]
    for number in range(PRACTICES):
        practice_type, subtype = draw.choice(kinds)
        key = draw.choice(wider if draw.random() < WIDER else communes)
        yield Practice.model_construct(
            id=f"pratique-{number}",
            name=f"Pratique {number}",
            practice_type=practice_type,
            subtype=subtype,
            description="",
            status=draw.choice(v.STATUSES.codes),
            territories=(key,),
            precision=key.partition(":")[0],
        )


def _frame(practices: tuple[Practice, ...], gazetteer: Gazetteer) -> pd.DataFrame:
    places = (gazetteer.lineage(practice.territories[0]) for practice in practices)
    epci = [next((key for key in lineage if key.startswith("epci:")), None) for lineage in places]
    return pd.DataFrame({"type": [practice.practice_type for practice in practices], "epci": epci})


def _crosstab(frame: pd.DataFrame, keys: tuple[str, ...]) -> pd.DataFrame:
    counts = pd.crosstab(frame["type"], frame["epci"])
    return counts.reindex(index=list(v.PRACTICE_TYPES.codes), columns=list(keys), fill_value=0)
