"""The mixed-integer program of a group, for HiGHS."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from cooperations.errors import GroupingFailed

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Answer = tuple[npt.NDArray[np.intp], npt.NDArray[np.bool_], float]

TIME_LIMIT_S = 5.0
SOLVED, INFEASIBLE = 0, 2
HALF = 0.5


@dataclass(frozen=True)
class Cover:
    """What is to be covered: n candidates, m lots.

    `cost` has n numbers, `covers` n × m booleans; `pairs` of candidates gain `pair_gain` when both are chosen;
    of each set of `at_most_shared`, at most so many may be chosen again.
    """

    cost: npt.NDArray[np.float64]
    covers: npt.NDArray[np.bool_]
    missing_cost: float
    pairs: Sequence[tuple[int, int]] = ()
    pair_gain: float = 0.0
    at_least: int = 1
    at_most_shared: Sequence[tuple[npt.NDArray[np.intp], int]] = ()


@dataclass
class _Rows:
    """Constraints, one after the other: low ≤ Σ coefficient × variable ≤ high."""

    entries: list[tuple[int, int, float]] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)

    def add(self, terms: Sequence[tuple[int, float]], low: float, high: float) -> None:
        row = len(self.low)
        self.entries += [(row, variable, coefficient) for variable, coefficient in terms]
        self.low.append(low)
        self.high.append(high)


def solve(cover: Cover) -> Answer | None:
    """Return the chosen candidates, what each is given (n × m) and the cost; None when no group is possible.

    Variables: n candidates, the given lots, m missing lots, the pairs. Raises GroupingFailed when HiGHS gives up.
    """
    size, lots = cover.covers.shape
    given = np.argwhere(cover.covers)
    first_missing = size + len(given)
    first_pair = first_missing + lots
    total = first_pair + len(cover.pairs)
    rows = _constraints(cover, given, first_missing, first_pair)
    cost = np.concatenate(
        (
            cover.cost,
            np.zeros(len(given)),
            np.full(lots, cover.missing_cost),
            np.full(len(cover.pairs), -cover.pair_gain),
        )
    )
    line, column, value = (np.array(part) for part in zip(*rows.entries, strict=True))
    matrix = coo_array((value, (line, column)), shape=(len(rows.low), total)).tocsr()
    found = milp(
        cost,
        integrality=np.ones(total),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(matrix, rows.low, rows.high),
        options={"time_limit": TIME_LIMIT_S, "mip_rel_gap": 0.0},
    )
    if found.status == INFEASIBLE:
        return None
    if found.status != SOLVED or found.x is None:
        raise GroupingFailed
    return _read(found.x, cover, given, float(found.fun))


def _constraints(cover: Cover, given: npt.NDArray[np.intp], first_missing: int, first_pair: int) -> _Rows:
    rows = _Rows()
    size, lots = cover.covers.shape
    by_lot: list[list[tuple[int, float]]] = [[(first_missing + lot, 1.0)] for lot in range(lots)]
    by_candidate: list[list[tuple[int, float]]] = [[] for _ in range(size)]
    for offset, (candidate, lot) in enumerate(given.tolist()):
        by_lot[lot].append((size + offset, 1.0))
        by_candidate[candidate].append((size + offset, 1.0))
        rows.add([(size + offset, 1.0), (candidate, -1.0)], -np.inf, 0.0)
    for terms in by_lot:
        rows.add(terms, 1.0, 1.0)
    for candidate, terms in enumerate(by_candidate):
        rows.add([*terms, (candidate, -1.0)], 0.0, np.inf)
    rows.add([(candidate, 1.0) for candidate in range(size)], float(cover.at_least), np.inf)
    for members, most in cover.at_most_shared:
        rows.add([(member, 1.0) for member in members.tolist()], 0.0, float(most))
    for offset, pair in enumerate(cover.pairs):
        for candidate in pair:
            rows.add([(first_pair + offset, 1.0), (candidate, -1.0)], -np.inf, 0.0)
    return rows


def _read(values: npt.NDArray[np.float64], cover: Cover, given: npt.NDArray[np.intp], cost: float) -> Answer:
    size = len(cover.cost)
    chosen = np.flatnonzero(values[:size] > HALF)
    share = np.zeros(cover.covers.shape, dtype=np.bool_)
    taken = values[size : size + len(given)] > HALF
    share[given[taken, 0], given[taken, 1]] = True
    return chosen, share, cost
