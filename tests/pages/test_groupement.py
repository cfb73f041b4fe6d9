"""The page of groups, before any browser is there."""

from __future__ import annotations

import pytest

from tests.pages.buying import MARSAN, button, opened, texts

LOTS = ["nettoyage", "batiment", "textile_blanchisserie"]


@pytest.mark.usefixtures("no_list")
def test_it_says_what_a_proposal_lacks() -> None:
    """Without a place nor lots, both are asked for; the permanent groups are listed all the same."""
    said = texts(opened("groupement.py"))
    assert "il manque un lieu" in said
    assert "et les lots" in said
    assert "Groupements permanents déjà connus" in said


@pytest.mark.usefixtures("no_list")
def test_nobody_for_any_lot_is_said() -> None:
    """Without a list, nobody is known to do laundry: no empty page."""
    test = opened("groupement.py", {"lieu": MARSAN, "achat": LOTS[2]})
    assert not test.exception
    assert "Aucune structure connue ne couvre un de ces lots" in texts(test)


@pytest.mark.usefixtures("lists")
def test_the_best_group_covers_every_lot_with_who_has_cooperated() -> None:
    """Landes Partage and Ardits answered together before: with the seamstresses of Dax they come first."""
    test = opened("groupement.py", {"lieu": MARSAN, "rayon": "50", "achat": LOTS})
    said = texts(test)
    assert "**Proposition 1** · 3 structures" in said
    assert "Tous les lots sont couverts." in said
    assert "Landes Partage et Ardits ont déjà coopéré." in said or "Ardits et Landes Partage" in said


@pytest.mark.usefixtures("lists")
def test_one_lot_that_finds_somebody_is_proposed_and_the_others_named() -> None:
    """A buyer of cleaning and insurance gets the cleaners, and is told that nobody insures."""
    test = opened("groupement.py", {"lieu": MARSAN, "achat": ["nettoyage", "finance_assurance"]})
    said = texts(test)
    assert "**Proposition 1** · une structure" in said
    assert "Landes Partage" in said
    assert "Sans réponse : Assurance" in said or "Sans réponse : Banque" in said or "Sans réponse : Finance" in said


@pytest.mark.usefixtures("lists")
def test_a_group_is_composed_until_each_lot_is_covered() -> None:
    """One member, two lots missing; who could take each is added, until nothing is missing."""
    test = opened("groupement.py", {"lieu": MARSAN, "rayon": "50", "achat": LOTS, "retenues": "marche-partage"})
    assert "Sans réponse : Bâtiment et travaux, Textile et blanchisserie" in texts(test)
    button(test, "Ajouter").click().run()
    assert "Sans réponse : Textile et blanchisserie." in texts(test)
    button(test, "Ajouter").click().run()
    assert "Chaque lot est couvert par au moins une structure." in texts(test)
    assert test.query_params["retenues"].startswith("marche-partage,marche-ardits,")


@pytest.mark.usefixtures("lists")
def test_the_proposal_that_is_chosen_says_so() -> None:
    """A chosen proposal becomes the group, and cannot be chosen again."""
    test = opened("groupement.py", {"lieu": MARSAN, "rayon": "50", "achat": LOTS})
    button(test, "Choisir").click().run()
    assert button(test, "Choisie").disabled
    assert "Chaque lot est couvert" in texts(test)


@pytest.mark.usefixtures("lists")
def test_a_member_that_sells_nothing_asked_and_is_far_is_kept_and_said() -> None:
    """The buyer decides: the page says that a member covers no lot, and that it is out of the radius."""
    said = texts(opened("groupement.py", {"lieu": MARSAN, "achat": LOTS[0], "retenues": "marche-pau-vert"}))
    assert "**Pau Vert** : ne couvre aucun lot · hors du rayon" in said
