"""Codes of digits: right, repaired where it is certain, or refused with what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cooperations.intake.codes import department_of
from tests.intake.lists import a_row, came_of, only, said
from tests.making import plain

if TYPE_CHECKING:
    from cooperations.territories import Gazetteer


@pytest.mark.parametrize(
    ("written", "read"),
    [
        pytest.param("38786009100033", "38786009100033", id="a SIRET"),
        pytest.param("387 860 091 00033", "38786009100033", id="with spaces"),
        pytest.param("387\u00a0860\u00a0091\u00a000033", "38786009100033", id="with no-break spaces"),
        pytest.param("38786009100033.0", "38786009100033", id="taken for a number"),
        pytest.param("35600000049837", "35600000049837", id="a post office"),
        pytest.param("", None, id="none"),
    ],
)
def test_a_siret_is_read(gazetteer: Gazetteer, written: str, read: str | None) -> None:
    """However it is spaced."""
    assert only(came_of(gazetteer, a_row(siret=written)))["siret"] == read


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        pytest.param("12345678901234", "clé du SIRET fausse", id="a demonstration row"),
        pytest.param("387860091", "c’est un SIREN", id="a SIREN"),
        pytest.param("3878600910003", "SIRET malformé", id="thirteen digits, and no zero makes them right"),
        pytest.param("3,87860E+13", "SIRET malformé", id="what a spreadsheet shows of it"),
    ],
)
def test_a_wrong_siret_is_refused(gazetteer: Gazetteer, written: str, problem: str) -> None:
    """With the value and the reason."""
    intake = came_of(gazetteer, a_row(siret=written))
    assert said(intake.refusals) == [(2, "siret", problem)]
    assert intake.refusals[0].remedy.endswith(".")


def test_a_siret_gets_its_zero_back_when_its_key_is_then_right(gazetteer: Gazetteer) -> None:
    """Establishments registered long ago begin with 0."""
    row = only(came_of(gazetteer, a_row(siret="5680065900155")))
    assert (row["siret"], row["findings"]) == ("05680065900155", "sans_point|zeros_perdus")


@pytest.mark.parametrize(
    ("attribute", "written", "read"),
    [
        pytest.param("post_code", "1150", "01150", id="a post code of Ain"),
        pytest.param("post_code", "40 000", "40000", id="a spaced post code"),
        pytest.param("post_code", "33185 CEDEX", "33185", id="a post code with its CEDEX"),
        pytest.param("post_code", "40000.0", "40000", id="a post code taken for a number"),
        pytest.param("commune_code", "1047", "01047", id="a commune of Ain"),
        pytest.param("commune_code", "2a004", "2A004", id="a commune of Corsica"),
        pytest.param("department_code", "1", "01", id="a department"),
        pytest.param("department_code", "landes", "40", id="a department's name"),
        pytest.param("department_code", "2a", "2A", id="Corse-du-Sud"),
        pytest.param("naf", "81.30Z", "8130Z", id="an activity with its point"),
    ],
)
def test_a_code_is_read(gazetteer: Gazetteer, attribute: str, written: str, read: str) -> None:
    """Without what spreadsheets and people add or take away."""
    place = {"post_code": "", "city": "", "department_code": ""}
    assert only(came_of(gazetteer, a_row(**(place | {attribute: written}))))[attribute] == read


@pytest.mark.parametrize(
    ("attribute", "written", "problem"),
    [
        pytest.param("post_code", "B-1000", "code postal malformé", id="a post code of Belgium"),
        pytest.param("commune_code", "401920", "code de commune malformé", id="six digits"),
        pytest.param("department_code", "Lande", "département inconnu", id="a mistyped department"),
    ],
)
def test_a_wrong_code_is_refused(gazetteer: Gazetteer, attribute: str, written: str, problem: str) -> None:
    """The row can be corrected and sent again."""
    intake = came_of(gazetteer, a_row(**{attribute: written}))
    assert said(intake.refusals) == [(2, attribute, problem)]


def test_a_mistyped_department_is_proposed(gazetteer: Gazetteer) -> None:
    """By its code and name."""
    intake = came_of(gazetteer, a_row(department_code="Lande"))
    assert plain(intake.refusals[0].remedy) == "Vouliez-vous dire « 40 » (landes) ?"


def test_a_merged_commune_becomes_the_one_of_today(gazetteer: Gazetteer) -> None:
    """Saint-Pierre-de-Bat is part of Porte-de-Benauge."""
    intake = came_of(gazetteer, a_row(commune_code="33409", department_code="33", post_code="33760", city=""))
    row = only(intake)
    assert (row["commune_code"], row["precision"]) == ("33008", "commune")
    assert "commune_fusionnee" in row["findings"]
    assert any("Porte-de-Benauge" in issue.problem for issue in intake.notices)


def test_an_unknown_commune_of_the_region_is_looked_for_by_its_name(gazetteer: Gazetteer) -> None:
    """Its code is not kept, and this is said."""
    intake = came_of(gazetteer, a_row(commune_code="40999"))
    assert only(intake)["commune_code"] == "40192"
    assert (2, "commune_code", "aucune commune n’a ce code") in said(intake.notices)


def test_the_department_follows_the_commune_then_the_post_code(gazetteer: Gazetteer) -> None:
    """A post code alone does not say a department of Corsica."""
    rows = ({"commune_code": "40192"}, {"post_code": "97411"}, {"post_code": "20000"})
    empty = {"post_code": "", "city": "", "department_code": "", "commune_code": ""}
    intake = came_of(gazetteer, *(a_row(str(key), **(empty | cells)) for key, cells in enumerate(rows)))
    assert intake.accepted["department_code"].tolist() == ["40", "974", None]
    assert department_of("2A004") == "2A"


def test_an_illegible_activity_code_is_left_out(gazetteer: Gazetteer) -> None:
    """The row says enough without it."""
    intake = came_of(gazetteer, a_row(naf="8130"))
    assert only(intake)["naf"] is None
    assert (2, "naf", "code NAF illisible") in said(intake.notices)
