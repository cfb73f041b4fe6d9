"""Who could answer together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cooperations.offers.grouping import (
    GROUPS_WANTED,
    HAS_COOPERATED_KM,
    HAVE_COOPERATED_TOGETHER_KM,
    MISSING_LOT_KM,
    MOST_LOTS,
    ONE_MORE_MEMBER_KM,
    Candidates,
    Group,
    _solve,
    _worth_a_look,
    candidates,
    groups,
)
from cooperations.offers.needs import Need
from cooperations.purchases import PURCHASE_FAMILIES, SEPARATOR
from tests.offers.offering import (
    ARDITS,
    FRANCE,
    GIRONDE,
    HERE,
    LANDES_PARTAGE,
    a_directory,
    a_siret,
    an_offer,
    at_km,
    cooperating,
    some_offers,
)

if TYPE_CHECKING:
    from cooperations.catalogue import Catalogue
    from cooperations.offers.directory import Directory
    from cooperations.offers.model import Offer
    from cooperations.territories import Gazetteer

CLEANING, GARDENS, LAUNDRY = "nettoyage", "espaces_verts", "textile_blanchisserie"
TWO_LOTS = Need(place=HERE, radius_km="50", purchase_families=(CLEANING, GARDENS))


def seller(gazetteer: Gazetteer, offer_id: str, km: float, *lots: str, **values: Any) -> Offer:
    """Return an offer that sells lots so far east of Mont-de-Marsan."""
    return an_offer(offer_id, purchase_families=SEPARATOR.join(lots), **at_km(gazetteer, km), **values)


def members(directory: Directory, group: Group) -> list[str]:
    """Return the ids of the members of a group."""
    return directory.ids([member.row for member in group.members])


def best(catalogue: Catalogue, need: Need, *offers: Offer) -> list[list[str]]:
    """Return the members of each group proposed, in order."""
    directory = a_directory(catalogue, offers)
    return [members(directory, group) for group in groups(directory, need)]


def test_activities_complement_each_other(catalogue: Catalogue) -> None:
    """One cleans, the other gardens: each has its lot, nothing is missing, and the cost is in kilometres."""
    near = catalogue.gazetteer
    directory = a_directory(catalogue, [seller(near, "propre", 3, CLEANING), seller(near, "vert", 4, GARDENS)])
    (group,) = groups(directory, TWO_LOTS)
    assert members(directory, group) == ["propre", "vert"]
    assert [(member.lots, member.could_take) for member in group.members] == [((CLEANING,),) * 2, ((GARDENS,),) * 2]
    assert (group.missing, group.together) == ((), ())
    assert group.cost_km == pytest.approx(3 + 4 + 2 * ONE_MORE_MEMBER_KM, abs=0.01)
    assert group.farthest_km == pytest.approx(4, abs=0.01)


def test_a_lot_that_nobody_covers_is_named(catalogue: Catalogue) -> None:
    """The others are proposed all the same."""
    near = catalogue.gazetteer
    directory = a_directory(catalogue, [seller(near, "propre", 3, CLEANING), seller(near, "vert", 4, GARDENS)])
    need = Need(place=HERE, purchase_families=(LAUNDRY, CLEANING, GARDENS))
    (group,) = groups(directory, need)
    assert group.missing == (LAUNDRY,)
    assert group.cost_km > MISSING_LOT_KM


@pytest.mark.parametrize(
    ("lots", "missing"),
    [
        pytest.param([(CLEANING,)], (GARDENS,), id="one that does one of them"),
        pytest.param([(CLEANING,), (CLEANING,)], (GARDENS,), id="two that do the same"),
        pytest.param([(CLEANING, GARDENS)], (), id="one that does both"),
    ],
)
def test_who_cannot_share_answers_alone(catalogue: Catalogue, lots: list[tuple[str, ...]], missing: tuple[str]) -> None:
    """Two at least when somebody can share the work; else one, and what is missing, rather than nothing."""
    offers = [seller(catalogue.gazetteer, f"une-{km}", km, *held) for km, held in enumerate(lots, 1)]
    directory = a_directory(catalogue, offers)
    found = groups(directory, TWO_LOTS)
    assert [members(directory, group) for group in found] == [[offer.id] for offer in offers]
    assert {group.missing for group in found} == {missing}


def test_the_closer_group_comes_first(catalogue: Catalogue) -> None:
    """Then the next ones, which share at most half of its members."""
    near = catalogue.gazetteer
    offers = [
        *(seller(near, f"propre-{km}", km, CLEANING) for km in (1, 6)),
        *(seller(near, f"vert-{km}", km, GARDENS) for km in (2, 9)),
    ]
    assert best(catalogue, TWO_LOTS, *offers) == [
        ["propre-1", "vert-2"],
        ["vert-2", "propre-6"],
        ["propre-1", "vert-9"],
        ["propre-6", "vert-9"],
    ]


def test_those_that_have_cooperated_are_preferred(catalogue: Catalogue) -> None:
    """Ardits and Landes Partage answered together in the Landes: worth a detour, not a journey."""
    near = catalogue.gazetteer
    others = [seller(near, "propre", 5, CLEANING), seller(near, "vert", 5, GARDENS)]

    def first(km: float) -> list[str]:
        pair = [
            seller(near, "ardits", km, CLEANING, siret=ARDITS),
            seller(near, "partage", km + 1, GARDENS, siret=LANDES_PARTAGE),
        ]
        return best(catalogue, TWO_LOTS, *others, *pair)[0]

    gain = (HAVE_COOPERATED_TOGETHER_KM + 2 * HAS_COOPERATED_KM) / 2
    assert first(5 + gain - 1) == ["ardits", "partage"]
    assert first(5 + gain + 1) == ["propre", "vert"]


def test_past_cooperation_is_named(catalogue: Catalogue) -> None:
    """The pair of rows, so that the page can say it."""
    near = catalogue.gazetteer
    pair = [
        seller(near, "ardits", 3, CLEANING, siret=ARDITS),
        seller(near, "partage", 4, GARDENS, siret=LANDES_PARTAGE),
    ]
    directory = a_directory(catalogue, pair)
    (group,) = groups(directory, TWO_LOTS)
    ((one, other),) = group.together
    assert set(directory.ids([one, other])) == {"ardits", "partage"}


def test_one_lot_is_one_structure(catalogue: Catalogue) -> None:
    """The nearest ones, each alone."""
    near = catalogue.gazetteer
    offers = [seller(near, f"propre-{km}", km, CLEANING) for km in (4, 1, 3)]
    need = Need(place=HERE, purchase_families=(CLEANING,))
    assert best(catalogue, need, *offers) == [["propre-1"], ["propre-3"], ["propre-4"]]


@pytest.mark.parametrize(
    "need",
    [
        pytest.param(Need(purchase_families=(CLEANING, GARDENS)), id="no place"),
        pytest.param(Need(place=HERE), id="no lot"),
        pytest.param(Need(place=HERE, purchase_families=(LAUNDRY, "numerique")), id="lots that nobody covers"),
        pytest.param(Need(place="commune:24322", radius_km="5", purchase_families=(CLEANING,)), id="nobody near"),
    ],
)
def test_without_a_place_or_a_lot_there_is_no_group(catalogue: Catalogue, need: Need) -> None:
    """An empty answer, which the page explains."""
    near = catalogue.gazetteer
    assert best(catalogue, need, seller(near, "propre", 3, CLEANING), seller(near, "vert", 4, GARDENS)) == []


def test_who_does_not_come_is_not_proposed(catalogue: Catalogue) -> None:
    """The structure's own area counts here as in a search; who comes from beyond the radius is not asked."""
    near = catalogue.gazetteer
    offers = [
        seller(near, "propre", 3, CLEANING, area_territories=GIRONDE),
        seller(near, "loin", 80, CLEANING, area_territories=FRANCE),
        seller(near, "vert", 4, GARDENS),
    ]
    assert best(catalogue, TWO_LOTS, *offers) == [["vert"]]


def test_the_lots_are_those_of_the_need_in_its_order(catalogue: Catalogue) -> None:
    """Eight at most; a candidate says which of them it covers."""
    near = catalogue.gazetteer
    codes = PURCHASE_FAMILIES.codes[: MOST_LOTS + 1]
    directory = a_directory(catalogue, [seller(near, "tout", 3, *codes), seller(near, "une", 4, codes[2])])
    found = candidates(directory, Need(place=HERE, purchase_families=codes[::-1]))
    assert found.lots == codes[::-1][:MOST_LOTS]
    assert directory.ids(found.rows) == ["tout", "une"]
    assert found.covers.tolist() == [[True] * MOST_LOTS, [lot == codes[2] for lot in found.lots]]


LOTS = st.lists(st.sampled_from(PURCHASE_FAMILIES.codes), min_size=1, max_size=5, unique=True).map(tuple)


@settings(max_examples=40)
@given(lots=LOTS, seed=st.integers(0, 40), radius=st.sampled_from(("20", "60", "150")))
def test_every_group_keeps_the_promises(catalogue: Catalogue, lots: tuple[str, ...], seed: int, radius: str) -> None:
    """Whatever the offers: lots given once, to who covers them; missing ones are those left; groups differ."""
    directory = a_directory(catalogue, some_offers(catalogue.gazetteer, 80, seed))
    found = groups(directory, Need(place=HERE, radius_km=radius, purchase_families=lots))
    assert len(found) <= GROUPS_WANTED
    for group in found:
        taken = [lot for member in group.members for lot in member.lots]
        assert sorted([*taken, *group.missing]) == sorted(lots)
        assert all(member.lots and set(member.lots) <= set(member.could_take) for member in group.members)
        assert not any(lot in member.could_take for member in group.members for lot in group.missing)
        assert group.farthest_km <= float(radius)
        assert [member.distance_km for member in group.members] == sorted(m.distance_km for m in group.members)
    costs = [group.cost_km for group in found]
    assert costs == sorted(costs)
    rows = [{member.row for member in group.members} for group in found]
    for number, mine in enumerate(rows):
        assert all(len(mine & before) <= len(before) // 2 for before in rows[:number])


@st.composite
def many_candidates(draw: st.DrawFn) -> tuple[Candidates, dict[int, frozenset[int]]]:
    """Draw more candidates than are worth a look, some of which have cooperated, and their partners."""
    size, lots = draw(st.integers(1, 40)), draw(st.integers(1, 3))
    km = draw(st.lists(st.integers(0, 60).map(float), min_size=size, max_size=size))
    flags = draw(st.lists(st.integers(1, 2**lots - 1), min_size=size, max_size=size))
    units = draw(st.lists(st.integers(1, 12), min_size=size, max_size=size))
    pairs = draw(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), max_size=4))
    partners: dict[int, set[int]] = {}
    for one, other in pairs:
        if one != other:
            partners.setdefault(one, set()).add(other)
            partners.setdefault(other, set()).add(one)
    covers = np.array([[bool(flag >> lot & 1) for lot in range(lots)] for flag in flags])
    codes = PURCHASE_FAMILIES.codes[:lots]
    made = Candidates(np.arange(size), np.array(km), covers, np.array(units, dtype=np.int32), codes)
    return made, {one: frozenset(others) for one, others in partners.items()}


@given(drawn=many_candidates(), wanted=st.integers(1, 3))
def test_looking_at_fewer_candidates_never_changes_the_best_group(
    drawn: tuple[Candidates, dict[int, frozenset[int]]], wanted: int
) -> None:
    """The farther ones of those that do the same could only cost more."""
    everyone, partners = drawn
    kept = everyone.part(_worth_a_look(everyone, partners, wanted))
    for at_least in {1, min(2, len(everyone.lots))}:
        whole, few = _solve(everyone, partners, [], at_least), _solve(kept, partners, [], at_least)
        assert (whole is None) is (few is None)
        if whole is not None and few is not None:
            assert few[1].cost_km == pytest.approx(whole[1].cost_km, abs=0.01)


def test_few_of_many_that_do_the_same_are_looked_at(catalogue: Catalogue) -> None:
    """Two thousand gardeners are not two thousand unknowns; those that have cooperated are all looked at."""
    size = 2000
    made = Candidates(
        np.arange(size),
        np.arange(size, dtype=float),
        np.ones((size, 1), np.bool_),
        np.arange(size, dtype=np.int32),
        ("x",),
    )
    kept = _worth_a_look(made, {1900: frozenset({1})}, GROUPS_WANTED)
    assert kept.tolist() == [*range(GROUPS_WANTED), 1900]
    assert len(catalogue) == 19


def test_establishments_of_one_unit_have_not_cooperated_together(gazetteer: Gazetteer) -> None:
    """Past cooperation is between two organisations."""
    made = cooperating(gazetteer, (1, 2))
    twins = [
        seller(gazetteer, "aci", 2, CLEANING, siret=a_siret(1), kind="ACI"),
        seller(gazetteer, "ei", 3, GARDENS, siret=a_siret(1), kind="EI"),
    ]
    directory = a_directory(made, twins)
    (group,) = groups(directory, TWO_LOTS)
    assert group.together == ()
