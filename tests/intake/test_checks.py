"""Whatever a list holds: nothing is lost, and what is accepted satisfies the model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from cooperations.intake import read_table, take
from cooperations.intake.checks import slugs
from cooperations.intake.profiles.decp import DECP
from cooperations.offers.model import Award, Offer
from tests.intake.lists import DAY, EVERYTHING, a_row, came_of, only, said

if TYPE_CHECKING:
    from cooperations.intake import Intake
    from cooperations.territories import Gazetteer

NASTY = st.one_of(
    st.just(""),
    st.text(max_size=12),
    st.sampled_from(
        [
            "'",
            "''",
            "=1+1",
            "<b>a</b>",
            "&amp;",
            "a\ufffd",
            "\u200b",
            "x" * 50,
            "x" * 301,
            "x" * 4100,
            "null",
            "nan",
            "-1",
            "1e9",
        ]
    ),
)
DRAWN = {
    "source_key": ["1", "2", "A-1", "a 1", "é", "北"],
    "name": ["Landes Partage", "Les Ateliers d''Agen", "Camille EXEMPLE", "ASSOC ESSAI"],
    "kind": ["ACI", "Entreprise d’insertion", "EI", "ETI", "ETTI"],
    "family": ["association", "Coopérative", "SARL"],
    "siret": ["38786009100033", "387 860 091 00033", "5720784100066", "387860091", "12345678901234", "35600000049837"],
    "naf": ["8130Z", "81.30Z", "7820"],
    "purchase_families": ["nettoyage", "Espaces verts et nature|batiment", "netoyage"],
    "services": ["prestation", "Mise à disposition - Interim"],
    "area_radius_km": ["30", "30 km", "0", "2000", "30,5"],
    "area_territories": ["Landes", "departement:40", "50 km de Pau", "France entière", "ailleurs"],
    "post_code": ["40000", "1150", "40 000", "33185 CEDEX", "4000A"],
    "city": ["Mont-de-Marsan", "PAU CEDEX 9", "St Vincent de Tyrosse", "Montaut"],
    "commune_code": ["40192", "33409", "40999", "1047", "2a004"],
    "department_code": ["40", "1", "Landes", "2A", "Lande", "974"],
    "longitude": ["-0.4976", "0.4976", "43.8937", "181", "-0,4976"],
    "latitude": ["43.8937", "-0.4976", "48.5", "91", "43°"],
    "geocoding_score": ["0.3", "0.9"],
    "website": ["https://www.landespartage.fr", "www.essai.fr", "ftp://x", "http://[", "https://exemple.fr/\u00a0a"],
    "email": ["contact@exemple.fr", "non"],
    "phone": ["05 58 00 00 00"],
    "contact_consent_on": ["2020-01-02", "02/01/2020", "hier", "2020-02-30"],
    "labels": ["AFNOR|RSE"],
}
ROW = st.fixed_dictionaries({name: st.one_of(st.sampled_from(words), NASTY) for name, words in DRAWN.items()})
AWARD_CELLS = {
    "id": ["1", "2"],
    "source": ["a.json"],
    "acheteur": ["CROUS de Bordeaux", "D\ufffdl\ufffdgation"],
    "acheteur_siret": ["18330008600091"],
    "objet": ["Entretien des espaces verts", ""],
    "cpv": ["77310000", "77310000-6", "3000000", "travaux"],
    "montant": ["490", "7094,12", "1 000", "cher"],
    "date": ["2018-12-26+01:00", "", "26/12/2018", "2018-13-01"],
    "lieu_code": ["33", "33000", "97411", ""],
    "lieu_type": ["Code postal", "CODE POSTAL", "Code région"],
    "lieu_nom": ["Gironde"],
    "tit_id": ["41312533700084", "FR83387860091", "387860091", "ESB85535615"],
    "tit_nom": ["SNEF", "Landes Partage"],
    "dep": ["", "33"],
}
AWARD = st.fixed_dictionaries({name: st.one_of(st.sampled_from(words), NASTY) for name, words in AWARD_CELLS.items()})


def assert_nothing_lost(intake: Intake) -> None:
    """Assert what is always true of an intake."""
    assert len(intake.accepted) + intake.refused == intake.read
    assert len(intake.lines) == len(intake.accepted)
    assert not set(intake.lines.tolist()) & {issue.line for issue in intake.refusals}
    assert tuple(intake.accepted.columns) == tuple(intake.profile.model.model_fields)
    assert intake.accepted["id"].is_unique


def cells_of(row: dict[Any, Any]) -> dict[str, Any]:
    return {str(name): value for name, value in row.items()}


@settings(max_examples=40)
@given(st.lists(ROW, min_size=1, max_size=15))
def test_accepted_offers_satisfy_the_model(gazetteer: Gazetteer, rows: list[dict[str, str]]) -> None:
    """Each accepted row is an Offer as it stands: the model changes nothing in it."""
    intake = came_of(gazetteer, *rows)
    assert_nothing_lost(intake)
    for row in intake.accepted.to_dict("records"):
        assert Offer.model_validate(row).model_dump() == cells_of(row)


@settings(max_examples=40)
@given(st.lists(AWARD, min_size=1, max_size=15))
def test_accepted_awards_satisfy_the_model(gazetteer: Gazetteer, rows: list[dict[str, str]]) -> None:
    """So does each contract."""
    intake = came_of(gazetteer, *rows, profile=DECP)
    assert_nothing_lost(intake)
    for row in intake.accepted.to_dict("records"):
        assert Award.model_validate(row).model_dump() == cells_of(row)


def test_a_row_with_several_defects_is_refused_once(gazetteer: Gazetteer) -> None:
    """All of its defects are said."""
    intake = came_of(gazetteer, a_row(siret="123", post_code="ABC", name=""))
    assert (intake.refused, len(intake.accepted)) == (1, 0)
    assert said(intake.refusals) == [
        (2, "siret", "SIRET malformé"),
        (2, "post_code", "code postal malformé"),
        (2, "name", "valeur obligatoire absente"),
    ]


def test_what_is_not_known_is_none(gazetteer: Gazetteer) -> None:
    """Neither an empty text nor a NaN."""
    row = only(came_of(gazetteer, a_row()))
    assert row["website"] is None
    assert row["area_radius_km"] is None
    assert row["source_date"] == DAY


def test_a_row_without_a_key_gets_one(gazetteer: Gazetteer) -> None:
    """The SIRET and kind, else the name and place; the same row always gets the same one."""
    with_siret = a_row(key="", siret="38786009100033")
    without = a_row(key="", name="Régie de quartier")
    intake = came_of(gazetteer, with_siret, without)
    assert intake.accepted["id"].tolist() == [
        "essai-38786009100033-aci",
        "essai-regie-de-quartier-40000-mont-de-marsan",
    ]


def test_identifiers_are_made_of_letters_digits_and_hyphens() -> None:
    """What has none of them gets a digest."""
    made = slugs(pd.Series(["A.1 (é)", "--x--", "北京", "***"], dtype="str")).tolist()
    assert made[:2] == ["a-1-e", "x"]
    assert len(made[2]) == len(made[3]) == 16
    assert made[2] != made[3]


def test_a_header_alone_gives_an_empty_intake(gazetteer: Gazetteer) -> None:
    """Its columns are there all the same."""
    for header in ("source_key;name;post_code\n", "source_key;name;longitude;latitude;geocoding_score;siret\n"):
        intake = take(read_table("vide.csv", header.encode()), EVERYTHING, gazetteer, source_date=DAY)
        assert_nothing_lost(intake)
        assert intake.read == 0
