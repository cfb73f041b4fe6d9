"""Texts as people read them; each repair is said, and nothing is invented."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.intake.lists import a_row, came_of, only, said

if TYPE_CHECKING:
    from cooperations.territories import Gazetteer


@pytest.mark.parametrize(
    ("written", "read", "problem"),
    [
        pytest.param(
            "312 Rue de l''Industrie", "312 Rue de l'Industrie", "une apostrophe est doublée", id="apostrophe"
        ),
        pytest.param("Landes &amp; Co", "Landes & Co", "le texte contient du code HTML", id="an entity"),
        pytest.param("<b>Landes</b> Partage", "Landes Partage", "le texte contient du code HTML", id="tags"),
        pytest.param("<script>alert(1)</script>Landes", "Landes", "le texte contient du code HTML", id="a script"),
        pytest.param("&lt;b&gt;Landes", "Landes", "le texte contient du code HTML", id="tags behind entities"),
        pytest.param("Lan\u200bdes", "Lan des", "le texte contient des caractères invisibles", id="a zero-width space"),
        pytest.param("Landes\x07", "Landes", "le texte contient des caractères invisibles", id="a bell"),
    ],
)
def test_a_text_is_cleaned_and_it_is_said(gazetteer: Gazetteer, written: str, read: str, problem: str) -> None:
    """In any of the texts; here the name."""
    intake = came_of(gazetteer, a_row(name=written))
    assert only(intake)["name"] == read
    assert (2, "name", problem) in said(intake.notices)


def test_spaces_are_tidied_without_a_word(gazetteer: Gazetteer) -> None:
    """A description keeps its lines."""
    row = only(
        came_of(gazetteer, a_row(name=" Landes \t\u00a0Partage\n", activity="Tri :\r\n\r\n\r\n-\tverre  \n- papier"))
    )
    assert row["name"] == "Landes Partage"
    assert row["activity"] == "Tri :\n\n- verre \n- papier"


def test_signs_of_comparison_are_no_tags(gazetteer: Gazetteer) -> None:
    """« moins de 3 < 5 » stays."""
    assert only(came_of(gazetteer, a_row(name="R&D 3 < 5 > 2")))["name"] == "R&D 3 < 5 > 2"


def test_lost_characters_are_said_and_not_invented(gazetteer: Gazetteer) -> None:
    """Nobody knows what the letter was."""
    intake = came_of(gazetteer, a_row(name="R\ufffdgie de quartier"))
    row = only(intake)
    assert (row["name"], row["findings"]) == ("R\ufffdgie de quartier", "sans_point|caracteres_perdus")


def test_a_name_of_fifty_characters_was_cut(gazetteer: Gazetteer) -> None:
    """It is kept as it is, and said; one more or less is a name."""
    cut = "REGION AQUITAINE ASSOCIATION D'INSERTION POUR L'EM"
    intake = came_of(gazetteer, a_row(name=cut), a_row("2", name=cut + "P"), a_row("3", name=cut[:-1]))
    assert intake.findings["nom_coupe"] == 1
    assert intake.accepted["name"].tolist()[0] == cut


def test_what_describes_is_cut_and_what_names_is_refused(gazetteer: Gazetteer) -> None:
    """A name of 301 characters is another cell."""
    intake = came_of(gazetteer, a_row(activity="a" * 4001), a_row("2", name="b" * 301), a_row("3", labels="c" * 501))
    assert intake.accepted["activity"].tolist()[0] == "a" * 3999 + "…"
    assert len(intake.accepted["labels"].tolist()[1]) == 500
    assert said(intake.refusals) == [(3, "name", "le texte dépasse 300 caractères")]
