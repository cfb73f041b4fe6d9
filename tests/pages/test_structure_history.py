"""The history on the page of a structure: published, or imported from a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cooperations.contributions.content import Content
from cooperations.contributions.decide import accept
from cooperations.contributions.sending import Sent, propose
from cooperations.decisions import decide
from cooperations.offers.records import Correction
from cooperations.ui import session
from tests.contributions.proposing import MODERATOR, VISITOR
from tests.pages.buying import button, opened, texts, unescaped

if TYPE_CHECKING:
    import pytest
    from streamlit.testing.v1 import AppTest

    from cooperations.accounts.rights import Person
    from cooperations.runtime import Application

PARTAGE, PAGE = {"id": "pratiques-landes-partage"}, "offre.py"


def entered(monkeypatch: pytest.MonkeyPatch, person: Person) -> None:
    """Have somebody look at the page."""
    monkeypatch.setattr(session, "person", lambda: person)


def history(test: AppTest) -> str:
    """Return what the history says, without its marks."""
    return unescaped("\n".join(str(one.value) for one in test.get("html")))


def renamed(app: Application, **values: str) -> None:
    """Accept a correction of Landes Partage."""
    sent = Sent("structure", Content(values), "x" * 30, target_id="landes-partage")
    accept(app.store, app.catalogue(), MODERATOR, propose(app.store, app.catalogue(), VISITOR, sent))


def test_a_published_structure_tells_its_history(no_list: Application) -> None:
    """Who, what, and the practices that it takes part in; a visitor compares, and restores nothing."""
    renamed(no_list, activite="Réemploi et couture")
    test = opened(PAGE, PARTAGE)
    assert not test.exception
    said = history(test)
    assert "CRESS Aquitaine (modérateur)" in said
    assert "→ Réemploi et couture" in said
    assert "Prend part à «" in said
    assert "Activité :" in texts(test)
    assert not [one for one in test.button if "Revenir à la version" in one.label]


def test_a_moderator_goes_back_to_a_version(no_list: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    """The structure is as it was, and the history says who put it back."""
    before = no_list.catalogue().structures["landes-partage"].activity
    renamed(no_list, activite="Réemploi et couture")
    entered(monkeypatch, MODERATOR)
    test = opened(PAGE, PARTAGE)
    next(one for one in test.button if "Revenir à la version" in one.label).click().run()
    assert not test.exception
    assert no_list.catalogue().structures["landes-partage"].activity == before


def test_a_public_buyer_has_a_page_and_a_history_too(no_list: Application) -> None:
    """It sells nothing, and no search finds it; its page is at its address all the same."""
    buyer = next(one for one in no_list.catalogue().structures.values() if one.family == "acteur_public")
    test = opened(PAGE, {"id": f"pratiques-{buyer.id}"})
    assert not test.exception
    assert "fichiers publiés" in history(test)


def test_an_imported_structure_tells_what_people_corrected(lists: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each value before and after, who and when; a moderator takes the last one back, a visitor none."""
    offer_id = str(lists.directory().ids([0])[0])
    for value in ("Atelier bois", "Atelier bois et métal"):
        said = {"organisation": "GARIE", "attribute": "activity", "value": value, "note": "Leur site"}
        lists.store.lists.correct([decide(Correction, offer_id=offer_id, **said)])
    test = opened(PAGE, {"id": offer_id})
    assert "Activité : Atelier bois → Atelier bois et métal" in history(test)
    assert "GARIE" in history(test)
    assert not [one for one in test.button if "Revenir à" in one.label]
    entered(monkeypatch, MODERATOR)
    test = opened(PAGE, {"id": offer_id})
    button(test, "Revenir à « Atelier bois »").click().run()
    assert not test.exception
    assert lists.store.recorded(Correction)[-1].value == "Atelier bois"
    assert "Retour à la valeur d’avant" in history(test)
