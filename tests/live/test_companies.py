"""Organisations found in the register, without the people of it."""

from __future__ import annotations

import copy
import json
import pickle
from typing import TYPE_CHECKING, Any

import pytest

from cooperations.errors import InvalidParameter, LiveSourcesOff, LiveSourceUnavailable
from cooperations.live import Company, companies, search_companies
from cooperations.live.client import Documented
from cooperations.live.companies import PER_SECOND, read_companies
from tests.live import server as troubles
from tests.live.documented import ELECTED, HOST, HOSTILE, MANAGER, RESULTS, SOLE_TRADER
from tests.making import plain
from tests.test_privacy import PERSONAL, words

if TYPE_CHECKING:
    from tests.live.server import LiveServer

NOBODY = (MANAGER, ELECTED, SOLE_TRADER, HOST, "JEANNE", "MARIE", "PIERRE", "PAUL")


def names(text: str, **filters: Any) -> list[str]:
    """Return the names of the organisations found."""
    return [company.name for company in search_companies(text, **filters).companies]


def test_nothing_is_asked_while_live_sources_are_off(server: LiveServer) -> None:
    """Not a byte leaves, whatever is typed."""
    for text in ("recyclerie", ""):
        with pytest.raises(LiveSourcesOff):
            search_companies(text)
    assert server.asked == []


def test_an_organisation_comes_with_its_head_office_and_flags(online: LiveServer) -> None:
    """What the form of a structure needs, and no more."""
    page = search_companies("Recyclerie  des Landes")
    assert page.companies == (
        Company(
            siren="000000001",
            name="RECYCLERIE DES LANDES",
            siret="00000000100015",
            activity="38.32Z",
            address="12 B RUE GAMBETTA",
            post_code="40000",
            commune_code="40192",
            commune_name="MONT-DE-MARSAN",
            longitude=-0.5012,
            latitude=43.8911,
            is_ess=True,
            is_siae=True,
        ),
    )
    assert (page.total, page.page, page.pages, page.left_out) == (1, 1, 1, 0)
    assert online.asked[0].query_params["q"] == "Recyclerie des Landes"


def test_flags_and_department_narrow_the_search(online: LiveServer) -> None:
    """ESS, SIAE and department, together or without a text."""
    assert names("landes", only_ess=True) == ["RECYCLERIE DES LANDES", "AMICALE DES LANDES"]
    assert names("", only_siae=True, department="40") == ["RECYCLERIE DES LANDES"]
    assert names("captieux", department="33") == ["SCIERIE DE CAPTIEUX"]
    assert names("captieux", department="40") == []
    assert online.asked[1].query_params["est_siae"] == "true"
    assert "est_ess" not in online.asked[1].query_params
    assert "q" not in online.asked[1].query_params


def test_pages_follow_each_other(online: LiveServer) -> None:
    """Twenty-five at a time, counted by the service."""
    first, second = (search_companies("cuma", page=page) for page in (1, 2))
    assert (len(first.companies), len(second.companies)) == (25, 5)
    assert (first.total, first.pages, second.page) == (30, 2, 2)
    assert not set(first.companies) & set(second.companies)
    assert len(online.asked) == 2


def test_an_equal_question_is_answered_from_memory(online: LiveServer) -> None:
    """The same text, filters and page are asked once; another page is another question."""
    assert search_companies("cuma") == search_companies(" cuma ")
    assert len(online.asked) == 1
    search_companies("cuma", only_ess=True)
    assert len(online.asked) == 2


def test_people_are_not_asked_for(online: LiveServer) -> None:
    """Neither sole traders, nor managers, nor anything but the head office and the flags."""
    search_companies("landes")
    asked = online.asked[0].query_params
    assert asked["est_entrepreneur_individuel"] == "false"
    assert asked["minimal"] == "true"
    assert asked["include"] == "siege,complements"


def test_people_who_come_all_the_same_are_nowhere(online: LiveServer) -> None:
    """When the service sends everything, no name of a person is returned, nor kept: sole traders are only counted."""
    online.will_always(troubles.everything)
    page = search_companies("landes")
    assert page.left_out == 3
    assert len(page.companies) == len(RESULTS) - 3
    kept = companies.companies_client(online.companies_url).ask(dict(online.asked[0].query_params))
    for held in (repr(page), pickle.dumps(kept).decode("latin-1")):
        assert not [name for name in NOBODY if name in held]
    assert len(online.asked) == 1


def test_a_sole_trader_found_by_number_is_left_out(online: LiveServer) -> None:
    """With a SIREN as text the service ignores filters: the reading does not."""
    page = search_companies("000000005")
    assert page.companies == ()
    assert (page.total, page.left_out) == (1, 1)
    assert len(online.asked) == 1


def test_what_is_read_has_no_place_for_a_person() -> None:
    """No field of what is read from the service is about people, but the flag that tells who they are."""
    read = [kind for kind in vars(companies).values() if isinstance(kind, type) and issubclass(kind, Documented)]
    fields = {name for kind in read for name in kind.model_fields}
    assert {"siren", "nom_complet", "est_ess", "siege"} <= fields
    assert not [name for name in fields if words(name) & PERSONAL]
    assert "adresse" not in fields


def test_an_error_does_not_quote_what_it_refused() -> None:
    """Errors end in logs: what was wrong is said, not whose it was."""
    wrong = copy.deepcopy(RESULTS[4]) | {"nom_complet": [SOLE_TRADER]}
    with pytest.raises(ValueError, match="nom_complet") as caught:
        read_companies(a_page(wrong))
    assert SOLE_TRADER not in str(caught.value)


def test_what_an_organisation_hides_is_empty(online: LiveServer) -> None:
    """A head office that the register masks has no address and no point, rather than the words of the mask."""
    (company,) = search_companies("ressourcerie discrete").companies
    assert (company.address, company.post_code) == ("", "")
    assert company.longitude is company.latitude is None
    assert company.commune_code == "40192"
    assert len(online.asked) == 1


def test_a_hostile_name_stays_text(online: LiveServer) -> None:
    """What comes from outside is neither read as anything else nor changed; pages escape what they show."""
    assert names("atelier") == [f"ATELIER {HOSTILE}"]
    assert len(online.asked) == 1


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        pytest.param({"text": ""}, "entreprise", id="nothing at all"),
        pytest.param({"text": "ab"}, "entreprise", id="too short"),
        pytest.param({"text": "a" * 201, "only_ess": True}, "entreprise", id="too long"),
        pytest.param({"text": "cuma", "department": "Landes"}, "département", id="not a code"),
        pytest.param({"text": "cuma", "department": "40,33"}, "département", id="two codes"),
        pytest.param({"text": "cuma", "page": 0}, "page", id="before the first page"),
        pytest.param({"text": "cuma", "page": 401}, "page", id="past ten thousand results"),
    ],
)
def test_what_the_service_would_refuse_is_not_asked(online: LiveServer, arguments: dict[str, Any], named: str) -> None:
    """The person reads what to change; the service is left in peace."""
    with pytest.raises(InvalidParameter) as caught:
        search_companies(**arguments)
    assert caught.value.name == named
    assert online.asked == []


@pytest.mark.parametrize("trouble", [troubles.broken, troubles.another_shape, troubles.a_page, troubles.unknown])
def test_a_failure_says_what_to_do_and_is_not_kept(online: LiveServer, trouble: troubles.Trouble) -> None:
    """It is never an empty page."""
    online.will_always(trouble)
    with pytest.raises(LiveSourceUnavailable) as caught:
        search_companies("scierie")
    assert plain(str(caught.value)) == (
        "La recherche d’entreprises ne répond pas. Saisissez la structure à la main : tout le reste fonctionne."
    )
    online.forget()
    assert names("scierie") == ["SCIERIE DE CAPTIEUX"]


def test_the_documented_limit_is_kept_with_a_margin() -> None:
    """The service allows seven a second to an IP address, at most."""
    assert PER_SECOND < 7


def a_page(*results: Any) -> bytes:
    """Return an answer of these results."""
    return json.dumps({"results": results, "total_results": 1, "page": 1, "total_pages": 1}).encode()


@pytest.mark.parametrize(
    "change",
    [
        {"siren": "1234"},
        {"siren": 123456789},
        {"nom_complet": 12},
        {"siege": None},
        {"siege": {"siret": "1"}},
        {"siege": RESULTS[0]["siege"] | {"latitude": "43,89"}},
        {"siege": RESULTS[0]["siege"] | {"latitude": 143.89}},
        {"siege": RESULTS[0]["siege"] | {"longitude": ["-0.5"]}},
        {"siege": RESULTS[0]["siege"] | {"commune": "Mont-de-Marsan"}},
        {"complements": {}},
        {"complements": RESULTS[0]["complements"] | {"est_entrepreneur_individuel": None}},
        {"complements": RESULTS[0]["complements"] | {"est_siae": "oui"}},
    ],
)
def test_another_shape_is_refused(change: dict[str, Any]) -> None:
    """One wrong value, and nothing of the answer is believed."""
    assert read_companies(a_page(RESULTS[0])).companies
    with pytest.raises(ValueError, match="validation error"):
        read_companies(a_page(RESULTS[0] | change))
