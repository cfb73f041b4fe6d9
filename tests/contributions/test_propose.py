"""Proposing, following, amending, withdrawing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cooperations.accounts.tokens import digest, new_token
from cooperations.contributions.content import Content, ProposedActor
from cooperations.contributions.errors import AlreadyDecided, UnknownProposal
from cooperations.contributions.sending import amend, followed, forget_contact, propose, withdraw
from cooperations.contributions.terms import CONSENT
from cooperations.errors import InvalidDecision
from tests.contributions.proposing import MODERATOR, VISITOR, a_correction, a_sent, proposed
from tests.making import plain

if TYPE_CHECKING:
    from tests.contributions.proposing import World


def test_a_proposal_is_kept_and_found_by_its_link(app: World) -> None:
    """Without an account: the private link alone leads to it, and only its digest is kept."""
    token = new_token()
    made = proposed(app, a_sent(token))
    assert followed(app.store, VISITOR, token) == made
    assert (made.state, made.kind, made.department, made.name) == (
        "soumise",
        "pratique",
        "47",
        "Épicerie coopérative d’Agen",
    )
    assert made.token_digest == digest(token)
    assert token not in made.model_dump_json()


def test_a_form_sent_twice_is_one_proposal(app: World) -> None:
    """The second sending answers the first one, whatever it says."""
    token = new_token()
    first = proposed(app, a_sent(token))
    assert proposed(app, a_sent(token, values={"nom": "Autre nom"})) == first
    assert app.store.contributions.counts() == {"soumise": 1}


def test_nothing_is_published_before_a_decision(app: World) -> None:
    """The map still shows the 19 practices."""
    proposed(app)
    assert len(app.catalogue()) == 19


@pytest.mark.parametrize("token", ["", "a", "x" * 200, "../../etc/passwd", "' OR 1=1 --", "w" * 43])
def test_a_link_that_is_no_link_leads_nowhere(app: World, token: str) -> None:
    """Truncated, forged, over-long: one answer for all."""
    proposed(app)
    with pytest.raises(UnknownProposal):
        followed(app.store, VISITOR, token)


def test_a_true_link_that_was_spoilt_leads_nowhere(app: World) -> None:
    """Cut, lengthened, in another case, of another proposal before it was sent, or the digest that the base keeps."""
    token = new_token()
    made = proposed(app, a_sent(token))
    for spoilt in (
        token[:-1],
        token[1:],
        f"{token}A",
        f" {token}",
        token.swapcase(),
        made.token_digest,
        made.id,
        new_token(),
    ):
        with pytest.raises(UnknownProposal):
            followed(app.store, VISITOR, spoilt)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"nom": ""}, "« Nom » : valeur obligatoire absente"),
        ({"type_pratique": "troc"}, "« Type de pratique » : code inconnu"),
        ({"territoires": "commune:99999"}, "« Territoires » : code absent de geo/"),
        ({"longitude": "-0.5", "latitude": "44.8"}, "et non dans Agen"),
        ({"longitude": "0.62"}, "une coordonnée manque"),
        ({"source_url": "javascript:alert(1)"}, "« Page internet de la source » : adresse internet refusée"),
        ({"description": "x" * 4001}, "La proposition est trop longue"),
        ({"nom": "x" * 301}, "« Nom » : texte de plus de 300"),
        ({"nom": "Épicerie\x00"}, "caractère invisible refusé"),
        ({"couleur": "bleu"}, "Valeur refusée"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(app: World, values: dict[str, str], said: str) -> None:
    """In the words of the form, each with what to do."""
    with pytest.raises(InvalidDecision) as refused:
        proposed(app, a_sent(values=values))
    assert said in plain(str(refused.value))
    assert app.store.contributions.counts() == {}


def test_a_proposal_of_ten_megabytes_is_refused(app: World) -> None:
    """However it is cut."""
    actors = tuple(ProposedActor("membre", name="x" * 300) for _ in range(31))
    for sent in (a_sent(values={"remarque": "x" * 10_000_000}), a_sent(actors=actors)):
        with pytest.raises(InvalidDecision):
            proposed(app, sent)


def test_a_contact_needs_a_consent_which_can_be_taken_back(app: World) -> None:
    """The text and the moment of the consent are kept; taken back, the contact is erased, even from what is told."""
    with pytest.raises(InvalidDecision, match="accord manque"):
        proposed(app, a_sent(contact="gt@cress.example"))
    made = proposed(app, a_sent(contact="gt@cress.example", consents=True))
    assert (made.contact, made.consent_text) == ("gt@cress.example", CONSENT)
    assert made.consent_on is not None
    gone = forget_contact(app.store, made)
    assert (gone.contact, gone.consent_text, gone.consent_on, gone.state) == (None, None, None, "soumise")
    assert "gt@cress.example" not in str(app.store.revisions())


def test_the_organisation_of_an_account_is_the_one_that_proposes(app: World) -> None:
    """Nobody signs with the name of another."""
    made = propose(app.store, app.catalogue(), MODERATOR, a_sent(organisation="GARIE"))
    assert (made.organisation, made.account_id) == ("CRESS Aquitaine", "c1")


def test_an_open_proposal_can_be_amended_then_withdrawn(app: World) -> None:
    """What was asked is answered by the link; a withdrawn one takes its contact with it."""
    made = proposed(app, a_sent(contact="gt@cress.example", consents=True))
    changed = amend(app.store, app.catalogue(), made, Content(made.said.values | {"nom": "Épicerie de Pau"}, ()))
    assert (changed.name, changed.said.actors, changed.version) == ("Épicerie de Pau", (), 2)
    gone = withdraw(app.store, changed)
    assert (gone.state, gone.contact) == ("retiree", None)
    with pytest.raises(AlreadyDecided):
        withdraw(app.store, gone)


def test_a_correction_says_only_what_differs(app: World) -> None:
    """It is about a practice that exists, and changes something."""
    made = proposed(app, a_correction("loc-halle-bio", statut="terminee"))
    assert (made.kind, made.target_id, made.department) == ("correction", "loc-halle-bio", "33")
    statut = app.catalogue().practice("loc-halle-bio").status
    with pytest.raises(InvalidDecision, match="Rien n’est changé"):
        proposed(app, a_correction("loc-halle-bio", statut=statut))
