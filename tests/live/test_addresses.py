"""Places found by their address."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperations.errors import InvalidParameter, LiveSourcesOff, LiveSourceUnavailable, http_status
from cooperations.live import Address, search_addresses
from cooperations.live.addresses import PER_SECOND, read_addresses
from tests.live import server as troubles
from tests.live.documented import FEATURES, HOSTILE
from tests.making import plain

if TYPE_CHECKING:
    from cooperations.territories import Gazetteer
    from tests.live.server import LiveServer


def test_nothing_is_asked_while_live_sources_are_off(server: LiveServer) -> None:
    """Not a byte leaves, whatever is typed, and it is not an empty answer."""
    for text in ("Captieux", ""):
        with pytest.raises(LiveSourcesOff, match="COOPERATIONS_EN_LIGNE"):
            search_addresses(text)
    assert server.asked == []


def test_an_address_comes_with_its_point_and_its_codes(online: LiveServer) -> None:
    """The point is longitude then latitude in degrees, never the metres that come beside."""
    first, second = search_addresses("rue  gambetta\nmont-de-marsan")
    assert first == Address(
        label="2 Rue Gambetta 40000 Mont-de-Marsan",
        longitude=-0.5012,
        latitude=43.8911,
        commune_code="40192",
        post_code="40000",
        score=0.97,
        kind="housenumber",
    )
    assert second.kind == "street"
    assert dict(online.asked[0].query_params) == {
        "q": "rue gambetta mont-de-marsan",
        "limit": "5",
        "index": "address",
    }


def test_codes_and_points_are_those_of_the_territories(online: LiveServer, gazetteer: Gazetteer) -> None:
    """A commune found by its address is the one that geo/ knows, by code and by point."""
    assert online.asked == []
    for text in ("Mont-de-Marsan", "Captieux", "Lucmau"):
        for address in search_addresses(text):
            key = f"commune:{address.commune_code}"
            assert address.post_code in gazetteer[key].post_codes
            found = gazetteer.locate(address.longitude, address.latitude)
            assert found is not None
            assert found.key == key


def test_no_more_than_asked_for(online: LiveServer) -> None:
    """The best one alone, when one is wanted."""
    assert [address.label for address in search_addresses("Mont-de-Marsan", limit=1)] == [
        "2 Rue Gambetta 40000 Mont-de-Marsan"
    ]
    assert len(online.asked) == 1


def test_nothing_found_is_an_answer(online: LiveServer) -> None:
    """An address that does not exist gives an empty list, kept like any other answer."""
    assert search_addresses("Rue Qui N’existe Pas") == search_addresses("Rue Qui N’existe Pas") == []
    assert len(online.asked) == 1


def test_an_equal_question_is_answered_from_memory(online: LiveServer) -> None:
    """Spaces apart; and what a caller does to its list is its own affair."""
    search_addresses("Captieux").clear()
    assert [address.label for address in search_addresses("  Captieux ")] == ["Captieux"]
    assert len(online.asked) == 1


@pytest.mark.parametrize("text", ["", "  ", "a ", "-paris", "«␣Captieux␣»".replace("␣", "\u00a0"), "a" * 201])
def test_what_the_service_would_refuse_is_not_asked(online: LiveServer, text: str) -> None:
    """The person reads what to type; the service is left in peace."""
    with pytest.raises(InvalidParameter, match="3 à 200 caractères"):
        search_addresses(text)
    assert online.asked == []


@pytest.mark.parametrize("limit", [0, -1, 21])
def test_an_impossible_limit_is_refused(online: LiveServer, limit: int) -> None:
    """Neither nothing nor everything can be asked for."""
    with pytest.raises(InvalidParameter, match="limite"):
        search_addresses("Captieux", limit)
    assert online.asked == []


def test_a_hostile_label_stays_text(online: LiveServer) -> None:
    """What comes from outside is neither read as anything else nor changed; pages escape what they show."""
    (address,) = search_addresses("Lucmau")
    assert address.label == f"Lucmau {HOSTILE}"
    assert len(online.asked) == 1


@pytest.mark.parametrize("trouble", [troubles.broken, troubles.another_shape, troubles.a_page, troubles.everything])
def test_a_failure_says_what_to_do_and_is_not_kept(online: LiveServer, trouble: troubles.Trouble) -> None:
    """It is never an empty list; the rest of the application needs none of this."""
    online.will_always(trouble)
    with pytest.raises(LiveSourceUnavailable) as caught:
        search_addresses("Captieux")
    assert http_status(caught.value) == 503
    assert plain(str(caught.value)) == (
        "La recherche d’adresses ne répond pas. Choisissez une commune dans la liste : tout le reste fonctionne."
    )
    online.forget()
    assert [address.label for address in search_addresses("Captieux")] == ["Captieux"]


def test_the_documented_limit_is_kept_with_a_margin() -> None:
    """The Géoplateforme allows fifty a second to an IP address."""
    assert PER_SECOND < 50


def altered(path: str, value: Any) -> bytes:
    """Return a right answer, but for the value at `path` of its first feature; None takes it away."""
    feature = copy.deepcopy(FEATURES[0])
    *way, last = path.split(".")
    place = feature
    for step in way:
        place = place[step]
    place[last] = value
    if value is None:
        del place[last]
    return json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("geometry.type", "Polygon"),
        ("geometry.coordinates", [419000.5, 6314000.5]),
        ("geometry.coordinates", [-0.5]),
        ("geometry.coordinates", ["-0.5", "43.9"]),
        ("geometry.coordinates", [float("nan"), 43.9]),
        ("geometry", None),
        ("properties.label", ""),
        ("properties.label", None),
        ("properties.label", "a" * 2000),
        ("properties.label", ["Mont-de-Marsan"]),
        ("properties.citycode", "4019"),
        ("properties.citycode", 40192),
        ("properties.citycode", None),
        ("properties.postcode", "40"),
        ("properties.score", "0.9"),
        ("properties.score", -1),
        ("properties.type", "poi"),
    ],
)
def test_another_shape_is_refused(path: str, value: Any) -> None:
    """One wrong value, and nothing of the answer is believed."""
    with pytest.raises(ValueError, match="validation error"):
        read_addresses(altered(path, value))


def test_a_place_without_a_post_code_has_none() -> None:
    """It is found all the same."""
    (address,) = read_addresses(altered("properties.postcode", None))
    assert address.post_code == ""


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["type", "features", "geometry", "label"]), inner),
)


@given(st.binary() | JSON.map(lambda value: json.dumps(value).encode()))
def test_whatever_comes_is_addresses_or_an_error(body: bytes) -> None:
    """No answer breaks the reading in another way, and only a collection gives addresses."""
    try:
        read_addresses(body)
    except ValueError:
        return
    assert json.loads(body)["type"] == "FeatureCollection"
