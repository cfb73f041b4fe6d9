"""The page of a short list, before any browser is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cooperations.offers.records import ShortList
from tests.pages.buying import MARSAN, button, opened, texts

if TYPE_CHECKING:
    from cooperations.runtime import Application

KEPT = "marche-midou,marche-pins"
NOWHERE = "00000000-0000-4000-8000-000000000000"


@pytest.mark.usefixtures("no_list")
def test_an_empty_selection_says_how_to_fill_it() -> None:
    """No list, nothing kept: one sentence, one link, and no files to take away."""
    test = opened("selection.py")
    assert not test.exception
    assert "Rien n’est encore retenu" in texts(test)
    assert "Emporter" not in texts(test)


@pytest.mark.usefixtures("lists")
def test_the_address_gives_the_structures_with_their_reasons() -> None:
    """Whoever opens the link sees what its sender kept, and how far each is from the place."""
    test = opened("selection.py", {"retenues": KEPT, "lieu": MARSAN})
    said = texts(test)
    assert "intervient jusqu’à 30 km" in said
    assert "couvre les Landes" in said
    assert "Emporter" in said
    assert f"retenues={KEPT.replace(',', '%2C')}" in test.code[0].value


@pytest.mark.usefixtures("lists")
@pytest.mark.parametrize(
    ("kept", "words"),
    [
        pytest.param("marche-midou,marche-x", "1 structure de ce lien n’est plus dans les listes.", id="one is gone"),
        pytest.param("marche-x,marche-y", "2 structures de ce lien ne sont plus dans les listes.", id="two are gone"),
    ],
)
def test_what_is_gone_from_the_lists_is_counted(kept: str, words: str) -> None:
    """A link that outlives a list says what it lost."""
    assert words in texts(opened("selection.py", {"retenues": kept}))


@pytest.mark.usefixtures("lists")
@pytest.mark.parametrize("kept", ["<script>", "A,B", "marche-midou,,marche-pins", ",".join(["a"] * 200)])
def test_a_senseless_short_list_is_said(kept: str) -> None:
    """Ids that are none are not shown, and the page says why."""
    test = opened("selection.py", {"retenues": kept})
    assert not test.exception
    assert "retenues" in "\n".join(warning.value for warning in test.warning)


@pytest.mark.usefixtures("lists")
def test_a_structure_taken_out_can_be_put_back() -> None:
    """A slip of the hand is undone at once."""
    test = opened("selection.py", {"retenues": KEPT})
    button(test, "Retirer").click().run()
    assert test.query_params["retenues"] == "marche-pins"
    button(test, "Annuler le retrait").click().run()
    assert test.query_params["retenues"] == KEPT


def test_a_list_kept_under_a_name_is_found_by_its_short_link(lists: Application) -> None:
    """The need and the structures come back from the link alone, under its name, until somebody changes them."""
    test = opened("selection.py", {"retenues": KEPT, "lieu": MARSAN})
    for label, value in (("Nom de la sélection", "Parcs 2027"), ("Organisation qui la garde", "Ville de Dax")):
        next(one for one in test.text_input if one.label == label).input(value)
    button(test, "Garder").click().run()
    (made,) = lists.store.recorded(ShortList)
    assert f"garde={made.id}" in test.code[-1].value
    again = opened("selection.py", {"garde": made.id})
    assert "**Parcs 2027**, gardée par Ville de Dax" in texts(again)
    assert again.query_params["retenues"] == KEPT
    assert again.query_params["lieu"] == MARSAN
    button(again, "Retirer").click().run()
    assert "Parcs 2027" not in texts(again)
    assert "garde" not in again.query_params


@pytest.mark.usefixtures("lists")
def test_a_nameless_list_is_not_kept_and_a_false_link_is_said() -> None:
    """What is missing is said in French; a link to nothing too."""
    test = opened("selection.py", {"retenues": KEPT})
    button(test, "Garder").click().run()
    assert test.error
    assert "Cette sélection n’existe pas" in texts(opened("selection.py", {"garde": NOWHERE}))
