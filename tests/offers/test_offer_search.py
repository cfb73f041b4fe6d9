"""Who is near and comes there."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperations.errors import InvalidParameter, UnknownTerritory
from cooperations.offers.needs import Need, Place, place_of
from cooperations.offers.proofs import proofs_by_siren
from cooperations.offers.search import Found, search, search_nearest
from cooperations.projection import to_metres
from cooperations.text import fold
from tests.making import PAU, VILLENEUVE_DE_MARSAN
from tests.offers.offering import (
    ARDITS,
    FRANCE,
    GIRONDE,
    HERE,
    LANDES,
    a_directory,
    an_offer,
    at_km,
    in_commune,
    some_offers,
)
from tests.offers.test_offer_needs import NEEDS

if TYPE_CHECKING:
    from cooperations.catalogue import Catalogue
    from cooperations.offers.directory import Directory
    from cooperations.offers.model import Offer

AROUND = Need(place=HERE, radius_km="10")


def ids(directory: Directory, found: Found) -> list[str]:
    """Return the ids of what was found, in order."""
    return directory.ids(found.rows)


def found_in(catalogue: Catalogue, need: Need, *offers: Offer) -> list[str]:
    """Return the ids of the offers that answer a need, in order."""
    directory = a_directory(catalogue, offers)
    return ids(directory, search(directory, need))


def test_the_closer_comes_first(catalogue: Catalogue) -> None:
    """By distance, whatever the order of the list."""
    near = catalogue.gazetteer
    offers = [
        an_offer("farther", **at_km(near, 8)),
        an_offer("closer", **at_km(near, -2)),
        an_offer("here", **at_km(near, 0)),
    ]
    directory = a_directory(catalogue, offers)
    found = search(directory, AROUND)
    assert ids(directory, found) == ["here", "closer", "farther"]
    assert found.distances_km == pytest.approx([0, 2, 8], abs=0.002)


@pytest.mark.parametrize(
    ("east", "north", "inside"),
    [
        pytest.param(9.99, 0, True, id="ten metres inside, to the east"),
        pytest.param(10.01, 0, False, id="ten metres outside, to the east"),
        pytest.param(0, 9.99, True, id="ten metres inside, to the north"),
        pytest.param(0, -10.01, False, id="ten metres outside, to the south"),
        pytest.param(7.06, 7.06, True, id="inside, on the diagonal"),
        pytest.param(7.08, 7.08, False, id="outside, in the corner of the square"),
    ],
)
def test_the_radius_is_a_circle(catalogue: Catalogue, east: float, north: float, *, inside: bool) -> None:
    """Its boundary is right to ten metres in every direction."""
    offer = an_offer("une", **at_km(catalogue.gazetteer, east, north))
    assert found_in(catalogue, AROUND, offer) == (["une"] if inside else [])


def test_nobody_is_on_both_sides_of_the_boundary(catalogue: Catalogue) -> None:
    """Ten kilometres away to a millimetre or so, in every direction: near or farther, each once."""
    draw = np.random.default_rng(10)
    angles, km = draw.uniform(0, 2 * np.pi, 3000), 10 + draw.normal(0, 5e-7, 3000)
    offers = [
        an_offer(f"une-{n}", area_territories=FRANCE, **at_km(catalogue.gazetteer, r * np.cos(a), r * np.sin(a)))
        for n, (a, r) in enumerate(zip(angles, km, strict=True))
    ]
    directory = a_directory(catalogue, offers)
    near, all_of_them = search(directory, AROUND), search(directory, replace(AROUND, beyond="oui"))
    assert len(near) + near.farther == len(offers)
    assert sorted(all_of_them.rows.tolist()) == list(range(len(offers)))


AREAS: list[Any] = [
    pytest.param({"area_radius_km": 9.0}, 8, "found", id="comes this far"),
    pytest.param({"area_radius_km": 7.0}, 8, "unserved", id="does not come this far"),
    pytest.param({"area_radius_km": 13.0}, 12, "farther", id="is too far and comes"),
    pytest.param({"area_radius_km": 11.0}, 12, "nothing", id="is too far and does not come"),
    pytest.param({}, 8, "found", id="says nothing and is near"),
    pytest.param({}, 12, "nothing", id="says nothing and is too far"),
    pytest.param({"area_territories": LANDES}, 8, "found", id="covers the department"),
    pytest.param({"area_territories": LANDES}, 12, "farther", id="is too far and covers the department"),
    pytest.param({"area_territories": GIRONDE}, 8, "unserved", id="covers another department"),
    pytest.param({"area_territories": GIRONDE}, 12, "nothing", id="is too far and covers another department"),
    pytest.param({"area_territories": f"{GIRONDE}|{LANDES}"}, 8, "found", id="covers two departments"),
    pytest.param({"area_territories": HERE}, 12, "farther", id="covers the commune"),
    pytest.param({"area_territories": f"commune:{PAU}"}, 8, "unserved", id="covers another commune"),
    pytest.param({"area_territories": "region:72"}, 12, "farther", id="covers Aquitaine"),
    pytest.param({"area_territories": "region:75"}, 12, "farther", id="covers the present region"),
    pytest.param({"area_territories": "region:76"}, 8, "unserved", id="covers another region"),
    pytest.param({"area_territories": FRANCE}, 12, "farther", id="covers all France"),
    pytest.param({"area_territories": GIRONDE, "area_radius_km": 9.0}, 8, "found", id="either is enough: the radius"),
    pytest.param({"area_territories": LANDES, "area_radius_km": 1.0}, 8, "found", id="either is enough: the area"),
]


@pytest.mark.parametrize(("area", "km", "expected"), AREAS)
def test_both_areas_are_tested_together(catalogue: Catalogue, area: dict[str, Any], km: float, expected: str) -> None:
    """The buyer's radius, and what the structure says of where it goes: counted once, or nowhere."""
    directory = a_directory(catalogue, [an_offer("une", **at_km(catalogue.gazetteer, km), **area)])
    found = search(directory, AROUND)
    counted = {"found": len(found), "unserved": found.unserved, "farther": found.farther}
    assert counted == {name: int(name == expected) for name in counted}


@pytest.mark.parametrize(("area", "km", "expected"), AREAS)
def test_those_farther_are_taken_when_asked(
    catalogue: Catalogue, area: dict[str, Any], km: float, expected: str
) -> None:
    """With « loin=oui » they are in the answer, and still counted as farther."""
    directory = a_directory(catalogue, [an_offer("une", **at_km(catalogue.gazetteer, km), **area)])
    found = search(directory, replace(AROUND, beyond="oui"))
    assert len(found) == (expected in {"found", "farther"})
    assert found.farther == (expected == "farther")


def test_those_farther_come_after_in_their_place(catalogue: Catalogue) -> None:
    """One order by distance for all."""
    near = catalogue.gazetteer
    offers = [
        an_offer("far", area_territories=FRANCE, **at_km(near, 90)),
        an_offer("farther", area_radius_km=40, **at_km(near, 30)),
        an_offer("closer", **at_km(near, 3)),
    ]
    assert found_in(catalogue, AROUND, *offers) == ["closer"]
    assert found_in(catalogue, replace(AROUND, beyond="oui"), *offers) == ["closer", "farther", "far"]


def test_those_without_a_point_are_counted(catalogue: Catalogue) -> None:
    """Near or far nobody knows; those that do not meet the filters do not count."""
    offers = [
        an_offer("une", purchase_families="nettoyage"),
        an_offer("autre", purchase_families="batiment"),
        an_offer("placee", purchase_families="nettoyage", **at_km(catalogue.gazetteer, 1)),
    ]
    directory = a_directory(catalogue, offers)
    found = search(directory, replace(AROUND, purchase_families=("nettoyage",)))
    assert (ids(directory, found), found.without_point) == (["placee"], 1)
    anywhere = search(directory, Need(purchase_families=("nettoyage",)))
    assert (len(anywhere), anywhere.without_point, anywhere.place) == (2, 1, None)


def test_without_a_place_names_are_in_alphabetical_order(catalogue: Catalogue) -> None:
    """Those without a point among the others, and no distance made up."""
    offers = [
        an_offer("une", name="Élan"),
        an_offer("deux", name="Zébulon", **at_km(catalogue.gazetteer, 1)),
        an_offer("trois", name="atelier", **at_km(catalogue.gazetteer, 9)),
    ]
    directory = a_directory(catalogue, offers)
    found = search(directory, Need())
    assert ids(directory, found) == ["trois", "une", "deux"]
    assert np.isnan(found.distances_km).all()


FILTERS: list[Any] = [
    pytest.param({"purchase_families": ("nettoyage", "batiment")}, id="one of two purchase families"),
    pytest.param({"services": ("fourniture",)}, id="a service"),
    pytest.param({"kinds": ("ACI", "EI")}, id="one of two kinds"),
    pytest.param({"families": ("association",)}, id="a legal family"),
    pytest.param({"practice_types": ("groupement_acteurs",)}, id="who took part in a type of practice"),
    pytest.param({"practice_types": ("reponses_groupees_ponctuelles",)}, id="or in a sub-type"),
    pytest.param({"text": "Élagage"}, id="a word of the activity, accents apart"),
    pytest.param({"text": "ardits"}, id="a word of the name"),
    pytest.param({"text": "chantiers pins"}, id="words of the trade name, in any order"),
    pytest.param({"text": "mont-de-marsan"}, id="the town"),
    pytest.param({"text": "elag"}, id="a part of a word"),
]


@pytest.mark.parametrize("asked", FILTERS)
@pytest.mark.parametrize("place", [HERE, ""], ids=["around a place", "anywhere"])
def test_a_filter_keeps_what_answers(catalogue: Catalogue, asked: dict[str, Any], place: str) -> None:
    """One offer answers every filter of these, the other none."""
    here = at_km(catalogue.gazetteer, 1)
    good = an_offer(
        "bonne",
        name="Ardits",
        trade_name="Les Pins, chantiers",
        activity="Élagage et débroussaillage",
        city="Mont-de-Marsan",
        siret=ARDITS,
        kind="ACI",
        family="association",
        purchase_families="espaces_verts|nettoyage",
        services="prestation|fourniture",
        **here,
    )
    bad = an_offer("mauvaise", name="Autre", activity="Couture", kind="SCOP", family="cooperative",
                   purchase_families="textile_blanchisserie", services="prestation", **here)  # fmt: skip
    silent = an_offer("muette", name="Rien", **here)
    assert found_in(catalogue, Need(place=place, **asked), bad, good, silent) == ["bonne"]


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param({"text": "ardits maçonnerie"}, id="one word of two"),
        pytest.param({"text": "a.*s"}, id="no pattern is read in a text"),
        pytest.param({"kinds": ("ACI",), "families": ("cooperative",)}, id="one filter of two"),
        pytest.param({"practice_types": ("achats_inter_ess",)}, id="another type of practice"),
    ],
)
def test_all_filters_must_hold(catalogue: Catalogue, asked: dict[str, Any]) -> None:
    """Between filters, and between words, everything must hold."""
    offer = an_offer("une", name="Ardits", siret=ARDITS, kind="ACI", family="association")
    assert found_in(catalogue, Need(**asked), offer) == []


def test_what_data_and_lists_say_is_searched_together(catalogue: Catalogue) -> None:
    """Around Mont-de-Marsan: a list's structure, Landes Partage of data/ and Maisadour."""
    directory = a_directory(catalogue, [an_offer("siae-1", **at_km(catalogue.gazetteer, 3))], curated=True)
    found = ids(directory, search(directory, AROUND))
    assert set(found) == {"siae-1", "pratiques-landes-partage", "pratiques-maisadour"}


def test_the_same_question_is_answered_once(catalogue: Catalogue) -> None:
    """A map that moves asks the same need again."""
    directory = a_directory(catalogue, [an_offer("une", **at_km(catalogue.gazetteer, 1))])
    assert search(directory, AROUND) is search(directory, Need(place=HERE, radius_km="10"))
    assert search(directory, AROUND) is not search(directory, replace(AROUND, radius_km="11"))


@pytest.mark.parametrize(("place", "error"), [("commune:99999", UnknownTerritory), ("point:1,2,3", InvalidParameter)])
def test_an_impossible_place_is_said(catalogue: Catalogue, place: str, error: type[Exception]) -> None:
    """Never an empty answer, and never a kept one."""
    directory = a_directory(catalogue, [])
    for _ in range(2):
        with pytest.raises(error):
            search(directory, Need(place=place))


@cache
def many(catalogue: Catalogue) -> tuple[Directory, dict[str, Offer]]:
    """Return a few hundred offers and their index."""
    offers = some_offers(catalogue.gazetteer, 400, seed=2016)
    return a_directory(catalogue, offers), {offer.id: offer for offer in offers}


def meets(catalogue: Catalogue, offer: Offer, need: Need) -> bool:
    """Return whether an offer meets the filters of a need other than its place, said plainly."""
    words = fold(" ".join(part or "" for part in (offer.name, offer.trade_name, offer.activity, offer.city)))
    proofs = proofs_by_siren(catalogue).get(int((offer.siret or "-1")[:9]), ())
    subtypes = {proof.practice_id: catalogue.practice(proof.practice_id).subtype for proof in proofs}
    types = {proof.practice_type for proof in proofs} | set(subtypes.values())
    return (
        (not need.purchase_families or bool({*(offer.purchase_families or "").split("|")} & {*need.purchase_families}))
        and (not need.services or bool({*(offer.services or "").split("|")} & {*need.services}))
        and (not need.kinds or offer.kind in need.kinds)
        and (not need.families or offer.family in need.families)
        and (not need.practice_types or bool(types & {*need.practice_types}))
        and all(word in words for word in fold(need.text).split())
    )


def comes(offer: Offer, km: float, place: Place) -> bool:
    """Return whether a structure comes to a place so far away."""
    areas = {*(offer.area_territories or "").split("|")} - {""}
    return (
        (offer.area_radius_km is None and not areas)
        or (offer.area_radius_km is not None and km <= offer.area_radius_km)
        or bool(areas & {*place.keys, FRANCE})
    )


def looped(catalogue: Catalogue, need: Need) -> dict[str, Any]:
    """Return what answers a need around a place, and the counts, by looking at each row in turn."""
    directory, offers = many(catalogue)
    place = place_of(need, catalogue.gazetteer)
    assert place is not None
    east, north = to_metres(place.longitude, place.latitude)
    near, far, unserved, unplaced = [], [], 0, 0
    for row, offer_id in enumerate(directory.ids(range(len(directory)))):
        offer = offers[offer_id]
        if not meets(catalogue, offer, need):
            continue
        km = math.hypot(float(directory.east[row]) - east, float(directory.north[row]) - north) / 1000
        if math.isnan(km):
            unplaced += 1
        elif km <= float(need.radius_km):
            near += [(km, row)] * comes(offer, km, place)
            unserved += not comes(offer, km, place)
        elif comes(offer, km, place) and (offer.area_radius_km or offer.area_territories):
            far.append((km, row))
    answer = sorted(near + far if need.beyond else near)
    counts = {"unserved": unserved, "farther": len(far), "without_point": unplaced}
    return {"rows": [row for _, row in answer], "km": [km for km, _ in answer], **counts}


WIDE = st.builds(
    lambda need, place, radius, families: replace(
        need, place=place, radius_km=radius, purchase_families=families, practice_types=(), services=()
    ),
    NEEDS.map(lambda need: replace(need, text="", kinds=need.kinds[:1] * (len(need.text) % 2), families=())),
    st.sampled_from((HERE, f"commune:{VILLENEUVE_DE_MARSAN}", "departement:33", "epci:243300316", "point:-0.5,44.2")),
    st.sampled_from(("5", "20", "50", "100", "300")),
    st.sampled_from(((), (), ("nettoyage", "batiment", "energie_eau"))),
)
"""Needs that keep many offers; those of NEEDS keep few."""


def check_against_a_loop(catalogue: Catalogue, need: Need) -> None:
    """Check that a search finds what looking at each row finds: the same set, the same order, the same counts."""
    directory, _ = many(catalogue)
    found, expected = search(directory, need), looped(catalogue, need)
    assert found.rows.tolist() == expected.pop("rows")
    assert found.distances_km == pytest.approx(expected.pop("km"), abs=0.002)
    assert {name: getattr(found, name) for name in expected} == expected


@given(need=NEEDS.filter(lambda need: bool(need.place)))
def test_a_search_finds_what_a_loop_finds(catalogue: Catalogue, need: Need) -> None:
    """Whatever is asked, the bands, bits and kept answers of the index change nothing."""
    check_against_a_loop(catalogue, need)


@given(need=WIDE)
def test_a_wide_search_finds_what_a_loop_finds(catalogue: Catalogue, need: Need) -> None:
    """The same where hundreds answer, many of them at one point."""
    check_against_a_loop(catalogue, need)


@given(need=NEEDS)
def test_a_search_anywhere_finds_what_a_loop_finds(catalogue: Catalogue, need: Need) -> None:
    """Without a place: everything that meets the filters, by name."""
    directory, offers = many(catalogue)
    found = search(directory, replace(need, place=""))
    held = [offers[one] for one in directory.ids(range(len(directory)))]
    expected = [offer for offer in held if meets(catalogue, offer, need)]
    assert sorted(ids(directory, found)) == sorted(offer.id for offer in expected)
    names = [fold(offers[one].name) for one in ids(directory, found)]
    assert names == sorted(names)
    assert found.without_point == sum(offer.longitude is None for offer in expected)


@given(need=st.one_of(NEEDS, WIDE), limit=st.sampled_from((1, 2, 5, 20, 1000)))
def test_the_nearest_are_the_head_of_all(catalogue: Catalogue, need: Need, limit: int) -> None:
    """A popup, a group or a bench that asks for a few gets the first of those that the list shows."""
    directory, _ = many(catalogue)
    near = replace(need, beyond="")
    head, whole = search_nearest(directory, near, limit), search(directory, near)
    assert head.rows.tolist() == whole.rows[:limit].tolist()
    assert head.distances_km == pytest.approx(whole.distances_km[:limit], nan_ok=True)


def test_the_nearest_of_many_at_one_point_are_the_first_of_the_list(catalogue: Catalogue) -> None:
    """Structures known by their commune alone are all at its point: a tie is cut as the list orders it."""
    town = in_commune(catalogue.gazetteer, VILLENEUVE_DE_MARSAN)
    offers = [an_offer(f"une-{number:03}", **town) for number in range(300)]
    directory = a_directory(catalogue, offers)
    need = Need(place=f"commune:{VILLENEUVE_DE_MARSAN}")
    assert ids(directory, search_nearest(directory, need, 50)) == ids(directory, search(directory, need))[:50]
