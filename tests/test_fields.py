"""What a cell of a published file may hold."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from cooperations import fields


@pytest.mark.parametrize(
    ("digits", "valid"),
    [
        pytest.param("39887189700029", True, id="Arcins Environnement Service is right"),
        pytest.param("38786009100033", True, id="Landes Partage is right"),
        pytest.param("398871897", True, id="the SIREN of Arcins is right"),
        pytest.param("39887189700028", False, id="last digit changed is wrong"),
        pytest.param("93887189700029", False, id="first digits exchanged is wrong"),
        pytest.param("35600000000048", True, id="the seat of La Poste follows the common rule"),
        pytest.param("35600000049837", True, id="a post office has a digit sum multiple of 5"),
        pytest.param("35600000049838", False, id="a post office with another sum is wrong"),
        pytest.param("356000000", True, id="the SIREN of La Poste follows the common rule"),
    ],
)
def test_the_key_of_a_siret(digits: str, valid: bool) -> None:  # noqa: FBT001 - what is expected
    """Luhn's key, except for La Poste's establishments."""
    assert fields.luhn_is_valid(digits) is valid


@given(st.from_regex(r"[0-9]{13}", fullmatch=True).filter(lambda digits: not digits.startswith("356000000")))
def test_exactly_one_last_digit_makes_a_siret_right(beginning: str) -> None:
    """The key catches any single mistyped digit."""
    assert sum(fields.luhn_is_valid(f"{beginning}{last}") for last in range(10)) == 1


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        pytest.param(fields.Identifier, "loc-halle-bio", "loc-halle-bio", id="an identifier"),
        pytest.param(fields.Longitude, "-0.541228", -0.541228, id="a longitude of Bègles"),
        pytest.param(fields.Latitude, "44.807634", 44.807634, id="a latitude of Bègles"),
        pytest.param(fields.YesNo, "oui", True, id="yes"),
        pytest.param(fields.YesNo, "non", False, id="no"),
        pytest.param(fields.PartialDate, "2014", "2014", id="a year"),
        pytest.param(fields.PartialDate, "2015-06", "2015-06", id="a month"),
        pytest.param(fields.PartialDate, "2016-02-29", "2016-02-29", id="a leap day"),
        pytest.param(fields.Day, "2016-07-12", date(2016, 7, 12), id="a day"),
        pytest.param(fields.Moment, "2016-09-22T07:00:00Z", datetime(2016, 9, 22, 7, tzinfo=UTC), id="a moment"),
        pytest.param(fields.Siret, "41843528500030", "41843528500030", id="the SIRET of Ardits"),
        pytest.param(fields.Siren, "387860091", "387860091", id="the SIREN of Landes Partage"),
        pytest.param(fields.PostCode, "40190", "40190", id="a post code"),
        pytest.param(fields.CommuneCode, "40331", "40331", id="a commune of Landes"),
        pytest.param(fields.CommuneCode, "2A004", "2A004", id="a commune of Corsica"),
        pytest.param(fields.WebAddress, "https://les-detritivores.org", "https://les-detritivores.org", id="a site"),
        pytest.param(fields.TerritoryKeys, "departement:40", ("departement:40",), id="one territory"),
        pytest.param(
            fields.TerritoryKeys, "departement:16 | departement:17", ("departement:16", "departement:17"), id="two"
        ),
        pytest.param(
            fields.TerritoryKeys, "region:72|region:72", ("region:72",), id="a territory given twice counts once"
        ),
    ],
)
def test_a_right_cell_gives_its_value(kind: Any, cell: str, value: object) -> None:
    """A cell written as the description says is taken."""
    assert TypeAdapter(kind).validate_python(cell) == value


@pytest.mark.parametrize(
    ("kind", "cell"),
    [
        pytest.param(fields.Identifier, "Loc’Halle Bio", id="identifier with capitals and spaces"),
        pytest.param(fields.Identifier, "-bio", id="identifier that begins with a hyphen"),
        pytest.param(fields.Longitude, "-0,541228", id="longitude with a comma"),
        pytest.param(fields.Longitude, "181", id="longitude beyond the antimeridian"),
        pytest.param(fields.Longitude, "nan", id="longitude not a number"),
        pytest.param(fields.Latitude, "inf", id="latitude infinite"),
        pytest.param(fields.Latitude, "90.5", id="latitude beyond the pole"),
        pytest.param(fields.YesNo, "yes", id="yes in English"),
        pytest.param(fields.YesNo, "OUI", id="yes in capitals"),
        pytest.param(fields.PartialDate, "12/07/2016", id="French order of a date"),
        pytest.param(fields.PartialDate, "2016-13", id="thirteenth month"),
        pytest.param(fields.PartialDate, "2015-02-29", id="leap day of a common year"),
        pytest.param(fields.PartialDate, "16", id="year in two digits"),
        pytest.param(fields.Day, "2016-07", id="month where a day is due"),
        pytest.param(fields.Day, "20160712", id="day without hyphens, which Table Schema refuses"),
        pytest.param(fields.Day, "2016-W28-2", id="day of a week, which Table Schema refuses"),
        pytest.param(fields.Moment, "2016-09-22T09:00:00", id="moment without its offset"),
        pytest.param(fields.Moment, "22 septembre", id="moment in words"),
        pytest.param(fields.Siret, "398 871 897 00029", id="SIRET with spaces"),
        pytest.param(fields.Siret, "398871897", id="SIREN where a SIRET is due"),
        pytest.param(fields.Siret, "39887189700028", id="SIRET with a wrong key"),
        pytest.param(fields.Siren, "387860092", id="SIREN with a wrong key"),
        pytest.param(fields.Siren, "38786009100033", id="SIRET where a SIREN is due"),
        pytest.param(fields.Siren, "387 860 091", id="SIREN with spaces"),
        pytest.param(fields.PostCode, "4190", id="post code without its zero"),
        pytest.param(fields.CommuneCode, "Pau", id="name where a commune code is due"),
        pytest.param(fields.WebAddress, "javascript:alert(1)", id="script where a site is due"),
        pytest.param(fields.WebAddress, "les-detritivores.org", id="site without its scheme"),
        pytest.param(fields.WebAddress, "https://bon.fr/<script>", id="site with angle brackets"),
        pytest.param(fields.WebAddress, "https://localhost/", id="site of this machine only"),
        pytest.param(fields.WebAddress, "http://[::1", id="site with half an address"),
        pytest.param(fields.TerritoryKeys, "Landes", id="name where a territory key is due"),
        pytest.param(fields.TerritoryKeys, "canton:4001", id="level that geo/ does not know"),
        pytest.param(fields.TerritoryKeys, "departement:40,departement:33", id="territories cut by a comma"),
    ],
)
def test_a_wrong_cell_is_refused_in_french(kind: Any, cell: str) -> None:
    """Every refusal carries a problem and a remedy, which the reader shows."""
    with pytest.raises(ValidationError) as refused:
        TypeAdapter(kind).validate_python(cell)
    (detail,) = refused.value.errors()
    assert detail["type"] == "cell"
    assert detail["ctx"]["problem"]
    assert detail["ctx"]["remedy"].endswith((".", "?"))
