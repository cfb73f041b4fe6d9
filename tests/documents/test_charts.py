"""Charts: the same specification on the screen and in a document."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree as ET

import pytest

from cooperations import vocabularies as v
from cooperations.documents import charts
from cooperations.figures import Bar
from cooperations.signs import SIGNS
from tests.making import plain

TYPES = v.PRACTICE_TYPES.codes
BY_TYPE = [Bar("", code, count) for code, count in zip(TYPES, (9, 1, 0, 1234, 4), strict=True)]
YEARS = [
    Bar(year, code, count) for year in ("2013", "2014") for code, count in zip(TYPES, (2, 1, 0, 0, 1), strict=True)
]
PLACES = [Bar(name, code, 1) for name in ("Landes (40)", "Gironde (33)") for code in TYPES]
DRAWN = [
    pytest.param(charts.by_type, BY_TYPE, id="by type"),
    pytest.param(charts.by_territory, PLACES, id="by territory"),
    pytest.param(charts.over_time, YEARS, id="over time"),
]


def texts(svg: bytes) -> list[str]:
    """Return the texts of a drawing."""
    return [plain(one.text or "") for one in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]  # noqa: S314 - our own drawing


@pytest.mark.parametrize(("draw", "bars"), DRAWN)
def test_the_same_numbers_give_the_same_drawing(draw: charts.Chart, bars: list[Bar]) -> None:
    """Byte for byte, and without anything of elsewhere."""
    svg = charts.as_svg(draw(bars))
    assert svg == charts.as_svg(draw(bars))
    assert b"href=" not in svg
    assert b"<image" not in svg


@pytest.mark.parametrize(("draw", "bars"), DRAWN)
def test_a_specification_holds_its_data(draw: charts.Chart, bars: list[Bar]) -> None:
    """Nothing is asked of a server by who draws it, and numbers are French there too."""
    told = json.dumps(draw(bars).to_dict())
    assert '"url"' not in told
    assert draw(bars).to_dict()["config"]["locale"]["number"]["decimal"] == ","


def test_numbers_are_french() -> None:
    """Thousands apart, by a space that does not break."""
    svg = charts.as_svg(charts.by_type(BY_TYPE))
    assert "1\u202f234" in svg.decode()
    assert "1 200" in texts(svg)


def test_few_practices_are_counted_in_whole_numbers() -> None:
    """The axis says 0, 1, 2, 3, each once, and no half."""
    numbers = [text for text in texts(charts.as_svg(charts.over_time(YEARS))) if text.isdecimal() and len(text) == 1]
    assert numbers == ["0", "1", "2", "3", "4"]


@pytest.mark.parametrize("width", [280, 343, 640, 916])
@pytest.mark.parametrize("name", ["Pau", "CC de la Haute Lande Armagnac et des Landes du Nord"])
def test_the_names_of_a_legend_are_whole(name: str, width: int) -> None:
    """On a telephone as on paper, whatever room the names of territories take."""
    drawn = charts.as_svg(charts.by_territory([Bar(name, code, 1) for code in TYPES]).properties(width=width)).decode()
    (origin,) = re.findall(r"^<svg.*?translate\(([\d.]+),", drawn)
    ((legend, longest),) = re.findall(r'role-legend" .*?translate\((-?[\d.]+),.*?h([\d.]+)v', drawn)
    left, room = float(origin) + float(legend), float(re.findall(r'viewBox="0 0 (\d+)', drawn)[0])
    assert 0 <= left <= room - float(longest)


def test_types_keep_their_colours() -> None:
    """Those of the map; a sub-type has the colour of its type."""
    svg = charts.as_svg(
        charts.by_territory([Bar("Pau", "creation_activites", 2), Bar("Pau", "achats_inter_ess", 1)])
    ).decode()
    assert SIGNS["groupement_acteurs"].colour in svg
    assert SIGNS["achats_inter_ess"].colour in svg


def test_a_chart_is_said_in_words() -> None:
    """What it shows to who does not see it, empty groups included."""
    bars = [Bar("Landes (40)", "achats_inter_ess", 2), Bar("Pau", "achats_inter_ess", 0)]
    assert plain(charts.in_words(bars)) == "Landes (40) : Achats inter-ESS 2 ; Pau : aucune pratique"


def test_markup_in_a_group_is_text() -> None:
    """Whatever a territory is called."""
    svg = charts.as_svg(charts.by_territory([Bar("<script>alert(1)</script>", "achats_inter_ess", 1)]))
    assert b"<script" not in svg
    assert "<script>alert(1)</script>" in texts(svg)
