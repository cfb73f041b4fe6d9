"""The page that brings a list in, before any browser is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cooperations.intake import Guided
from cooperations.intake.profiles.guide import ALIASES
from cooperations.offers.records import ColumnMapping
from cooperations.ui.importing.columns import LABELS, USUAL, problems
from tests.pages.buying import button, opened, texts
from tests.structures import FILES, UNKNOWN, WRONG_FILE

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from cooperations.runtime import Application


def given(name: str, content: bytes) -> AppTest:
    """Return the page after a file was dropped on it."""
    test = opened("importer.py")
    return test.file_uploader[0].set_value((name, content, "text/csv")).run()


def answer(test: AppTest, label: str, value: str) -> None:
    """Fill a field of the form."""
    next(one for one in test.text_input if one.label == label).input(value)


@pytest.mark.usefixtures("no_list")
def test_before_any_import_the_page_says_which_lists_it_knows() -> None:
    """The empty state is an explanation: the lists, and that none was imported."""
    said = texts(opened("importer.py"))
    assert "Le Marché de l’inclusion" in said
    assert "Aucun encore." in said


@pytest.mark.usefixtures("no_list")
def test_an_import_can_be_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where an instance is open to everybody, its keeper closes the page, and the history stays."""
    monkeypatch.setenv("COOPERATIONS_IMPORT", "non")
    test = opened("importer.py")
    assert not test.file_uploader
    assert "Imports déjà faits" in texts(test)


def test_a_good_list_is_shown_then_kept_whole(no_list: Application) -> None:
    """Counts first, in words people read; then all of it, said where the button was."""
    test = given("marche.csv", FILES["marche.csv"])
    assert not test.exception
    assert "À ajouter **13**" in texts(test)
    sample = test.dataframe[-1].value
    assert "Espaces verts et nature" in set(sample["Familles d’achat"])
    assert "À la commune" in set(sample["Précision"])
    answer(test, "Organisation qui importe", "CRESS d’essai")
    button(test, "Importer 13 lignes").click().run()
    assert "Import terminé : 13 lignes lues, 13 ajoutées" in texts(test)
    assert no_list.store.lists.batches()[0].organisation == "CRESS d’essai"


def test_the_same_list_again_changes_nothing(lists: Application) -> None:
    """Importing twice is harmless, and said so."""
    test = given("marche.csv", FILES["marche.csv"])
    assert "cet import ne changerait rien" in texts(test)
    assert len(lists.store.lists.batches()) == len(FILES)


def test_bad_rows_stop_the_import_unless_the_good_ones_are_asked_for(no_list: Application) -> None:
    """Two of three rows are refused: nothing is kept, then the good one when the box is ticked."""
    test = given("erreurs.csv", WRONG_FILE)
    assert "2 lignes refusées" in texts(test)
    answer(test, "Organisation qui importe", "CRESS d’essai")
    button(test, "Importer 1 ligne").click().run()
    assert "2 lignes sont refusées : rien n’est importé" in texts(test)
    assert not no_list.store.lists.batches()
    test.checkbox[0].check()
    button(test, "Importer 1 ligne").click().run()
    assert "Import terminé : 3 lignes lues, 1 ajoutée, 0 modifiée, 0 inchangée, 2 refusées" in texts(test)


@pytest.mark.usefixtures("no_list")
def test_an_import_without_an_organisation_is_not_kept() -> None:
    """Who brings a list is part of what it is worth."""
    test = given("marche.csv", FILES["marche.csv"])
    button(test, "Importer 13 lignes").click().run()
    assert "organisation" in texts(test)
    assert test.error


@pytest.mark.usefixtures("no_list")
@pytest.mark.parametrize(
    ("name", "content"),
    [("vide.csv", b""), ("photo.xlsx", b"\x89PNG\r\n\x1a\n"), ("essai.parquet", b"PAR1")],
    ids=["empty", "a picture named xlsx", "a broken parquet"],
)
def test_what_is_no_list_is_said_in_one_sentence(name: str, content: bytes) -> None:
    """Any bytes give an error that a person understands, and the history stays."""
    test = given(name, content)
    assert not test.exception
    assert test.error
    assert "Imports déjà faits" in texts(test)


def test_unknown_columns_are_mapped_once_and_known_the_next_time(no_list: Application) -> None:
    """The form refuses what it cannot read, keeps what was chosen, and proposes it for the next file."""
    test = given("liste.csv", UNKNOWN.encode())
    assert "Aucune liste connue n’a ces colonnes" in texts(test)
    button(test, "Lire avec ces colonnes").click().run()
    assert "Dites quelle colonne donne le nom de la structure." in texts(test)
    assert not no_list.store.recorded(ColumnMapping)
    for label, column in ((LABELS["name"], "Raison soc."), (LABELS["city"], "Localité du siège")):
        next(one for one in test.selectbox if one.label == label).select(column)
    answer(test, "Code court de la liste", "liste-essai")
    answer(test, "Nom de la liste, et sa licence", "Liste d’essai, Licence Ouverte")
    answer(test, "Organisation qui importe", "CRESS d’essai")
    button(test, "Lire avec ces colonnes").click().run()
    assert "À ajouter **1**" in texts(test)
    again = given("liste.csv", UNKNOWN.encode())
    assert "Ces colonnes sont déjà connues : Liste d’essai, Licence Ouverte" in texts(again)
    assert next(one for one in again.selectbox if one.label == LABELS["name"]).value == "Raison soc."


@pytest.mark.parametrize(
    ("mapping", "organisation", "words"),
    [
        pytest.param(Guided({}, "liste", "Liste"), "CRESS", "le nom de la structure", id="no name"),
        pytest.param(Guided({"name": "Nom"}, "Ma liste", "Liste"), "CRESS", "minuscules", id="a code with a space"),
        pytest.param(Guided({"name": "Nom"}, "siae", "Liste"), "CRESS", "autre liste", id="a code that is taken"),
        pytest.param(Guided({"name": "Nom"}, "liste", ""), "CRESS", "Nommez la liste", id="a list without a name"),
        pytest.param(Guided({"name": "Nom"}, "liste", "Liste"), "", "organisation", id="nobody imports"),
    ],
)
def test_the_form_says_what_it_lacks(mapping: Guided, organisation: str, words: str) -> None:
    """One sentence for each thing that is missing or wrong."""
    (said,) = problems(mapping, organisation)
    assert words in said


def test_every_column_that_is_understood_can_be_chosen() -> None:
    """The form names all that the reader takes, the obligatory one first."""
    assert set(LABELS) == set(ALIASES)
    assert next(iter(LABELS)) == "name"
    assert len(LABELS) > USUAL
