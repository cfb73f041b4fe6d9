"""Numbers, days, sites and contacts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from cooperations.intake.values import day_of
from tests.intake.lists import a_row, came_of, only, said

if TYPE_CHECKING:
    from cooperations.territories import Gazetteer


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        pytest.param("2018-12-26", date(2018, 12, 26), id="a day"),
        pytest.param("2018-12-26+01:00", date(2018, 12, 26), id="with an offset"),
        pytest.param("2018-12-26T00:00:00Z", date(2018, 12, 26), id="with a time"),
        pytest.param("26/12/2018", date(2018, 12, 26), id="as the French write it"),
        pytest.param("2018-02-30", None, id="a day that does not exist"),
        pytest.param("2018", None, id="a year"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_days(cell: str, day: date | None) -> None:
    """Only what is surely a day."""
    assert day_of(cell) == day


@pytest.mark.parametrize(
    ("cells", "column", "problem"),
    [
        pytest.param({"longitude": "0°30'", "latitude": "44"}, "longitude", "longitude illisible", id="degrees"),
        pytest.param({"longitude": "-0.5", "latitude": "94"}, "latitude", "latitude impossible", id="beyond the pole"),
        pytest.param({"longitude": "-0.5", "latitude": ""}, "latitude", "une coordonnée manque", id="half a point"),
        pytest.param({"area_radius_km": "loin"}, "area_radius_km", "rayon illisible", id="a radius in words"),
        pytest.param({"area_radius_km": "0"}, "area_radius_km", "rayon impossible", id="a radius of nothing"),
        pytest.param({"contact_consent_on": "oui"}, "contact_consent_on", "date malformée", id="a consent without day"),
    ],
)
def test_wrong_values_are_refused(gazetteer: Gazetteer, cells: dict[str, str], column: str, problem: str) -> None:
    """With their column."""
    assert said(came_of(gazetteer, a_row(**cells)).refusals) == [(2, column, problem)]


def test_a_radius_may_say_its_unit(gazetteer: Gazetteer) -> None:
    """« 30 km » is 30."""
    rows = (a_row(str(key), area_radius_km=cell) for key, cell in enumerate(("30 km", "12,5", "50 kilomètres")))
    assert came_of(gazetteer, *rows).accepted["area_radius_km"].tolist() == [30.0, 12.5, 50.0]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        pytest.param("https://www.landespartage.fr/a?b=c", "https://www.landespartage.fr/a?b=c", id="an address"),
        pytest.param("www.landespartage.fr", "https://www.landespartage.fr", id="without its beginning"),
        pytest.param("https://élan.fr/été", "https://élan.fr/été", id="with accents"),
        pytest.param("landespartage", None, id="a word"),
        pytest.param("javascript:alert(1)", None, id="a script"),
        pytest.param("https://exemple.fr/a b", None, id="with a space"),
    ],
)
def test_a_wrong_site_does_not_refuse_the_row(gazetteer: Gazetteer, written: str, read: str | None) -> None:
    """It is left out and said."""
    intake = came_of(gazetteer, a_row(website=written))
    assert only(intake)["website"] == read
    assert (read == written) == (not [issue for issue in intake.notices if issue.column == "website"])


def test_contacts_are_kept_by_consent(gazetteer: Gazetteer) -> None:
    """The row without a day loses its contact, and this is said once for the list."""
    contact = {"email": "contact@exemple.fr", "phone": "05 58 00 00 00"}
    intake = came_of(gazetteer, a_row(contact_consent_on="2020-01-02", **contact), a_row("2", **contact))
    assert intake.accepted["email"].tolist() == ["contact@exemple.fr", None]
    assert intake.accepted["contact_consent_on"].tolist() == [date(2020, 1, 2), None]
    assert [issue.column for issue in intake.notices if not issue.line][:2] == ["email", "phone"]


def test_a_malformed_email_is_left_out(gazetteer: Gazetteer) -> None:
    """Even with consent."""
    row = only(came_of(gazetteer, a_row(contact_consent_on="2020-01-02", email="à demander")))
    assert row["email"] is None
