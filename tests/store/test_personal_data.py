"""A person asks what is known of an address, then to be forgotten: wherever it is, and nobody else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from cooperations.accounts import erasing, managing
from cooperations.accounts.entering import Asked, exchange, invite, person_of, person_of_claims
from cooperations.accounts.rights import KEEPER, VISITOR, Person
from cooperations.decisions import Draft, decide
from cooperations.errors import InvalidDecision, NotAllowed
from cooperations.store import Store
from cooperations.store.personal import ERASED, OFFER
from tests.offers.offering import an_offer

if TYPE_CHECKING:
    from pathlib import Path

ADDRESS, OTHER = "l.martin@interclubs.example", "paul.martin@interclubs.example"


@pytest.fixture(autouse=True)
def _secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COOPERATIONS_SECRET", "x" * 32)


def keep_offer(store: Store, offer_id: str, email: str) -> None:
    """Put an offer with a contact straight in the table, as an import with a consent does."""
    values = dict(an_offer(offer_id)) | {"email": email, "phone": "05 58 00 00 00"}
    frame = pd.DataFrame([values]).reindex(columns=[one.name for one in OFFER.columns])
    row = {name: value for name, value in values.items() if name in frame.columns}
    with store.database.transaction(write=True) as connection:
        connection.execute(OFFER.insert().values(row | {"digest": "x", "batch_id": "x"}))


def filled(store: Store) -> str:
    """Put the address wherever people may have written it, beside another one; return a session of its account."""
    accounts = store.accounts
    link = invite(accounts, KEEPER, Asked("Interclubs", "membre", address=ADDRESS))
    _, session = exchange(accounts, link.rpartition("/")[2])
    managing.add_rule(accounts, KEEPER, managing.a_rule("adresse", ADDRESS, "Interclubs", "membre"))
    managing.add_rule(accounts, KEEPER, managing.a_rule("adresse", OTHER, "Interclubs", "membre"))
    place = {"practice_code": "achats_inter_ess", "territory": "departement:40", "organisation": "Interclubs"}
    note = f"Écrire à L.Martin@Interclubs.example, ou « {OTHER} »."
    store.add(decide(Draft, **place, name="Essai", note=note), "Interclubs")
    keep_offer(store, "une", ADDRESS)
    keep_offer(store, "autre", OTHER)
    return session


def test_all_that_is_known_is_given(store: Store) -> None:
    """Accounts, rules, invitations, notes and their history, contacts; in JSON, and nothing else."""
    filled(store)
    given: dict[str, Any] = json.loads(erasing.export(store, KEEPER, ADDRESS.upper()))
    assert set(given) == {"account", "access_rule", "invitation", "draft", "revision", "offer"}
    assert [row["id"] for row in given["offer"]] == ["une"]
    assert len(given["access_rule"]) == 1


def test_what_is_erased_is_nowhere_and_the_rest_stays(store: Store) -> None:
    """The account is closed and its session ends; the other address is untouched, even in the same note."""
    session = filled(store)
    assert erasing.erase(store, KEEPER, ADDRESS)["account"] == 1
    assert json.loads(erasing.export(store, KEEPER, ADDRESS)) == {}
    assert person_of(store.accounts, session) == VISITOR
    (draft,) = store.recorded(Draft)
    assert draft.note == f"Écrire à {ERASED}, ou « {OTHER} »."
    other = json.loads(erasing.export(store, KEEPER, OTHER))
    assert set(other) == {"access_rule", "draft", "revision", "offer"}
    with store.database.transaction() as connection:
        held = {row.id: row for row in connection.execute(OFFER.select())}
    assert (held["une"].email, held["une"].phone) == (None, None)
    assert held["autre"].phone == "05 58 00 00 00"


def test_who_came_through_oidc_is_forgotten_too(store: Store) -> None:
    """Without a rule left, signing in again gives nothing."""
    claims = {"iss": "https://auth.example", "sub": "1", "email": ADDRESS}
    managing.add_rule(store.accounts, KEEPER, managing.a_rule("adresse", ADDRESS, "Interclubs", "membre"))
    assert person_of_claims(store.accounts, claims).role == "membre"
    erasing.erase(store, KEEPER, ADDRESS)
    assert person_of_claims(store.accounts, claims) == VISITOR
    assert all(ADDRESS not in repr(row) for row in (*store.revisions(), *store.accounts.traces()))


@pytest.mark.parametrize("address", ["interclubs.example", "", "%", "@", "a@b"])
def test_half_an_address_erases_nothing(tmp_path: Path, address: str) -> None:
    """A pattern would erase everybody; it is refused before the database is asked."""
    store = Store(f"sqlite:///{tmp_path}/jamais.sqlite3")
    for act in (erasing.export, erasing.erase):
        with pytest.raises(InvalidDecision):
            act(store, KEEPER, address)
    store.close()


def test_only_administrators_may(store: Store) -> None:
    """The core refuses the others."""
    for act in (erasing.export, erasing.erase):
        with pytest.raises(NotAllowed):
            act(store, Person("moderateur", "CRESS", "x"), ADDRESS)
