"""The real lists, when they are there: each known defect is found, counted, and nothing is lost."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cooperations.intake import Intake, digests, plan, read, read_table, rejected
from cooperations.intake.departments import departments
from cooperations.intake.plan import HELD_COLUMNS
from tests.intake.lists import DAY
from tests.intake.test_checks import assert_nothing_lost

if TYPE_CHECKING:
    import pandas as pd

    from cooperations.territories import Gazetteer

FOLDER = Path(__file__).parents[3] / "shared" / "data"
AQUITAINE = ["24", "33", "40", "47", "64"]
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the real lists are not here")


@pytest.fixture(scope="module")
def siae(gazetteer: Gazetteer) -> Intake:
    return read("siae_2020_france.csv", FOLDER / "siae_2020_france.csv", gazetteer, source_date=DAY)


@pytest.fixture(scope="module")
def esat(gazetteer: Gazetteer) -> Intake:
    return read("esat_2025_france.csv", FOLDER / "esat_2025_france.csv", gazetteer, source_date=DAY)


@pytest.fixture(scope="module")
def decp(gazetteer: Gazetteer) -> Intake:
    return read("decp_2019_aquitaine.csv", FOLDER / "decp_2019_aquitaine.csv", gazetteer, source_date=DAY)


def in_aquitaine(intake: Intake) -> pd.DataFrame:
    return intake.accepted[intake.accepted["department_code"].isin(AQUITAINE)]


def lines_saying(intake: Intake, words: str) -> set[int]:
    return {issue.line for issue in intake.notices if words in issue.problem}


def test_every_row_is_accepted_or_refused(siae: Intake, esat: Intake, decp: Intake) -> None:
    """3 853, 1 504 and 381 rows."""
    assert [(one.profile.code, one.read, one.refused) for one in (siae, esat, decp)] == [
        ("siae", 3853, 13),
        ("esat", 1504, 0),
        ("decp", 381, 6),
    ]
    for intake in (siae, esat, decp):
        assert_nothing_lost(intake)
        for row in intake.accepted.iloc[::50].to_dict("records"):
            assert intake.profile.model.model_validate(row).model_dump() == row


def test_the_same_file_again_changes_nothing(siae: Intake, decp: Intake) -> None:
    """All rows but the refused ones are unchanged."""
    for intake in (siae, decp):
        held = intake.accepted.assign(digest=digests(intake.accepted)).reindex(columns=list(HELD_COLUMNS))
        assert plan(intake, held).unchanged == intake.read - intake.refused


def test_siae_of_aquitaine(siae: Intake) -> None:
    """188, by the department of the row."""
    held = in_aquitaine(siae)
    assert held["department_code"].value_counts().to_dict() == {"33": 75, "40": 32, "64": 30, "24": 26, "47": 25}
    assert held["commune_code"].notna().sum() == 183
    assert held["precision"].value_counts().to_dict() == {"adresse": 169, "commune": 14, "departement": 5}


def test_siae_points_in_another_department(siae: Intake, gazetteer: Gazetteer) -> None:
    """23 of them, one of which is in a row that is refused for its SIRET; the outlines of France know them all."""
    found = lines_saying(siae, "du département")
    assert len(found) == (23 if len(departments(gazetteer)) > 12 else 5)
    assert siae.findings["autre_departement"] == len(found & set(siae.lines.tolist()))


def test_the_geiq_of_landes_are_not_at_strasbourg(siae: Intake) -> None:
    """Nor the one of Libourne at Bagneux: no commune is sure, they count for their department."""
    held = siae.accepted[siae.accepted["city"].isin(["Strasbourg", "Bagneux"])]
    moved = held[held["department_code"].isin(AQUITAINE)]
    assert len(moved) == 4
    assert moved["precision"].eq("departement").all()
    assert moved["longitude"].isna().all()


def test_siae_of_wrong_siret_are_refused(siae: Intake) -> None:
    """13, the demonstration rows among them, each with its line and its value."""
    assert {issue.problem for issue in siae.refusals} == {"clé du SIRET fausse"}
    assert len(siae.refusals) == 13
    assert "12345678901234" in {issue.value for issue in siae.refusals}
    assert read_table("rejets.csv", rejected(siae)).read == 13


def test_siae_of_two_kinds_are_told_apart(siae: Intake) -> None:
    """12 SIRET stand in two rows each, under two kinds: legitimate, said, counted."""
    assert siae.sirets_of_several_kinds == 12
    assert len(lines_saying(siae, "sous une autre catégorie")) == 12
    assert siae.findings["nom_de_personne"] == 10


def test_other_defects_of_the_siae(siae: Intake) -> None:
    """Cut names, doubled apostrophes, missing points, doubtful geocoding, CEDEX."""
    assert siae.findings["nom_coupe"] == 61
    assert len(lines_saying(siae, "apostrophe")) == 4
    assert siae.findings["sans_point"] == 32
    assert siae.findings["point_partage"] == 13
    assert 240 < siae.findings["geocodage_incertain"] <= 258 + 12
    assert {"64078", "33326"} <= {issue.value for issue in siae.notices if "CEDEX" in issue.problem}


def test_esat_of_aquitaine_are_at_their_commune(esat: Intake) -> None:
    """78, whose commune codes are those of today."""
    held = in_aquitaine(esat)
    assert len(held) == 78
    assert held["precision"].eq("commune").all()
    assert held["longitude"].notna().all()


def test_esat_get_their_zeros_back(esat: Intake) -> None:
    """88 rows of departments 01 to 09, and two SIRET; all that is given back is said."""
    rows = {issue.line for issue in esat.notices if issue.column == "ET-Code Postal" and "chiffre" in issue.problem}
    assert len(rows) == 88
    first = esat.accepted[esat.accepted["department_code"].str.startswith("0")]
    assert len(first) == 88
    assert first["source_key"].str.fullmatch(r"\d{9}").all()
    assert first["post_code"].str.startswith("0").all()
    assert esat.findings["zeros_perdus"] == 90


def test_contracts_say_their_lost_characters(decp: Intake) -> None:
    """68 rows, five of which are refused for standing twice in the file; nothing is put in their place."""
    assert len(lines_saying(decp, "caractères ont été perdus")) == 68
    assert decp.findings["caracteres_perdus"] == 63
    texts = decp.accepted[["subject", "buyer_name", "holder_name", "place_name"]].fillna("")
    assert texts.apply(lambda column: column.str.contains("\ufffd")).any(axis=1).sum() == 63


def test_contracts_join_the_structures_by_siren(siae: Intake, decp: Intake) -> None:
    """One contract was won by a structure of the list."""
    sirens = siae.accepted["siret"].dropna().str.slice(0, 9)
    assert decp.accepted["holder_siren"].isin(sirens).sum() == 1
    assert decp.accepted["department_code"].isin(AQUITAINE).all()
