"""Words of the lists become codes; a mistyped one is refused with the word that was meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cooperations.intake.profiles.words import PURCHASE_WORDS
from cooperations.intake.words import several
from cooperations.purchases import PURCHASE_FAMILIES
from tests.intake.lists import a_row, came_of, only, said
from tests.making import plain

if TYPE_CHECKING:
    from cooperations.territories import Gazetteer


@pytest.mark.parametrize(
    ("attribute", "written", "code"),
    [
        pytest.param("kind", "aci", "ACI", id="a code in small letters"),
        pytest.param("kind", "Entreprise d’insertion", "EI", id="a label"),
        pytest.param("kind", "Entreprise adaptée (EA)", "EA", id="a label and its code"),
        pytest.param("kind", "Etablissement et service d'aide par le travail", "ESAT", id="a label of another list"),
        pytest.param("family", "SCIC", "cooperative", id="a legal form"),
        pytest.param("family", "SARL", "inconnue", id="a form that does not say whether it is of the social economy"),
        pytest.param("family", "", "inconnue", id="nothing"),
        pytest.param(
            "services", "Mise à disposition - Interim; PREST", "prestation|mise_a_disposition", id="two services"
        ),
        pytest.param("purchase_families", "Nettoyage et propreté", "nettoyage", id="the label of a family"),
    ],
)
def test_a_word_becomes_a_code(gazetteer: Gazetteer, attribute: str, written: str, code: str) -> None:
    """Accents, case and apostrophes apart."""
    assert only(came_of(gazetteer, a_row(**{attribute: written})))[attribute] == code


def test_a_mistyped_word_is_refused_with_the_one_that_was_meant(gazetteer: Gazetteer) -> None:
    """As in the published files."""
    intake = came_of(
        gazetteer, a_row(kind="ETI"), a_row("2", purchase_families="Netoyage et propreté"), a_row("3", kind="zzz")
    )
    assert [plain(issue.remedy) for issue in intake.refusals][:2] == [
        "Vouliez-vous dire « ETTI » ?",
        "Vouliez-vous dire « Nettoyage et propreté » ?",
    ]
    assert intake.refusals[2].remedy.startswith("Les codes possibles sont")
    assert said(intake.refusals)[0] == (2, "kind", "mot inconnu du vocabulaire « categorie »")


@pytest.mark.parametrize(
    ("cell", "codes", "unknown"),
    [
        pytest.param("nettoyage|batiment", "nettoyage|batiment", "", id="codes"),
        pytest.param("Bâtiment et travaux, nettoyage", "nettoyage|batiment", "", id="in the order of the list"),
        pytest.param("Formation, conseil et études", "formation_conseil", "", id="a label that holds a comma"),
        pytest.param("nettoyage, astrologie", "nettoyage", "astrologie", id="what is not known"),
        pytest.param("nettoyages", "", "nettoyages", id="a word within another is not that word"),
        pytest.param("", "", "", id="nothing"),
    ],
)
def test_several_words_in_one_cell(cell: str, codes: str, unknown: str) -> None:
    """Whatever separates them."""
    longest = dict(sorted(PURCHASE_WORDS.items(), key=lambda pair: -len(pair[0])))
    assert several(cell, longest, PURCHASE_FAMILIES.codes) == (codes, unknown)
