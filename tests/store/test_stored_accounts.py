"""Accounts, invitations and sessions on each backend: used once, ended in time, and traced."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from cooperations.accounts import entering, managing
from cooperations.accounts.entering import Asked, exchange, invite, invite_back, leave, person_of, person_of_claims
from cooperations.accounts.refusals import InvalidLink, SpentLink
from cooperations.accounts.rights import KEEPER, VISITOR, Person
from cooperations.accounts.tokens import SECRET_FILE, digest, signed
from cooperations.errors import InvalidDecision, NotAllowed
from cooperations.store import Store
from cooperations.store import accounts as stored

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from cooperations.store.accounts import Accounts

MEMBER = Asked("Interclubs des Landes", "membre")
CLAIMS = {"iss": "https://auth.landes.example", "sub": "42", "email": "Accueil@Interclubs.Example"}


@pytest.fixture(autouse=True)
def _secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/var/essai.sqlite3")


@pytest.fixture
def accounts(store: Store) -> Accounts:
    """Return the accounts of an empty store."""
    return store.accounts


@pytest.fixture
def anywhere(tmp_path: Path) -> Iterator[Accounts]:
    """Return the accounts of a file: what is refused before the database is asked is the same on each backend."""
    opened = Store(f"sqlite:///{tmp_path}/base.sqlite3")
    opened.migrate()
    yield opened.accounts
    opened.close()


def used(accounts: Accounts, asked: Asked = MEMBER) -> tuple[Person, str]:
    """Return who came in by a new invitation, and the token of the session."""
    account, session = exchange(accounts, link(accounts, asked))
    return account.person, session


def link(accounts: Accounts, asked: Asked = MEMBER) -> str:
    """Return the token of a new invitation."""
    return invite(accounts, KEEPER, asked).rpartition("/")[2]


def later(monkeypatch: pytest.MonkeyPatch, days: float) -> None:
    """Let days pass."""
    moment = datetime.now(UTC) + timedelta(days=days)
    for module in (entering, stored):
        monkeypatch.setattr(module, "now", lambda: moment)


def test_an_invitation_gives_an_account_and_a_session_once(accounts: Accounts, tmp_path: Path) -> None:
    """Whoever presses the button first is in; nothing that was sent is kept, and the secret is its owner's."""
    token = link(accounts)
    account, session = exchange(accounts, token)
    assert person_of(accounts, session) == Person("membre", "Interclubs des Landes", account.id)
    with pytest.raises(SpentLink, match="déjà servi"):
        exchange(accounts, token)
    with pytest.raises(SpentLink):
        entering.check_invitation(accounts, token)
    assert len(accounts.all()) == 1
    assert (tmp_path / "var" / SECRET_FILE).stat().st_mode & 0o777 == 0o600


def test_twenty_presses_at_once_open_one_account(accounts: Accounts) -> None:
    """The lock of the database decides, and the nineteen others are told."""
    token = link(accounts)

    def press(_: int) -> bool:
        try:
            exchange(accounts, token)
        except SpentLink:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(press, range(20))) == 1
    assert len(accounts.all()) == 1


def test_an_invitation_dies_after_its_days(accounts: Accounts, monkeypatch: pytest.MonkeyPatch) -> None:
    """Valid just before the last day ends, spent just after."""
    token = link(accounts)
    later(monkeypatch, 6.99)
    assert entering.check_invitation(accounts, token).organisation == "Interclubs des Landes"
    later(monkeypatch, 7.01)
    with pytest.raises(SpentLink, match="délai est passé"):
        exchange(accounts, token)


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda token: token[:-1], id="truncated"),
        pytest.param(lambda token: token.split(".")[0], id="unsigned"),
        pytest.param(lambda token: f"A{token}", id="altered"),
        pytest.param(lambda _: "", id="empty"),
        pytest.param(lambda _: "é" * 9, id="not even ASCII"),
        pytest.param(lambda _: "a." * 5000, id="endless"),
        pytest.param(lambda _: signed("deviné", "invitation"), id="signed here, but never given"),
        pytest.param(lambda token: signed(token.split(".")[0], "formulaire"), id="signed for something else"),
    ],
)
def test_a_link_that_is_not_ours_opens_nothing(anywhere: Accounts, spoil: object) -> None:
    """Forged, truncated, or of another kind: the same sentence, which says nothing of what exists."""
    token = link(anywhere)
    assert callable(spoil)
    with pytest.raises(InvalidLink):
        exchange(anywhere, spoil(token))
    assert not anywhere.all()


def test_another_secret_makes_no_link_of_ours(accounts: Accounts, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was signed elsewhere is not known here, and the host's secret goes first."""
    token = link(accounts)
    monkeypatch.setenv("COOPERATIONS_SECRET", "x" * 32)
    with pytest.raises(InvalidLink):
        exchange(accounts, token)


def test_a_session_ends_by_leaving_by_time_and_by_closing(accounts: Accounts, monkeypatch: pytest.MonkeyPatch) -> None:
    """Afterwards its token is a visitor's, in any process: only the database says who is in."""
    person, session = used(accounts)
    _, other = used(accounts)
    leave(accounts, session)
    assert person_of(accounts, session) == VISITOR
    assert person_of(accounts, other) != VISITOR
    mine = next(one for one in accounts.all() if one.id == person.account_id)
    third = exchange(accounts, invite_back(accounts, KEEPER, mine).rpartition("/")[2])
    assert third[0].id == person.account_id
    managing.close(accounts, KEEPER, person.account_id)
    assert person_of(accounts, third[1]) == VISITOR
    later(monkeypatch, 30.01)
    assert person_of(accounts, other) == VISITOR


@pytest.mark.parametrize("token", ["", "x", "0" * 5000, digest("x")])
def test_a_token_that_nobody_was_given_is_a_visitors(anywhere: Accounts, token: str) -> None:
    """Not even the digest that the database keeps opens a session."""
    _, session = used(anywhere)
    assert person_of(anywhere, token) == VISITOR
    assert person_of(anywhere, digest(session)) == VISITOR


def test_a_link_back_to_an_account_closed_meanwhile_opens_nothing(accounts: Accounts) -> None:
    """A closed account stays closed."""
    person, _ = used(accounts)
    back = invite_back(accounts, KEEPER, accounts.all()[0]).rpartition("/")[2]
    managing.close(accounts, KEEPER, person.account_id)
    with pytest.raises(InvalidLink):
        exchange(accounts, back)


def test_the_last_administrator_stays_one(accounts: Accounts) -> None:
    """With a second one, either may go."""
    first, _ = used(accounts, Asked("CRESS", "administrateur"))
    acts: list[Callable[[], None]] = [
        lambda: managing.close(accounts, first, first.account_id),
        lambda: managing.change_role(accounts, first, first.account_id, "membre"),
    ]
    for act in acts:
        with pytest.raises(InvalidDecision, match="dernier administrateur"):
            act()
    used(accounts, Asked("CRESS", "administrateur"))
    managing.change_role(accounts, first, first.account_id, "membre")
    assert {one.id: one.role for one in accounts.all()}[first.account_id] == "membre"


@pytest.mark.parametrize("role", ["visiteur", "membre", "moderateur"])
def test_nobody_else_manages_accounts(anywhere: Accounts, role: str) -> None:
    """The core refuses, whatever a page shows."""
    person = Person(role, "CRESS", "compte")
    used(anywhere)
    account = anywhere.all()[0]
    for act in (
        lambda: invite(anywhere, person, MEMBER),
        lambda: invite_back(anywhere, person, account),
        lambda: managing.close(anywhere, person, account.id),
        lambda: managing.change_role(anywhere, person, account.id, "administrateur"),
        lambda: managing.add_rule(anywhere, person, managing.a_rule("domaine", "cress.example", "CRESS", "membre")),
        lambda: managing.remove_rule(anywhere, person, "x"),
    ):
        with pytest.raises(NotAllowed):
            act()


@pytest.mark.parametrize(
    ("kind", "value", "fits"),
    [
        ("adresse", " ACCUEIL@interclubs.example ", True),
        ("adresse", "autre@interclubs.example", False),
        ("domaine", "@Interclubs.example", True),
        ("domaine", "clubs.example", False),
        ("siret", "13002526500013", False),
    ],
)
def test_a_rule_lets_in_who_fits_it(anywhere: Accounts, kind: str, value: str, *, fits: bool) -> None:
    """Whole addresses and whole domains only, whatever their case; the account is the same next time."""
    managing.add_rule(anywhere, KEEPER, managing.a_rule(kind, value, "Interclubs des Landes", "moderateur"))
    person = person_of_claims(anywhere, CLAIMS)
    assert (person.role == "moderateur") is fits
    assert person_of_claims(anywhere, CLAIMS | {"email": ""}).account_id == person.account_id
    assert len(anywhere.all()) == int(fits)


def test_the_narrowest_rule_gives_the_role_and_an_unverified_address_none(accounts: Accounts) -> None:
    """An address is narrower than a SIRET, which is narrower than a domain."""
    said = {"siret": "13002526500013", "email_verified": False}
    assert person_of_claims(accounts, CLAIMS) == VISITOR
    for kind, value, role in (
        ("domaine", "interclubs.example", "membre"),
        ("siret", "13002526500013", "moderateur"),
        ("adresse", "accueil@interclubs.example", "administrateur"),
    ):
        managing.add_rule(accounts, KEEPER, managing.a_rule(kind, value, "Interclubs", role))
    assert person_of_claims(accounts, CLAIMS).role == "administrateur"
    assert person_of_claims(accounts, CLAIMS | said | {"sub": "43"}).role == "moderateur"
    assert person_of_claims(accounts, CLAIMS | {"sub": "44", "email_verified": "false"}) == VISITOR
    assert person_of_claims(accounts, CLAIMS | {"sub": ""}) == VISITOR


@pytest.mark.parametrize(
    ("kind", "value"),
    [("adresse", "sans arobase"), ("domaine", "a@b.fr"), ("domaine", "fr"), ("siret", "123"), ("couleur", "bleu")],
)
def test_a_rule_that_could_let_in_anybody_is_refused(kind: str, value: str) -> None:
    """A top-level domain, or half an address, is a mistake."""
    with pytest.raises(InvalidDecision):
        managing.a_rule(kind, value, "CRESS", "membre")


@pytest.mark.parametrize(
    "asked",
    [
        Asked("", "membre"),
        Asked("CRESS", "visiteur"),
        Asked("CRESS", "dieu"),
        Asked("CRESS", "membre", 0),
        Asked("CRESS", "membre", 91),
        Asked("CRESS", "membre", address="personne"),
    ],
)
def test_an_invitation_that_makes_no_sense_is_refused(anywhere: Accounts, asked: Asked) -> None:
    """Nothing is kept of it."""
    with pytest.raises(InvalidDecision):
        invite(anywhere, KEEPER, asked)
    assert not anywhere.traces()


def test_the_log_says_who_what_and_when_without_secret_or_address(accounts: Accounts) -> None:
    """Neither token, digest nor address is in any line."""
    asked = Asked("Interclubs des Landes", "membre", address="accueil@interclubs.example")
    token = link(accounts, asked)
    _, session = exchange(accounts, token)
    leave(accounts, session)
    lines = accounts.traces()
    assert [one.action for one in lines] == ["sortir", "entrer", "inviter"]
    assert {one.organisation for one in lines} == {"Ligne de commande", "Interclubs des Landes"}
    told = repr(lines)
    for kept in (token, session, digest(session), "accueil@", "interclubs.example"):
        assert kept not in told
