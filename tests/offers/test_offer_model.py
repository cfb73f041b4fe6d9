"""What a row of an imported list may say."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from cooperations.offers.model import FARTHEST_KM, IMPORTED, Award, Batch, Offer, RadiusKm
from tests.making import plain
from tests.offers.offering import ARDITS, DAY, an_offer, at


def refused(**values: Any) -> str:
    """Return the problem for which an offer is refused."""
    with pytest.raises(ValidationError) as error:
        an_offer(**values)
    return plain(" ; ".join(detail["msg"] for detail in error.value.errors()))


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        pytest.param({"email": "contact@ardits.fr"}, "un contact sans consentement", id="address without consent"),
        pytest.param({"phone": "05 58 00 00 00"}, "un contact sans consentement", id="telephone without consent"),
        pytest.param({"longitude": -0.5}, "une coordonnée manque", id="half a point"),
        pytest.param({"siret": "41843528500031"}, "clé du SIRET fausse", id="wrong key"),
        pytest.param({"purchase_families": "nettoyage|menage"}, "code inconnu", id="one unknown family of two"),
        pytest.param({"services": "vente"}, "code inconnu", id="unknown service"),
        pytest.param({"findings": "perdu"}, "code inconnu", id="unknown finding"),
        pytest.param({"kind": "ACIE"}, "code inconnu", id="unknown kind"),
        pytest.param({"precision": "rue"}, "code inconnu", id="unknown precision"),
        pytest.param({"website": "ardits.fr"}, "adresse internet refusée", id="site without its scheme"),
        pytest.param({"area_radius_km": "trente"}, "rayon illisible", id="radius in words"),
        pytest.param({"area_radius_km": "nan"}, "rayon impossible", id="radius not a number"),
        pytest.param({"area_territories": "Landes"}, "territoire « Landes » malformé", id="territory by its name"),
        pytest.param({"area_territories": "departement:40|pays:BE"}, "malformé", id="another country"),
        pytest.param({"name": " "}, "Field required", id="no name"),
    ],
)
def test_a_wrong_offer_is_refused(values: dict[str, Any], problem: str) -> None:
    """Nothing that the model refuses is kept, shown or exported."""
    assert problem in refused(**values)


def test_a_contact_with_its_consent_is_kept() -> None:
    """The day of the consent goes with the contact; alone it is harmless."""
    offer = an_offer(email="contact@ardits.fr", phone="05 58 00 00 00", contact_consent_on="2026-01-15")
    assert (offer.email, offer.contact_consent_on) == ("contact@ardits.fr", DAY)
    assert an_offer(contact_consent_on="2026-01-15").email is None


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        pytest.param("nettoyage", "nettoyage", id="one"),
        pytest.param(" nettoyage | batiment ", "nettoyage|batiment", id="spaces around"),
        pytest.param("batiment|nettoyage|batiment", "batiment|nettoyage", id="given twice counts once"),
        pytest.param("", None, id="none"),
    ],
)
def test_codes_are_one_cell(cell: str, codes: str | None) -> None:
    """Several codes in a cell come out without spaces and once each."""
    assert an_offer(purchase_families=cell).purchase_families == codes


@pytest.mark.parametrize(
    ("value", "km"),
    [
        pytest.param("30", 30.0, id="a whole number"),
        pytest.param("12,5", 12.5, id="a decimal comma"),
        pytest.param("0.5", 0.5, id="half a kilometre"),
        pytest.param(FARTHEST_KM, 1000.0, id="the farthest"),
    ],
)
def test_a_radius_is_in_kilometres(value: object, km: float) -> None:
    """As a text of a list, or as a number of a frame."""
    assert TypeAdapter(RadiusKm).validate_python(value) == km


@pytest.mark.parametrize("value", ["0", "-5", "1000.5", 0, -1.0, 1001, "inf", "", "30 km"])
def test_an_impossible_radius_is_refused(value: object) -> None:
    """In French, with what to write."""
    with pytest.raises(ValidationError) as error:
        TypeAdapter(RadiusKm).validate_python(value)
    assert plain(error.value.errors()[0]["ctx"]["problem"]) in {"rayon impossible", "rayon illisible"}


@pytest.mark.parametrize("model", [*IMPORTED, Batch], ids=lambda model: str(model.__name__))
def test_every_column_is_described(model: type[Offer | Award | Batch]) -> None:
    """What is published of a list is described column by column, each under one name."""
    aliases = [info.alias for info in model.model_fields.values()]
    assert all(info.description for info in model.model_fields.values())
    assert len(set(aliases)) == len(aliases)


def test_an_offer_that_says_everything_is_taken() -> None:
    """All columns at once, as a text file gives them."""
    cells = {"kind": "ACI", "siret": ARDITS, "naf": "8130Z", "commune_code": "40331", "department_code": "40"}
    offer = an_offer(
        **cells, **at(-0.303432, 43.901304), findings="sans_point", area_territories="departement:40", post_code="40190"
    )
    assert (offer.siret, offer.department_code, offer.precision) == (ARDITS, "40", "adresse")
