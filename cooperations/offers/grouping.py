"""Who could answer together: the groups that cover the lots of a need, cheapest first.

A set cover with preferences, solved exactly by HiGHS through `scipy.optimize.milp`. Each chosen structure is given at
least one lot, so that activities complement each other; each lot is given to one structure or named as missing. The
cost of a group is in kilometres: a lot that nobody covers costs more than any distance; then the distances of the
members, what one more member costs, minus what it is worth that two of them, or one of them, have cooperated before.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from cooperations.offers.needs import place_of
from cooperations.offers.proofs import partners_by_siren
from cooperations.offers.search import Found, search_nearest
from cooperations.purchases import PURCHASE_FAMILIES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    from cooperations.offers.directory import Directory
    from cooperations.offers.needs import Need

MOST_LOTS = 8
MOST_CANDIDATES = 2000
GROUPS_WANTED = 5
MISSING_LOT_KM = 10_000.0
ONE_MORE_MEMBER_KM = 5.0
"""A group of two at 10 km each is as good as one of three at 5 km each: fewer signatures, fewer meetings."""
HAS_COOPERATED_KM = 5.0
HAVE_COOPERATED_TOGETHER_KM = 20.0


@dataclass(frozen=True, slots=True)
class Member:
    """A structure of a group: its row, its distance, the lots that it is given, and all those it could take."""

    row: int
    distance_km: float
    lots: tuple[str, ...]
    could_take: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Structures that cover lots together; `together` are the pairs of rows that have cooperated before."""

    members: tuple[Member, ...]
    missing: tuple[str, ...]
    together: tuple[tuple[int, int], ...]
    cost_km: float

    @property
    def farthest_km(self) -> float:
        """How far the farthest member is."""
        return max((member.distance_km for member in self.members), default=0.0)


@dataclass(frozen=True, slots=True)
class Candidates:
    """Rows that cover at least one lot: their distance, a line of booleans by lot, and their legal unit."""

    rows: npt.NDArray[np.intp]
    distances_km: npt.NDArray[np.float64]
    covers: npt.NDArray[np.bool_]
    sirens: npt.NDArray[np.int32]
    lots: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.rows)

    def part(self, kept: npt.NDArray[np.intp]) -> Candidates:
        """Return some of the candidates."""
        return Candidates(self.rows[kept], self.distances_km[kept], self.covers[kept], self.sirens[kept], self.lots)


def candidates(directory: Directory, need: Need) -> Candidates:
    """Return who could take a lot: MOST_CANDIDATES at most, the nearest; none without a place or without lots."""
    lots = need.purchase_families[:MOST_LOTS]
    if not lots or place_of(need, directory.catalogue.gazetteer) is None:
        nobody = np.empty(0)
        return Candidates(
            nobody.astype(np.intp), nobody, np.empty((0, len(lots)), np.bool_), nobody.astype(np.int32), lots
        )
    found: Found = search_nearest(directory, need, MOST_CANDIDATES)
    bits = np.array([1 << PURCHASE_FAMILIES.codes.index(lot) for lot in lots])
    covers = (directory.purchases[found.rows][:, None] & bits) != 0
    return Candidates(found.rows, found.distances_km.astype(np.float64), covers, directory.siren[found.rows], lots)


def groups(directory: Directory, need: Need, wanted: int = GROUPS_WANTED) -> list[Group]:
    """Return the best groups, the best first; each shares at most half of its members with those before it.

    With one lot, a group is one structure; with more, two at least when two can each take a lot of their own.
    """
    everyone = candidates(directory, need)
    partners = partners_by_siren(directory.catalogue)
    kept = everyone.part(_worth_a_look(everyone, partners, wanted))
    found: list[Group] = []
    chosen: list[npt.NDArray[np.intp]] = []
    at_least = min(2, len(everyone.lots))
    while len(found) < wanted and len(kept):
        picked = _solve(kept, partners, chosen, at_least)
        if picked is None and not found and at_least > 1:
            # Nobody can share the work: one structure, and what it does not cover.
            at_least = 1
            continue
        if picked is None:
            break
        members, group = picked
        chosen.append(members)
        found.append(group)
    return found


def _worth_a_look(everyone: Candidates, partners: dict[int, frozenset[int]], wanted: int) -> npt.NDArray[np.intp]:
    """Return who can be in one of the best groups.

    Of those that cover the same lots, the nearest wanted × lots are enough: a farther one in a group can be exchanged
    for one of these that is in no group yet. Those that have cooperated are all kept, since distance is not all.
    """
    enough = wanted * max(1, len(everyone.lots))
    signatures = everyone.covers @ (1 << np.arange(len(everyone.lots)))
    seen: dict[int, int] = {}
    kept = []
    for index in np.argsort(everyone.distances_km, kind="stable").tolist():
        signature = int(signatures[index])
        seen[signature] = seen.get(signature, 0) + 1
        if seen[signature] <= enough or int(everyone.sirens[index]) in partners:
            kept.append(index)
    return np.array(sorted(kept), dtype=np.intp)


def _solve(
    some: Candidates, partners: dict[int, frozenset[int]], before: Sequence[npt.NDArray[np.intp]], at_least: int
) -> tuple[npt.NDArray[np.intp], Group] | None:
    from cooperations.offers.solver import Cover, solve  # noqa: PLC0415 - scipy is slow to import, and only this needs it

    pairs = list(_pairs(some, partners))
    known = np.array([int(siren) in partners for siren in some.sirens], dtype=np.float64)
    cover = Cover(
        cost=some.distances_km + ONE_MORE_MEMBER_KM - HAS_COOPERATED_KM * known,
        covers=some.covers,
        missing_cost=MISSING_LOT_KM,
        pairs=pairs,
        pair_gain=HAVE_COOPERATED_TOGETHER_KM,
        at_least=at_least,
        at_most_shared=[(members, len(members) // 2) for members in before],
    )
    answer = solve(cover)
    if answer is None:
        return None
    members, given, cost = answer
    return members, _group(some, members, given, pairs, cost)


def _group(
    some: Candidates,
    members: npt.NDArray[np.intp],
    given: npt.NDArray[np.bool_],
    pairs: Sequence[tuple[int, int]],
    cost: float,
) -> Group:
    made = tuple(
        Member(
            int(some.rows[one]),
            float(some.distances_km[one]),
            _named(some.lots, given[one]),
            _named(some.lots, some.covers[one]),
        )
        for one in members.tolist()
    )
    inside = set(members.tolist())
    together = tuple((int(some.rows[one]), int(some.rows[other])) for one, other in pairs if {one, other} <= inside)
    missing = _named(some.lots, np.asarray(~given.any(axis=0)))
    ordered = tuple(sorted(made, key=lambda member: (member.distance_km, member.row)))
    return Group(ordered, missing, together, round(cost, 3))


def _named(lots: tuple[str, ...], flags: npt.NDArray[np.bool_]) -> tuple[str, ...]:
    return tuple(lot for lot, flag in zip(lots, flags.tolist(), strict=True) if flag)


def _pairs(some: Candidates, partners: dict[int, frozenset[int]]) -> Iterator[tuple[int, int]]:
    known = [index for index, siren in enumerate(some.sirens.tolist()) if siren in partners]
    for one, other in combinations(known, 2):
        first, second = int(some.sirens[one]), int(some.sirens[other])
        if first != second and second in partners[first]:
            yield one, other
