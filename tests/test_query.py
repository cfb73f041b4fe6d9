"""What a person asks for, said in the address: what criteria and needs have in common."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperations.offers.terms import SERVICES
from cooperations.query import LONGEST_TEXT, Query, in_vocabulary, short_text, unknown_name
from tests.making import plain


@dataclass(frozen=True, slots=True)
class Asked(Query):
    """One text with a default, one without, and a tuple."""

    radius: str = "30"
    text: str = ""
    codes: tuple[str, ...] = ()


Asked.parameters = {"rayon": "radius", "q": "text", "achat": "codes"}
WORDS = st.text(st.characters(exclude_categories=("Cs", "Z", "Cc")), min_size=1, max_size=8)
ASKED = st.builds(
    Asked, radius=WORDS, text=st.one_of(st.just(""), WORDS), codes=st.lists(WORDS, max_size=3, unique=True).map(tuple)
)


@given(asked=ASKED)
def test_what_is_asked_comes_back_from_its_address(asked: Asked) -> None:
    """Any text, any number of codes, through the encoding of a URL."""
    values: dict[str, list[str]] = {}
    for name, value in parse_qsl(asked.query_string()):
        values.setdefault(name, []).append(value)
    assert Asked.from_values(values) == asked


def test_defaults_are_left_out_of_the_address() -> None:
    """An address says what was chosen, in one order, and nothing else."""
    assert Asked().to_query() == ()
    asked = Asked(codes=("nettoyage", "batiment"), text="Landes")
    assert asked.to_query() == (("q", "Landes"), ("achat", "nettoyage"), ("achat", "batiment"))
    assert asked.query_string() == "q=Landes&achat=nettoyage&achat=batiment"


@pytest.mark.parametrize(
    ("parameter", "value", "expected"),
    [
        pytest.param("achat", "nettoyage", Asked("50", "x", ("batiment",)), id="one of several goes"),
        pytest.param("achat", "energie_eau", Asked("50", "x", ("nettoyage", "batiment")), id="what is not there stays"),
        pytest.param("rayon", "50", Asked("30", "x", ("nettoyage", "batiment")), id="a text goes back to its default"),
        pytest.param("q", "x", Asked("50", "", ("nettoyage", "batiment")), id="a text becomes empty"),
    ],
)
def test_a_filter_is_removed_alone(parameter: str, value: str, expected: Asked) -> None:
    """The cross of a filter takes out its value and leaves the others."""
    assert Asked("50", "x", ("nettoyage", "batiment")).without(parameter, value) == expected


def test_the_last_of_two_values_holds_where_one_is_expected() -> None:
    """As in a browser's form; an empty list of values is a default."""
    assert Asked.from_values({"rayon": ["10", " 20 "], "achat": []}) == Asked(radius="20")


def test_what_makes_no_sense_is_said() -> None:
    """An unknown code, a name misspelt, a text that is too long: one French sentence each, with a suggestion."""
    assert in_vocabulary(SERVICES)("prestation") == ""
    assert plain(in_vocabulary(SERVICES)("prestations")) == (
        "ce code n’existe pas ; vouliez-vous dire « prestation » ?"
    )
    assert in_vocabulary(SERVICES)("zzz") == "ce code n’existe pas"
    assert plain(unknown_name("rayons", ("rayon", "lieu"))).endswith("vouliez-vous dire « rayon » ?")
    assert short_text("x" * LONGEST_TEXT) == ""
    assert "200 caractères" in plain(short_text("x" * (LONGEST_TEXT + 1)))
