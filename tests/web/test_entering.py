"""Using a private link in a browser: asked first, once, from our own page, into a cookie that scripts cannot read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cooperations.accounts.entering import Asked, invite, person_of
from cooperations.accounts.pace import Pace
from cooperations.accounts.rights import KEEPER, VISITOR
from cooperations.runtime import application
from cooperations.web.entering import COOKIE
from tests.making import plain

if TYPE_CHECKING:
    from starlette.testclient import TestClient


@pytest.fixture(autouse=True)
def _new_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cooperations.web.entering.ENTRIES", Pace(20))


OURS = {"origin": "http://testserver"}


def link(organisation: str = "Interclubs des Landes") -> str:
    """Return the path of a new invitation."""
    return f"/entrer/{invite(application().store.accounts, KEEPER, Asked(organisation, 'membre')).rpartition('/')[2]}"


def press(client: TestClient, path: str, **headers: str) -> object:
    """Press the button of a link's page."""
    token = path.rpartition("/")[2]
    return client.post("/entrer", data={"lien": token}, headers=OURS | headers, follow_redirects=False)


def test_looking_at_a_link_does_not_use_it(client: TestClient) -> None:
    """A mail program that previews links opens it any number of times."""
    path = link("Association <b>&amp;</b>")
    for _ in range(3):
        answer = client.get(path)
        assert answer.status_code == 200
        assert "set-cookie" not in answer.headers
    assert "Association &lt;b&gt;&amp;amp;&lt;/b&gt;" in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "same-origin"


def test_the_button_opens_a_session_and_leaving_ends_it(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """The cookie is for the server alone, and for this site alone; behind https it never leaves it."""
    monkeypatch.setenv("COOPERATIONS_ADRESSE", "https://cooperations.example")
    answer = press(client, link())
    assert answer.status_code == 303
    assert answer.headers["location"] == "/acces"
    cookie = answer.headers["set-cookie"]
    assert all(part in cookie for part in ("HttpOnly", "SameSite=lax", "Secure", "Max-Age=2592000"))
    accounts, token = application().store.accounts, cookie.partition("=")[2].partition(";")[0]
    assert person_of(accounts, token).organisation == "Interclubs des Landes"
    left = client.post("/sortir", headers=OURS | {"cookie": f"{COOKIE}={token}"}, follow_redirects=False)
    assert left.status_code == 303
    assert "Max-Age=0" in left.headers["set-cookie"]
    assert person_of(accounts, token) == VISITOR


@pytest.mark.parametrize(
    ("spoil", "status", "words"),
    [
        pytest.param(lambda path: path[:-1], 400, "pas complet", id="truncated"),
        pytest.param(lambda path: path.replace("/entrer/", "/entrer/A"), 400, "pas complet", id="forged"),
        pytest.param(lambda _: "/entrer/x", 400, "pas complet", id="short"),
    ],
)
def test_a_wrong_link_says_so(client: TestClient, spoil: object, status: int, words: str) -> None:
    """Opened or pressed, it is the same page, in French, and no cookie."""
    assert callable(spoil)
    path = spoil(link())
    for answer in (client.get(path), press(client, path)):
        assert answer.status_code == status
        assert words in plain(answer.text)
        assert "set-cookie" not in answer.headers


def test_a_link_used_twice_is_gone(client: TestClient) -> None:
    """410, and who has it is told to ask for another."""
    path = link()
    press(client, path)
    client.cookies.clear()
    for answer in (client.get(path), press(client, path)):
        assert answer.status_code == 410
        assert "déjà servi" in plain(answer.text)
        assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("origin", ["https://ailleurs.example", "null", "", "http://testserver.ailleurs.example"])
@pytest.mark.parametrize("path", ["/entrer", "/sortir"])
def test_a_form_of_another_site_does_nothing(client: TestClient, path: str, origin: str) -> None:
    """No site can bring somebody in, or out, behind their back."""
    token = link().rpartition("/")[2]
    answer = client.post(path, data={"lien": token}, headers={"origin": origin}, follow_redirects=False)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    assert client.get(f"/entrer/{token}").status_code == 200


def test_a_form_of_ten_megabytes_is_not_read(client: TestClient) -> None:
    """It is cut, and is no link."""
    answer = client.post("/entrer", content=b"lien=" + b"x" * 10_000_000, headers=OURS)
    assert answer.status_code in {400, 413}


def test_links_are_not_tried_one_after_the_other(client: TestClient) -> None:
    """After twenty in a minute an address waits, and is told how long."""
    answers = [client.get(f"/entrer/{number}").status_code for number in range(22)]
    assert answers == [400] * 20 + [429] * 2


def test_neither_page_is_got_by_its_form_address(client: TestClient) -> None:
    """A link to /sortir signs nobody out."""
    assert client.get("/sortir").status_code == 405
