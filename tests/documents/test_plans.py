"""The small map of a document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from cooperations.catalogue import Point
from cooperations.documents.plans import PICKED, Spot, locator_map, overlay, spot_of

if TYPE_CHECKING:
    from cooperations.territories import Gazetteer

LANGON = Point(-0.2495, 44.5536)


def test_a_map_is_vectors_without_anything_from_elsewhere(gazetteer: Gazetteer) -> None:
    """Small, well formed, and the same twice."""
    drawn = locator_map(gazetteer, ["departement:40"], [spot_of(LANGON, "groupement_acteurs")])
    assert ET.fromstring(drawn).tag.endswith("svg")  # noqa: S314 - our own
    assert drawn == locator_map(gazetteer, ["departement:40"], [spot_of(LANGON, "groupement_acteurs")])
    assert len(drawn) < 60_000
    assert b"href" not in drawn


def test_territories_are_filled_and_small_ones_ringed(gazetteer: Gazetteer) -> None:
    """A commune would not be seen at this scale; an unknown key draws nothing."""
    drawn = locator_map(gazetteer, ["commune:33227", "departement:40", "commune:99999"]).decode()
    assert drawn.count(PICKED) == 2
    assert drawn.count("<circle") == 1


def test_marks_lie_where_they_should(gazetteer: Gazetteer) -> None:
    """Langon is north of Pau, and a hollow mark says that the place is not exact."""
    pau = Spot(Point(-0.3708, 43.2951), "#123456", hollow=True)
    drawn = locator_map(gazetteer, spots=[Spot(LANGON, "#abcdef", small=True), pau]).decode()
    (_, north, fill), (_, south, hollow) = re.findall(r'cx="([\d.]+)" cy="([\d.]+)" r="[\d.]+" fill="(#\w+)"', drawn)
    assert float(north) < float(south)
    assert (fill, hollow) == ("#abcdef", "#ffffff")


def test_each_type_has_its_shape(gazetteer: Gazetteer) -> None:
    """Colour is never the only sign."""
    assert b"<polygon" in locator_map(gazetteer, spots=[spot_of(LANGON, "achats_responsables_publics")])


def test_codes_are_written_once(gazetteer: Gazetteer) -> None:
    """Over a filled department its code is written again, since it hides the one below; elsewhere it is not."""
    assert locator_map(gazetteer, ["departement:16"]).count(b"<text") == 5
    assert overlay(gazetteer, ["departement:40"]).count(b"<text") == 1
    assert overlay(gazetteer, ["region:72"]).count(b"<text") == 5
