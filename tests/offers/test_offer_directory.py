"""The index of offers: what it holds once, what it leaves out, where its rows are."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from cooperations import vocabularies as v
from cooperations.mercator import NOWHERE, to_world
from cooperations.offers.directory import Directory as Index
from cooperations.offers.directory import Frames, curated_offer, structures_frame
from cooperations.offers.encoding import CURATED
from cooperations.offers.model import Offer
from cooperations.offers.terms import SECTORS
from cooperations.projection import to_metres
from cooperations.purchases import PURCHASE_FAMILIES
from tests.making import PAU, VILLENEUVE_DE_MARSAN
from tests.offers.offering import (
    ARCINS,
    ARDITS,
    DAY,
    FRANCE,
    LANDES,
    LANDES_PARTAGE,
    a_correction,
    a_directory,
    a_frame,
    an_offer,
    at,
    in_commune,
    some_offers,
)

if TYPE_CHECKING:
    from cooperations.catalogue import Catalogue
    from cooperations.offers.directory import Directory

LATER = date(2026, 6, 1)


def held(directory: Directory) -> set[str]:
    """Return the ids that the index holds."""
    return set(directory.frame["id"])


def test_the_structures_of_data_alone_make_an_index(catalogue: Catalogue) -> None:
    """Before any import, what data/ describes is found; who does not sell is not an offer."""
    directory = a_directory(catalogue, [], curated=True)
    sellers = [
        one for one in catalogue.structures.values() if one.family not in {"acteur_public", "entreprise_hors_ess"}
    ]
    assert held(directory) == {f"{CURATED}-{one.id}" for one in sellers}
    assert f"{CURATED}-la-poste" not in held(directory)
    assert f"{CURATED}-departement-gironde" not in held(directory)


def test_an_index_of_nothing_is_one(catalogue: Catalogue) -> None:
    """No list and no structure: empty, without a failure."""
    directory = Index(Frames([], structures_frame((), catalogue)), catalogue, revision=0)
    assert (len(directory), directory.located, list(directory.with_area)) == (0, 0, [])
    assert directory.rows_of(["essai"]) == []


def test_the_latest_list_that_has_an_establishment_holds(catalogue: Catalogue) -> None:
    """One SIRET and kind in two lists is one structure: the one that was said last."""
    older = an_offer("siae-1", source="siae", siret=ARDITS, kind="ACI", name="Ardits")
    newer = an_offer("marche-1", source="marche", siret=ARDITS, kind="ACI", name="ARDITS", source_date=LATER)
    for order in ([older, newer], [newer, older]):
        assert held(a_directory(catalogue, order)) == {"marche-1"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param({"kind": "ACI"}, {"kind": "EI"}, id="an ACI and an EI of one SIRET"),
        pytest.param({"kind": "ACI", "siret": None}, {"kind": "ACI", "siret": None}, id="two rows without a SIRET"),
        pytest.param({"kind": "ACI"}, {"kind": "ACI", "siret": ARCINS}, id="two SIRET"),
    ],
)
def test_what_is_not_the_same_is_kept(catalogue: Catalogue, one: dict[str, Any], other: dict[str, Any]) -> None:
    """Several agreements of one establishment are several offers; nothing is joined by its name."""
    offers = [
        an_offer("siae-1", **{"source": "siae", "siret": ARDITS, "name": "Ardits"} | one),
        an_offer("marche-1", **{"source": "marche", "siret": ARDITS, "name": "Ardits", "source_date": LATER} | other),
    ]
    assert held(a_directory(catalogue, offers)) == {"siae-1", "marche-1"}


def test_the_sites_that_a_list_tells_apart_are_all_kept(catalogue: Catalogue) -> None:
    """An ESAT of two towns has one SIRET and two numbers: both are found, unless a later list has it."""
    sites = [
        an_offer(f"esat-{number}", source="esat", siret=ARDITS, kind="ESAT", source_date=day)
        for number, day in enumerate((DAY, LATER))
    ]
    assert held(a_directory(catalogue, sites)) == {"esat-0", "esat-1"}
    later = an_offer("marche-1", source="marche", siret=ARDITS, kind="ESAT", source_date=date(2026, 9, 1))
    assert held(a_directory(catalogue, [*sites, later])) == {"marche-1"}


@pytest.mark.parametrize(
    ("structure", "listed", "stays"),
    [
        pytest.param("ardits", {"siret": ARDITS, "kind": "ACI"}, False, id="its SIRET and kind"),
        pytest.param("ardits", {"siret": ARDITS, "kind": "EI"}, False, id="its SIRET under another kind"),
        pytest.param("ardits", {"siret": ARDITS, "kind": None}, False, id="its SIRET without a kind"),
        pytest.param("landes-partage", {"siret": LANDES_PARTAGE, "kind": "ACI"}, False, id="its SIREN alone is known"),
        pytest.param("cafe-michel", {"siret": ARDITS, "kind": "SCOP"}, True, id="no number to compare"),
    ],
)
def test_a_structure_of_data_gives_way_to_a_list(
    catalogue: Catalogue, structure: str, listed: dict[str, Any], *, stays: bool
) -> None:
    """The list says more, and the same structure is not found twice."""
    directory = a_directory(catalogue, [an_offer("siae-1", source="siae", **listed)], curated=True)
    assert (f"{CURATED}-{structure}" in held(directory)) is stays
    assert "siae-1" in held(directory)


def test_another_establishment_of_a_structure_of_data_is_another_offer(catalogue: Catalogue) -> None:
    """Ardits has two: the one that no list has stays."""
    other = an_offer("siae-1", source="siae", siret="41843528500048", kind="ACI")
    assert other.siret is not None
    assert held(a_directory(catalogue, [other], curated=True)) >= {"siae-1", f"{CURATED}-ardits"}


def test_rows_go_from_south_to_north_and_those_without_a_point_come_last(catalogue: Catalogue) -> None:
    """What a search by bands needs; every row keeps its own id."""
    offers = some_offers(catalogue.gazetteer, 200, seed=4)
    directory = a_directory(catalogue, offers, curated=True)
    north = directory.north[: directory.located]
    assert (np.diff(north) >= 0).all()
    assert np.isnan(directory.north[directory.located :]).all()
    assert (directory.x[directory.located :] == NOWHERE).all()
    assert (directory.x[: directory.located] != NOWHERE).all()
    points = {offer.id: (offer.longitude, offer.latitude) for offer in offers}
    for row, offer_id in enumerate(directory.ids(range(len(directory)))):
        longitude, latitude = points.get(offer_id, (None, None))
        if longitude is None or latitude is None:
            continue
        assert (directory.east[row], directory.north[row]) == pytest.approx(to_metres(longitude, latitude), abs=0.5)
        assert (directory.x[row], directory.y[row]) == pytest.approx(to_world(longitude, latitude), abs=1)


def test_ids_and_rows_are_two_names_of_the_same(catalogue: Catalogue) -> None:
    """In the order that was asked; what is not held is left out."""
    directory = a_directory(catalogue, some_offers(catalogue.gazetteer, 60, seed=5))
    rows = [7, 0, len(directory) - 1]
    ids = directory.ids(rows)
    assert directory.rows_of([ids[0], "inconnu", *ids[1:], "pratiques-la-poste"]) == rows
    assert (directory.rows_of([]), directory.ids([])) == ([], [])


def test_codes_are_bits_and_positions(catalogue: Catalogue) -> None:
    """Each column holds what the offer says, and nothing for what it does not."""
    full = an_offer(
        "une", kind="EI", family="cooperative", purchase_families="nettoyage|energie_eau", services="prestation",
        siret=ARDITS, area_radius_km=30, **at(-0.5, 43.9),
    )  # fmt: skip
    directory = a_directory(catalogue, [full, an_offer("vide")])
    one, other = directory.rows_of(["une", "vide"])
    codes = PURCHASE_FAMILIES.codes
    bits = [code for number, code in enumerate(codes) if int(directory.purchases[one]) >> number & 1]
    assert bits == ["nettoyage", "energie_eau"]
    assert (directory.services[one], directory.siren[one], directory.radius_m[one]) == (1, 418435285, 30_000)
    assert v.KINDS.codes[directory.kind[one]] == "EI"
    assert (directory.purchases[other], directory.services[other], directory.kind[other]) == (0, 0, -1)
    assert (directory.siren[other], bool(np.isnan(directory.radius_m[other]))) == (-1, True)


@pytest.mark.parametrize(
    ("values", "sector"),
    [
        pytest.param({"kind": "ACI", "family": "association"}, "insertion", id="the kind comes first"),
        pytest.param({"kind": "ESAT", "family": "inconnue"}, "handicap", id="a kind of disability"),
        pytest.param({"kind": "SCOP", "family": "cooperative"}, "cooperative", id="a kind of cooperative"),
        pytest.param({"kind": None, "family": "cooperative"}, "cooperative", id="else the family"),
        pytest.param({"kind": "GIE", "family": "association"}, "association", id="a kind without a sector"),
        pytest.param({"kind": None, "family": "inconnue"}, "autre", id="nothing known"),
    ],
)
def test_a_sector_comes_from_the_kind_then_from_the_family(
    catalogue: Catalogue, values: dict[str, Any], sector: str
) -> None:
    """One colour per structure on the map."""
    directory = a_directory(catalogue, [an_offer("une", **values)])
    assert SECTORS.codes[directory.sector[0]] == sector


def test_with_area_are_the_placed_rows_that_say_how_far_they_go(catalogue: Catalogue) -> None:
    """By a radius or by territories; without a point nobody can be farther."""
    directory = a_directory(
        catalogue,
        [
            an_offer("rayon", area_radius_km=30, **at(-0.5, 43.9)),
            an_offer("territoire", area_territories=FRANCE, **at(-0.5, 43.8)),
            an_offer("muette", **at(-0.5, 43.7)),
            an_offer("nulle-part", area_territories=LANDES),
        ],
    )
    assert sorted(directory.ids(directory.with_area)) == ["rayon", "territoire"]


def test_no_area_is_known_when_all_say_one(catalogue: Catalogue) -> None:
    """The code of « says nothing » is none of those that are held."""
    directory = a_directory(catalogue, [an_offer("une", area_territories=LANDES, **at(-0.5, 43.9))])
    assert directory.no_area == -1
    assert directory.ids(directory.with_area) == ["une"]


def test_corrections_are_applied_before_anything_is_searched(catalogue: Catalogue) -> None:
    """As people write them: commas and spaces; the last one holds; those of absent offers do no harm."""
    made = [
        a_correction("une", "area_radius_km", "80"),
        a_correction("une", "area_radius_km", "30,5"),
        a_correction("une", "purchase_families", " nettoyage | batiment "),
        a_correction("une", "name", "Élan Bâtiment"),
        a_correction("une", "services", ""),
        a_correction("partie", "name", "Ailleurs"),
    ]
    offers = [an_offer("une", services="prestation", **at(-0.5, 43.9)), an_offer("autre", services="prestation")]
    directory = a_directory(catalogue, offers, made)
    one, other = directory.rows_of(["une", "autre"])
    assert directory.radius_m[one] == 30_500
    wanted = sum(1 << PURCHASE_FAMILIES.codes.index(code) for code in ("nettoyage", "batiment"))
    assert (directory.purchases[one], directory.services[one], directory.services[other]) == (wanted, 0, 1)
    assert "elan batiment" in directory.texts[one]


def test_a_corrected_commune_moves_the_row(catalogue: Catalogue) -> None:
    """Map, distance and text follow; the point is no longer exact."""
    offers = [an_offer("une", city="Pau", **at(-0.3708, 43.2951)), an_offer("autre", **at(-0.5, 43.9))]
    directory = a_directory(catalogue, offers, [a_correction("une", "commune_code", VILLENEUVE_DE_MARSAN)])
    (row,) = directory.rows_of(["une"])
    there = catalogue.gazetteer[f"commune:{VILLENEUVE_DE_MARSAN}"]
    assert (directory.east[row], directory.north[row]) == pytest.approx(
        to_metres(there.longitude, there.latitude), abs=0.5
    )
    assert not directory.frame["exact"].iloc[row]
    assert "villeneuve de marsan" in directory.texts[row]
    assert "pau" not in directory.texts[row].split()


def test_a_commune_that_is_erased_takes_the_point_away(catalogue: Catalogue) -> None:
    """The row stays, counted among those without a point."""
    offers = [an_offer("une", **in_commune(catalogue.gazetteer, PAU)), an_offer("autre", **at(-0.5, 43.9))]
    directory = a_directory(catalogue, offers, [a_correction("une", "commune_code", "")])
    assert (directory.located, directory.rows_of(["une"])) == (1, [1])


def test_names_are_in_alphabetical_order(catalogue: Catalogue) -> None:
    """Accents, case and ligatures apart; what a structure does is not part of its name."""
    names = ("Élan", "atelier", "Zébulon", "Œuvre", "Atelier des Pins", "Eau vive")
    offers = [
        an_offer(f"o-{number}", name=name, activity="zinguerie" if name == "atelier" else "")
        for number, name in enumerate(names)
    ]
    directory = a_directory(catalogue, offers)
    ordered = directory.frame["name"].iloc[np.argsort(directory.name_rank)].tolist()
    assert ordered == ["atelier", "Atelier des Pins", "Eau vive", "Élan", "Œuvre", "Zébulon"]


@pytest.mark.parametrize("structure", ["ardits", "maisadour", "acesa", "loc-halle-bio"])
def test_a_structure_of_data_is_an_offer(catalogue: Catalogue, structure: str) -> None:
    """At its address, at its commune, or nowhere: what is not known is not made up."""
    known = catalogue.structures[structure]
    offer = curated_offer(known, catalogue)
    assert Offer.model_validate(dict(offer)) == offer
    assert (offer.id, offer.source, offer.name) == (f"{CURATED}-{structure}", CURATED, known.name)
    expected = "adresse" if known.longitude else "commune" if known.commune_code else "inconnue"
    assert offer.precision == expected
    assert (offer.longitude is not None) is (expected != "inconnue")
    row = structures_frame([known], catalogue).iloc[0]
    assert a_frame([offer]).iloc[0]["name"] == row["name"]
