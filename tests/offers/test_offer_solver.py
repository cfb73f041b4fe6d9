"""The mixed-integer program of a group, held against trying every group."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperations.errors import GroupingFailed, http_status
from cooperations.offers import solver
from cooperations.offers.solver import Cover, solve

MISSING = 10_000.0


def can_share(members: tuple[int, ...], covers: np.ndarray) -> bool:
    """Return whether each member can be given a lot of its own."""
    if not members:
        return True
    first, *others = members
    lots = range(covers.shape[1])
    return any(covers[first, lot] and can_share(tuple(others), _without(covers, lot)) for lot in lots)


def _without(covers: np.ndarray, lot: int) -> np.ndarray:
    left = covers.copy()
    left[:, lot] = False
    return left


def cost_of(cover: Cover, members: tuple[int, ...]) -> float:
    """Return what a group costs: members, missing lots, less the pairs inside."""
    missing = int((~cover.covers[list(members)].any(axis=0)).sum())
    pairs = sum({one, other} <= set(members) for one, other in cover.pairs)
    return float(cover.cost[list(members)].sum()) + missing * cover.missing_cost - pairs * cover.pair_gain


def tried(cover: Cover) -> float | None:
    """Return the cost of the best group, by trying all of them; None when none is possible."""
    size, lots = cover.covers.shape
    possible = [
        cost_of(cover, members)
        for count in range(max(1, cover.at_least), min(size, lots) + 1)
        for members in combinations(range(size), count)
        if can_share(members, cover.covers)
        and all(len(set(members) & set(before.tolist())) <= most for before, most in cover.at_most_shared)
    ]
    return min(possible, default=None)


@st.composite
def covers(draw: st.DrawFn) -> Cover:
    """Draw a small need: candidates of any distance, lots that some of them cover, pairs that have cooperated."""
    size, lots = draw(st.integers(1, 7)), draw(st.integers(1, 4))
    km = st.integers(0, 300).map(float)
    couples = list(combinations(range(size), 2))
    flags = draw(st.lists(st.booleans(), min_size=size * lots, max_size=size * lots))
    before = draw(st.lists(st.lists(st.integers(0, size - 1), min_size=1, max_size=4, unique=True), max_size=2))
    return Cover(
        cost=np.array(draw(st.lists(km, min_size=size, max_size=size))),
        covers=np.array(flags, dtype=np.bool_).reshape(size, lots),
        missing_cost=MISSING,
        pairs=draw(st.lists(st.sampled_from(couples), max_size=4, unique=True)) if couples else [],
        pair_gain=float(draw(st.integers(0, 40))),
        at_least=draw(st.integers(1, min(2, lots))),
        at_most_shared=[(np.array(group), len(group) // 2) for group in before],
    )


@given(cover=covers())
def test_the_answer_costs_what_the_best_of_all_groups_costs(cover: Cover) -> None:
    """Exactly, whatever the lots, the distances and the past; and it is none when no group is possible."""
    answer, best = solve(cover), tried(cover)
    assert (answer is None) is (best is None)
    if answer is None or best is None:
        return
    members, given_lots, cost = answer
    assert cost == pytest.approx(best, abs=1e-4)
    assert cost == pytest.approx(cost_of(cover, tuple(members.tolist())), abs=1e-4)
    check_shares(cover, members, given_lots)


def check_shares(cover: Cover, members: np.ndarray, given_lots: np.ndarray) -> None:
    """Check that each member has a lot that it covers, and each lot one member at most."""
    assert given_lots[members].any(axis=1).all()
    assert np.flatnonzero(given_lots.any(axis=1)).tolist() == members.tolist()
    assert not (given_lots & ~cover.covers).any()
    assert given_lots.sum(axis=0).max() <= 1
    assert (given_lots.any(axis=0) == cover.covers[members].any(axis=0)).all()
    assert len(members) >= cover.at_least


TWO_LOTS = Cover(
    cost=np.array([10.0, 10.0, 30.0]),
    covers=np.array([[True, False], [False, True], [True, True]]),
    missing_cost=MISSING,
)


@pytest.mark.parametrize(
    ("cover", "members"),
    [
        pytest.param(TWO_LOTS, [0, 1], id="two near ones"),
        pytest.param(replace(TWO_LOTS, cost=np.array([20.0, 20.0, 30.0])), [2], id="one that does both"),
        pytest.param(replace(TWO_LOTS, cost=np.array([20.0, 25.0, 30.0]), at_least=2), [0, 1], id="two are wanted"),
        pytest.param(
            replace(TWO_LOTS, cost=np.array([20.0, 20.0, 30.0]), pairs=[(0, 1)], pair_gain=15.0),
            [0, 1],
            id="two that have cooperated",
        ),
        pytest.param(
            replace(TWO_LOTS, at_most_shared=[(np.array([0, 1]), 1)], at_least=2), [0, 2], id="another than before"
        ),
    ],
)
def test_preferences_weigh_as_they_are_said(cover: Cover, members: list[int]) -> None:
    """Coverage first, then distance, then fewer members, and past cooperation against them."""
    answer = solve(cover)
    assert answer is not None
    found, given_lots, _ = answer
    assert found.tolist() == members
    check_shares(cover, found, given_lots)


def test_a_lot_that_nobody_covers_does_not_stop_the_others() -> None:
    """It costs, and it is left."""
    answer = solve(replace(TWO_LOTS, covers=np.array([[True, False], [True, False], [False, False]])))
    assert answer is not None
    members, given_lots, cost = answer
    assert (len(members), cost) == (1, MISSING + 10)
    assert given_lots.any(axis=0).tolist() == [True, False]


def test_no_group_is_not_an_error() -> None:
    """Two are wanted, and only one can be given something."""
    assert solve(replace(TWO_LOTS, covers=np.array([[True, False]] * 3), at_least=2)) is None


def test_running_out_of_time_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Never a group that may not be the best, shown as the best."""
    monkeypatch.setattr(solver, "TIME_LIMIT_S", 0.0)
    draw = np.random.default_rng(1)
    hard = Cover(draw.uniform(1, 50, 300), draw.random((300, 8)) < 0.3, MISSING, [(n, n + 1) for n in range(299)], 20.0)
    with pytest.raises(GroupingFailed, match="n’a pas abouti à temps") as failed:
        solve(hard)
    assert http_status(failed.value) == 503
