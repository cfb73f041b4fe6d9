"""The rules that a meeting may follow, what they give, and how they are said."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from cooperations.recurrence import in_words, is_first, parse, starts
from tests.making import plain

NINE = datetime(2027, 1, 12, 9)  # noqa: DTZ001 - rules read the clock of Paris; a Tuesday


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("FREQ=WEEKLY", "chaque semaine, le mardi", id="weekly on the day of the start"),
        pytest.param(
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH", "toutes les 2 semaines, le mardi et le jeudi", id="two days"
        ),
        pytest.param("FREQ=MONTHLY;BYDAY=2TU", "chaque mois, le 2e mardi", id="second Tuesday"),
        pytest.param("FREQ=MONTHLY;BYDAY=-1FR;COUNT=6", "chaque mois, le dernier vendredi, 6 fois", id="last Friday"),
        pytest.param("FREQ=MONTHLY", "chaque mois, le 12", id="monthly on the day of the start"),
        pytest.param("FREQ=MONTHLY;BYMONTHDAY=1", "chaque mois, le 1er", id="the first of the month"),
        pytest.param("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1", "tous les 3 mois, le dernier jour", id="last day"),
        pytest.param("FREQ=YEARLY;UNTIL=20301231", "chaque année, jusqu’au 31 décembre 2030", id="until a day"),
        pytest.param("FREQ=DAILY;INTERVAL=10", "tous les 10 jours", id="every ten days"),
    ],
)
def test_a_rule_is_said_in_french(text: str, said: str) -> None:
    """A person reads how often a meeting comes again."""
    assert plain(in_words(parse(text), NINE.date())) == said


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param("chaque mardi", "n’est pas une partie admise", id="words"),
        pytest.param("RRULE:FREQ=DAILY", "n’est pas une partie admise", id="the name of the property"),
        pytest.param("FREQ=SECONDLY", "FREQ vaut DAILY", id="every second"),
        pytest.param("INTERVAL=2", "FREQ vaut DAILY", id="no frequency"),
        pytest.param("FREQ=DAILY;FREQ=WEEKLY", "donné deux fois", id="twice"),
        pytest.param("FREQ=WEEKLY;COUNT=3;UNTIL=20271231", "COUNT et UNTIL s’excluent", id="two ends"),
        pytest.param("FREQ=WEEKLY;INTERVAL=0", "INTERVAL vaut de 1 à 99", id="no interval"),
        pytest.param("FREQ=WEEKLY;COUNT=501", "COUNT vaut de 1 à 500", id="too many"),
        pytest.param("FREQ=WEEKLY;COUNT=٣", "COUNT vaut de 1 à 500", id="Arabic digits"),
        pytest.param("FREQ=WEEKLY;UNTIL=2027-12-31", "UNTIL est un jour AAAAMMJJ", id="until with dashes"),
        pytest.param("FREQ=WEEKLY;UNTIL=20270230", "UNTIL est un jour AAAAMMJJ", id="the 30th of February"),
        pytest.param("FREQ=WEEKLY;BYDAY=2TU", "BYDAY ne peut pas valoir", id="second Tuesday of a week"),
        pytest.param("FREQ=MONTHLY;BYDAY=6TU", "BYDAY ne peut pas valoir", id="sixth Tuesday of a month"),
        pytest.param("FREQ=YEARLY;BYDAY=TU", "BYDAY va avec", id="Tuesdays of a year"),
        pytest.param("FREQ=MONTHLY;BYMONTHDAY=32", "BYMONTHDAY vaut", id="the 32nd"),
        pytest.param("FREQ=MONTHLY;BYDAY=TU;BYMONTHDAY=3", "sans BYDAY", id="both sorts of day"),
        pytest.param("FREQ=DAILY;BYSECOND=1\nX", "n’est pas une partie admise", id="what we do not know"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(text: str, problem: str) -> None:
    """What is wrong is named, and the remedy gives an example or the choices."""
    with pytest.raises(PydanticCustomError) as error:
        parse(text)
    assert problem in plain(str(error.value))
    assert (error.value.context or {})["remedy"]


def test_the_second_tuesdays_of_a_season() -> None:
    """Dates of a window alone, whenever the rule began."""
    rule = parse("FREQ=MONTHLY;BYDAY=2TU")
    found = [moment.date() for moment in starts(rule, NINE, date(2027, 3, 1), date(2027, 5, 31))]
    assert found == [date(2027, 3, 9), date(2027, 4, 13), date(2027, 5, 11)]


def test_the_start_is_the_first_date() -> None:
    """A rule for Thursdays is not begun by a Tuesday."""
    assert is_first(parse("FREQ=MONTHLY;BYDAY=2TU"), NINE)
    assert not is_first(parse("FREQ=WEEKLY;BYDAY=TH"), NINE)


@given(st.text(alphabet="FREQ=WKLYMONTHDAI;,UBC0123456789-NV\n", max_size=60))
def test_whatever_is_typed_is_read_or_refused_in_french(text: str) -> None:
    """Nothing else than our own refusal comes out."""
    try:
        rule = parse(text)
    except PydanticCustomError:
        return
    assert next(iter(starts(rule, NINE, NINE.date(), date(2030, 1, 1))), NINE).hour == 9
    assert in_words(rule)
