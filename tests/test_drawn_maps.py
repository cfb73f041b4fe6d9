"""What Folium writes is compiled as a template by branca: no text of a record may be run by the server there."""

from __future__ import annotations

import json
from html import unescape

import folium
import pytest
from streamlit_folium import _get_feature_group_string, _get_map_string

from cooperations.ui.layers import LocalMap, MeetingLayer
from cooperations.ui.markdown import tooltip_text
from tests.hostile import HOSTILE

ORDERS = (
    *HOSTILE,
    "A{{7*191}}Z",
    "A{% for one in 'ab' %}{{ one }}{% endfor %}Z",
    "A{# caché #}Z",
    "A{{{7*191}}}Z",
    "A{",
    "%}{{7*191}}",
    "A{{ cycler.__init__.__globals__.os.environ }}Z",
)
RESULTS = ("A1337Z", "%}1337", "A{ab}Z", "AabZ", "AZ", "environ({")


@pytest.mark.parametrize("text", ORDERS)
def test_a_bubble_holds_the_text_itself(text: str) -> None:
    """As a page draws it, and as the map is written whole."""
    drawn = LocalMap()
    folium.CircleMarker([44.8, -0.6], tooltip=folium.Tooltip(tooltip_text(text))).add_to(drawn)
    for written in (drawn.get_root().render(), _get_map_string(drawn)):
        assert not any(one in written for one in RESULTS)
        assert text in unescape(written)


@pytest.mark.parametrize("text", ORDERS)
def test_a_layer_holds_the_text_itself(text: str) -> None:
    """In its options, which the browser reads back letter for letter."""
    drawn, group = LocalMap(), folium.FeatureGroup()
    MeetingLayer("rencontres", {"lieux": [{"nom": text, "rencontres": [{"nom": text}]}]}).add_to(group)
    drawn.render()  # type: ignore[no-untyped-call]
    shown = _get_feature_group_string(group, drawn)
    for written in (shown, drawn.get_root().render()):
        assert not any(one in written for one in RESULTS)
    said = shown.partition("L.cooperations.rencontres(")[2].partition(");")[0]
    assert json.loads(said)["lieux"] == [{"nom": text, "rencontres": [{"nom": text}]}]
