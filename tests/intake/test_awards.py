"""Awarded contracts: the holder's SIREN when it is right, the family of their CPV, their day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from cooperations.intake.profiles.decp import DECP
from tests.intake.lists import came_of, only, said

if TYPE_CHECKING:
    from cooperations.territories import Gazetteer

CONTRACT = {
    "source": "marches-publics.info.json",
    "id": "20180630400",
    "acheteur_siret": "20004039200017",
    "acheteur": "Le Grand Périgueux",
    "objet": "Entretien des espaces verts",
    "cpv": "77310000",
    "montant": "12500.5",
    "date": "2018-12-24",
    "lieu_code": "24019",
    "lieu_type": "Code postal",
    "lieu_nom": "Périgueux",
    "tit_id": "38786009100033",
    "tit_nom": "LANDES PARTAGE",
    "tit_type": "SIRET",
    "dep": "",
}


def test_a_contract_is_read(gazetteer: Gazetteer) -> None:
    """One row per contract and holder; its identifier is a digest of both."""
    row = only(came_of(gazetteer, CONTRACT, profile=DECP))
    assert row["source_key"] == "marches-publics.info.json / 20180630400 / 38786009100033"
    assert len(row["id"]) == len("decp-") + 16
    assert (row["holder_siren"], row["purchase_family"], row["amount_eur"]) == ("387860091", "espaces_verts", 12500.5)
    assert (row["notified_on"], row["department_code"]) == (date(2018, 12, 24), "24")


@pytest.mark.parametrize(
    ("written", "siren"),
    [
        pytest.param("38786009100033", "387860091", id="a SIRET"),
        pytest.param("387860091", "387860091", id="a SIREN"),
        pytest.param("387 860 091 00033", "387860091", id="with spaces"),
        pytest.param("FR83387860091", "387860091", id="a VAT number"),
        pytest.param("5680065900155", "056800659", id="a SIRET without its zero"),
        pytest.param("38786009100034", None, id="a wrong key"),
        pytest.param("ESB85535615", None, id="a company of Spain"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_the_siren_of_a_holder(gazetteer: Gazetteer, written: str, siren: str | None) -> None:
    """A wrong one is left out and said: it would join the contract to somebody else."""
    intake = came_of(gazetteer, CONTRACT | {"tit_id": written}, profile=DECP)
    assert only(intake)["holder_siren"] == siren
    wrong = [issue for issue in intake.notices if "illisible" in issue.problem]
    assert bool(wrong) == (siren is None and written != "")


@pytest.mark.parametrize(
    ("written", "kept", "family"),
    [
        pytest.param("77310000-6", "77310000-6", "espaces_verts", id="with its check digit"),
        pytest.param("3100000", "03100000", "alimentation", id="without its zero"),
        pytest.param("travaux", None, None, id="a word"),
        pytest.param("", None, None, id="nothing"),
    ],
)
def test_codes_of_purchases(gazetteer: Gazetteer, written: str, kept: str | None, family: str | None) -> None:
    """CPV codes have eight digits, and a ninth that checks them."""
    row = only(came_of(gazetteer, CONTRACT | {"cpv": written}, profile=DECP))
    assert (row["cpv"], row["purchase_family"]) == (kept, family)


def test_a_day_with_an_offset_or_none(gazetteer: Gazetteer) -> None:
    """The day is kept as it was said."""
    rows = (CONTRACT | {"id": str(key), "date": day} for key, day in enumerate(("2018-12-26+01:00", "", "demain")))
    intake = came_of(gazetteer, *rows, profile=DECP)
    assert intake.accepted["notified_on"].tolist() == [date(2018, 12, 26), None]
    assert said(intake.refusals) == [(4, "date", "date malformée")]


def test_lost_characters_of_a_contract(gazetteer: Gazetteer) -> None:
    """Said for the row, once per column; nothing is invented."""
    intake = came_of(gazetteer, CONTRACT | {"objet": "R\ufffdfection", "acheteur": "R\ufffdgion"}, profile=DECP)
    row = only(intake)
    assert (row["subject"], row["findings"]) == ("R\ufffdfection", "caracteres_perdus")
    assert [column for _, column, _ in said(intake.notices)] == ["objet", "acheteur"]


def test_the_same_contract_twice_is_refused(gazetteer: Gazetteer) -> None:
    """Another holder of the same contract is another row."""
    other = CONTRACT | {"tit_id": "39887189700029", "tit_nom": "ARCINS ENVIRONNEMENT"}
    intake = came_of(gazetteer, CONTRACT, CONTRACT, other, profile=DECP)
    assert said(intake.refusals) == [(3, "id", "cet identifiant est déjà ligne 2")]
    assert len(intake.accepted) == 2


def test_a_contract_without_holder_or_subject_is_refused(gazetteer: Gazetteer) -> None:
    """It proves nothing."""
    intake = came_of(gazetteer, CONTRACT | {"objet": "", "tit_nom": "", "montant": "cher"}, profile=DECP)
    assert [column for _, column, _ in said(intake.refusals)] == ["objet", "tit_nom", "montant"]
    assert intake.refused == 1
