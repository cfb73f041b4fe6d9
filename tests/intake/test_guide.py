"""A list that nobody knows: a mapping is suggested, chosen, and found again."""

from __future__ import annotations

import pytest

from cooperations.errors import InvalidParameter
from cooperations.intake import mapped, read_table, signature, suggest

RAW = read_table("a.csv", "Nom de la structure;N° SIRET;CP;Commune;Notes\nA;;40000;Mont-de-Marsan;x\n".encode())


@pytest.mark.parametrize(
    ("column", "attribute"),
    [
        pytest.param("N° SIRET", "siret", id="SIRET with a sign"),
        pytest.param("Raison Sociale", "name", id="a name"),
        pytest.param("ENSEIGNE", "trade_name", id="capitals"),
        pytest.param("CP", "post_code", id="an abbreviation"),
        pytest.param("Code INSEE", "commune_code", id="a commune code"),
        pytest.param("code_commune", "commune_code", id="our published name"),
        pytest.param("Téléphone", "phone", id="accents"),
        pytest.param("Secteurs d'activité", "purchase_families", id="sectors"),
        pytest.param("Adresse mail", "email", id="not the street"),
        pytest.param("Lng", "longitude", id="a longitude"),
    ],
)
def test_a_column_is_suggested_by_its_name(column: str, attribute: str) -> None:
    """As people write it."""
    assert suggest([column]) == {attribute: column}


def test_a_column_serves_once() -> None:
    """The closest name wins; what is close to nothing is left."""
    assert suggest(["Ville", "Commune", "Remarques"]) == {"city": "Ville"} or suggest(
        ["Ville", "Commune", "Remarques"]
    ) == {"city": "Commune"}
    assert suggest(RAW.header) == {
        "name": "Nom de la structure",
        "siret": "N° SIRET",
        "post_code": "CP",
        "city": "Commune",
    }


def test_the_same_columns_have_the_same_signature() -> None:
    """Whatever their order, accents or case; another column changes it."""
    assert signature(["Nom", "Ville"]) == signature(["VILLE", "nom"])
    assert signature(["Nom", "Ville"]) != signature(["Nom", "Ville", "CP"])
    assert len(signature(["Nom"])) == 16


def test_a_mapping_makes_a_profile() -> None:
    """It reads the columns that the person chose."""
    profile = mapped(RAW, {"name": "Nom de la structure", "post_code": "CP"}, "liste-cress", "CRESS, licence ouverte")
    assert profile.recognises(RAW.header)
    assert profile.map(RAW)["post_code"].tolist() == ["40000"]
    assert profile.map(RAW)["source"].tolist() == ["liste-cress"]


@pytest.mark.parametrize(
    ("columns", "code", "label"),
    [
        pytest.param({"name": "Nom de la structure", "colour": "Notes"}, "a", "A", id="an attribute that is not ours"),
        pytest.param({"name": "Nom"}, "a", "A", id="a column that the file has not"),
        pytest.param({"post_code": "CP"}, "a", "A", id="no name"),
        pytest.param({"name": "Nom de la structure"}, "Liste CRESS", "A", id="a source that is no code"),
        pytest.param({"name": "Nom de la structure"}, "a", " ", id="a source without a name"),
    ],
)
def test_a_wrong_mapping_is_refused(columns: dict[str, str], code: str, label: str) -> None:
    """The sentence says what is missing."""
    with pytest.raises(InvalidParameter):
        mapped(RAW, columns, code, label)
