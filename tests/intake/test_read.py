"""From a file to what would be taken of it; and from the refused rows to a file again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cooperations.errors import InvalidParameter, UnknownColumns, UnreadableFile
from cooperations.intake import Guided, read, rejected
from tests.intake.lists import DAY, an_xlsx, said
from tests.making import plain

if TYPE_CHECKING:
    from pathlib import Path

    from cooperations.territories import Gazetteer

SIAE = (
    "pk,kind,siret,naf,name,brand,address_line_1,post_code,city,department,lon,lat\n"
    "1,ACI,38786009100033,8130Z,LANDES PARTAGE,,5 Rue X,40000,Mont-de-Marsan,40,-0.4976,43.8937\n"
    "2,ACI,12345678901234,,=DEMO(),,Avenue des moulins,40000,Mont-de-Marsan,40,-0.5,43.89\n"
    "3,ACI,39887189700029\n"
)
OWN = "Nom;CP;Ville;Secteur\nLandes Partage;40000;Mont-de-Marsan;Nettoyage et propreté\n"
GUIDED = Guided(
    {"name": "Nom", "post_code": "CP", "city": "Ville", "purchase_families": "Secteur"}, "liste-cress", "CRESS"
)


def test_a_file_is_recognised_and_read(gazetteer: Gazetteer, tmp_path: Path) -> None:
    """Given as bytes or by its path; progress is told from 0 to 1."""
    told: list[float] = []
    (tmp_path / "siae.csv").write_text(SIAE, encoding="utf-8")
    for content in (SIAE.encode(), tmp_path / "siae.csv"):
        intake = read("siae.csv", content, gazetteer, source_date=DAY, on_progress=lambda share, _: told.append(share))
        assert (intake.profile.code, intake.read, intake.refused) == ("siae", 3, 2)
    assert told[: len(told) // 2] == sorted(told[: len(told) // 2])
    assert (told[0], told[-1]) == (0, 1)


def test_a_profile_can_be_chosen(gazetteer: Gazetteer) -> None:
    """An unknown one is refused; one that does not fit is said with the file's own columns."""
    assert read("a.csv", SIAE.encode(), gazetteer, profile="siae", source_date=DAY).read == 3
    with pytest.raises(InvalidParameter, match="profil"):
        read("a.csv", SIAE.encode(), gazetteer, profile="insee", source_date=DAY)
    with pytest.raises(UnknownColumns):
        read("a.csv", OWN.encode(), gazetteer, profile="siae", source_date=DAY)


def test_an_unknown_list_is_guided(gazetteer: Gazetteer) -> None:
    """The error carries what the page needs to ask."""
    with pytest.raises(UnknownColumns) as caught:
        read("a.csv", OWN.encode(), gazetteer, source_date=DAY)
    assert caught.value.header == ("Nom", "CP", "Ville", "Secteur")
    assert caught.value.suggested == {"name": "Nom", "purchase_families": "Secteur", "post_code": "CP", "city": "Ville"}
    intake = read("a.csv", OWN.encode(), gazetteer, mapping=GUIDED, source_date=DAY)
    assert intake.accepted["id"].tolist() == ["liste-cress-landes-partage-40000-mont-de-marsan"]
    assert intake.accepted["purchase_families"].tolist() == ["nettoyage"]


def test_a_workbook_is_read_as_well(gazetteer: Gazetteer) -> None:
    """Its numbers are codes that lost their zeros."""
    content = an_xlsx([["Nom", "CP", "Ville", "Secteur"], ["Plaine de l’Ain", 1150, "Blyes", ""]])
    intake = read("a.xlsx", content, gazetteer, mapping=GUIDED, source_date=DAY)
    assert intake.accepted["post_code"].tolist() == ["01150"]


def test_what_is_no_table_is_said(gazetteer: Gazetteer) -> None:
    """As everywhere."""
    with pytest.raises(UnreadableFile):
        read("a.pdf", b"%PDF-1.7", gazetteer, source_date=DAY)


def test_refused_rows_come_back_as_a_file(gazetteer: Gazetteer) -> None:
    """With their own columns, why, and what to do; no cell starts a formula."""
    intake = read("siae.csv", SIAE.encode(), gazetteer, source_date=DAY)
    content = rejected(intake)
    assert content.startswith(b"\xef\xbb\xbf# ")
    cover, header, wrong, ragged = content.decode("utf-8-sig").splitlines()
    assert plain(cover).startswith("# Lignes refusées de siae.csv : 2 lignes.")
    assert header.split(";")[-5:] == ["ligne", "colonne", "valeur", "raison", "que faire"]
    assert wrong.split(";")[:5] == ["2", "ACI", "12345678901234", "", "'=DEMO()"]
    assert wrong.split(";")[-5:-1] == ["3", "siret", "12345678901234", "clé du SIRET fausse"]
    assert ragged.split(";")[-5:-1] == ["4", "", "3 | ACI | 39887189700029", "3 cellules pour 12 colonnes"]


def test_a_corrected_file_of_refused_rows_is_imported(gazetteer: Gazetteer) -> None:
    """The added columns are ignored, the apostrophes that disarmed formulas are gone."""
    content = rejected(read("siae.csv", SIAE.encode(), gazetteer, source_date=DAY)).decode("utf-8-sig")
    corrected = content.replace("12345678901234", "39887189700029", 1)
    intake = read("rejets.csv", corrected.encode(), gazetteer, source_date=DAY)
    assert intake.profile.code == "siae"
    assert intake.accepted["name"].tolist() == ["=DEMO()"]
    assert intake.accepted["longitude"].tolist() == [-0.5]
    again = rejected(intake).decode("utf-8-sig").splitlines()[1]
    assert again.split(";").count("ligne") == 1


def test_refused_rows_of_an_unknown_list_are_recognised_by_its_mapping(gazetteer: Gazetteer) -> None:
    """The header that is guided is the one of the list, without the added columns."""
    header = OWN.splitlines()[0] + ";ligne;colonne;valeur;raison;que faire"
    with pytest.raises(UnknownColumns) as caught:
        read("a.csv", f"{header}\na;b;c;d;1;2;3;4;5\n".encode(), gazetteer, source_date=DAY)
    assert caught.value.header == ("Nom", "CP", "Ville", "Secteur")


def test_defects_of_one_row_are_told_together(gazetteer: Gazetteer) -> None:
    """One line of the file for one line of the list."""
    intake = read(
        "a.csv",
        OWN.replace("40000", "X").replace("Nettoyage", "Netoyage").encode(),
        gazetteer,
        mapping=GUIDED,
        source_date=DAY,
    )
    assert len(said(intake.refusals)) == 2
    last = rejected(intake).decode("utf-8-sig").splitlines()[-1]
    assert "CP · Secteur" in last
