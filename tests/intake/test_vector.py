"""Whole columns give what the same rule gives cell by cell."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperations.fields import luhn_is_valid
from cooperations.intake import vector
from cooperations.intake.trades import families_in
from cooperations.purchases import SEPARATOR
from cooperations.purchases import families_in as families_in_one
from cooperations.text import fold


def column(*cells: str) -> pd.Series[Any]:
    return pd.Series(cells, dtype="str")


@given(st.lists(st.from_regex(r"(356000000[0-9]{5}|[0-9]{14})", fullmatch=True), max_size=30))
def test_the_key_of_many_sirets(sirets: list[str]) -> None:
    """La Poste's rule included."""
    expected = [luhn_is_valid(siret) for siret in sirets]
    assert vector.luhn_is_right(column(*sirets)).tolist() == expected


def test_what_is_no_siret_has_no_right_key() -> None:
    """Letters, other digits, other lengths."""
    cells = column("3878600910003", "٣٨٧٨٦٠٠٩١٠٠٠٣٣", "38786009100033", "", "3878600910003A")
    assert vector.luhn_is_right(cells).tolist() == [False, False, True, False, False]
    assert vector.luhn_is_right(column("387860091", "387860092"), 9).tolist() == [True, False]


@given(st.lists(st.text(alphabet="aàâäéèêëîïôöùûüçœŒæÆÉÈÀ'’- \u00a0\tzZ9(),;ßñ", max_size=15), max_size=10))
def test_folding_many_texts(texts: list[str]) -> None:
    """Names of communes are compared with those of geo/, folded one by one."""
    assert vector.folded(column(*texts)).tolist() == [fold(text) for text in texts]


@pytest.mark.parametrize(
    "text",
    [
        "Entretien d’espaces verts et d’espaces publics",
        "Recyclerie & ressourcerie, friperie",
        "Déménagement social, garage solidaire",
        "Blanchisserie l’Éclat – repassage",
        "Maraîchage BIO",
        "Bois de chauffage ; petite menuiserie",
        "Mutuelle",
        "Rien de cela",
        "",
    ],
)
def test_families_of_many_texts(text: str) -> None:
    """The words of a purchase family are found as the list itself finds them."""
    assert families_in(column("x", text, "nettoyage")).tolist() == [
        "",
        SEPARATOR.join(families_in_one(text)),
        "nettoyage",
    ]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        pytest.param("44.84966", 44.84966, id="a point"),
        pytest.param("-0,5", -0.5, id="a comma"),
        pytest.param("1 204,5", 1204.5, id="a space between thousands"),
        pytest.param("1\u202f204", 1204.0, id="a narrow no-break space"),
        pytest.param(".5", 0.5, id="nothing before the point"),
        pytest.param("1e3", 1000.0, id="an exponent"),
    ],
)
def test_numbers_as_people_write_them(cell: str, value: float) -> None:
    """French commas and spaces included."""
    values, wrong = vector.numbers(column(cell))
    assert (values.tolist(), wrong.tolist()) == ([value], [False])


@pytest.mark.parametrize("cell", ["abc", "1.2.3", "nan", "inf", "0x10", "1e999", "-", "1 € "])
def test_what_is_no_number(cell: str) -> None:
    """It is said, never guessed."""
    values, wrong = vector.numbers(column(cell))
    assert np.isnan(values).all()
    assert wrong.all()


def test_the_first_of_each_key() -> None:
    """Only rows that are kept are first."""
    among = np.array([False, True, True, False])
    assert vector.first_of(column("a", "a", "a", "b"), among).tolist() == [1, 1, 1, -1]


def test_a_function_is_called_once_per_value() -> None:
    """Lists repeat themselves."""
    seen: list[str] = []

    def twice(cell: str) -> str:
        seen.append(cell)
        return cell * 2

    assert vector.per_value(column("a", "b", "a"), twice).tolist() == ["aa", "bb", "aa"]
    assert seen == ["a", "b"]
