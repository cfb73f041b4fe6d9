"""The offers that the measures are made on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from bench.structures import made_up_offers
from cooperations.fields import luhn_is_valid
from cooperations.offers.model import Offer
from cooperations.purchases import family_of_naf

if TYPE_CHECKING:
    from cooperations.territories import Gazetteer

ROWS = 20_000


@pytest.fixture(scope="module")
def offers(gazetteer: Gazetteer) -> pd.DataFrame:
    """Return enough offers for shares to be told."""
    return made_up_offers(gazetteer, ROWS)


def test_the_same_seed_gives_the_same_offers(gazetteer: Gazetteer) -> None:
    """Two runs measure the same thing; another seed gives something else."""
    once, again, other = (made_up_offers(gazetteer, 500, seed) for seed in (40, 40, 64))
    pd.testing.assert_frame_equal(once, again)
    assert not once.equals(other)


def test_departments_have_their_share_of_the_population(offers: pd.DataFrame, gazetteer: Gazetteer) -> None:
    """Nearly half of the structures are in Gironde, one in eight in the Landes."""
    shares = offers["department_code"].value_counts(normalize=True)
    population = sum(department.population for department in gazetteer.departments)
    for department in gazetteer.departments:
        assert shares[department.code] == pytest.approx(department.population / population, abs=0.015)


def test_communes_have_their_share_of_the_population(offers: pd.DataFrame, gazetteer: Gazetteer) -> None:
    """As many structures as inhabitants say, from Bordeaux to a village: what a map has to draw is not uniform."""
    communes = pd.Series({one.code: one.population for one in gazetteer if one.level == "commune"})
    drawn = offers["commune_code"].value_counts().reindex(communes.index, fill_value=0)
    assert drawn.corr(communes) > 0.995
    assert drawn["33063"] == pytest.approx(ROWS * communes["33063"] / communes.sum(), rel=0.1)
    assert drawn[communes.nsmallest(100).index].sum() < ROWS * 0.005


def test_every_siret_is_right_and_its_own(offers: pd.DataFrame) -> None:
    """As an import would check them."""
    assert offers["siret"].str.fullmatch(r"\d{14}").all()
    assert offers["siret"].is_unique
    assert all(map(luhn_is_valid, offers["siret"]))


def test_offers_are_valid(offers: pd.DataFrame) -> None:
    """The model takes them as they are."""
    assert tuple(offers.columns) == tuple(Offer.model_fields)
    for row in offers.head(500).astype(object).to_dict("records"):
        offer = Offer.model_validate({name: cell for name, cell in row.items() if pd.notna(cell)})
        assert offer.purchase_families
        assert family_of_naf(offer.naf or "") in offer.purchase_families


def test_points_are_around_their_commune(offers: pd.DataFrame, gazetteer: Gazetteer) -> None:
    """A couple of kilometres away, or on the commune's own point when no address is known."""
    for row in offers.head(200).itertuples():
        commune = gazetteer[f"commune:{row.commune_code}"]
        assert row.post_code in commune.post_codes
        assert row.latitude == pytest.approx(commune.latitude, abs=0.1)
        assert row.longitude == pytest.approx(commune.longitude, abs=0.14)
        if row.precision == "commune":
            assert (row.longitude, row.latitude) == (round(commune.longitude, 6), round(commune.latitude, 6))


def test_areas_of_intervention(offers: pd.DataFrame, gazetteer: Gazetteer) -> None:
    """Four in ten say a radius, one in ten territories that exist, never both."""
    assert offers["area_radius_km"].notna().mean() == pytest.approx(0.4, abs=0.02)
    assert offers["area_territories"].notna().mean() == pytest.approx(0.1, abs=0.02)
    assert not (offers["area_radius_km"].notna() & offers["area_territories"].notna()).any()
    assert all(key in gazetteer for key in offers["area_territories"].dropna().unique())
